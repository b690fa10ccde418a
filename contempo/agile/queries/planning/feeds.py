"""Calendar addresses of a worker, and what is read at one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from contempo.agile.access import Part, manages, visible_days
from contempo.agile.models import Feed, PlannedDay, Unit
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning.month import place_words
from contempo.agile.rules.months import DayState, Place
from contempo.agile.rules.planning_feeds import FeedDay, calendar_file
from contempo.core.clock import today

BACK = timedelta(days=62)
"""How far back a calendar goes."""


@dataclass(frozen=True)
class FeedRow:
    """An address that leads somewhere: `unit` is empty for one's own days."""

    id: int
    unit: str
    created_at: datetime
    revoke_url: str


@dataclass(frozen=True)
class FeedsPage:
    """The addresses of a worker, and the units whose presences may be followed."""

    feeds: tuple[FeedRow, ...]
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FeedFile:
    """What is read at an address."""

    content: bytes
    name: str


def feeds_page(opened: OpenedEmployer) -> FeedsPage:
    """The addresses of the worker who reads. Two SQL."""
    worker = opened.part.worker
    assert worker is not None
    rows = Feed.objects.filter(worker=worker, revoked_at=None).select_related("unit").order_by("-created_at")
    units = Unit.objects.filter(employer=opened.employer, until__isnull=True).order_by("path")
    units = units.filter(path__startswith=opened.part.heads) if opened.part.heads else units.filter(pk=worker.unit_id)
    return FeedsPage(
        feeds=tuple(
            FeedRow(
                row.pk, row.unit.name if row.unit else "", row.created_at, opened.url("feed_revoke", feed_id=row.pk)
            )
            for row in rows
        ),
        units=tuple((str(unit.pk), unit.name) for unit in units),
    )


def feed_file(token: str, network_id: int) -> FeedFile | None:
    """The calendar at a secret address, in the language of whose it is.

    None when nobody has it, it was revoked, its worker has left, or may not see that unit any more. Three SQL at most.
    """
    feed = (
        Feed.objects.select_related("worker__person", "worker__unit", "worker__employer__organisation", "unit")
        .filter(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            revoked_at=None,
            worker__present=True,
            worker__employer__network=network_id,
            worker__person__is_active=True,
        )
        .first()
    )
    if feed is None:
        return None
    worker = feed.worker
    part = Part(worker.employer, worker, worker.unit.path if worker.heads_unit else "", person_id=worker.person_id)
    if feed.unit is not None and feed.unit_id != worker.unit_id and not manages(part, feed.unit):
        return None
    days = visible_days(part, PlannedDay.objects.filter(day__gte=today() - BACK))
    standing = days.filter(state__in=[DayState.PLANNED, DayState.USED])
    with override(worker.person.language if worker.person else "it"):
        told = _own(standing, worker.pk) if feed.unit is None else _of_unit(standing, feed.unit)
        organisation = worker.employer.organisation.name
        name = _("Agile work, %(name)s") % {"name": feed.unit.name if feed.unit else organisation}
        language = worker.person.language if worker.person else "it"
        return FeedFile(calendar_file(name, told, language=language), name)


def _own(days: QuerySet[PlannedDay], worker_id: int) -> list[FeedDay]:
    return [
        FeedDay(
            uid=_uid(row),
            day=row.day,
            summary=_("Agile work"),
            changed_at=row.changed_at,
            location=place_words(row) if row.place != Place.HOME else "",
        )
        for row in days.filter(worker=worker_id).select_related("seat").order_by("day", "id")
    ]


def _of_unit(days: QuerySet[PlannedDay], unit: Unit) -> list[FeedDay]:
    rows = list(days.filter(unit=unit).select_related("worker").order_by("day", "id"))
    names = named({(row.worker_id, row.worker.number, row.worker.person_id) for row in rows})
    return [
        FeedDay(
            uid=_uid(row),
            day=row.day,
            summary=_("%(name)s: agile work") % {"name": names[row.worker_id]},
            changed_at=row.planned_at,
        )
        for row in rows
    ]


def _uid(row: PlannedDay) -> str:
    """The same for the same planned day, wherever it is read."""
    return f"agile-day-{row.pk}@contempo"
