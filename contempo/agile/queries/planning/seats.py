"""The near-working seats of an employer, and how many are at one on each day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contempo.agile.models import PlannedDay, Seat
from contempo.agile.models.planners import calendar_at
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning.rows import listed, ordered
from contempo.agile.rules.months import DayState
from contempo.agile.rules.planning import Span, days_of, month_after, month_words
from contempo.core.calendar import Calendar
from contempo.core.clock import today
from contempo.web import lists
from contempo.web.lists import Column, ListPage

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("address", _("Address"), sort="address"),
    Column("municipality", _("Municipality"), sort=("municipality__name", "name")),
    Column("desks", _("Desks"), sort="capacity", numeric=True),
    Column("since", _("From"), sort="since"),
    Column("last_day", _("Until"), sort="until"),
    Column("note", _("What to know")),
)
DAY_COLUMNS = (
    Column("day", _("Date"), sort="day", template="agile/planning/cells/day.html"),
    Column("people", _("People"), sort="people", numeric=True),
    Column("desks", _("Desks"), numeric=True),
    Column("note", _("Note")),
)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SeatRow:
    """A seat; `last_day` is the last one it is open."""

    name: str
    address: str
    municipality: str
    desks: int | None
    since: date
    last_day: date | None
    note: str
    url: str


@dataclass(frozen=True)
class SeatDay:
    """How many have planned to work at a seat on a day."""

    day: date
    people: int
    desks: int | None
    note: str
    url: str = ""


@dataclass(frozen=True)
class SeatPage:
    """A seat, and how many are there on each day of a month."""

    seat: Seat
    last_day: date | None
    first_day: date
    page: ListPage
    before: str
    after: str

    @property
    def title(self) -> str:
        return month_words(self.first_day, get_language())


class SeatFilters(django_filters.FilterSet):
    """Seats by words and by whether they are open."""

    q = django_filters.CharFilter(label=_("Name or address"), method="with_words")
    aperte = django_filters.ChoiceFilter(
        label=_("Open"), method="that_are", choices=[("si", _("Open today")), ("no", _("Closed"))], empty_label=_("All")
    )

    class Meta:
        model = Seat
        fields: list[str] = []

    def with_words(self, seats: QuerySet[Seat], _name: str, value: str) -> QuerySet[Seat]:
        return seats.filter(Q(name__icontains=value) | Q(address__icontains=value))

    def that_are(self, seats: QuerySet[Seat], _name: str, value: str) -> QuerySet[Seat]:
        over = Q(until__isnull=False, until__lte=today()) | Q(since__gt=today())
        return seats.filter(over) if value == "no" else seats.exclude(over)


def seat_list(opened: OpenedEmployer, params: QueryDict) -> ListPage:
    """The seats of an employer. Two SQL."""
    return lists.build(SeatFilters(params, _seats(opened)), columns=COLUMNS, to_row=_to_row(opened), sort="name")


def seat_rows(opened: OpenedEmployer, params: QueryDict) -> Iterator[SeatRow]:
    """The same rows, for a file."""
    return lists.every_row(SeatFilters(params, _seats(opened)), columns=COLUMNS, to_row=_to_row(opened), sort="name")


def seat_page(opened: OpenedEmployer, seat_id: int, first_day: date, params: QueryDict) -> SeatPage | None:
    """One seat with the people of each day of a month; None when there is none. Two SQL."""
    seat = _seats(opened).filter(pk=seat_id).first()
    if seat is None:
        return None
    return SeatPage(
        seat=seat,
        last_day=seat.until - _DAY if seat.until else None,
        first_day=first_day,
        page=listed(_days(seat, first_day, calendar_at(opened.employer)), params, DAY_COLUMNS, sort="day"),
        before=opened.url("seat", seat_id=seat.pk, month=f"{month_after(first_day, -1):%Y-%m}"),
        after=opened.url("seat", seat_id=seat.pk, month=f"{month_after(first_day):%Y-%m}"),
    )


def seat_day_rows(opened: OpenedEmployer, seat_id: int, first_day: date, params: QueryDict) -> tuple[SeatDay, ...]:
    """The days of a seat, for a file."""
    page = seat_page(opened, seat_id, first_day, params)
    return ordered(page.page.rows, params, DAY_COLUMNS, "day")[0] if page else ()


def seat_typed(opened: OpenedEmployer, seat_id: int) -> dict[str, Any] | None:
    """A seat as its form begins with it; None when there is none. One SQL."""
    seat = _seats(opened).filter(pk=seat_id).first()
    if seat is None:
        return None
    return {
        "name": seat.name,
        "address": seat.address,
        "municipality": str(seat.municipality) if seat.municipality else "",
        "capacity": seat.capacity,
        "note": seat.note,
        "since": seat.since,
        "until": seat.until - _DAY if seat.until else None,
    }


def _seats(opened: OpenedEmployer) -> QuerySet[Seat]:
    return Seat.objects.filter(employer=opened.employer).select_related("municipality")


def _to_row(opened: OpenedEmployer) -> Any:
    def row(seat: Seat) -> SeatRow:
        return SeatRow(
            name=seat.name,
            address=seat.address,
            municipality=str(seat.municipality) if seat.municipality else "",
            desks=seat.capacity,
            since=seat.since,
            last_day=seat.until - _DAY if seat.until else None,
            note=seat.note,
            url=opened.url("seat", seat_id=seat.pk, month=f"{today():%Y-%m}"),
        )

    return row


def _days(seat: Seat, first_day: date, calendar: Calendar) -> list[SeatDay]:
    days = days_of(first_day)
    span = Span(seat.since, seat.until)
    counts = dict(
        PlannedDay.objects.filter(
            seat=seat, day__gte=days[0], day__lte=days[-1], state__in=[DayState.PLANNED, DayState.USED]
        )
        .order_by()
        .values_list("day")
        .annotate(people=Count("id"))
    )
    crowded = str(_("More people than desks"))
    return [
        SeatDay(day, people, seat.capacity, crowded if seat.capacity is not None and people > seat.capacity else "")
        for day in days
        if (people := counts.get(day, 0)) or (day.weekday() < 5 and day in span and not calendar.is_holiday(day))
    ]
