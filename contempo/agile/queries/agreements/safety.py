"""The safety notice of a year: its text, who has it still to acknowledge, how many have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.models import Acknowledgement, SafetyNotice, Worker
from contempo.agile.models.agreements import owing_safety
from contempo.agile.queries.agreements.wording import name_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.web.lists import Column, ListPage, paginate
from contempo.web.lists.paging import CHUNK


@dataclass(frozen=True)
class NoticeRow:
    """A published notice."""

    id: int
    year: int
    title: str
    published_at: datetime


@dataclass(frozen=True)
class SafetyPage:
    """The newest notice with its text, what the reader has to do with it, and all that were published.

    `owes` when the reader has it still to acknowledge; `received_at` when they did; `missing` how many have not, None
    for who does not keep the employer.
    """

    id: int | None
    year: int
    title: str
    text: str
    published_at: datetime | None
    owes: bool
    as_representative: bool
    received_at: datetime | None
    missing: int | None
    notices: tuple[NoticeRow, ...]


def safety_page(opened: OpenedEmployer, year: int) -> SafetyPage:
    """The notice of `year`, else the newest before it. Four SQL at most."""
    notices = list(SafetyNotice.objects.filter(employer=opened.employer).order_by("-year"))
    shown = next((each for each in notices if each.year <= year), notices[0] if notices else None)
    worker, received = opened.part.worker, None
    owes = False
    if shown is not None and worker is not None:
        mine = Acknowledgement.objects.filter(notice=shown, worker=worker)
        received = mine.order_by("at").values_list("at", flat=True).first()
        owes = Worker.objects.filter(owing_safety(shown), pk=worker.pk).exists()
    return SafetyPage(
        id=shown.pk if shown else None,
        year=shown.year if shown else year,
        title=shown.title if shown else "",
        text=shown.text if shown else "",
        published_at=shown.published_at if shown else None,
        owes=owes,
        as_representative=opened.part.safety,
        received_at=received,
        missing=Worker.objects.filter(owing_safety(shown)).count() if shown and opened.part.hr else None,
        notices=tuple(NoticeRow(each.pk, each.year, each.title, each.published_at) for each in notices),
    )


@dataclass(frozen=True)
class MissingRow:
    """A worker who has a notice still to acknowledge, as whom."""

    name: str
    staff_number: str
    unit: str
    capacity: str
    reachable: bool


MISSING_COLUMNS = (
    Column("name", _("Worker"), sort="person__full_name"),
    Column("staff_number", _("Staff number"), sort="number"),
    Column("unit", _("Organisational unit"), sort="unit__name"),
    Column("capacity", _("As")),
    Column("reachable", _("Can be told here"), only_export=True),
)


def notice_of(opened: OpenedEmployer, year: int) -> SafetyNotice | None:
    """The notice of a year. One SQL."""
    return SafetyNotice.objects.filter(employer=opened.employer, year=year).first()


def missing(opened: OpenedEmployer, notice: SafetyNotice, params: QueryDict) -> ListPage:
    """The page of those who have a notice still to acknowledge. Two SQL."""
    return paginate(_missing(notice), params=params, columns=MISSING_COLUMNS, to_row=_missing_row, sort="staff_number")


def missing_rows(opened: OpenedEmployer, notice: SafetyNotice) -> Iterator[MissingRow]:
    """Every one of them, for a file."""
    return map(_missing_row, _missing(notice).order_by("number").iterator(CHUNK))


def _missing(notice: SafetyNotice) -> QuerySet[Worker]:
    return Worker.objects.filter(owing_safety(notice)).select_related("person", "unit")


def _missing_row(worker: Worker) -> MissingRow:
    parts = [(worker.agile, gettext("worker")), (worker.safety_representative, gettext("safety representative"))]
    return MissingRow(
        name=name_of(worker),
        staff_number=worker.number,
        unit=worker.unit.name,
        capacity=", ".join(words for holds, words in parts if holds),
        reachable=worker.person_id is not None,
    )
