"""The month of a worker: what is planned, what may be, who else is away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.agile.models import Account, Agreement, Entry, Month, PlannedDay, Seat
from contempo.agile.models.planners import available_days, calendar_at, pattern_of, seats_listed
from contempo.agile.models.presence import rooms_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import policy
from contempo.agile.rules.agreements import AgreementState
from contempo.agile.rules.months import DAY_STATE_LABELS, PLACE_LABELS, DayState, MonthState, Place
from contempo.agile.rules.planning import (
    Agreed,
    Closed,
    Pattern,
    Phase,
    Planner,
    Room,
    day_words,
    days_of,
    may_change,
    may_plan,
    month_after,
    month_words,
    phase_of,
    weeks_of,
)
from contempo.core.clock import now, today
from contempo.core.workflow import Look
from contempo.web.sentences import sentence

LOOKS = {
    DayState.PLANNED: Look(DAY_STATE_LABELS[DayState.PLANNED], "success", "it-check-circle"),
    DayState.USED: Look(DAY_STATE_LABELS[DayState.USED], "neutral", "it-check"),
    DayState.DISPLACED: Look(DAY_STATE_LABELS[DayState.DISPLACED], "warning", "it-warning-circle"),
    DayState.ASKED: Look(DAY_STATE_LABELS[DayState.ASKED], "info", "it-clock"),
    DayState.REFUSED: Look(DAY_STATE_LABELS[DayState.REFUSED], "danger", "it-close-circle"),
    DayState.CANCELLED: Look(DAY_STATE_LABELS[DayState.CANCELLED], "neutral", "it-close"),
}
_STANDING = (DayState.PLANNED, DayState.USED, DayState.ASKED)


@dataclass(frozen=True)
class SeatChoice:
    """A seat where one may work."""

    id: int
    name: str


@dataclass(frozen=True)
class Cell:
    """One date of the month as its worker sees it.

    `closed` says why it is not worked, `why_not` why it may not be planned or changed now. `away` have planned it, at
    most `places` may; both are 0 on a date that is not worked.
    """

    day: date
    url: str
    inside: bool = True
    closed: str = ""
    holiday: bool = False
    state: str = ""
    look: Look | None = None
    place: str = ""
    place_key: str = ""
    seat_id: int | None = None
    exception: bool = False
    told: str = ""
    alternatives: tuple[date, ...] = ()
    room: Room = field(default_factory=lambda: Room(0, 0))
    open: bool = False
    why_not: str = ""
    today: bool = False

    @property
    def words(self) -> str:
        return day_words(self.day, get_language())

    @property
    def planned(self) -> bool:
        return self.state in (DayState.PLANNED, DayState.USED)

    @property
    def full(self) -> bool:
        """Whether nobody more may be away."""
        return not self.closed and not self.room.free

    @property
    def over(self) -> bool:
        return self.room.over > 0


@dataclass(frozen=True)
class MonthPage:
    """A month of a worker. `account` is None for who has none in it, `left` the days still to plan or donate.

    `places` and `seats` are those that the agreements of the month list, all of them when there is none.
    """

    id: int
    first_day: date
    phase: Phase
    plan_from: datetime
    plan_until: datetime
    settled: bool
    account_id: int | None
    left: int
    cells: Mapping[date, Cell]
    weeks: tuple[tuple[Cell, ...], ...]
    places: tuple[Place, ...]
    seats: tuple[SeatChoice, ...]
    before: str
    after: str
    url: str
    list_url: str
    team_url: str

    @property
    def title(self) -> str:
        return month_words(self.first_day, get_language())

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def days(self) -> tuple[Cell, ...]:
        """The working days."""
        return tuple(cell for cell in self.cells.values() if not cell.closed)

    @property
    def holidays(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells.values() if cell.holiday and cell.closed)

    @property
    def mine(self) -> tuple[Cell, ...]:
        """The dates with something of the worker's own."""
        return tuple(cell for cell in self.cells.values() if cell.state)

    @property
    def displaced(self) -> tuple[Cell, ...]:
        """Dates that gave way and for which others are still proposed."""
        return tuple(cell for cell in self.cells.values() if cell.alternatives)

    @property
    def planned_count(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.planned)

    @property
    def changeable(self) -> bool:
        """Whether some date may be planned or given back now."""
        return any(cell.open for cell in self.cells.values())


