"""Answers to one question beside those to another, and to a third one."""

from dataclasses import replace

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.queries.tables.counting import Counted, Sum, counted, dimension
from contempo.questionnaires.queries.tables.numbers import scores, summed_up_levels
from contempo.questionnaires.queries.tables.opened import Tables
from contempo.questionnaires.queries.tables.shapes import Cell, Cross, Line, Numbers, Sheet
from contempo.questionnaires.rules.guarding import ANYBODY
from contempo.questionnaires.rules.statistics import effective, share_interval
from contempo.questionnaires.rules.tables import Spec


def cross(tables: Tables, spec: Spec) -> Cross:
    """The table of `spec`, which has columns. One SQL of DuckDB, and one for each number among its variables.

    Nobody counts twice: its base is who answered all of its questions, and a response that chose three answers of a
    multiple choice stands in three rows of one base. Raises Refusal beside `columns` for one with too many cells.
    """
    if spec.columns is None:
        raise Refusal(N_("Choose what stands in the columns."), field="columns")
    dimensions = [dimension(tables, one) for one in spec.variables]
    found = counted(tables, dimensions, spec.filters, weighted=spec.weighted)
    columns = found.levels(1)
    beside = (ANYBODY,) * (len(dimensions) - 2)
    whole = _sheet(tables, found, None, beside, spec)
    layers = tuple(_sheet(tables, found, layer, (layer,), spec) for layer in found.levels(2)) if spec.layers else ()
    everybody = found.sum(*[None] * len(dimensions)).count
    base = whole.base
    told = found.tells(*[None] * len(dimensions))
    left_out = everybody - base if base is not None and told else None
    kept_back = any(_has_hidden(sheet) for sheet in (whole, *layers))
    kept_back = kept_back or any(found.keeps_back(place) for place in range(len(dimensions)))
    if not told:
        whole, layers = replace(whole, base=None), ()
    return Cross(spec, columns, whole, layers, left_out, kept_back)


def _sheet(tables: Tables, found: Counted, layer: str | None, beside: tuple[str, ...], spec: Spec) -> Sheet:
    """A table of two dimensions, of who has the levels `beside` in the third."""
    rows, columns = found.levels(0), found.levels(1)
    base, base_told = found.sum(ANYBODY, ANYBODY, *beside), found.tells(ANYBODY, ANYBODY, *beside)
    of_columns = [(found.sum(ANYBODY, one, *beside), found.tells(ANYBODY, one, *beside)) for one in columns]
    of_rows = {one: (found.sum(one, ANYBODY, *beside), found.tells(one, ANYBODY, *beside)) for one in rows}
    by_mention = spec.mentions
    if by_mention:
        of_columns = [_mentions(found, rows, (one, *beside)) for one in columns]
        base, base_told = _mentions(found, rows, (ANYBODY, *beside))
    sizes = [_size(tables, each) for each, _told in of_columns]

    def cell(row: str, place: int) -> Cell:
        sums = found.sum(row, columns[place], *beside)
        if not found.tells(row, columns[place], *beside):
            return Cell(None)
        of_column = _share(sums, of_columns[place])
        interval = None if of_column is None or by_mention else share_interval(of_column, sizes[place])
        return Cell(sums.count, of_column, _share(sums, of_rows[row]), _share(sums, (base, base_told)), interval)

    def total(row: str) -> Cell:
        sums, told = of_rows[row]
        if not told:
            return Cell(None)
        share = _share(sums, (base, base_told))
        interval = None if share is None or by_mention else share_interval(share, _size(tables, base))
        return Cell(sums.count, share, 1.0 if sums.weight else None, share, interval)

    lines = tuple(Line(row, tuple(cell(row, at) for at in range(len(columns))), total(row)) for row in rows)
    numbers: tuple[Numbers, ...] = ()
    if scores(found.dimensions[0], rows):
        numbers = tuple(
            summed_up_levels(tables, found, found.dimensions[0], one, *beside) for one in (*columns, ANYBODY)
        )
    return Sheet(
        layer,
        base.count if base_told else None,
        tuple(sums.count if told else None for sums, told in of_columns),
        lines,
        numbers,
    )


def _mentions(found: Counted, rows: tuple[str, ...], beside: tuple[str, ...]) -> tuple[Sum, bool]:
    """All mentions of who has some levels, and whether they are told."""
    return sum((found.sum(row, *beside) for row in rows), Sum()), all(found.tells(row, *beside) for row in rows)


def _size(tables: Tables, sums: Sum) -> float:
    return effective(sums.count, sums.weight, sums.squares, tables.population_of(sums.count))


def _share(sums: Sum, of: tuple[Sum, bool]) -> float | None:
    """A share of a total, None when the total is not told or empty."""
    return sums.weight / of[0].weight if of[1] and of[0].weight else None


def _has_hidden(sheet: Sheet) -> bool:
    if sheet.base is None:
        return True
    return any(cell.count is None for line in sheet.lines for cell in (*line.cells, line.total))
