"""Writing the columns of a campaign: places for new responses, and the parts that are no longer up to date.

A part tells the responses of one bucket as they were at a mark, a value of the sequence that numbers every change. The
mark is taken while no change is under way (`_mark`): whatever has a smaller number is committed then, so it is in the
part; whatever has a larger one is read from the database by `queries.columns`. Nothing here is needed for figures to
be right, only for them to be quick; and two who do it at once do no harm, because a part is replaced only while it is
still the one that was looked at. See docs/algorithms/columns.md.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import Q

from contempo.core import clock
from contempo.core.columns import connected, folder, handed_over, is_whole, path_of, sweep, write_part
from contempo.people.public import Actor
from contempo.questionnaires.actions.mixing import mix
from contempo.questionnaires.actions.serials import give_serials
from contempo.questionnaires.models import Campaign, ColumnPart, Version
from contempo.questionnaires.models.responses import CHANGES_LOCK
from contempo.questionnaires.rules.columns import BUCKET_BITS, RAW, ROW, Layout, laid_out
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.states import CampaignState

logger = logging.getLogger(__name__)

KEEP_OLD = timedelta(hours=2)
"""How long a file that was replaced stays: whoever is reading it has long finished."""

LONGEST_WAIT = "1s"
"""How long changes of a campaign may be held up for a mark; whoever answers at that moment waits so long at most."""


@dataclass(frozen=True)
class Refreshed:
    """What was done: `placed` responses got a place, `written` parts were written."""

    placed: int = 0
    written: int = 0


def refresh(actor: Actor, *, campaign_id: int) -> Refreshed:
    """Bring the columns of a campaign up to date: what is new, what changed, what is lost. Safe to be stopped.

    It takes as long as there is to write, one bucket in memory at a time. An anonymous campaign is mixed instead while
    it takes answers: it has no columns before it is closed, when its answers may first be read.
    """
    campaign = Campaign.objects.select_related("version").get(pk=campaign_id)
    placed = 0
    if campaign.anonymous:
        placed = mix(actor, campaign_id=campaign_id)
        if campaign.state != CampaignState.CLOSED:
            return Refreshed(placed)
    else:
        while given := give_serials(actor, campaign_id=campaign_id):
            placed += given
    layout = _layout(campaign)
    parts = _claimed(campaign, layout)
    mark = _mark(campaign_id)
    if mark is None:
        logger.info("Columns of campaign %s wait: its answers are changing.", campaign_id)
        return Refreshed(placed)
    stale = _stale(campaign_id, parts)
    ColumnPart.objects.filter(Q(pk__in=[part.pk for part in parts if part.bucket not in stale]), mark__lt=mark).update(
        mark=mark
    )
    written = sum(_rewritten(campaign_id, layout, part, mark) for part in parts if part.bucket in stale)
    return Refreshed(placed, written)


def campaigns_to_refresh() -> list[int]:
    """The campaigns whose columns are behind, or whose files are lost. Two SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND)
        behind = {campaign for (campaign,) in cursor.fetchall()}
    files = ColumnPart.objects.exclude(file="").values_list("campaign_id", "file")
    return sorted(behind | {campaign for campaign, file in files.iterator() if not path_of(file).exists()})


def forget_damaged(actor: Actor) -> int:
    """Forget the parts whose files are not what they should be, so that they are written anew; returns how many."""
    damaged = [part.pk for part in ColumnPart.objects.exclude(file="").iterator() if not is_whole(part.file)]
    ColumnPart.objects.filter(pk__in=damaged).delete()
    return len(damaged)


def sweep_columns(actor: Actor) -> int:
    """Throw away the files that no part names any more; returns how many."""
    known = set(ColumnPart.objects.values_list("file", flat=True))
    return sweep(known, clock.now() - KEEP_OLD)


def _layout(campaign: Campaign) -> Layout:
    versions = Version.objects.filter(questionnaire_id=campaign.questionnaire_id, number__lte=campaign.version.number)
    return laid_out({version.number: read(version.document) for version in versions})


