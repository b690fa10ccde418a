"""What human resources do to the staff by hand: add, change, end, and let go of a linked person."""

from dataclasses import dataclass
from datetime import date, timedelta

from contempo.agile.actions.staff.spells import engaged, spell_workers
from contempo.agile.actions.staff.standing import begin, begin_with_worker, follow_workers
from contempo.agile.models import Unit, Worker
from contempo.agile.rules.structure import check_change_day, check_last_day
from contempo.agile.rules.structure_staff import check_birth_year, check_weekdays
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkerWritten:
    """What is written of a worker; `last` is the last day of the employment, None while it has no end."""

    number: str
    email: str
    unit_id: int
    contract: str
    category: str
    part_time_percent: int
    weekdays: tuple[int, ...]
    sex: str
    birth_year: int | None
    since: date
    last: date | None
    heads_unit: bool
    safety_representative: bool


@action
def add_worker(actor: Actor, *, employer_id: int, written: WorkerWritten) -> Worker:
    """Add somebody to the staff. Refusal beside the field that cannot be."""
    employer, _part = begin(actor, employer_id)
    worker = Worker(employer=employer)
    _write(worker, written)
    worker.save()
    spell_workers([worker], day=worker.since)
    return worker


@action
def change_worker(actor: Actor, *, worker_id: int, written: WorkerWritten, day: date) -> Worker:
    """Change what is written of a worker; unit, contract, pattern and heading hold from `day` on, the rest at once.

    Agreements that are not over, and days from today on, follow into another unit.
    """
    worker = begin_with_worker(actor, worker_id)
    was = engaged(worker)
    _write(worker, written)
    if engaged(worker) != was and worker.since <= clock.today():
        last = worker.spells.order_by("since").last()
        check_change_day(day, today=clock.today(), since=last.since if last else worker.since)
    worker.save()
    spell_workers([worker], day=day)
    follow_workers([worker.pk])
    return worker


@action
def unlink_worker(actor: Actor, *, worker_id: int) -> Worker:
    """Let go of the person linked to a worker: they see nothing of it any more, and may be invited again."""
    worker = begin_with_worker(actor, worker_id)
    worker.person, worker.invited_at, worker.invitation_asked_at = None, None, None
    worker.save(update_fields=["person", "invited_at", "invitation_asked_at"])
    return worker


def is_present(worker: Worker, today: date) -> bool:
    """Whether the dates of a worker say that they work there on `today`."""
    return worker.since <= today and (worker.until is None or worker.until > today)


def _write(worker: Worker, written: WorkerWritten) -> None:
    """Put what is written into the row, once it has been looked at."""
    today = clock.today()
    others = Worker.objects.filter(employer=worker.employer).exclude(pk=worker.pk)
    if others.filter(number=written.number).exists():
        raise Refusal(N_("Somebody else has this number already."), field="number")
    email = written.email.strip().lower()
    if email and (same := others.filter(email=email).first()) is not None:
        raise Refusal(N_("Number %(number)s has this address already."), field="email", number=same.number)
    unit = Unit.objects.filter(employer=worker.employer, pk=written.unit_id).first()
    if unit is None or (unit.until is not None and unit.until <= today):
        raise Refusal(N_("Choose a unit that is there."), field="unit")
    if written.last is not None:
        check_last_day(written.last, since=written.since)
    check_birth_year(written.birth_year, since=written.since, today=today)
    worker.number, worker.email, worker.unit, worker.directorate_id = written.number, email, unit, unit.directorate_id
    worker.contract, worker.category = written.contract, written.category
    worker.part_time_percent = written.part_time_percent
    worker.weekdays = list(check_weekdays(written.weekdays))
    worker.sex, worker.birth_year = written.sex, written.birth_year
    worker.since, worker.until = written.since, written.last + _DAY if written.last else None
    worker.present = is_present(worker, today)
    worker.heads_unit, worker.safety_representative = written.heads_unit, written.safety_representative
    _check_head(worker)


def _check_head(worker: Worker) -> None:
    if not worker.heads_unit or not worker.present:
        return
    heads = Worker.objects.filter(unit=worker.unit, heads_unit=True, present=True)
    if (other := heads.exclude(pk=worker.pk).first()) is not None:
        raise Refusal(
            N_("Number %(number)s heads this unit: name another head on the page of the unit."),
            field="heads_unit",
            number=other.number,
        )
