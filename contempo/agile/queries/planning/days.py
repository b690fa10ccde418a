"""The month of a worker as a list, and one of its dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.agile.models import PlannedDay
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.queries.planning.month import Cell, MonthPage, month_page
from contempo.agile.queries.planning.near import names_away
from contempo.agile.queries.planning.reasons import why_displaced
from contempo.agile.queries.planning.rows import listed, ordered
from contempo.agile.rules.months import DayState
from contempo.agile.rules.planning import Phase, days_of
from contempo.core.workflow import Look
from contempo.web.lists import Column, ListPage

COLUMNS = (
    Column("day", _("Date"), sort="day", template="agile/planning/cells/day.html"),
    Column("look", _("My state"), sort="look"),
    Column("place", _("Place"), sort="place"),
    Column("away", _("Away"), sort="away", numeric=True),
    Column("places", _("At most"), sort="places", numeric=True),
    Column("names", _("Colleagues away")),
    Column("note", _("Note")),
)


@dataclass(frozen=True)
class DayRow:
    """A working day of the month in a row."""

    day: date
    look: Look | None
    place: str
    away: int
    places: int
    names: tuple[str, ...]
    note: str
    url: str


@dataclass(frozen=True)
class DayPage:
    """One date of a worker: its cell, who else is away, why it gave way, and what may be asked."""

    cell: Cell
    month: MonthPage
    names: tuple[str, ...]
    why: str
    may_ask: bool
    before: str
    after: str


def day_list(opened: OpenedEmployer, first_day: date, params: QueryDict) -> tuple[MonthPage, ListPage] | None:
    """The working days of a month as a list; None when there is no such month. Five SQL."""
    page = month_page(opened, first_day)
    return None if page is None else (page, listed(_rows(opened, page), params, COLUMNS, sort="day"))


def day_rows(opened: OpenedEmployer, first_day: date, params: QueryDict) -> Iterable[DayRow] | None:
    """The same rows, for a file."""
    page = month_page(opened, first_day)
    return None if page is None else ordered(_rows(opened, page), params, COLUMNS, "day")[0]


def day_page(opened: OpenedEmployer, first_day: date, number: int) -> DayPage | None:
    """The date with that number in a month; None when there is none. Six SQL."""
    page = month_page(opened, first_day)
    if page is None or not 1 <= number <= len(page.cells):
        return None
    day = days_of(first_day)[number - 1]
    cell = page.cells[day]
    worker = opened.part.worker
    assert worker is not None
    names = names_away(opened.part, worker.unit_id, [day], but=worker.pk)
    ranking = (
        PlannedDay.objects.filter(worker=worker, day=day, state=DayState.DISPLACED)
        .order_by("-id")
        .values_list("ranking", flat=True)
        .first()
        if cell.state == DayState.DISPLACED
        else None
    )
    working = [each.day for each in page.days]
    return DayPage(
        cell=cell,
        month=page,
        names=names.get(day, ()),
        why=why_displaced(ranking or {}),
        may_ask=cell.open and not cell.planned and cell.full and page.phase is Phase.AFTER and page.left > 0,
        before=_url(opened, max((each for each in working if each < day), default=None)),
        after=_url(opened, min((each for each in working if each > day), default=None)),
    )


def _rows(opened: OpenedEmployer, page: MonthPage) -> list[DayRow]:
    worker = opened.part.worker
    assert worker is not None
    names = names_away(opened.part, worker.unit_id, list(page.cells), but=worker.pk)
    return [
        DayRow(
            day=cell.day,
            look=cell.look,
            place=cell.place if cell.planned else "",
            away=cell.room.away,
            places=cell.room.places,
            names=names.get(cell.day, ()),
            note=cell.told or (cell.why_not if not cell.open else ""),
            url=cell.url,
        )
        for cell in page.days
    ]


def _url(opened: OpenedEmployer, day: date | None) -> str:
    return "" if day is None else opened.url("my_day", month=f"{day:%Y-%m}", day=day.day)