def _claimed(campaign: Campaign, layout: Layout) -> list[ColumnPart]:
    """The parts there are, and a row for each that is still to be written.

    The row comes before the writing: whoever deletes a response meanwhile takes it away, and what is then written
    finds no row to stand in.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LAST_BUCKET, [campaign.pk])
        (last,) = cursor.fetchone() or (-1,)
    held = set(ColumnPart.objects.filter(campaign=campaign).values_list("bucket", flat=True))
    now = clock.now()
    ColumnPart.objects.bulk_create(
        [
            ColumnPart(campaign=campaign, bucket=bucket, mark=-1, file="", rows=0, written_at=now)
            for bucket in range(last + 1)
            if bucket not in held
        ],
        ignore_conflicts=True,
    )
    parts = list(ColumnPart.objects.filter(campaign=campaign).order_by("bucket"))
    for part in parts:
        if not part.file.startswith(f"{layout.digest}-") or not is_whole(part.file):
            part.mark = -1
    return parts


def _mark(campaign_id: int) -> int | None:
    """A number such that every change with a smaller one, or that one, is committed; None when too much is going on.

    Who changes a response holds a shared lock until the end of the transaction, taken before the number (a trigger).
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHANGES_LOCK, campaign_id])
            cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM questionnaires_change")
            (mark,) = cursor.fetchone()
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != "55P03":
            raise
        return None
    return int(mark)


def _stale(campaign_id: int, parts: list[ColumnPart]) -> set[int]:
    """The buckets whose part is not there, or has a response that changed after its mark."""
    found = {part.bucket for part in parts if part.mark < 0}
    marks = [part.mark for part in parts if part.mark >= 0]
    if marks:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED, [campaign_id, min(marks)])
            changed = dict(cursor.fetchall())
        found |= {part.bucket for part in parts if changed.get(part.bucket, -1) > part.mark}
    return found


def _rewritten(campaign_id: int, layout: Layout, part: ColumnPart, mark: int) -> bool:
    """Write the part of one bucket anew; whether it took the place of the one that was looked at."""
    old = ColumnPart.objects.filter(pk=part.pk).values_list("file", "mark").first()
    if old is None:
        return False
    with connected(folder()) as engine:
        values = {"campaign": campaign_id, "bucket": part.bucket}
        with handed_over(_copied(values), RAW) as raw:
            made = write_part(engine, f"{layout.select(raw, 'counts')} ORDER BY serial", layout.digest)
    replaced = ColumnPart.objects.filter(pk=part.pk, file=old[0], mark=old[1]).update(
        file=made.name, mark=mark, rows=made.rows, written_at=clock.now()
    )
    return replaced > 0


def _copied(values: dict[str, int]) -> Iterator[bytes | memoryview]:
    """The responses of one bucket, as PostgreSQL writes them."""
    with connection.cursor() as cursor, cursor.copy(_BUCKET_ROWS, values) as copy:
        yield from copy


_LAST_BUCKET = f"""
SELECT serial >> {BUCKET_BITS} FROM questionnaires_response
WHERE campaign_id = %s AND serial IS NOT NULL ORDER BY serial DESC LIMIT 1
"""

_CHANGED = f"""
SELECT serial >> {BUCKET_BITS}, max(changed) FROM questionnaires_response
WHERE campaign_id = %s AND changed > %s AND serial IS NOT NULL GROUP BY 1
"""

_BUCKET_ROWS = f"""
COPY (
    SELECT {ROW} FROM questionnaires_response AS response
    JOIN questionnaires_version AS version ON version.id = response.version_id
    WHERE response.campaign_id = %(campaign)s AND response.serial >= %(bucket)s::bigint << {BUCKET_BITS}
        AND response.serial < (%(bucket)s + 1)::bigint << {BUCKET_BITS}
) TO STDOUT (FORMAT csv)
"""

_BEHIND = """
SELECT campaign.id FROM questionnaires_campaign AS campaign
WHERE EXISTS (
    SELECT FROM questionnaires_response AS response
    WHERE response.campaign_id = campaign.id AND response.serial IS NULL AND response.state = 'completed'
) OR EXISTS (
    SELECT FROM questionnaires_columnpart AS part WHERE part.campaign_id = campaign.id AND part.file = ''
) OR (
    (campaign.mode <> 'anonymous' OR campaign.state = 'closed') AND EXISTS (
        SELECT FROM questionnaires_response AS response
        WHERE response.campaign_id = campaign.id AND response.serial IS NOT NULL AND response.changed > coalesce((
            SELECT min(part.mark) FROM questionnaires_columnpart AS part WHERE part.campaign_id = campaign.id
        ), -1)
    )
)
ORDER BY campaign.id
"""
