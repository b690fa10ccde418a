"""Writing the shares of workers from the rows of a file, in batches, and taking them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Sum

from contempo.agile.access import may_keep
from contempo.agile.actions.mapping.standing import begin, mirror_workers
from contempo.agile.models import Share, WorkActivity, Worker
from contempo.agile.rules.mapping import WHOLE
from contempo.core.action import action
from contempo.core.imports import Change, Finding
from contempo.core.verdict import require
from contempo.core.words import N_
from contempo.people.public import Actor

NO_WORKER = N_("There is nobody of this number on the staff.")
NO_ACTIVITY = N_("There is no running activity with this code.")
TOO_MUCH = N_("With this row the shares of the worker make %(total)s per cent: 100 at most.")


@dataclass(frozen=True)
class _Wanted:
    """A change with what it is about; `percent` None takes the share away."""

    change: Change
    worker: int
    activity: int
    percent: int | None


@action
def write_shares(actor: Actor, *, about_id: int, changes: Sequence[Change]) -> list[Finding]:
    """Write shares of the employer `about_id` as their rows say. Constant number of SQL.

    What lowers the shares of a worker goes first; rows that would bring somebody above the whole time are left out and
    told.
    """
    employer, part = begin(actor, about_id)
    require(may_keep(part))
    wanted, wrong = _wanted(employer.pk, changes)
    workers = {each.worker for each in wanted}
    rows = Share.objects.filter(worker__in=workers, activity__until__isnull=True)
    present = {(row.worker_id, row.activity_id): row.percent for row in rows}
    totals = dict(rows.order_by().values("worker").annotate(total=Sum("percent")).values_list("worker", "total"))
    kept = []
    for each in sorted(wanted, key=partial(_gain, present)):
        gain, line = _gain(present, each), each.change.line
        total = totals.get(each.worker, 0) + gain
        if gain > 0 and total > WHOLE:
            wrong.append(Finding(line, TOO_MUCH, "percent", {"total": total}))
            continue
        totals[each.worker] = total
        kept.append(each)
    _save(kept)
    mirror_workers(employer.pk, workers)
    return wrong


def _gain(present: dict[tuple[int, int], int], each: _Wanted) -> int:
    return (each.percent or 0) - present.get((each.worker, each.activity), 0)


def _wanted(employer_id: int, changes: Sequence[Change]) -> tuple[list[_Wanted], list[Finding]]:
    """The changes with their worker and activity, and those that have none by now."""
    facts = [(change, change.after or change.before or {}) for change in changes]
    numbers = {str(values["number"]) for _change, values in facts}
    codes = {str(values["activity"]) for _change, values in facts}
    workers = dict(Worker.objects.filter(employer=employer_id, number__in=numbers).values_list("number", "pk"))
    running = WorkActivity.objects.filter(employer=employer_id, until__isnull=True, code__in=codes)
    activities = dict(running.values_list("code", "pk"))
    found, wrong = [], []
    for change, values in facts:
        worker, activity = workers.get(str(values["number"])), activities.get(str(values["activity"]))
        if worker is None:
            wrong.append(Finding(change.line, NO_WORKER, "number"))
        elif activity is None:
            wrong.append(Finding(change.line, NO_ACTIVITY, "activity"))
        else:
            percent = int(str(change.after["percent"])) if change.after is not None else None
            found.append(_Wanted(change, worker, activity, percent))
    return found, wrong


def _save(kept: Sequence[_Wanted]) -> None:
    gone = {(each.worker, each.activity) for each in kept if each.percent is None}
    if gone:
        rows = Share.objects.filter(worker__in={pair[0] for pair in gone}, activity__in={pair[1] for pair in gone})
        keys = [pk for pk, *pair in rows.values_list("pk", "worker", "activity") if tuple(pair) in gone]
        Share.objects.filter(pk__in=keys).delete()
    Share.objects.bulk_create(
        [
            Share(worker_id=each.worker, activity_id=each.activity, percent=each.percent)
            for each in kept
            if each.percent is not None
        ],
        update_conflicts=True,
        unique_fields=["worker", "activity"],
        update_fields=["percent"],
    )
