"""Presence is settled when planning closes: the same fair rule for every unit."""

from datetime import date

import pytest

from contempo.agile.actions.planning.days import choose_alternative
from contempo.agile.actions.planning.exceptions import allow_exception
from contempo.agile.actions.planning.settling import months_to_settle, settle_presence
from contempo.agile.models import Entry, PlannedDay, PresenceRule, PriorityVerification
from contempo.agile.queries.planning.reasons import why_displaced
from contempo.agile.rules.agreements import Ground
from contempo.agile.rules.months import DayState
from contempo.agile.tests.planning.conftest import SETTLED, Plan, dec
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.models import Notification
from contempo.people.public import SYSTEM

THREE = ("anna", "bruno", "ugo")


def crowd(plan: Plan, *days: int) -> None:
    """Three of four want the same days, on which two may be away."""
    for name in THREE:
        plan.save(name, dec(*days))


def displaced(plan: Plan) -> set[tuple[str, int]]:
    return {(name, day) for name in THREE for day in plan.days(name, DayState.DISPLACED)}


def test_nobody_gives_way_while_there_is_room(plan: Plan) -> None:
    plan.save("anna", dec(1, 2))
    plan.save("bruno", dec(1, 2))
    assert plan.settle() == 0
    assert plan.bank.month.settled_at is not None
    assert plan.agrees()


def test_on_an_overfull_day_as_many_stay_away_as_may(plan: Plan) -> None:
    crowd(plan, 1)
    assert plan.settle() == 1
    assert len(displaced(plan)) == 1
    assert plan.agrees()


def test_turns_are_taken_by_the_fewest_days_kept(plan: Plan) -> None:
    crowd(plan, 1, 2, 3)
    plan.settle()
    assert len(displaced(plan)) == 3
    assert sorted(len(plan.days(name)) for name in THREE) == [2, 2, 2]


def test_who_gives_way_gets_the_day_back_and_other_dates(plan: Plan) -> None:
    crowd(plan, 1)
    plan.settle()
    ((name, _day),) = displaced(plan)
    row = plan.row(name, 1)
    assert plan.balance(name).planned == 0
    assert plan.balance(name).available == 8
    assert list(Entry.objects.filter(account=plan.account(name), kind="return").values_list("days", "day")) == [
        (1, date(2026, 12, 1))
    ]
    assert row.alternatives == dec(2, 3, 4, 9, 10)


def test_other_dates_are_workdays_with_room_that_are_not_taken(plan: Plan) -> None:
    for name in THREE:
        plan.save(name, dec(1, 2))
    plan.save("ugo", dec(4))
    plan.settle()
    for name, day in displaced(plan):
        row = plan.row(name, day)
        assert not set(row.alternatives) & set(dec(1, 2, 5, 6, 7, 8))
        assert name != "ugo" or dec(4)[0] not in row.alternatives


def test_a_verified_ground_of_priority_comes_first(plan: Plan) -> None:
    PriorityVerification.objects.create(
        worker=plan.worker("ugo"), ground=Ground.DISABLED_WORKER, verified_on=date(2026, 1, 5)
    )
    PriorityVerification.objects.create(
        worker=plan.worker("bruno"), ground=Ground.CHILD_TO_12, verified_on=date(2026, 1, 5)
    )
    crowd(plan, 1, 2)
    plan.settle()
    assert displaced(plan) == {("anna", 1), ("anna", 2)}
    assert why_displaced(plan.row("anna", 1).ranking)


def test_a_ground_that_has_ended_counts_no_more(plan: Plan) -> None:
    PriorityVerification.objects.create(
        worker=plan.worker("ugo"),
        ground=Ground.DISABLED_WORKER,
        verified_on=date(2025, 1, 5),
        until=date(2026, 11, 1),
    )
    crowd(plan, 1, 2)
    plan.settle()
    assert sorted(plan.row(name, 1).ranking["class"] for name in THREE) == [6, 6, 6]


def test_who_gives_way_is_the_last_in_the_order_that_is_told(plan: Plan) -> None:
    crowd(plan, 1)
    plan.settle()
    ((last, _day),) = displaced(plan)
    assert sorted(plan.row(name, 1).ranking["position"] for name in THREE) == [1, 2, 3]
    assert plan.row(last, 1).ranking["position"] == 3


