"""Tables of results as files: every cell a line, and in a workbook also as it stands on the page."""

from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.questionnaires.queries.reading.crossed import ShownCross
from contempo.questionnaires.queries.reading.tables import TablesPage
from contempo.questionnaires.queries.reading.telling import Line, Result
from contempo.web.lists import Column, Sheet

LINES = (
    Column("question", gettext_lazy("Question")),
    Column("part", gettext_lazy("Row or option")),
    Column("answer", gettext_lazy("Answer")),
    Column("count", gettext_lazy("Answers"), numeric=True),
    Column("share", gettext_lazy("Percent"), numeric=True),
    Column("low", gettext_lazy("At least, with a confidence of 95 %"), numeric=True),
    Column("high", gettext_lazy("At most, with a confidence of 95 %"), numeric=True),
    Column("asked", gettext_lazy("Asked"), numeric=True),
    Column("answered", gettext_lazy("Answered"), numeric=True),
    Column("missing", gettext_lazy("Left empty"), numeric=True),
    Column("unasked", gettext_lazy("Not asked"), numeric=True),
)
"""The columns of frequencies. An empty number is not told."""

CROSS_LINES = (
    Column("layer", gettext_lazy("For each")),
    Column("row", gettext_lazy("Row")),
    Column("column", gettext_lazy("Column")),
    Column("count", gettext_lazy("Answers"), numeric=True),
    Column("of_column", gettext_lazy("Percent of the column"), numeric=True),
    Column("of_row", gettext_lazy("Percent of the row"), numeric=True),
    Column("of_all", gettext_lazy("Percent of all"), numeric=True),
    Column("low", gettext_lazy("At least, with a confidence of 95 %"), numeric=True),
    Column("high", gettext_lazy("At most, with a confidence of 95 %"), numeric=True),
)


def frequency_lines(results: Iterable[Result]) -> Iterator[Line]:
    """The answers to several questions, line by line."""
    for result in results:
        yield from result.lines


def lines(page: TablesPage) -> tuple[Sequence[Column], Iterable[Any]]:
    """The table of a page as columns and lines."""
    if page.cross is not None:
        return CROSS_LINES, page.cross.lines
    return LINES, frequency_lines([page.result] if page.result else [])


def workbook(page: TablesPage) -> Iterator[Sheet]:
    """The table of a page as sheets: counts and shares as they stand on the page, then every cell as a line."""
    if page.cross is not None:
        yield from _crossed(page.cross)
    columns, rows = lines(page)
    yield Sheet(_("Every cell"), columns, rows)


def _crossed(found: ShownCross) -> Iterator[Sheet]:
    for title, name in ((_("Number of answers"), "count"), (_("Percent of the column"), "of_column")):
        names = list(dict.fromkeys(line.column for line in found.lines))
        columns = [Column("layer", found.layers)] if found.layers else []
        columns += [Column("row", found.rows), *(Column(f"c{place}", name) for place, name in enumerate(names))]
        yield Sheet(title, columns, list(_wide(found, names, name)))


def _wide(found: ShownCross, names: Sequence[str], name: str) -> Iterator[SimpleNamespace]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for line in found.lines:
        cells = rows.setdefault((line.layer, line.row), {})
        cells[f"c{names.index(line.column)}"] = getattr(line, name)
    for (layer, row), cells in rows.items():
        yield SimpleNamespace(layer=layer or _("All"), row=row, **cells)
