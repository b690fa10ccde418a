"""Planned days as an iCalendar file (RFC 5545) that programs come back for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Contempo//Agile work//IT"
REFRESH = timedelta(hours=1)
TOKEN_BYTES = 32


@dataclass(frozen=True)
class FeedDay:
    """One whole day: `uid` stays the same as long as the planned day is the same."""

    uid: str
    day: date
    summary: str
    changed_at: datetime
    location: str = ""


def calendar_file(name: str, days: Iterable[FeedDay], *, language: str) -> bytes:
    """The file: an event for each day, from its date to the next one, transparent, that is, not in the way of others.

    RFC 5545 wants PRODID and VERSION of the calendar, UID and DTSTAMP of each event (sections 3.6 and 3.6.1); RFC 7986
    adds its name and how often it is worth coming back.
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name, parameters={"language": language})
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for each in days:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", each.changed_at)
        event.add("last-modified", each.changed_at)
        event.add("dtstart", each.day)
        event.add("dtend", each.day + timedelta(days=1))
        event.add("summary", each.summary, parameters={"language": language})
        if each.location:
            event.add("location", each.location)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        made.add_component(event)
    return bytes(made.to_ical())
