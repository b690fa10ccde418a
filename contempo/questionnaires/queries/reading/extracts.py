"""Files of a campaign: which there are, which are made at once, how those being made stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from contempo.people.public import Actor
from contempo.questionnaires.access import Part, may_read_results, may_take_data
from contempo.questionnaires.models import Campaign, Extract
from contempo.questionnaires.queries.columns import Columns, opened_columns
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.dataset import described, parts_of
from contempo.questionnaires.queries.reading.names import say
from contempo.questionnaires.rules.coarse import is_coarse
from contempo.questionnaires.rules.extracts import (
    ENDINGS,
    EXTRACT_LABELS,
    FILE_LABELS,
    KEPT,
    ExtractState,
    FileKind,
    is_made_at_once,
)

DATA_KINDS = (FileKind.XLSX, FileKind.CSV, FileKind.SAV, FileKind.PARQUET)


@dataclass(frozen=True)
class Offer:
    """A file to take: made `at_once`, or later."""

    kind: str
    part: str
    label: str
    at_once: bool


@dataclass(frozen=True)
class PartOffer:
    """The files of one table of the data set; `title` is empty for the responses."""

    title: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Making:
    """A file that is being made, or waits: `percent` is how far it is, `url` takes it once it is ready."""

    label: str
    state: str
    percent: int
    url: str
    ready: bool
    failed: bool
    until: datetime


@dataclass(frozen=True)
class DataPage:
    """What of a campaign can be taken away. `under_way`: some file is being made, the page asks again."""

    parts: tuple[PartOffer, ...]
    report: Offer
    making: tuple[Making, ...]
    under_way: bool
    coarse: bool
    responses: int
    may_take: bool


def data_page(opened: OpenedCampaign, actor: Actor) -> DataPage:
    """The page of the data set and the report. Four SQL, and two for the names of attributes."""
    campaign = opened.campaign
    with opened_columns(campaign) as columns:
        responses = columns.count
        parts = tuple(_parts(campaign, columns, responses)) if may_take_data(opened.part) else ()
    making = tuple(_making(opened, actor))
    return DataPage(
        parts=parts,
        report=_offer(FileKind.REPORT, "", responses, 0),
        making=making,
        under_way=any(not one.ready and not one.failed for one in making),
        coarse=is_coarse(campaign.mode, campaign.origin),
        responses=responses,
        may_take=bool(may_take_data(opened.part)),
    )


def _parts(campaign: Campaign, columns: Columns, responses: int) -> Iterator[PartOffer]:
    width = len(described(campaign, columns))
    yield PartOffer("", tuple(_offer(kind, "", responses, width) for kind in DATA_KINDS))
    for group in parts_of(campaign, columns):
        kinds = [kind for kind in DATA_KINDS if kind != FileKind.XLSX]
        yield PartOffer(say(group.label), tuple(_offer(kind, group.key, responses, width) for kind in kinds))


def _offer(kind: FileKind, part: str, responses: int, width: int) -> Offer:
    return Offer(kind.value, part, _(FILE_LABELS[kind]), is_made_at_once(kind, responses=responses, columns=width))


def offer_of(opened: OpenedCampaign, kind: str, part: str) -> Offer | None:
    """The file `kind` of a table, None when there is no such file or it may not be taken. Three SQL."""
    if kind not in ENDINGS or not _may(opened, kind):
        return None
    campaign = opened.campaign
    with opened_columns(campaign) as columns:
        if part and part not in {group.key for group in parts_of(campaign, columns)}:
            return None
        width = len(described(campaign, columns)) if kind != FileKind.REPORT else 0
        return _offer(FileKind(kind), part, columns.count, width)


def _may(opened: OpenedCampaign, kind: str) -> bool:
    return bool((may_read_results if kind == FileKind.REPORT else may_take_data)(opened.part))


def _making(opened: OpenedCampaign, actor: Actor) -> Iterator[Making]:
    mine = Extract.objects.filter(campaign=opened.campaign, asked_by_id=actor.person_id).order_by("-asked_at")[:20]
    for one in mine:
        if not _may(opened, one.kind):
            continue
        ready = one.state == ExtractState.READY
        yield Making(
            label=_(FILE_LABELS[one.kind]),
            state=_(EXTRACT_LABELS[one.state]),
            percent=100 if ready else min(99, 100 * one.done // one.total) if one.total else 0,
            url=opened.url("extract", extract=one.pk) if ready else "",
            ready=ready,
            failed=one.state == ExtractState.FAILED,
            until=one.asked_at + KEPT,
        )


def ready_extract(opened: OpenedCampaign, actor: Actor, key: UUID) -> Extract | None:
    """A file that `actor` asked for, ready to be taken; None when there is none, or it may no longer be. One SQL."""
    found = Extract.objects.filter(
        campaign=opened.campaign, asked_by_id=actor.person_id, pk=key, state=ExtractState.READY.value
    ).first()
    return found if found and _may(opened, found.kind) and Path(found.path).exists() else None


def file_name(opened: OpenedCampaign, kind: str, part: str) -> str:
    """What a file of a campaign is called when it is taken."""
    what = _("report") if kind == FileKind.REPORT else _("data")
    return "-".join(filter(None, [what, str(opened.campaign.number), part])) + f".{ENDINGS[kind]}"


def waiting_files() -> tuple[UUID, ...]:
    """The files still to be made, longest waiting first, with those a stopped process left. One SQL."""
    waiting = Extract.objects.filter(state__in=[ExtractState.WAITING.value, ExtractState.WORKING.value])
    return tuple(waiting.order_by("asked_at").values_list("pk", flat=True))


def wanted_file(key: UUID) -> Extract | None:
    """A file that is still to be made, None when it is ready, failed or forgotten. One SQL."""
    found = Extract.objects.select_related(
        "campaign__network", "campaign__organisation", "campaign__questionnaire", "campaign__version"
    )
    return found.filter(pk=key, state__in=[ExtractState.WAITING.value, ExtractState.WORKING.value]).first()


@contextmanager
def alone_with(key: UUID) -> Iterator[bool]:
    """Within it, whether nobody else makes this file. A process that dies lets go by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"extract {key}"])
        (held,) = cursor.fetchone()
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"extract {key}"])


def opened_for_file(campaign: Campaign) -> OpenedCampaign:
    """A campaign as the job that makes a file reads it: its figures, nothing of single responses."""
    return OpenedCampaign(campaign, Part(campaign, reads=True), (), {})
