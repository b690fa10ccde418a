"""What time does to the staff."""

from datetime import date

import pytest

from contempo.agile.actions.staff.passing import forget_former_workers, mirror_presence, remove_bare_workers
from contempo.agile.models import Agreement, Worker, WorkerSpell
from contempo.agile.tests.conftest import Comune
from contempo.agile.tests.factories import WorkerFactory
from contempo.core.audit import history
from contempo.core.clock import now
from contempo.core.verdict import NotPermitted
from contempo.people.public import SYSTEM


def test_who_begins_is_there_from_the_day_and_who_leaves_is_not(comune: Comune) -> None:
    unit = comune.it.counter
    coming = WorkerFactory(unit=unit, since=date(2026, 12, 1), present=False)
    leaving = WorkerFactory(unit=unit, until=date(2026, 12, 1))
    assert mirror_presence(SYSTEM, today=date(2026, 11, 30)) == 0
    assert mirror_presence(SYSTEM, today=date(2026, 12, 1)) == 2
    assert mirror_presence(SYSTEM, today=date(2026, 12, 1)) == 0
    assert Worker.objects.get(pk=coming.pk).present
    assert not Worker.objects.get(pk=leaving.pk).present


def test_a_new_head_waits_for_the_old_one_to_leave_and_does_not_push_them_out(comune: Comune) -> None:
    it = comune.it
    new = WorkerFactory(unit=it.counter, since=date(2026, 12, 1), present=False, heads_unit=True)
    mirror_presence(SYSTEM, today=date(2026, 12, 1))
    new.refresh_from_db()
    assert (new.present, new.heads_unit) == (True, False)
    Worker.objects.filter(pk=it.ugo.pk).update(until=date(2027, 1, 1))
    other = WorkerFactory(unit=it.counter, since=date(2027, 1, 1), present=False, heads_unit=True)
    mirror_presence(SYSTEM, today=date(2027, 1, 1))
    other.refresh_from_db()
    assert (other.present, other.heads_unit) == (True, True)


def _gone(comune: Comune, until: date) -> Worker:
    return WorkerFactory(
        unit=comune.it.counter,
        number="000900",
        email="via@example.org",
        until=until,
        present=False,
        since=date(2020, 1, 1),
    )


def test_two_years_after_the_end_nothing_identifies_the_worker_and_an_unused_row_goes(comune: Comune) -> None:
    gone = _gone(comune, date(2024, 11, 20))
    assert forget_former_workers(SYSTEM, today=date(2026, 11, 19)) == 0
    assert forget_former_workers(SYSTEM, today=date(2026, 11, 20)) == 1
    assert forget_former_workers(SYSTEM, today=date(2026, 11, 20)) == 0
    gone.refresh_from_db()
    assert (gone.email, gone.birth_year, gone.sex, gone.person) == ("", None, "x", None)
    assert not WorkerSpell.objects.filter(worker=gone).exists()
    told = [change for entry in history(gone) for change in (*entry.changes,)]
    assert not any("via@example.org" in (change.before, change.after) for change in told)
    assert remove_bare_workers(SYSTEM, today=date(2026, 11, 20)) == 1
    assert not Worker.objects.filter(number="000900").exists()
    assert Worker.objects.count() == 7


def test_the_bare_number_stays_while_an_agreement_or_the_ledger_name_it(comune: Comune) -> None:
    gone = _gone(comune, date(2024, 11, 20))
    Agreement.objects.create(
        employer=gone.employer,
        number=1,
        worker=gone,
        unit=gone.unit,
        directorate=gone.directorate,
        state_since=now(),
        created_at=now(),
    )
    forget_former_workers(SYSTEM, today=date(2026, 11, 20))
    assert remove_bare_workers(SYSTEM, today=date(2026, 11, 20)) == 0
    assert Worker.objects.get(pk=gone.pk).number == "000900"
    Agreement.objects.all().delete()
    assert remove_bare_workers(SYSTEM, today=date(2026, 11, 20)) == 1


def test_only_the_installation_lets_time_pass(comune: Comune) -> None:
    paolo, today = comune.actor("paolo"), date(2026, 11, 20)
    for job in (mirror_presence, forget_former_workers, remove_bare_workers):
        with pytest.raises(NotPermitted):
            job(paolo, today=today)
