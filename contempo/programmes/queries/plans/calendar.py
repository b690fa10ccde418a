"""The calendar of a plan: its activities against the months, as a table that is also the drawing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel.dates import format_date
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.words import N_
from contempo.programmes.models import Activity
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.queries.plans.activities import (
    ActivityFilters,
    ActivityRow,
    kept_total,
    row_maker,
    with_names,
)
from contempo.programmes.rules.calendar import Part, Unit, column_of, columns, parts, span, unit_for
from contempo.web.lists import Column, ListPage, build

PER_PAGE = 40
"""Rows that are drawn at once: a page stays as light with ten thousand activities as with forty."""

_KEPT = ("cerca", "alleanza", "fase", "stato", "quando")
_COLUMNS = (Column("title", _("Activity")),)
_WORDS = {
    Part.EMPTY: "",
    Part.WHOLE: N_("begins and ends"),
    Part.START: N_("begins"),
    Part.MIDDLE: N_("goes on"),
    Part.END: N_("ends"),
}


@dataclass(frozen=True)
class Head:
    """A column: its short name, its name in full, whether today is in it."""

    short: str
    full: str
    now: bool


@dataclass(frozen=True)
class Cell:
    """One column of one activity: what to draw, and the same in a word."""

    part: str
    word: str
    now: bool


@dataclass(frozen=True)
class Drawn:
    """An activity with its cells; `placed` tells that it has days within the plan."""

    row: ActivityRow
    cells: tuple[Cell, ...]
    placed: bool


@dataclass(frozen=True)
class Group:
    """Activities that stand together: of one phase of one alliance, or, for the phone, of one month."""

    title: str
    rows: tuple[Drawn, ...]


@dataclass(frozen=True)
class CalendarPage:
    """A page of the calendar. `years` are the heads above the months, with how many columns each takes (empty when
    the columns are years); `months` are the same rows by the month they begin in, those without days last."""

    page: ListPage
    unit: str
    heads: tuple[Head, ...]
    years: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]
    months: tuple[Group, ...]
    live: bool


class _Filters(ActivityFilters):
    """The filters of the calendar: fewer than those of the list."""

    def __init__(self, params: QueryDict, *, plan: OpenedPlan, today: date) -> None:
        rows = with_names(Activity.objects.filter(plan=plan.plan)).order_by(
            F("alliance__position").asc(nulls_last=True), F("phase__number").asc(nulls_last=True), "position"
        )
        super().__init__(params, rows, plan=plan, today=today)
        for name in set(self.filters) - set(_KEPT):
            del self.filters[name]


def calendar(plan: OpenedPlan, params: QueryDict, *, today: date) -> CalendarPage:
    """The part of the calendar that `params` ask for. Eight SQL at most."""
    filters = _Filters(params, plan=plan, today=today)
    unit = unit_for(plan.plan.since, plan.plan.until)
    heads = columns(plan.plan.since, plan.plan.until, unit)
    now = column_of(today, heads, unit)
    page = build(
        filters,
        columns=_COLUMNS,
        to_row=row_maker(plan, today),
        sort="",
        per_page=PER_PAGE,
        total=kept_total(plan, filters),
        exportable=False,
    )
    drawn = tuple(_drawn(row, heads, unit, now) for row in page.rows)
    return CalendarPage(
        page=page,
        unit=unit.name,
        heads=tuple(_head(day, unit, here=number == now) for number, day in enumerate(heads)),
        years=_years(heads) if unit is not Unit.YEAR else (),
        groups=tuple(_by_phase(drawn)),
        months=tuple(_by_month(drawn)),
        live=plan.in_force,
    )


def _drawn(row: ActivityRow, heads: Sequence[date], unit: Unit, now: int | None) -> Drawn:
    until = date.fromordinal(row.ends_on.toordinal() + 1) if row.ends_on else None
    taken = span(row.starts_on, until, heads, unit)
    cells = (
        Cell(part.value, gettext(_WORDS[part]) if part else "", number == now)
        for number, part in enumerate(parts(taken, len(heads)))
    )
    return Drawn(row, tuple(cells), taken is not None)


def _head(day: date, unit: Unit, *, here: bool) -> Head:
    language = get_language() or "it"
    if unit is Unit.YEAR:
        return Head(str(day.year), str(day.year), here)
    if unit is Unit.QUARTER:
        number = (day.month - 1) // 3 + 1
        full = gettext("quarter %(number)s of %(year)s") % {"number": number, "year": day.year}
        return Head(f"T{number}", full, here)
    return Head(format_date(day, "LLLLL", locale=language), format_date(day, "LLLL y", locale=language), here)


def _years(heads: Sequence[date]) -> tuple[tuple[str, int], ...]:
    return tuple((str(year), len(list(days))) for year, days in groupby(heads, key=lambda day: day.year))


def _by_phase(drawn: Iterable[Drawn]) -> Iterator[Group]:
    for (alliance, phase, area), rows in groupby(
        drawn, key=lambda each: (each.row.alliance, each.row.phase, each.row.area)
    ):
        title = " · ".join(filter(None, (alliance or area, phase)))
        yield Group(title, tuple(rows))


def _by_month(drawn: Iterable[Drawn]) -> Iterator[Group]:
    language = get_language() or "it"
    placed = sorted((each for each in drawn if _first_day(each)), key=lambda each: _first_day(each) or date.min)
    for month, rows in groupby(placed, key=lambda each: (_first_day(each) or date.min).replace(day=1)):
        yield Group(format_date(month, "LLLL y", locale=language), tuple(rows))
    if rest := tuple(each for each in drawn if not _first_day(each)):
        yield Group(gettext("Without days"), rest)


def _first_day(each: Drawn) -> date | None:
    return each.row.starts_on or each.row.ends_on
