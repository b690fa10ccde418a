"""Needs as other contexts and pages are told of them."""

from dataclasses import dataclass
from datetime import date, datetime

from contempo.core.clock import ROME
from contempo.people.public import Actor
from contempo.questionnaires.access import keeps, readable_as_figures
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.needs.counting import Tagged, counted, tagged
from contempo.questionnaires.rules.needs import NeedTable, told
from contempo.questionnaires.rules.states import CampaignState, Mode, UnitKind


@dataclass(frozen=True)
class Need:
    """A type of need in a municipality (ISTAT code, empty when not known, `~` for several together): `count` answers
    name it, None when it is not told.
    """

    tag: str
    municipality: str
    count: int | None


def asking(network_id: int) -> Tagged:
    """The campaigns of a network whose answers about needs may be read as figures. Two SQL."""
    rows = Campaign.objects.filter(network_id=network_id).exclude(state=CampaignState.DRAFT.value)
    return tagged(readable_as_figures(rows).order_by("-opens_at", "-pk"))


def within(asked: Tagged, since: date, until: date) -> Tagged:
    """Those of `asked` that took answers from `since` to `until` (excluded)."""
    begin, end = instants(since, until)
    kept = [one for one in asked.campaigns if one.opens_at < end and (one.closed_at or one.closes_at) >= begin]
    return Tagged(tuple(kept), {**asked.values, "campaigns": [one.pk for one in kept]})


def instants(since: date, until: date) -> tuple[datetime, datetime]:
    """The first instant of a period and the first after it, by the calendar of Italy."""
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=ROME) for day in (since, until))
    return begin, end


def opens(actor: Actor, asked: Tagged) -> bool:
    """Whether `actor` may see who named a need: every campaign is one they keep, of organisations, with name."""
    return all(
        keeps(actor, one) and one.mode == Mode.IDENTIFIED and one.unit_kind == UnitKind.ORGANISATION
        for one in asked.campaigns
    )


def table(asked: Tagged, since: date, until: date, *, exact: bool) -> NeedTable | None:
    """The needs told from `since` to `until` (excluded); None when too few answered to tell anything. One SQL."""
    return told(counted(asked, *instants(since, until)), exact=exact)


def needs(network_id: int, since: date, until: date) -> tuple[Need, ...]:
    """The needs told in a network from `since` to `until` (excluded), by type and municipality, without small cells.

    Empty when nobody asked, or too few answered. Whoever shows them should ask for whole years: from periods that
    overlap, counts that are not told could be found. Three SQL.
    """
    found = table(within(asking(network_id), since, until), since, until, exact=False)
    if found is None:
        return ()
    return tuple(Need(tag, place, count) for (tag, place), count in found.cells.items())
