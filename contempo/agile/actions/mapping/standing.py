"""How every writer of the mapping begins and ends: one at a time for each employer, then the mirrors of workers."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from contempo.agile.access import Part, part_of, visible_activities
from contempo.agile.models import CriteriaVersion, Employer, WorkActivity
from contempo.agile.rules.mapping import HALVES
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor

_WEIGHTS = " ".join(f"WHEN '{result}' THEN {halves}" for result, halves in HALVES.items())

_RECOMPUTE = f"""
    WITH concerned AS MATERIALIZED (
        SELECT worker.id FROM agile_worker AS worker WHERE worker.employer_id = %(employer)s AND {{scope}}
    ), standing AS MATERIALIZED (
        SELECT worker.id, counted.half_points / 2 AS remote
        FROM concerned AS worker
        CROSS JOIN LATERAL (
            SELECT sum(share.percent * CASE activity.result {_WEIGHTS} END) AS half_points
            FROM agile_share AS share
            JOIN agile_workactivity AS activity ON activity.id = share.activity_id
            WHERE share.worker_id = worker.id AND activity.until IS NULL AND activity.result <> ''
        ) AS counted
    ), wanted AS (
        SELECT id, remote, coalesce(remote >= %(threshold)s, false) AS eligible FROM standing
    ), differing AS (
        SELECT worker.id, wanted.remote, wanted.eligible
        FROM agile_worker AS worker JOIN wanted ON wanted.id = worker.id
        WHERE (worker.remote_percent, worker.eligible) IS DISTINCT FROM (wanted.remote, wanted.eligible)
        ORDER BY worker.id
        FOR NO KEY UPDATE OF worker
    )
    UPDATE agile_worker AS worker SET remote_percent = differing.remote, eligible = differing.eligible
    FROM differing WHERE worker.id = differing.id
"""
"""The rule of `rules.mapping.remote_percent` over sets: dividing whole numbers cuts."""


def begin(actor: Actor, employer_id: int) -> tuple[Employer, Part]:
    """The employer, locked until the transaction ends, and the actor's part there.

    The lock lets one writer of the mapping in at a time: what two of them mirror on one worker depends on both.
    """
    employer = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if employer is None:
        raise Refusal(N_("This employer is no longer there."))
    return employer, part_of(actor, employer)


def begin_with(actor: Actor, activity_id: int) -> tuple[WorkActivity, Part]:
    """As `begin`, for the employer of an activity the actor may see; with the activity and its unit."""
    employer_id = WorkActivity.objects.filter(pk=activity_id).values_list("employer_id", flat=True).first()
    _employer, part = begin(actor, employer_id or 0)
    seen = visible_activities(part, WorkActivity.objects.select_related("unit"))
    if (activity := seen.filter(pk=activity_id).first()) is None:
        raise Refusal(N_("This activity is no longer in the mapping."))
    return activity, part


def current_version(employer_id: int) -> CriteriaVersion | None:
    """The criteria in force of an employer; None before any is published."""
    return CriteriaVersion.objects.filter(employer_id=employer_id).order_by("-number").first()


def mirror_all(employer_id: int) -> None:
    """Have every worker of the employer mirror shares, results and threshold. Two SQL, whatever their number."""
    _mirror(employer_id, "true")


def mirror_workers(employer_id: int, worker_ids: Iterable[int]) -> None:
    """The same for some workers."""
    _mirror(employer_id, "worker.id = ANY(%(ids)s)", worker_ids)


def mirror_activities(employer_id: int, activity_ids: Iterable[int]) -> None:
    """The same for the workers with a share in some activities."""
    scope = "worker.id IN (SELECT worker_id FROM agile_share WHERE activity_id = ANY(%(ids)s))"
    _mirror(employer_id, scope, activity_ids)


def _mirror(employer_id: int, scope: str, ids: Iterable[int] = ()) -> None:
    version = current_version(employer_id)
    threshold = version.threshold if version else None
    params: dict[str, Any] = {"employer": employer_id, "threshold": threshold, "ids": list(ids)}
    with connection.cursor() as cursor:
        cursor.execute(_RECOMPUTE.format(scope=scope), params)
