"""Days on which more of a unit are away than may be: who stays away, who gave way, who asks for an exception."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contempo.agile.access import manages, visible_days
from contempo.agile.models import Month, PlannedDay, Unit
from contempo.agile.models.presence import rooms_of
from contempo.agile.queries.exceptions import TO_DECIDE, exceptions_to_decide
from contempo.agile.queries.names import named
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning.month import LOOKS, beside
from contempo.agile.queries.planning.reasons import why_in_numbers
from contempo.agile.queries.planning.rows import listed, ordered
from contempo.agile.rules import policy
from contempo.agile.rules.months import DayState, MonthState
from contempo.agile.rules.planning import Phase, Room, days_of, may_change, month_words, phase_of
from contempo.core.clock import now, today
from contempo.core.workflow import Look
from contempo.web.lists import Column, ListPage

COLUMNS = (
    Column("day", _("Date"), sort="day", template="agile/planning/cells/day.html"),
    Column("unit", _("Unit"), sort="unit"),
    Column("away", _("Away"), sort="away", numeric=True),
    Column("places", _("At most"), sort="places", numeric=True),
    Column("staff", _("Who works that day"), sort="staff", numeric=True),
    Column("displaced", _("Gave way"), sort="displaced", numeric=True),
    Column("exceptions", _("Exceptions"), sort="exceptions", numeric=True),
    Column("asked", _("Exceptions to decide"), sort="asked", numeric=True),
)


@dataclass(frozen=True)
class ConflictRow:
    """One day of one unit with something to see to, or that was settled."""

    day: date
    unit: str
    unit_id: int
    away: int
    places: int
    staff: int
    displaced: int
    exceptions: int
    asked: int
    url: str


@dataclass(frozen=True)
class ConflictsPage:
    """The conflicts of a month in the units the reader manages."""

    first_day: date
    month_id: int
    phase: Phase
    plan_until: datetime
    settled_at: datetime | None
    may_settle: bool
    page: ListPage
    units: tuple[tuple[int, str], ...]
    unit_id: int | None
    only: str
    before: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def title(self) -> str:
        return month_words(self.first_day, get_language())


@dataclass(frozen=True)
class Claimant:
    """Somebody who planned or asked for a day: numbers, never reasons. `url` decides on an exception, where one may."""

    id: int
    name: str
    look: Look
    numbers: str
    exception: str
    url: str
    asked: bool


@dataclass(frozen=True)
class ConflictDay:
    """One day of one unit, with everybody who planned it or asked for it."""

    day: date
    unit: Unit
    room: Room
    claimants: tuple[Claimant, ...]
    settled: bool
    phase: Phase
    back: str


@dataclass(frozen=True)
class ExceptionPage:
    """One planned day on which an exception may be decided."""

    id: int
    day: date
    name: str
    unit: str
    look: Look
    words: str
    numbers: str
    room: Room
    answer: str
    may_decide: bool
    asked: bool
    back: str


def conflicts_page(opened: OpenedEmployer, first_day: date, params: QueryDict) -> ConflictsPage | None:
    """The conflicts of a month; None when there is no such month. Six SQL at most."""
    month = _month(opened, first_day)
    if month is None:
        return None
    units = _units(opened)
    chosen = params.get("unita", "")
    unit_id = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
    rows = _rows(opened, month, {pk: name for pk, name in units.items() if unit_id in (None, pk)})
    only = TO_DECIDE if params.get("solo") == TO_DECIDE else ""
    if only:
        waiting = set(exceptions_to_decide(opened.part).filter(account__month=month).values_list("unit_id", "day"))
        rows = [row for row in rows if (row.unit_id, row.day) in waiting]
    phase = _phase(month)
    before, after = beside(opened, "conflicts", first_day)
    return ConflictsPage(
        first_day=first_day,
        month_id=month.pk,
        phase=phase,
        plan_until=month.plan_until,
        settled_at=month.settled_at,
        may_settle=opened.part.hr and month.settled_at is None and phase is Phase.AFTER,
        page=listed(rows, params, COLUMNS, sort="day"),
        units=tuple(sorted(units.items(), key=lambda each: each[1].casefold())),
        unit_id=unit_id,
        only=only,
        before=before,
        after=after,
    )


def conflict_rows(opened: OpenedEmployer, first_day: date, params: QueryDict) -> Iterable[ConflictRow] | None:
    """The same rows, for a file."""
    found = conflicts_page(opened, first_day, params)
    return None if found is None else ordered(found.page.rows, params, COLUMNS, "day")[0]


def conflict_day(opened: OpenedEmployer, first_day: date, unit_id: int, number: int) -> ConflictDay | None:
    """One day of one unit the reader manages; None when there is none. Six SQL."""
    month = _month(opened, first_day)
    days = days_of(first_day)
    unit = Unit.objects.filter(pk=unit_id, employer=opened.employer).first()
    if month is None or unit is None or not manages(opened.part, unit) or not 1 <= number <= len(days):
        return None
    day = days[number - 1]
    rows = (
        visible_days(opened.part, PlannedDay.objects.all())
        .filter(unit=unit, day=day)
        .exclude(state=DayState.CANCELLED)
        .select_related("worker")
        .order_by("id")
    )
    found = list(rows)
    names = named({(row.worker_id, row.worker.number, row.worker.person_id) for row in found})
    phase = _phase(month)
    may = bool(may_change(day, phase, today=today()))
    own = opened.part.worker.pk if opened.part.worker else None
    settled = month.settled_at is not None
    claimants = [
        _claimant(opened, row, names[row.worker_id], may and row.worker_id != own and _decidable(row, settled))
        for row in found
    ]
    return ConflictDay(
        day=day,
        unit=unit,
        room=rooms_of([unit.pk], [day], policy.read(month.policy.document).presence)[unit.pk, day],
        claimants=tuple(sorted(claimants, key=lambda each: (not each.asked, each.look.label, each.name.casefold()))),
        settled=settled,
        phase=phase,
        back=opened.url("conflicts", month=f"{first_day:%Y-%m}"),
    )


def exception_page(opened: OpenedEmployer, planned_id: int) -> ExceptionPage | None:
    """A day on which the reader may decide an exception, or could; None when it is not theirs to see. Five SQL."""
    row = (
        visible_days(opened.part, PlannedDay.objects.all())
        .filter(pk=planned_id)
        .exclude(state=DayState.CANCELLED)
        .select_related("worker", "unit", "account__month__policy")
        .first()
    )
    if row is None or not manages(opened.part, row.unit):
        return None
    month = row.account.month
    names = named([(row.worker_id, row.worker.number, row.worker.person_id)])
    own = opened.part.worker is not None and opened.part.worker.pk == row.worker_id
    return ExceptionPage(
        id=row.pk,
        day=row.day,
        name=names[row.worker_id],
        unit=row.unit.name,
        look=LOOKS[DayState(row.state)],
        words=row.exception_asked,
        numbers=why_in_numbers(row.ranking),
        room=rooms_of([row.unit_id], [row.day], policy.read(month.policy.document).presence)[row.unit_id, row.day],
        answer=row.exception_reason,
        may_decide=not own
        and _decidable(row, month.settled_at is not None)
        and bool(may_change(row.day, _phase(month), today=today())),
        asked=row.state == DayState.ASKED,
        back=opened.url("conflict_day", month=f"{row.day:%Y-%m}", unit_id=row.unit_id, day=row.day.day),
    )


def _month(opened: OpenedEmployer, first_day: date) -> Month | None:
    months = Month.objects.filter(employer=opened.employer, first_day=first_day).exclude(state=MonthState.DRAFT)
    return months.select_related("policy").defer("seed", "salt").first()


def _phase(month: Month) -> Phase:
    return phase_of(month.state, month.first_day, month.plan_from, month.plan_until, now=now(), today=today())


def _units(opened: OpenedEmployer) -> dict[int, str]:
    """The units the reader manages."""
    units = Unit.objects.filter(employer=opened.employer)
    if not opened.part.hr:
        units = units.filter(path__startswith=opened.part.heads) if opened.part.heads else units.none()
    return dict(units.values_list("pk", "name"))


def _rows(opened: OpenedEmployer, month: Month, units: dict[int, str]) -> list[ConflictRow]:
    days = days_of(month.first_day)
    rooms = rooms_of(list(units), days, policy.read(month.policy.document).presence)
    counted = {
        (unit, day): counts
        for unit, day, *counts in PlannedDay.objects.filter(unit__in=units, day__gte=days[0], day__lte=days[-1])
        .order_by()
        .values_list("unit_id", "day")
        .annotate(
            displaced=Count("id", filter=Q(state=DayState.DISPLACED)),
            exceptions=Count("id", filter=Q(state__in=(DayState.PLANNED, DayState.USED), exception_by__isnull=False)),
            asked=Count("id", filter=Q(state=DayState.ASKED)),
        )
    }
    found = []
    for (unit, day), room in rooms.items():
        displaced, exceptions, asked = counted.get((unit, day), (0, 0, 0))
        if room.over or displaced or exceptions or asked:
            where = opened.url("conflict_day", month=f"{day:%Y-%m}", unit_id=unit, day=day.day)
            row = ConflictRow(day, units[unit], unit, room.away, room.places, room.staff, 0, 0, 0, where)
            found.append(replace(row, displaced=displaced, exceptions=exceptions, asked=asked))
    return found


def _claimant(opened: OpenedEmployer, row: PlannedDay, name: str, may: bool) -> Claimant:
    return Claimant(
        id=row.pk,
        name=name,
        look=LOOKS[DayState(row.state)],
        numbers=why_in_numbers(row.ranking),
        exception=row.exception_reason,
        url=opened.url("exception", planned_id=row.pk) if may else "",
        asked=row.state == DayState.ASKED,
    )


def _decidable(row: PlannedDay, settled: bool) -> bool:
    """Whether there is something to decide: a day asked for or displaced, or one that may still be displaced."""
    if row.state == DayState.PLANNED:
        return not settled and not row.exception_by_id
    return row.state in (DayState.ASKED, DayState.DISPLACED)
