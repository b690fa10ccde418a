"""Calendar addresses: what is read there, and by whom."""

from datetime import date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar

from contempo.agile.actions.planning.feeds import make_feed, revoke_feed
from contempo.agile.models import Feed, Worker
from contempo.agile.rules.months import Place
from contempo.agile.rules.planning_feeds import FeedDay, calendar_file
from contempo.agile.tests.planning.conftest import Plan, dec
from contempo.core.clock import ROME
from contempo.core.verdict import NotPermitted, Refusal

PRIVATE = "Consegna con chi lavora a distanza"


def made(plan: Plan, name: str, unit_id: int | None = None) -> str:
    actor = plan.comune.actor(name)
    _feed, token = make_feed(actor, employer_id=plan.comune.it.employer.pk, unit_id=unit_id)
    return token


def read(token: str, **headers: str) -> HttpResponse:
    return Client().get(f"/milano/lavoro-agile/calendario/{token}.ics", headers=headers)


def events(token: str) -> list[tuple[str, date]]:
    calendar = Calendar.from_ical(read(token).content)
    return [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in calendar.walk("VEVENT")]


@pytest.fixture
def planned(plan: Plan) -> Plan:
    plan.save("anna", dec(1, 3))
    plan.save("bruno", dec(2), place=Place.OTHER)
    plan.save("carla", dec(4))
    return plan


def test_a_file_has_what_the_standard_wants() -> None:
    moment = datetime(2026, 11, 12, 10, tzinfo=ROME)
    day = FeedDay("agile-day-7@contempo", date(2026, 12, 24), "Lavoro agile, casa; e poi", moment, "Baggio")
    calendar = Calendar.from_ical(calendar_file("Anagrafe", [day], language="it"))
    (event,) = calendar.walk("VEVENT")
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert (event["UID"], event["SUMMARY"], event["LOCATION"]) == (day.uid, day.summary, "Baggio")
    assert event["DTSTAMP"].dt == moment
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (day.day, day.day + timedelta(days=1))


def test_lines_are_folded_and_end_as_they_must() -> None:
    moment = datetime(2026, 11, 12, 10, tzinfo=ROME)
    days = [FeedDay("a@contempo", date(2026, 12, 1), "Perché " * 40, moment)]
    lines = calendar_file("Anagrafe", days, language="it").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)


def test_my_own_days_are_read_without_signing_in(planned: Plan) -> None:
    answer = read(made(planned, "anna"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert events(made(planned, "anna")) == [("Lavoro agile", date(2026, 12, 1)), ("Lavoro agile", date(2026, 12, 3))]


def test_the_presences_of_a_unit_are_names_and_days_alone(planned: Plan) -> None:
    token = made(planned, "anna", planned.comune.it.counter.pk)
    assert events(token) == [
        ("Anna Rossetti: lavoro agile", date(2026, 12, 1)),
        ("Bruno Rossetti: lavoro agile", date(2026, 12, 2)),
        ("Anna Rossetti: lavoro agile", date(2026, 12, 3)),
    ]
    assert b"LOCATION" not in read(token).content


def test_a_planned_day_keeps_its_name(planned: Plan) -> None:
    token = made(planned, "anna")
    before = [str(event["UID"]) for event in Calendar.from_ical(read(token).content).walk("VEVENT")]
    planned.save("anna", dec(9))
    after = [str(event["UID"]) for event in Calendar.from_ical(read(token).content).walk("VEVENT")]
    assert after[:2] == before


def test_what_was_given_back_is_gone(planned: Plan) -> None:
    token = made(planned, "anna")
    planned.save("anna", back=dec(1))
    assert events(token) == [("Lavoro agile", date(2026, 12, 3))]


def test_nobody_reads_an_address_that_is_unknown_or_revoked(planned: Plan) -> None:
    token = made(planned, "anna")
    feed = Feed.objects.get()
    assert token not in feed.token_hash
    with pytest.raises(Refusal):
        revoke_feed(planned.comune.actor("bruno"), employer_id=planned.comune.it.employer.pk, feed_id=feed.pk)
    assert read(token).status_code == 200
    revoke_feed(planned.comune.actor("anna"), employer_id=planned.comune.it.employer.pk, feed_id=feed.pk)
    assert read(token).status_code == 404
    assert read("x" * 43).status_code == 404
    assert Client().get(f"/bergamo/lavoro-agile/calendario/{token}.ics").status_code == 404


def test_who_changes_unit_reads_nothing_of_the_old_one(planned: Plan) -> None:
    token = made(planned, "anna", planned.comune.it.counter.pk)
    Worker.objects.filter(pk=planned.worker("anna").pk).update(unit=planned.comune.it.nurseries)
    assert read(token).status_code == 404


@pytest.mark.parametrize("own", [True, False])
def test_who_has_left_reads_nothing(planned: Plan, own: bool) -> None:
    token = made(planned, "anna", None if own else planned.comune.it.counter.pk)
    Worker.objects.filter(pk=planned.worker("anna").pk).update(present=False)
    assert read(token).status_code == 404


def test_one_follows_only_the_units_one_may_see(planned: Plan) -> None:
    with pytest.raises(NotPermitted):
        made(planned, "anna", planned.comune.it.nurseries.pk)
    assert events(made(planned, "diana", planned.comune.it.counter.pk))
    Worker.objects.filter(pk=planned.worker("diana").pk).update(heads_unit=False)
    with pytest.raises(NotPermitted):
        made(planned, "diana", planned.comune.it.counter.pk)


def test_a_program_that_comes_back_gets_only_what_is_new(planned: Plan) -> None:
    token = made(planned, "anna")
    first = read(token)
    assert "private" in first["Cache-Control"]
    again = read(token, if_none_match=first["ETag"])
    assert again.status_code == 304
    planned.save("anna", dec(9))
    assert read(token, if_none_match=first["ETag"]).status_code == 200


def test_an_address_is_shown_once_and_revoked_from_its_page(planned: Plan) -> None:
    page = planned.comune.post("indirizzi/", "anna", unit="")
    text = page.content.decode()
    token = text.split("/calendario/")[1].split(".ics")[0]
    assert read(token).status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert token not in str(planned.comune.see("indirizzi/", "anna"))
    planned.comune.post(f"indirizzi/{Feed.objects.get().pk}/revoca/", "anna")
    assert read(token).status_code == 404