def current_month(opened: OpenedEmployer) -> date | None:
    """The month a worker comes for: the one being planned now, else the running one, else the next or last there is.
    One SQL."""
    at, day = now(), today()
    rows = Month.objects.filter(employer=opened.employer).exclude(state=MonthState.DRAFT).order_by("first_day")
    months = list(rows.values_list("first_day", "plan_from", "plan_until"))
    planning = [first for first, since, until in months if since <= at < until and month_after(first) > day]
    running = [first for first, _since, _until in months if first <= day < month_after(first)]
    later = [first for first, _since, _until in months if first > day]
    return next(iter(planning or running or later or [first for first, *_rest in months][-1:]), None)


def month_page(opened: OpenedEmployer, first_day: date) -> MonthPage | None:
    """The month of the worker who reads, None when the employer has no such month or it is still in preparation.
    Three SQL."""
    worker = opened.part.worker
    assert worker is not None
    month: Any = _month(opened, worker.pk, first_day)
    if month is None:
        return None
    at, day = now(), today()
    phase = phase_of(month.state, first_day, month.plan_from, month.plan_until, now=at, today=day)
    days = days_of(first_day)
    rooms = rooms_of([worker.unit_id], days, policy.read(month.policy.document).presence)
    rows = _rows(worker.pk, days)
    agreed = tuple(_agreed(each) for each in month.agreed)
    planner = Planner(
        pattern=pattern_of(worker, calendar_at(opened.employer)),
        agreed=agreed,
        planned=frozenset(row.day for row in rows.values() if row.state in _STANDING),
    )
    cells = {
        each: _cell(opened, each, rows.get(each), rooms[worker.unit_id, each], planner, phase, day) for each in days
    }
    key = f"{first_day:%Y-%m}"
    return MonthPage(
        id=month.pk,
        first_day=first_day,
        phase=phase,
        plan_from=month.plan_from,
        plan_until=month.plan_until,
        settled=month.settled_at is not None,
        account_id=month.account_id,
        left=month.left or 0,
        cells=cells,
        weeks=tuple(
            tuple(cells.get(each) or Cell(each, "", inside=False) for each in week) for week in weeks_of(first_day)
        ),
        places=tuple(place for place in Place if not agreed or any(place in each.places for each in agreed)),
        seats=tuple(
            SeatChoice(each["id"], each["name"])
            for each in month.seats
            if not agreed or any(one.lists(Place.SEAT, each["id"]) for one in agreed)
        ),
        before=_month_url(opened, month.around, month_after(first_day, -1)),
        after=_month_url(opened, month.around, month_after(first_day)),
        url=opened.url("my_days", month=key),
        list_url=opened.url("my_days_list", month=key),
        team_url=opened.url("team", month=key),
    )


def beside(opened: OpenedEmployer, name: str, first_day: date, query: str = "") -> tuple[str, str]:
    """The addresses of page `name` for the month before and the one after, empty where there is none. One SQL."""
    wanted = (month_after(first_day, -1), month_after(first_day))
    months = Month.objects.filter(employer=opened.employer, first_day__in=wanted).exclude(state=MonthState.DRAFT)
    known = set(months.values_list("first_day", flat=True))
    before, after = (opened.url(name, month=f"{each:%Y-%m}") + query if each in known else "" for each in wanted)
    return before, after


