"""Saying how the time of a worker is shared between activities."""

from collections.abc import Mapping

from contempo.agile.access import may_share_out, visible_workers
from contempo.agile.actions.mapping.standing import begin, mirror_workers
from contempo.agile.models import Share, WorkActivity, Worker
from contempo.agile.rules.mapping import checked_shares
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def set_shares(
    actor: Actor, *, worker_id: int, shares: Mapping[int, int], seen: Mapping[int, int] | None = None
) -> Worker:
    """Set the shares of a worker in running activities, in per cent by activity; those left out or zero end.

    Together they are at most 100. Shares in activities that are over stay as they are. `seen` are the shares the form
    was opened on: refused when they are others by now.
    """
    employer_id = Worker.objects.filter(pk=worker_id).values_list("employer_id", flat=True).first()
    _employer, part = begin(actor, employer_id or 0)
    worker = visible_workers(part, Worker.objects.select_related("unit")).filter(pk=worker_id).first()
    if worker is None:
        raise Refusal(N_("This worker is no longer on the staff."))
    require(may_share_out(part, worker))
    rows = {row.activity_id: row for row in Share.objects.filter(worker=worker, activity__until__isnull=True)}
    if seen is not None and dict(seen) != {activity: row.percent for activity, row in rows.items()}:
        raise Refusal(N_("Somebody changed these shares while you were writing: look at them below, then save again."))
    wanted = checked_shares(shares)
    running = WorkActivity.objects.filter(employer=worker.employer_id, until__isnull=True, pk__in=wanted)
    if gone := wanted.keys() - set(running.values_list("pk", flat=True)):
        raise Refusal(N_("This activity is no longer in the mapping."), field=f"share_{min(gone)}")
    _write(worker, rows, wanted)
    mirror_workers(worker.employer_id, [worker.pk])
    return worker


def _write(worker: Worker, rows: Mapping[int, Share], wanted: Mapping[int, int]) -> None:
    """Rows that stay as they are are not touched, so that history tells only what changed."""
    Share.objects.filter(worker=worker, activity__in=rows.keys() - wanted.keys()).delete()
    changed = [rows[key] for key, percent in wanted.items() if key in rows and rows[key].percent != percent]
    for row in changed:
        row.percent = wanted[row.activity_id]
    Share.objects.bulk_update(changed, ["percent"])
    Share.objects.bulk_create(
        Share(worker=worker, activity_id=key, percent=percent) for key, percent in wanted.items() if key not in rows
    )
