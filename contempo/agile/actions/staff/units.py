"""What human resources do to the structure: add, change and end units, name who heads them."""

from dataclasses import dataclass
from datetime import date, timedelta

from contempo.agile.actions.staff.spells import spell_units, spell_workers
from contempo.agile.actions.staff.standing import GONE_WORKER, begin, begin_with_unit, put_at, tree_of
from contempo.agile.models import Employer, Unit, Worker
from contempo.agile.rules.structure import Node, check_change_day, check_last_day, check_place, path_of
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)
_NEW = 0
"""Stands for the number a new unit is yet to get."""


@dataclass(frozen=True)
class UnitWritten:
    """What is written of a unit; `parent_id` is the unit above, None for a directorate."""

    code: str
    kind: str
    name: str
    parent_id: int | None


@action
def add_unit(actor: Actor, *, employer_id: int, written: UnitWritten, since: date) -> Unit:
    """Add a unit that is there since a day. Refusal beside the field for a code in use or a place that cannot be."""
    employer, _part = begin(actor, employer_id)
    check_change_day(since, today=clock.today(), since=date.min)
    _check_code(employer, written.code)
    tree = tree_of(employer.pk)
    check_place(_NEW, {**tree, _NEW: Node(written.kind, written.parent_id)})
    unit = Unit.objects.create(
        employer=employer,
        code=written.code,
        kind=written.kind,
        name=written.name,
        parent_id=written.parent_id,
        since=since,
    )
    put_at(unit, path_of(unit.pk, {**tree, unit.pk: Node(written.kind, written.parent_id)}))
    spell_units([unit], day=since)
    return unit


@action
def change_unit(actor: Actor, *, unit_id: int, written: UnitWritten, day: date) -> Unit:
    """Rename a unit, move it, make it of another kind, from `day` on; what stands below moves with it.

    A new code holds without a day: codes have no history. Refusal beside the field that cannot be.
    """
    unit = begin_with_unit(actor, unit_id)
    _check_code(unit.employer, written.code, besides=unit.pk)
    tree = tree_of(unit.employer_id)
    tree[unit.pk] = Node(written.kind, written.parent_id, tree[unit.pk].ended)
    check_place(unit.pk, tree)
    facts = (written.kind, written.name, written.parent_id)
    if facts != (unit.kind, unit.name, unit.parent_id):
        last = unit.spells.order_by("since").last()
        check_change_day(day, today=clock.today(), since=last.since if last else unit.since)
    unit.code, unit.kind, unit.name, unit.parent_id = written.code, *facts
    unit.save(update_fields=["code", "kind", "name", "parent"])
    put_at(unit, path_of(unit.pk, tree))
    spell_units([unit], day=day)
    return unit


@action
def end_unit(actor: Actor, *, unit_id: int, last: date | None) -> Unit:
    """Say the last day of a unit, or with None that it goes on.

    Refusal while somebody works there, or a unit stands below it, after that day.
    """
    unit = begin_with_unit(actor, unit_id)
    if last is None:
        tree = tree_of(unit.employer_id)
        tree[unit.pk] = Node(unit.kind, unit.parent_id)
        check_place(unit.pk, tree)
        unit.until = None
    else:
        check_last_day(last, since=unit.since)
        unit.until = last + _DAY
        _check_empty(unit)
    unit.save(update_fields=["until"])
    spell_units([unit], day=unit.since)
    return unit


@action
def name_head(actor: Actor, *, unit_id: int, worker_id: int | None, day: date) -> Unit:
    """Say who heads a unit from `day` on, one who works in it, or with None that nobody does."""
    unit = begin_with_unit(actor, unit_id)
    here = Worker.objects.select_for_update(no_key=True).filter(unit=unit, present=True)
    before = list(here.filter(heads_unit=True).exclude(pk=worker_id))
    after = list(here.filter(pk=worker_id, heads_unit=False)) if worker_id is not None else []
    if worker_id is not None and not after and not here.filter(pk=worker_id).exists():
        raise Refusal(GONE_WORKER, field="worker")
    if not (changed := [*before, *after]):
        return unit
    for worker in changed:
        last = worker.spells.order_by("since").last()
        check_change_day(day, today=clock.today(), since=last.since if last else worker.since)
        worker.heads_unit = worker.pk == worker_id
        worker.save(update_fields=["heads_unit"])
    spell_workers(changed, day=day)
    return unit


def _check_code(employer: Employer, code: str, *, besides: int | None = None) -> None:
    same = Unit.objects.filter(employer=employer, code=code).exclude(pk=besides).first()
    if same is not None:
        raise Refusal(N_("“%(name)s” has this code already."), field="code", name=same.name)


def _check_empty(unit: Unit) -> None:
    """Nobody works in the unit, and no unit stands just below it, from `unit.until` on."""
    there = Worker.objects.filter(unit=unit).exclude(until__lte=unit.until).count()
    if there:
        raise Refusal(
            N_("%(count)s people of the staff are still in this unit after that day: move them first."),
            field="last",
            count=there,
        )
    below = unit.children.exclude(until__lte=unit.until).order_by("code").first()
    if below is not None:
        raise Refusal(
            N_("“%(name)s” is still part of this unit after that day: move it, or end it, first."),
            field="last",
            name=below.name,
        )
