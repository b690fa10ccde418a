"""Planned days go with who changes unit: by hand, by a file, and back when the file is taken back."""

from dataclasses import fields
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contempo.agile.actions.planning.exceptions import allow_exception, ask_exception
from contempo.agile.actions.staff.standing import follow_workers
from contempo.agile.actions.staff.workers import WorkerWritten, change_worker
from contempo.agile.models import Agreement, PlannedDay, Unit, UnitDay, Worker
from contempo.agile.models.balances import balance_of
from contempo.agile.rules.months import DayState
from contempo.agile.tests.conftest import words
from contempo.agile.tests.planning.conftest import DURING, Plan, dec
from contempo.agile.tests.staff.loading import STAFF_HEAD, Loader
from contempo.core import clock
from contempo.core.verdict import NotPermitted

ROW = "000103;anna.rossetti@example.org;{unit};TI;Istruttori;100;lu-ve;F;1991;01/01/2026;;no\n"


def move(plan: Plan, name: str, unit: Unit, day: date | None = None) -> None:
    """Human resources write that somebody is in another unit since a day, today if none is said."""
    worker = Worker.objects.get(pk=plan.worker(name).pk)
    same = {field.name: getattr(worker, field.name, None) for field in fields(WorkerWritten)}
    written = WorkerWritten(**{**same, "unit_id": unit.pk, "weekdays": tuple(worker.weekdays), "last": None})
    change_worker(plan.bank.hr, worker_id=worker.pk, written=written, day=day or clock.today())


def away(unit: Unit) -> dict[int, int]:
    """How many of a unit are away, by the day of December."""
    rows = UnitDay.objects.filter(unit=unit, count__gt=0).order_by("day")
    return {day.day: count for day, count in rows.values_list("day", "count")}


def true_counts() -> bool:
    """Whether what the database counted is what the rows say."""
    counted = {(row.unit_id, row.day): row.count for row in UnitDay.objects.exclude(count=0)}
    told: dict[tuple[int, date], int] = {}
    for row in PlannedDay.objects.filter(state__in=[DayState.PLANNED, DayState.USED]):
        told[row.unit_id, row.day] = told.get((row.unit_id, row.day), 0) + 1
    return counted == told


def test_days_from_the_change_on_follow_and_those_before_stay(plan: Plan) -> None:
    it = plan.comune.it
    plan.save("anna", dec(2, 9, 10, 16))
    PlannedDay.objects.filter(worker=it.anna, day__lt=date(2026, 12, 9)).update(state=DayState.USED)
    plan.at(DURING)
    move(plan, "anna", it.nurseries, date(2026, 12, 1))
    rows = PlannedDay.objects.filter(worker=it.anna).order_by("day")
    assert [(row.day.day, row.unit_id) for row in rows] == [
        (2, it.counter.pk),
        (9, it.counter.pk),
        (10, it.nurseries.pk),
        (16, it.nurseries.pk),
    ]
    assert (away(it.counter), away(it.nurseries)) == ({2: 1, 9: 1}, {10: 1, 16: 1})
    assert true_counts()


def test_a_change_of_other_facts_moves_no_day(plan: Plan) -> None:
    plan.save("anna", dec(2, 16))
    move(plan, "anna", plan.comune.it.counter)
    assert (away(plan.comune.it.counter), true_counts()) == ({2: 1, 16: 1}, True)


def test_a_file_moves_days_and_taking_it_back_moves_them_back(plan: Plan) -> None:
    it = plan.comune.it
    plan.save("anna", dec(2, 16))
    plan.save("bruno", dec(2))
    staff = Loader(plan.comune, "agile.staff")
    run = staff.load(STAFF_HEAD + ROW.format(unit="S02"))
    assert (away(it.counter), away(it.nurseries)) == ({2: 1}, {2: 1, 16: 1})
    staff.undo(run)
    assert (away(it.counter), away(it.nurseries)) == ({2: 2, 16: 1}, {})
    assert true_counts()


def test_many_who_change_unit_cost_the_statements_of_one(plan: Plan) -> None:
    it = plan.comune.it
    for name in ("anna", "bruno", "ugo"):
        plan.save(name, dec(2, 3))

    def statements(*names: str) -> int:
        keys = [plan.worker(name).pk for name in names]
        Worker.objects.filter(pk__in=keys).update(unit=it.nurseries, heads_unit=False)
        with CaptureQueriesContext(connection) as sent:
            follow_workers(keys)
        return len(sent)

    assert statements("anna") == statements("bruno", "ugo") == 5
    assert away(it.nurseries) == {2: 3, 3: 3}
    assert true_counts()


def test_a_day_beyond_the_limit_of_the_new_unit_stays_and_is_a_conflict_there(plan: Plan) -> None:
    it = plan.comune.it
    plan.save("carla", dec(16))
    plan.save("anna", dec(16))
    plan.save("bruno", dec(16))
    plan.settle()
    plan.at(DURING)
    for name in ("anna", "bruno"):
        move(plan, name, it.nurseries)
    assert away(it.nurseries) == {16: 3}
    assert plan.days("anna") == plan.days("bruno") == plan.days("carla") == [16]
    assert balance_of(plan.account("anna").pk).planned == 1
    page = plan.comune.see("conflitti/2026-12/", "paolo", unita=str(it.nurseries.pk))
    row = words(page.select_one("tbody tr"))
    assert "16 dicembre" in row
    assert "Nidi" in row
    names = words(plan.comune.see(f"conflitti/2026-12/{it.nurseries.pk}/16/", "paolo"))
    assert "Anna" in names


def test_who_manages_the_new_unit_decides_on_what_was_asked_in_the_old_one(plan: Plan) -> None:
    it = plan.comune.it
    plan.save("bruno", dec(16))
    plan.save("ugo", dec(16))
    plan.settle()
    plan.at(DURING)
    asked = ask_exception(
        plan.comune.actor("anna"), month_id=plan.month_id, day=date(2026, 12, 16), reason="Riunione lontana"
    )
    move(plan, "anna", it.nurseries)
    with pytest.raises(NotPermitted):
        allow_exception(plan.comune.actor("ugo"), planned_id=asked.pk, reason="Va bene")
    allow_exception(plan.comune.actor("paolo"), planned_id=asked.pk, reason="Va bene")
    assert (away(it.counter), away(it.nurseries), true_counts()) == ({16: 2}, {16: 1}, True)


def test_numbers_of_the_old_unit_go_with_a_kept_day_and_stay_with_one_that_gave_way(plan: Plan) -> None:
    it = plan.comune.it
    for name in ("anna", "bruno", "ugo"):
        plan.save(name, dec(16))
    plan.settle()
    plan.at(DURING)
    gone = PlannedDay.objects.get(state=DayState.DISPLACED).worker
    kept = PlannedDay.objects.filter(state=DayState.PLANNED).exclude(worker=it.ugo).first()
    assert kept is not None
    assert kept.ranking
    Worker.objects.filter(pk__in=[gone.pk, kept.worker_id]).update(unit=it.nurseries, heads_unit=False)
    follow_workers([gone.pk, kept.worker_id])
    assert PlannedDay.objects.get(pk=kept.pk).ranking == {}
    assert PlannedDay.objects.get(worker=gone).ranking["asked"] == 3
    assert Agreement.objects.get(worker=gone).unit == it.nurseries