def test_everybody_on_an_overfull_day_has_the_numbers(plan: Plan) -> None:
    crowd(plan, 1)
    plan.save("anna", dec(2))
    plan.settle()
    for name in THREE:
        ranking = plan.row(name, 1).ranking
        assert (ranking["asked"], ranking["places"], ranking["staff"], ranking["stay"]) == (3, 2, 4, 2)
        assert ranking["kept"] == 0
    assert plan.row("anna", 2).ranking == {}


def test_the_reason_is_one_sentence_with_numbers() -> None:
    known = {"asked": 5, "places": 2, "staff": 6, "stay": 4, "position": 3}
    by_class = why_displaced({**known, "class": 6, "kept": 0, "last_class": 2, "last_kept": 3})
    by_days = why_displaced({**known, "class": 6, "kept": 2, "last_class": 6, "last_kept": 1})
    by_draw = why_displaced({**known, "class": 6, "kept": 1, "last_class": 6, "last_kept": 1})
    nobody = why_displaced({**known, "places": 0, "class": 6, "kept": 1, "last_class": 0, "last_kept": 0})
    assert len({by_class, by_days, by_draw, nobody}) == 4
    assert all(text.count(".") == 1 and "%" not in text for text in (by_class, by_days, by_draw, nobody))


def test_who_gives_way_is_told_once_for_the_month(plan: Plan) -> None:
    crowd(plan, 1, 2, 3)
    plan.settle()
    for name in THREE:
        told = Notification.objects.filter(person=plan.comune.it.people[name], kind="agile.planning")
        assert told.count() == 1
        assert told.get().url.endswith("mese/2026-12/#spostate")


def test_settling_again_changes_nothing(plan: Plan) -> None:
    crowd(plan, 1)
    plan.settle()
    assert settle_presence(SYSTEM, month_id=plan.month_id) == 0
    assert len(displaced(plan)) == 1


def test_presence_is_not_settled_before_planning_closes(plan: Plan) -> None:
    assert months_to_settle() == []
    with pytest.raises(Refusal):
        settle_presence(plan.bank.hr, month_id=plan.month_id)
    plan.at(SETTLED)
    assert months_to_settle() == [plan.month_id]
    with pytest.raises(NotPermitted):
        settle_presence(plan.comune.actor("ugo"), month_id=plan.month_id)


def test_an_exception_granted_before_stays_beside_the_places(plan: Plan) -> None:
    crowd(plan, 1)
    row = plan.row("anna", 1)
    allow_exception(plan.comune.actor("ugo"), planned_id=row.pk, reason="Turno coperto da un altro ufficio")
    assert plan.settle() == 0
    assert plan.days("anna") == [1]
    assert plan.agrees()


def test_a_unit_has_a_minimum_of_its_own(plan: Plan) -> None:
    PresenceRule.objects.create(unit=plan.comune.it.counter, weekday=1, minimum_percent=100)
    crowd(plan, 1, 2)
    plan.settle()
    assert [day for _name, day in sorted(displaced(plan))].count(1) == 3
    assert plan.row("anna", 1).ranking["places"] == 0


def test_one_tap_takes_another_date(plan: Plan) -> None:
    crowd(plan, 1)
    plan.settle()
    ((name, _day),) = displaced(plan)
    actor = plan.comune.actor(name)
    choose_alternative(actor, month_id=plan.month_id, day=date(2026, 12, 1), instead=date(2026, 12, 3))
    assert plan.days(name) == [3]
    assert plan.row(name, 1).alternatives == []
    assert plan.agrees()
    with pytest.raises(Refusal):
        choose_alternative(actor, month_id=plan.month_id, day=date(2026, 12, 1), instead=date(2026, 12, 4))


def test_another_date_may_be_full_by_then(plan: Plan) -> None:
    crowd(plan, 1)
    plan.settle()
    ((name, _day),) = displaced(plan)
    for other in {*THREE} - {name}:
        plan.save(other, dec(3))
    with pytest.raises(Refusal, match="no room"):
        choose_alternative(
            plan.comune.actor(name), month_id=plan.month_id, day=date(2026, 12, 1), instead=date(2026, 12, 3)
        )
    assert PlannedDay.objects.filter(day=date(2026, 12, 3), state=DayState.PLANNED).count() == 2