def _month(opened: OpenedEmployer, worker_id: int, first_day: date) -> Month | None:
    """The month with the worker's account, days left, agreements, the seats to choose from, the months around it."""
    after = month_after(first_day)
    account = Account.objects.filter(month=OuterRef("pk"), worker=worker_id)
    entries = Entry.objects.filter(account__month=OuterRef("pk"), account__worker=worker_id)
    agreed = Agreement.objects.filter(
        Q(until__isnull=True) | Q(until__gt=first_day),
        worker=worker_id,
        state=AgreementState.IN_FORCE,
        starts_on__lt=after,
    )
    seats = Seat.objects.filter(
        Q(until__isnull=True) | Q(until__gt=first_day), employer=OuterRef("employer"), since__lt=after
    ).order_by("name")
    listed = JSONObject(since="starts_on", until="until", places="places", seats=seats_listed())
    around = Month.objects.filter(
        employer=OuterRef("employer"), first_day__in=[month_after(first_day, -1), after]
    ).exclude(state=MonthState.DRAFT)
    return (
        Month.objects.filter(employer=opened.employer, first_day=first_day)
        .exclude(state=MonthState.DRAFT)
        .select_related("policy")
        .defer("seed", "salt")
        .annotate(
            account_id=Subquery(account.values("pk")),
            left=Subquery(available_days(entries)),
            agreed=ArraySubquery(agreed.values(row=listed)),
            seats=ArraySubquery(seats.values(row=JSONObject(id="pk", name="name"))),
            around=ArraySubquery(around.values("first_day")),
        )
        .first()
    )


def _rows(worker_id: int, days: Sequence[date]) -> dict[date, PlannedDay]:
    """What of each date is told: what stands, else the newest of what became of it."""
    found: dict[date, PlannedDay] = {}
    rows = PlannedDay.objects.filter(worker=worker_id, day__gte=days[0], day__lte=days[-1]).select_related("seat")
    for row in rows.exclude(state=DayState.CANCELLED).order_by("id"):
        known = found.get(row.day)
        if known is None or known.state not in _STANDING:
            found[row.day] = row
    return found


def _cell(
    opened: OpenedEmployer,
    day: date,
    row: PlannedDay | None,
    room: Room,
    planner: Planner,
    phase: Phase,
    now_day: date,
) -> Cell:
    closed = closed_words(planner.pattern, day)
    standing = row is not None and row.state in _STANDING
    may = may_change(day, phase, today=now_day) if standing else may_plan(day, planner, phase, today=now_day)
    return Cell(
        day=day,
        url=opened.url("my_day", month=f"{day:%Y-%m}", day=day.day),
        closed=closed if not standing else "",
        holiday=planner.pattern.calendar.is_holiday(day),
        state=row.state if row else "",
        look=LOOKS[DayState(row.state)] if row else None,
        place=place_words(row) if row else "",
        place_key=row.place if row else "",
        seat_id=row.seat_id if row else None,
        exception=bool(row and row.exception_by_id and row.state in (DayState.PLANNED, DayState.USED)),
        told=row.exception_reason if row else "",
        alternatives=tuple(row.alternatives) if row and row.state == DayState.DISPLACED else (),
        room=room,
        open=bool(may) and not (row is not None and row.state in (DayState.USED, DayState.ASKED)),
        why_not=sentence(may),
        today=day == now_day,
    )


def place_words(row: PlannedDay) -> str:
    """Where a day is worked, in words."""
    if row.place == Place.SEAT and row.seat is not None:
        return row.seat.name
    return _(PLACE_LABELS[Place(row.place)])


def closed_words(pattern: Pattern, day: date) -> str:
    """Why a date is not worked: the name of the holiday, or what the pattern says; empty when it is worked."""
    closed = pattern.closed(day)
    if closed is None:
        return ""
    if closed is Closed.HOLIDAY:
        return pattern.calendar.holiday_name(day, get_language() or "it")
    return _("Not worked") if closed is Closed.NOT_WORKED else _("Not on the staff")


def _agreed(row: Mapping[str, Any]) -> Agreed:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Agreed(date.fromisoformat(row["since"]), until, frozenset(row["places"]), frozenset(row["seats"]))


def _month_url(opened: OpenedEmployer, known: Sequence[date], first_day: date) -> str:
    return opened.url("my_days", month=f"{first_day:%Y-%m}") if first_day in known else ""
