"""A day is worked where the agreement says, and nowhere else."""

from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from django.utils import translation

from contempo.agile.actions.planning.days import change_place, choose_alternative
from contempo.agile.actions.planning.exceptions import ask_exception
from contempo.agile.models import Agreement, PlannedDay, Seat
from contempo.agile.rules.months import DayState, Place
from contempo.agile.rules.planning import NOT_LISTED, Agreed, DatesRefused, may_work_at
from contempo.agile.tests.bank.world import sign
from contempo.agile.tests.conftest import words
from contempo.agile.tests.planning.conftest import MONTH, Plan, dec
from contempo.core.verdict import Refusal

HERE = "Il tuo accordo non prevede questo luogo: scegli un luogo previsto, oppure chiedi di rivedere l’accordo."


@pytest.fixture
def at_home(plan: Plan) -> Plan:
    """The agreements are for home, and for the seat of Baggio; there is another seat, Affori."""
    plan.seat()
    Seat.objects.create(employer=plan.comune.it.employer, name="Affori", since=date(2026, 1, 1))
    Agreement.objects.update(places=[Place.HOME, Place.SEAT])
    return plan


def seat(name: str) -> int:
    return Seat.objects.get(name=name).pk


def offered(page: BeautifulSoup) -> list[str]:
    return [words(option) for option in page.select("select[name=where] option")]


def beside(page: BeautifulSoup) -> str:
    """What is said beside the field of the place."""
    field = page.select_one("select[name=where]")
    assert isinstance(field, Tag)
    return " ".join(words(page.find(id=key)) for key in str(field["aria-describedby"]).split())


def test_an_agreement_lists_places_and_of_the_seats_those_it_names() -> None:
    day = date(2026, 12, 1)
    agreed = [Agreed(date(2026, 1, 1), None, frozenset({"home", "seat"}), frozenset({3}))]
    listed = [(Place.HOME, None), (Place.SEAT, 3)]
    assert all(may_work_at([day], agreed, place, key) for place, key in listed)
    for place, key in ((Place.OTHER, None), (Place.SEAT, 4)):
        verdict = may_work_at([day], agreed, place, key)
        assert (bool(verdict), verdict.reason) == (False, NOT_LISTED)


def test_only_the_agreement_of_the_day_counts() -> None:
    before = Agreed(date(2026, 1, 1), date(2026, 12, 10), frozenset({"home"}))
    after = Agreed(date(2026, 12, 10), None, frozenset({"other"}))
    days = [date(2026, 12, 9), date(2026, 12, 10)]
    assert [bool(may_work_at([day], [before, after], Place.OTHER, None)) for day in days] == [False, True]
    assert may_work_at(days, [before, after], Place.OTHER, None)
    assert may_work_at([date(2025, 1, 1)], [before, after], Place.OTHER, None), "no agreement: told elsewhere"


@pytest.mark.parametrize("path", [MONTH, f"{MONTH}1/"])
def test_a_form_offers_the_places_of_the_agreement(at_home: Plan, path: str) -> None:
    assert offered(at_home.comune.see(path, "anna")) == ["A casa", "Baggio"]


@pytest.mark.parametrize("where", ["other", "seat"])
def test_another_place_is_refused_beside_the_field_and_nothing_is_planned(at_home: Plan, where: str) -> None:
    typed = {"where": f"seat:{seat('Affori')}" if where == "seat" else where, "days": ["2026-12-01", "2026-12-02"]}
    for path in (MONTH, f"{MONTH}1/pianifica/", f"{MONTH}1/eccezione/"):
        answer = at_home.comune.post(path, "anna", **typed, reason="Riunione")
        assert answer.status_code == 200
        assert HERE in beside(BeautifulSoup(answer.content, "html.parser"))
    assert not PlannedDay.objects.exists()


def test_what_the_form_may_not_know_the_action_refuses_at_the_same_field(at_home: Plan) -> None:
    for place in ({"place": Place.OTHER}, {"place": Place.SEAT, "seat_id": seat("Affori")}):
        with pytest.raises(Refusal) as refused:
            at_home.save("anna", dec(1, 2), **place)
        assert (refused.value.reason, refused.value.field) == (NOT_LISTED, "where")
    assert not PlannedDay.objects.exists()


def test_of_two_agreements_each_binds_its_own_days(at_home: Plan) -> None:
    anna = at_home.comune.it.anna
    Agreement.objects.filter(worker=anna).update(until=date(2026, 12, 10))
    sign(anna, date(2026, 12, 10), places=[Place.OTHER])
    assert offered(at_home.comune.see(MONTH, "anna")) == ["A casa", "Baggio", "Altrove"]
    with pytest.raises(DatesRefused) as refused:
        at_home.save("anna", dec(9, 10), place=Place.OTHER)
    assert {day.day: verdict.reason for day, verdict in refused.value.days.items()} == {9: NOT_LISTED}
    at_home.save("anna", dec(10), place=Place.OTHER)
    with translation.override("it"):
        answer = at_home.comune.post(f"{MONTH}9/pianifica/", "anna", where="other")
    assert HERE in beside(BeautifulSoup(answer.content, "html.parser"))


def test_a_day_is_not_moved_to_a_place_that_is_not_listed(at_home: Plan) -> None:
    actor = at_home.comune.actor("anna")
    at_home.save("anna", dec(1))
    with pytest.raises(Refusal) as refused:
        change_place(actor, month_id=at_home.month_id, day=dec(1)[0], place=Place.OTHER)
    assert refused.value.field == "where"
    change_place(actor, month_id=at_home.month_id, day=dec(1)[0], place=Place.SEAT, seat_id=seat("Baggio"))
    assert at_home.row("anna", 1).seat_id == seat("Baggio")


def test_an_exception_is_not_asked_for_a_place_that_is_not_listed(at_home: Plan) -> None:
    for name in ("bruno", "ugo"):
        at_home.save(name, dec(1))
    at_home.settle()
    with pytest.raises(Refusal) as refused:
        ask_exception(
            at_home.comune.actor("anna"), month_id=at_home.month_id, day=dec(1)[0], reason="Perché", place=Place.OTHER
        )
    assert refused.value.field == "where"


def test_a_date_chosen_instead_goes_home_from_a_closed_seat_only_where_home_is_listed(at_home: Plan) -> None:
    baggio = Seat.objects.get(name="Baggio")
    for name in ("anna", "bruno", "ugo"):
        at_home.save(name, dec(1), place=Place.SEAT, seat_id=baggio.pk)
    at_home.settle()
    row = PlannedDay.objects.get(state=DayState.DISPLACED)
    baggio.until = date(2026, 12, 2)
    baggio.save()
    who = row.worker.person.full_name.split()[0].lower()
    asked = {"month_id": at_home.month_id, "day": dec(1)[0], "instead": row.alternatives[0]}
    Agreement.objects.update(places=[Place.SEAT])
    with pytest.raises(Refusal, match="not open"):
        choose_alternative(at_home.comune.actor(who), **asked)
    Agreement.objects.update(places=[Place.HOME, Place.SEAT])
    assert choose_alternative(at_home.comune.actor(who), **asked).place == Place.HOME
