"""What every writer of structure and staff begins and ends with: one at a time for each employer, and what follows."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Substr

from contempo.agile.access import Part, may_keep, part_of
from contempo.agile.actions.planning.moving import move_days
from contempo.agile.models import Agreement, Employer, Unit, WorkActivity, Worker
from contempo.agile.rules.agreements import AGREEMENT
from contempo.agile.rules.structure import Node, path_of, top_of
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

Tree = dict[int, Node[int]]

GONE_EMPLOYER = N_("This employer is no longer there.")
GONE_UNIT = N_("This unit is no longer in the structure.")
GONE_WORKER = N_("This person is no longer on the staff.")

_OVER = sorted(state for state in AGREEMENT.looks if not any(state in step.sources for step in AGREEMENT.transitions))
"""States of agreements that nothing leads out of: they stay where they ended."""


def begin(actor: Actor, employer_id: int) -> tuple[Employer, Part]:
    """The employer, locked until the transaction ends, and the part of the actor, who keeps it. NotPermitted if not."""
    employer = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if employer is None:
        raise Refusal(GONE_EMPLOYER)
    part = part_of(actor, employer)
    require(may_keep(part))
    return employer, part


def begin_with_unit(actor: Actor, unit_id: int) -> Unit:
    """A unit of an employer that the actor keeps, the employer locked."""
    employer_id = Unit.objects.filter(pk=unit_id).values_list("employer_id", flat=True).first()
    if employer_id is None:
        raise Refusal(GONE_UNIT)
    employer, _part = begin(actor, employer_id)
    return Unit.objects.select_related("parent").get(pk=unit_id, employer=employer)


def begin_with_worker(actor: Actor, worker_id: int) -> Worker:
    """A worker of an employer that the actor keeps, the employer locked."""
    employer_id = Worker.objects.filter(pk=worker_id).values_list("employer_id", flat=True).first()
    if employer_id is None:
        raise Refusal(GONE_WORKER)
    begin(actor, employer_id)
    worker = Worker.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").filter(pk=worker_id)
    if (found := worker.first()) is None:
        raise Refusal(GONE_WORKER)
    return found


def tree_of(employer_id: int) -> Tree:
    """The units of an employer as the rules read them. One SQL."""
    rows = Unit.objects.filter(employer_id=employer_id).values_list("pk", "kind", "parent_id", "until")
    return {pk: Node(kind, parent, until is not None) for pk, kind, parent, until in rows}


def put_at(unit: Unit, path: str) -> None:
    """Give a unit, and all that stands below it, the path that follows; who and what is in them follows too."""
    top = top_of(path)
    if unit.path and unit.path != path:
        below = Unit.objects.filter(employer_id=unit.employer_id, path__startswith=unit.path)
        rest = Substr("path", len(unit.path) + 1)
        below.update(path=Concat(Value(path), rest), directorate_id=top)
    else:
        Unit.objects.filter(pk=unit.pk).update(path=path, directorate_id=top)
    unit.path, unit.directorate_id = path, top
    follow_units(unit.employer_id, path, top)


def follow_units(employer_id: int, path: str, top: int) -> None:
    """Workers, activities and live agreements of the units below `path` are of the directorate `top`. Three SQL."""
    here = {"employer_id": employer_id, "unit__path__startswith": path}
    Worker.objects.filter(**here).exclude(directorate_id=top).update(directorate_id=top)
    WorkActivity.objects.filter(**here).exclude(directorate_id=top).update(directorate_id=top)
    live = Agreement.objects.filter(**here).exclude(state__in=_OVER)
    live.exclude(directorate_id=top).update(directorate_id=top)


def follow_workers(worker_ids: Iterable[int]) -> None:
    """Agreements that are not over, and days from today on, go with the workers to their unit. Five SQL at most."""
    worker_ids = list(worker_ids)
    theirs = Worker.objects.filter(pk=OuterRef("worker_id"))
    moved = Agreement.objects.filter(worker__in=worker_ids).exclude(state__in=_OVER)
    moved.exclude(unit_id=F("worker__unit_id")).update(
        unit_id=Subquery(theirs.values("unit_id")[:1]), directorate_id=Subquery(theirs.values("directorate_id")[:1])
    )
    move_days(worker_ids)


def put_all(employer_id: int) -> None:
    """Work out path and directorate of every unit of an employer anew, and let who and what is in them follow.

    A constant number of SQL, whatever changed.
    """
    units = list(Unit.objects.filter(employer_id=employer_id))
    tree = {unit.pk: Node(unit.kind, unit.parent_id) for unit in units}
    moved = []
    for unit in units:
        path = path_of(unit.pk, tree)
        if (unit.path, unit.directorate_id) != (path, top_of(path)):
            unit.path, unit.directorate_id = path, top_of(path)
            moved.append(unit)
    if not moved:
        return
    Unit.objects.bulk_update(moved, ["path", "directorate"])
    there = {"employer_id": employer_id, "unit__in": [unit.pk for unit in moved]}
    for rows in (
        Worker.objects.filter(**there),
        WorkActivity.objects.filter(**there),
        Agreement.objects.filter(**there).exclude(state__in=_OVER),
    ):
        theirs = Unit.objects.filter(pk=OuterRef("unit_id")).values("directorate_id")[:1]
        rows.exclude(directorate_id=F("unit__directorate_id")).update(directorate_id=Subquery(theirs))
