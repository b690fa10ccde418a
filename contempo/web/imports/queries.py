"""What the pages of imports show. As many SQL statements for ten rows as for a hundred thousand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from contempo.core.imports.jobs import standing_still
from contempo.core.imports.kinds import Kind
from contempo.core.imports.models import ImportRow, ImportRun
from contempo.core.imports.people import names_of
from contempo.core.imports.rules import AT_WORK, PREVIEW_KEPT, ROW_LOOKS, ROWS_KEPT, RUNS, Outcome, RowStatus, RunState
from contempo.core.imports.tables import column_name
from contempo.core.imports.values import restored
from contempo.core.workflow import Look
from contempo.web import lists
from contempo.web.imports.opening import Opened
from contempo.web.imports.showing import file_columns, in_file, shown
from contempo.web.lists import Column, ListPage
from contempo.web.tabs import Tab

STATUS = "esito"
KEPT = Outcome.KEPT.value
TO_MEND = "to_mend"

RUN_COLUMNS = (
    Column("filename", _("File")),
    Column("at", _("Brought on")),
    Column("who", _("By")),
    Column("look", _("State")),
    Column("written", _("Rows written"), numeric=True),
    Column("wrong", _("Wrong rows"), numeric=True),
)


@dataclass(frozen=True)
class RunRow:
    """An import in the list of them."""

    filename: str
    at: datetime
    who: str
    look: Look
    written: int | None
    wrong: int | None
    url: str


@dataclass(frozen=True)
class Told:
    """What the file says of a field: `before` and `after` in words, or `error` with what the cell held."""

    where: str
    before: str = ""
    after: str = ""
    error: str = ""


@dataclass(frozen=True)
class RowLine:
    """A row of the preview or of the result; `line` is None for a record the file left out."""

    line: int | None
    look: Look
    name: str
    told: tuple[Told, ...]
    is_new: bool


@dataclass(frozen=True)
class RunPage:
    """An import: where it is, its counts, its rows. `stands_still`: it is at work, and its work failed for good."""

    run: ImportRun
    stands_still: bool
    look: Look
    who: str
    confirmed_by: str
    undone_by: str
    failure: str
    waiting: int
    kept_until: datetime
    tabs: tuple[Tab, ...]
    rows: ListPage | None

    @property
    def at_work(self) -> bool:
        return self.run.state in AT_WORK

    @property
    def percent(self) -> int:
        return min(100, 100 * self.run.done // self.run.total) if self.run.total else 0

    @property
    def can_undo(self) -> bool:
        if self.stands_still:
            return self.run.state == RunState.WRITING
        state = self.run.state in (RunState.DONE, RunState.FAILED)
        return state and self.run.written > 0 and not self.run.rows_erased

    @property
    def is_preview(self) -> bool:
        return self.run.state == RunState.PREVIEWED


class RowFilters(django_filters.FilterSet):
    """Rows of an import: those of a status, or those of a record."""

    esito = django_filters.CharFilter(widget=forms.HiddenInput, method="of_status")
    cerca = django_filters.CharFilter(field_name="identity", lookup_expr="icontains")

    def __init__(self, params: QueryDict, rows: QuerySet[ImportRow], *, name: str) -> None:
        super().__init__(params, rows)
        self.filters["cerca"].label = name

    def of_status(self, rows: QuerySet[ImportRow], _name: str, value: str) -> QuerySet[ImportRow]:
        """Rows of a status, or those that the undoing left."""
        if value == KEPT:
            return rows.filter(outcome=KEPT)
        return rows.filter(status=value) if value in set(RowStatus) else rows


def runs(opened: Opened, params: QueryDict) -> ListPage:
    """The imports of a kind about a thing, newest first."""
    found = ImportRun.objects.filter(
        network_id=opened.actor.network_id, kind=opened.kind.key, about_id=opened.about_id
    ).order_by("-id")
    page = lists.paginate(found, params=params, columns=RUN_COLUMNS, to_row=lambda run: run, sort="", exportable=False)
    names = names_of(run.person_id for run in page.rows)
    still = standing_still(page.rows)
    rows = tuple(_run_row(opened, run, names, stands_still=run.pk in still) for run in page.rows)
    return ListPage(**{**vars(page), "rows": rows})


def run_of(opened: Opened, run_id: int) -> ImportRun | None:
    """The import of that number, if it is of this kind about this thing."""
    own = ImportRun.objects.filter(network_id=opened.actor.network_id, kind=opened.kind.key, about_id=opened.about_id)
    return own.filter(pk=run_id).first()


def run_page(opened: Opened, run: ImportRun, params: QueryDict) -> RunPage:
    """All that the page of an import shows."""
    names = names_of({run.person_id, run.confirmed_by, run.undone_by})
    stands_still = bool(standing_still([run]))
    # A file that could not be read to its end has no counts, and shows no rows.
    counted = run.confirmed_at is not None or run.state == RunState.PREVIEWED
    has_rows = counted and run.state not in AT_WORK and not run.rows_erased
    return RunPage(
        run=run,
        stands_still=stands_still,
        look=_look(run, stands_still),
        who=names.get(run.person_id, ""),
        confirmed_by=names.get(run.confirmed_by or 0, ""),
        undone_by=names.get(run.undone_by or 0, ""),
        failure=_failure(run),
        waiting=run.new + run.changed + run.missing,
        kept_until=run.moved_at + (PREVIEW_KEPT if run.state == RunState.PREVIEWED else ROWS_KEPT),
        tabs=_tabs(run, params.get(STATUS, "")) if has_rows else (),
        rows=_rows(opened.kind, run, params) if has_rows else None,
    )


def to_mend(opened: Opened, run: ImportRun, format: str) -> tuple[tuple[Column, ...], Iterator[Any]]:
    """The wrong rows as a file of the same shape, with what to mend beside: to be corrected and brought again."""
    mapped = sorted(run.mapping, key=lambda key: int(run.mapping[key]))
    fields = [opened.kind.field(key) for key in mapped]
    columns = (*file_columns(fields), Column(TO_MEND, gettext("To mend")))
    rows = run.rows.filter(status=RowStatus.WRONG).order_by("line").iterator(chunk_size=1000)

    def made() -> Iterator[Any]:
        for row in rows:
            seen = {each["field"]: each["seen"] for each in row.errors if each["seen"]}
            values = {field.key: restored(field, row.values.get(field.key)) for field in fields}
            cells = {field.key: seen.get(field.key) or in_file(field, values[field.key], format) for field in fields}
            errors = "; ".join(f"{told.where}: {told.error}" for told in _errors(opened.kind, run, row))
            yield SimpleNamespace(**cells, **{TO_MEND: errors})

    return columns, made()


def columns_of(run: ImportRun) -> tuple[tuple[str, str], ...]:
    """Each column of the file as a choice: its number, and its name with what its first rows hold."""
    made = []
    for column in range(len(run.heads)):
        cells = [row[column] for row in run.samples if column < len(row) and row[column]]
        samples = ", ".join(cell if len(cell) <= 24 else f"{cell[:24]}…" for cell in cells)
        name = column_name(run.heads, column)
        made.append((str(column), gettext("%(column)s (%(samples)s)") % {"column": name, "samples": samples or "–"}))
    return tuple(made)


def _look(run: ImportRun, stands_still: bool) -> Look:
    return RUNS.looks[RunState.FAILED if stands_still else run.state]


def _run_row(opened: Opened, run: ImportRun, names: Mapping[int, str], *, stands_still: bool) -> RunRow:
    read = run.state not in (RunState.UPLOADED, RunState.READING, RunState.DROPPED)
    return RunRow(
        filename=run.filename,
        at=run.uploaded_at,
        who=names.get(run.person_id, ""),
        look=_look(run, stands_still),
        written=run.written if run.confirmed_at else None,
        wrong=run.wrong if read else None,
        url=opened.address("run", run.pk),
    )


def _failure(run: ImportRun) -> str:
    if not run.failure:
        return ""
    text = gettext(run.failure)
    return text % run.failure_params if run.failure_params else text


def _tabs(run: ImportRun, chosen: str) -> tuple[Tab, ...]:
    counted = {
        RowStatus.NEW: (pgettext("rows", "New"), run.new),
        RowStatus.CHANGED: (pgettext("rows", "Changed"), run.changed),
        RowStatus.MISSING: (pgettext("rows", "To be ended"), run.missing),
        RowStatus.WRONG: (pgettext("rows", "Wrong"), run.wrong),
        RowStatus.UNCHANGED: (pgettext("rows", "Unchanged"), run.unchanged),
        KEPT: (pgettext("rows", "Not undone"), run.kept),
    }
    always = {RowStatus.NEW, RowStatus.CHANGED, RowStatus.WRONG, RowStatus.UNCHANGED}
    total = sum(count for key, (_label, count) in counted.items() if key != KEPT)
    tabs = [Tab(pgettext("rows", "All"), "?", chosen not in counted, total)]
    for key, (label, count) in counted.items():
        if count or key in always:
            tabs.append(Tab(label, f"?{STATUS}={key}", chosen == key, count))
    return tuple(tabs)


def _rows(kind: Kind, run: ImportRun, params: QueryDict) -> ListPage:
    name = ", ".join(gettext(kind.field(key).label) for key in kind.identity)
    columns = (
        Column("line", gettext("In the file"), template="web/imports/cell_line.html"),
        Column("look", gettext("State")),
        Column("name", name),
        Column("told", gettext("What the file says"), template="web/imports/cell_told.html"),
    )
    filters = RowFilters(params, run.rows.order_by("line"), name=name)
    return lists.build(filters, columns=columns, to_row=lambda row: _line(kind, run, row), sort="", exportable=False)


def _line(kind: Kind, run: ImportRun, row: ImportRow) -> RowLine:
    values = row.before if row.status == RowStatus.MISSING else row.values
    names = [shown(kind.field(key), (values or {}).get(key)) for key in kind.identity]
    return RowLine(
        line=None if row.status == RowStatus.MISSING else row.line,
        look=ROW_LOOKS[RowStatus(row.status)],
        name=", ".join(name for name in names if name) or "–",
        told=(*_errors(kind, run, row), *_changes(kind, row)),
        is_new=row.status == RowStatus.NEW,
    )


def _errors(kind: Kind, run: ImportRun, row: ImportRow) -> Iterator[Told]:
    for each in row.errors:
        text = gettext(each["reason"])
        where = column_name(run.heads, run.mapping[each["field"]]) if each["field"] in run.mapping else ""
        if not where and each["field"]:
            where = gettext(kind.field(each["field"]).label)
        yield Told(where or gettext("Row"), error=text % each["params"] if each["params"] else text)


def _changes(kind: Kind, row: ImportRow) -> Iterator[Told]:
    if row.status in (RowStatus.WRONG, RowStatus.UNCHANGED, RowStatus.MISSING):
        return
    before = row.before or {}
    for field in kind.fields:
        if field.key in kind.identity or row.values.get(field.key) == before.get(field.key):
            continue
        yield Told(gettext(field.label), shown(field, before.get(field.key)), shown(field, row.values.get(field.key)))
