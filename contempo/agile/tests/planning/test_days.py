"""Planning dates and giving them back."""

from datetime import date

import pytest

from contempo.agile.actions.planning.days import change_place, save_days
from contempo.agile.models import Agreement, PlannedDay, UnitDay
from contempo.agile.rules.months import DayState, Place
from contempo.agile.rules.planning import DatesRefused
from contempo.agile.tests.planning.conftest import DURING, SETTLED, Plan, dec
from contempo.core.verdict import NotPermitted, Refusal


def why(error: "pytest.ExceptionInfo[DatesRefused]") -> dict[int, str]:
    return {day.day: verdict.reason for day, verdict in error.value.days.items()}


def test_dates_are_planned_at_once_and_the_ledger_says_so(plan: Plan) -> None:
    assert plan.save("anna", dec(1, 2, 3)) == (3, 0)
    assert plan.days("anna") == [1, 2, 3]
    assert plan.balance("anna").planned == 3
    assert plan.balance("anna").available == 5
    assert plan.agrees()


def test_saving_twice_changes_nothing_more(plan: Plan) -> None:
    plan.save("anna", dec(1, 2))
    assert plan.save("anna", dec(1, 2)) == (0, 0)
    plan.save("anna", back=dec(1))
    assert plan.save("anna", back=dec(1)) == (0, 0)
    assert plan.balance("anna").planned == 1
    assert plan.agrees()


def test_a_date_given_back_can_be_planned_again(plan: Plan) -> None:
    plan.save("anna", dec(1))
    plan.save("anna", back=dec(1))
    assert plan.balance("anna").available == 8
    plan.save("anna", dec(1))
    assert plan.days("anna") == [1]
    assert plan.agrees()


def test_one_wrong_date_saves_none_and_each_wrong_one_says_why(plan: Plan) -> None:
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", dec(1, 5, 7, 8))
    assert why(refused) == {
        5: "You do not work on this day of the week.",
        7: "This day is a holiday.",
        8: "This day is a holiday.",
    }
    assert not PlannedDay.objects.exists()


def test_a_part_time_pattern_says_which_weekdays_are_worked(plan: Plan) -> None:
    worker = plan.worker("anna")
    worker.weekdays = [0, 1, 2]
    worker.save()
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", dec(2, 3, 4))
    assert list(why(refused)) == [3, 4]


def test_nobody_plans_after_the_end_of_their_employment(plan: Plan) -> None:
    worker = plan.worker("anna")
    worker.until = date(2026, 12, 3)
    worker.save()
    plan.save("anna", dec(2))
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", dec(3))
    assert why(refused) == {3: "You are not on the staff on this day."}


def test_a_date_needs_an_agreement_in_force_on_it(plan: Plan) -> None:
    Agreement.objects.filter(worker=plan.worker("anna")).update(until=date(2026, 12, 3))
    plan.save("anna", dec(2))
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", dec(3))
    assert why(refused) == {3: "No agreement of yours is in force on this day."}


def test_no_more_dates_than_days_left(plan: Plan) -> None:
    with pytest.raises(Refusal) as refused:
        plan.save("anna", dec(1, 2, 3, 4, 9, 10, 11, 14, 15))
    assert refused.value.params == {"wanted": 9, "left": 8}
    assert not PlannedDay.objects.exists()


def test_a_date_given_back_makes_room_for_another_in_the_same_go(plan: Plan) -> None:
    plan.save("anna", dec(1, 2, 3, 4, 9, 10, 11, 14))
    assert plan.save("anna", dec(15), dec(1)) == (1, 1)
    assert plan.days("anna") == [2, 3, 4, 9, 10, 11, 14, 15]
    assert plan.agrees()


def test_dates_of_another_month_are_not_planned_here(plan: Plan) -> None:
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", [date(2027, 1, 12)])
    assert next(iter(refused.value.days.values())).reason == "This day is in another month."


def test_before_the_window_nothing_is_planned(plan: Plan) -> None:
    plan.at("2026-11-09T12:00")
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", dec(1))
    assert why(refused) == {1: "The planning of this month has not begun yet."}


def test_in_the_window_one_plans_beyond_the_limit(plan: Plan) -> None:
    for name in ("anna", "bruno", "ugo"):
        plan.save(name, dec(1))
    assert UnitDay.objects.get(unit=plan.worker("anna").unit, day=date(2026, 12, 1)).count == 3


def test_after_the_window_who_comes_first_is_served_first(plan: Plan) -> None:
    plan.at(SETTLED)
    plan.save("anna", dec(1))
    plan.save("bruno", dec(1))
    with pytest.raises(DatesRefused) as refused:
        plan.save("ugo", dec(1))
    verdict = refused.value.days[date(2026, 12, 1)]
    assert verdict.params == {"away": 2, "places": 2}
    plan.save("bruno", back=dec(1))
    plan.save("ugo", dec(1))
    assert plan.agrees()


def test_past_dates_are_neither_planned_nor_given_back(plan: Plan) -> None:
    plan.save("anna", dec(9, 10, 11))
    plan.at(DURING)
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", dec(4), dec(9))
    assert why(refused) == {
        4: "Days in the past are not changed.",
        9: "Days in the past are not changed.",
    }
    plan.save("anna", back=dec(10, 11))
    assert plan.days("anna") == [9]


def test_a_month_that_is_over_is_not_changed(plan: Plan) -> None:
    plan.save("anna", dec(31))
    plan.at("2027-01-01T00:10")
    with pytest.raises(DatesRefused):
        plan.save("anna", back=dec(31))


def test_a_seat_must_be_open_on_the_date(plan: Plan) -> None:
    seat = plan.seat(until=date(2026, 12, 3))
    plan.save("anna", dec(2), place=Place.SEAT, seat_id=seat.pk)
    assert plan.row("anna", 2).seat == seat
    with pytest.raises(DatesRefused) as refused:
        plan.save("anna", dec(3), place=Place.SEAT, seat_id=seat.pk)
    assert why(refused) == {3: "The seat is not open on this day."}
    with pytest.raises(Refusal, match="Choose the seat"):
        plan.save("anna", dec(3), place=Place.SEAT)


def test_the_place_of_a_date_is_changed_without_touching_the_ledger(plan: Plan) -> None:
    plan.save("anna", dec(2))
    before = plan.balance("anna")
    change_place(plan.comune.actor("anna"), month_id=plan.month_id, day=date(2026, 12, 2), place=Place.OTHER)
    assert plan.row("anna", 2).place == Place.OTHER
    assert plan.balance("anna") == before


def test_who_is_not_on_the_staff_plans_nothing(plan: Plan) -> None:
    with pytest.raises(NotPermitted):
        save_days(plan.comune.actor("paolo"), month_id=plan.month_id, plan=dec(1))


def test_without_an_agreement_there_are_no_days_to_plan(plan: Plan) -> None:
    with pytest.raises(DatesRefused):
        plan.save("sergio", dec(1))
    assert not PlannedDay.objects.filter(state=DayState.PLANNED).exists()
