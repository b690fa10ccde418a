"""A cross-table in words: cells, chart, what it says, and its numbers for files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.shown import bar_label, hundredths
from contempo.questionnaires.queries.reading.wording import NOT_TOLD, decimal, from_to, percent, rounded, whole
from contempo.questionnaires.queries.tables import Bar, Cell, Cross, Line, Numbers, Sheet, Tables, cross
from contempo.questionnaires.queries.tables.counting import dimension
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.tables import Spec, Variable
from contempo.web.charts import Chart, Series

MOST_SERIES = 5
"""Bars that stand beside each other: more cannot be told apart."""


class Percent(StrEnum):
    """Of what the shares of a table are."""

    COLUMN = "colonna"
    ROW = "riga"
    ALL = "tutto"


PERCENT_LABELS: dict[str, object] = {
    Percent.COLUMN: gettext_lazy("of each column"),
    Percent.ROW: gettext_lazy("of each row"),
    Percent.ALL: gettext_lazy("of all"),
}


@dataclass(frozen=True)
class CellText:
    """A cell in words: the share, the count, the interval; `share` alone, a dash, where it is not told."""

    share: str
    count: str = ""
    between: str = ""


@dataclass(frozen=True)
class CrossRow:
    """A row of a table in words; `total` is that of all columns."""

    label: str
    cells: tuple[CellText, ...]
    total: CellText


@dataclass(frozen=True)
class CrossSheet:
    """A table of two dimensions as a page shows it; `layer` names the answer of the third question, empty for all.

    `bases` are who each column speaks of; `numbers` (label, one for each column, all) sum up rows that are numbers.
    """

    layer: str
    base: str
    bases: tuple[str, ...]
    rows: tuple[CrossRow, ...]
    numbers: tuple[tuple[str, tuple[str, ...]], ...]
    sentence: str
    chart: Chart | None


@dataclass(frozen=True)
class CrossLine:
    """A cell as a line of a file: shares in percent."""

    layer: str
    row: str
    column: str
    count: int | None
    of_column: float | None
    of_row: float | None
    of_all: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ShownCross:
    """A table of two or three dimensions as pages and files show it."""

    title: str
    rows: str
    columns: str
    layers: str
    heads: tuple[str, ...]
    sheets: tuple[CrossSheet, ...]
    left_out: str
    kept_back: bool
    silent: bool
    weighted: bool
    lines: tuple[CrossLine, ...]


def shown_cross(tables: Tables, labels: Labels, spec: Spec, of: Percent) -> ShownCross:
    """The table of `spec`, with shares `of` columns, rows or all. Raises Refusal when it has too many cells."""
    found = cross(tables, spec)
    named = [_level_names(tables, labels, one, keys) for one, keys in zip(spec.variables, _keys(found), strict=True)]
    heads = tuple(named[1][key] for key in found.columns)
    told = []
    for number, sheet in enumerate((found.whole, *found.layers)):
        layer = named[2][sheet.layer] if sheet.layer is not None else ""
        told.append(_sheet(sheet, heads, named[0], layer, of, number, spec))
    titles = [labels.variable(one) for one in spec.variables]
    return ShownCross(
        title=" × ".join(titles),
        rows=titles[0],
        columns=titles[1],
        layers=titles[2] if len(titles) > 2 else "",
        heads=heads,
        sheets=tuple(told),
        left_out=whole(found.left_out) if found.left_out else "",
        kept_back=found.kept_back,
        silent=found.silent,
        weighted=spec.weighted,
        lines=tuple(_lines(found, named)),
    )


def _keys(found: Cross) -> Iterator[Sequence[str]]:
    yield [line.key for line in found.whole.lines]
    yield found.columns
    if found.spec.layers:
        yield [sheet.layer or "" for sheet in found.layers]


def _level_names(tables: Tables, labels: Labels, variable: Variable, keys: Sequence[str]) -> dict[str, str]:
    """What the levels of a variable are called; numbers by their bars."""
    question = tables.book.question(variable)
    if question is not None and question.kind == Kind.NUMBER:
        bars = dimension(tables, variable).bars
        return {str(place): bar_label(Bar(low, high, None, None)) for place, (low, high) in enumerate(pairwise(bars))}
    return labels.values(variable, keys)


def _sheet(
    sheet: Sheet, heads: Sequence[str], names: dict[str, str], layer: str, of: Percent, number: int, spec: Spec
) -> CrossSheet:
    rows = tuple(
        CrossRow(names[line.key], tuple(_cell(cell, of) for cell in line.cells), _cell(line.total, of, total=True))
        for line in sheet.lines
    )
    return CrossSheet(
        layer=layer,
        base=whole(sheet.base),
        bases=tuple(whole(one) for one in sheet.bases),
        rows=rows,
        numbers=tuple(_numbers(sheet.numbers)),
        sentence=_sentence(sheet, heads, names),
        chart=_chart(sheet, heads, names, of, number),
    )


def _cell(cell: Cell, of: Percent, *, total: bool = False) -> CellText:
    if cell.count is None:
        return CellText(NOT_TOLD)
    share = share_of(cell, of)
    between = from_to(cell.interval) if of == Percent.COLUMN else ""
    if total and of == Percent.ROW:
        return CellText(percent(share), whole(cell.count))
    return CellText(percent(share), whole(cell.count), between)


def share_of(cell: Cell, of: Percent) -> float | None:
    """The share of a cell that is asked for."""
    return {Percent.COLUMN: cell.of_column, Percent.ROW: cell.of_row, Percent.ALL: cell.of_all}[of]


def _numbers(numbers: Sequence[Numbers]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not numbers:
        return
    yield _("Mean"), tuple(decimal(one.mean) for one in numbers)
    yield _("Median"), tuple(decimal(one.median) for one in numbers)


def _sentence(sheet: Sheet, heads: Sequence[str], names: dict[str, str]) -> str:
    """Where two columns differ most."""
    widest: tuple[float, Line, int, int] | None = None
    for line in sheet.lines:
        told = [(cell.of_column, place) for place, cell in enumerate(line.cells) if cell.of_column is not None]
        if len(told) < 2:
            continue
        (low, least), (high, most) = min(told), max(told)
        if widest is None or high - low > widest[0]:
            widest = (high - low, line, most, least)
    if widest is None:
        return ""
    gap, line, most, least = widest
    if gap < 0.005:
        return _("The columns hardly differ.")
    return _("They differ most in “%(row)s”: %(high)s in “%(most)s”, %(low)s in “%(least)s”.") % {
        "row": names[line.key],
        "high": rounded(line.cells[most].of_column),
        "most": heads[most],
        "low": rounded(line.cells[least].of_column),
        "least": heads[least],
    }


def _chart(sheet: Sheet, heads: Sequence[str], names: dict[str, str], of: Percent, number: int) -> Chart | None:
    """Bars of the columns beside each other, row by row; of the rows, where these are fewer; the largest five."""
    if not any(share_of(cell, of) for line in sheet.lines for cell in line.cells):
        return None
    by_rows = len(heads) > MOST_SERIES >= len(sheet.lines)
    if by_rows:
        categories = tuple(heads)
        series = tuple(
            Series(names[line.key], tuple(hundredths(share_of(cell, of)) for cell in line.cells))
            for line in sheet.lines
        )
    else:
        largest = sorted(range(len(heads)), key=lambda place: -(sheet.bases[place] or 0))[:MOST_SERIES]
        categories = tuple(names[line.key] for line in sheet.lines)
        series = tuple(
            Series(heads[place], tuple(hundredths(share_of(line.cells[place], of)) for line in sheet.lines))
            for place in sorted(largest)
        )
    return Chart(
        id=f"cross-{number}",
        title=_sentence(sheet, heads, names) or _("How the answers meet"),
        kind="bar",
        categories=categories,
        series=series,
        unit="%",
        category=_("Answer"),
    )


def _lines(found: Cross, named: Sequence[dict[str, str]]) -> Iterator[CrossLine]:
    everybody = _("All")
    for sheet in (found.whole, *found.layers):
        layer = named[2][sheet.layer] if sheet.layer is not None else ""
        for line in sheet.lines:
            cells = [*zip((named[1][key] for key in found.columns), line.cells, strict=True), (everybody, line.total)]
            for column, cell in cells:
                yield CrossLine(
                    layer=layer,
                    row=named[0][line.key],
                    column=column,
                    count=cell.count,
                    of_column=hundredths(cell.of_column),
                    of_row=hundredths(cell.of_row),
                    of_all=hundredths(cell.of_all),
                    low=hundredths(cell.interval.low) if cell.interval else None,
                    high=hundredths(cell.interval.high) if cell.interval else None,
                )
