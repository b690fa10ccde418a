"""A file as a table: how it is to be read, its heads, its rows. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from contempo.core.cells import column_letter
from contempo.core.imports.csv_file import csv_rows, encoding_of, is_in, separator_of
from contempo.core.imports.kinds import Field
from contempo.core.imports.rules import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from contempo.core.imports.values import BadCell, Cell, Spellings, as_text, clean
from contempo.core.imports.xlsx_file import guessed_rows, sheet_names, xlsx_rows
from contempo.core.text import slugify
from contempo.core.verdict import Refusal
from contempo.core.words import N_

_SAMPLES = 3
_HEAD_AMONG = 10
"""Rows among which the heads are looked for: above them a file may have a title."""


@dataclass(frozen=True)
class Layout:
    """How a file is read: `sheet` for a workbook, `encoding` and `separator` for a text; what is empty is found out."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Seen:
    """What a look at a file told. `samples` are its first rows under `heads`, as a person sees them."""

    layout: Layout
    sheets: tuple[str, ...]
    head_line: int
    heads: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    total: int


class Heads:
    """The heads that name the fields of a kind: label in every language, key and aliases."""

    def __init__(self, fields: Sequence[Field], spellings: Spellings) -> None:
        self._fields: dict[str, str] = {}
        for field in fields:
            for name in (field.label, *spellings(field.label), field.key, *field.aliases):
                self._fields.setdefault(_plain(name), field.key)

    def known(self, heads: Sequence[str]) -> int:
        """How many of `heads` name a field."""
        return sum(_plain(head) in self._fields for head in heads)

    def mapping(self, heads: Sequence[str]) -> dict[str, int]:
        """For each field the column whose head names it, from 0; none where two columns do."""
        found: dict[str, list[int]] = {}
        for column, head in enumerate(heads):
            if field := self._fields.get(_plain(head)):
                found.setdefault(field, []).append(column)
        return {field: columns[0] for field, columns in found.items() if len(columns) == 1}


def signature(heads: Sequence[str]) -> str:
    """The same for files whose heads are the same words in the same order."""
    return sha256("\n".join(_plain(head) for head in heads).encode()).hexdigest()


def by_name(mapping: dict[str, int], *, of: Sequence[str], heads: Sequence[str]) -> dict[str, int]:
    """The columns of `mapping`, made for the heads `of`, found again by name among `heads`."""
    names = [_plain(head) for head in heads]
    wanted = {field: _plain(of[column]) for field, column in mapping.items() if column < len(of)}
    return {field: names.index(name) for field, name in wanted.items() if name and names.count(name) == 1}


def look(path: Path, *, is_workbook: bool, layout: Layout, heads: Heads) -> Seen:
    """How the file is to be read, and what its heads are. What `layout` leaves empty is found out.

    Raises `Refusal` when there is nothing in it, when it is too large, or when `layout` does not fit it.
    """
    sheets = sheet_names(path) if is_workbook else ()
    layout = _chosen_sheet(path, layout, sheets) if is_workbook else _chosen_text(path, layout, heads)
    first = list(islice(rows(path, layout), _HEAD_AMONG + _SAMPLES))
    if not first:
        raise Refusal(N_("There is nothing in this file."), field="file")
    texts = [[_shown(cell) for cell in cells] for _line, cells in first]
    at = max(range(min(_HEAD_AMONG, len(texts))), key=lambda each: (heads.known(texts[each]), -each))
    width = _width(texts[at:])
    if width > MOST_COLUMNS:
        raise Refusal(N_("This file has more than %(most)s columns."), field="file", most=MOST_COLUMNS)
    samples = tuple(tuple(_padded(row, width)) for row in texts[at + 1 : at + 1 + _SAMPLES])
    total = guessed_rows(path, layout.sheet) if is_workbook else _counted(path, layout)
    return Seen(
        layout,
        sheets,
        first[at][0],
        tuple(head[:200] for head in _padded(texts[at], width)),
        samples,
        max(total - first[at][0], len(texts) - at - 1, 0),
    )


def rows(path: Path, layout: Layout, *, after: int = 0) -> Iterator[tuple[int, list[Cell]]]:
    """The rows after row number `after` that are not empty, with their numbers as a spreadsheet counts them."""
    found = xlsx_rows(path, layout.sheet) if layout.sheet else csv_rows(path, layout.encoding, layout.separator)
    return (row for row in found if row[0] > after)


def column_name(heads: Sequence[str], column: int) -> str:
    """A column as a person finds it: its letter and its head."""
    head = heads[column] if column < len(heads) else ""
    return f"{column_letter(column)} · {head}" if head else column_letter(column)


def _chosen_sheet(path: Path, layout: Layout, sheets: tuple[str, ...]) -> Layout:
    if layout.sheet:
        if layout.sheet not in sheets:
            raise Refusal(N_("This workbook has no sheet of that name."), field="sheet")
        return Layout(sheet=layout.sheet)
    for sheet in sheets:
        if next(xlsx_rows(path, sheet), None):
            return Layout(sheet=sheet)
    raise Refusal(N_("There is nothing in this file."), field="file")


def _chosen_text(path: Path, layout: Layout, heads: Heads) -> Layout:
    encoding = layout.encoding or encoding_of(path)
    if layout.encoding and not is_in(path, encoding):
        raise Refusal(N_("The file is not written this way: choose the other one."), field="encoding")
    return Layout(encoding=encoding, separator=layout.separator or separator_of(path, encoding, heads.known))


def too_many_rows() -> Refusal:
    """What is said of a file with more than `MOST_ROWS`."""
    most = f"{MOST_ROWS:_}".replace("_", ".")
    return Refusal(N_("This file has more than %(most)s rows: part it."), field="file", most=most)


def _counted(path: Path, layout: Layout) -> int:
    """The number of the last row. Raises `Refusal` for too many."""
    last = 0
    for before, row in enumerate(rows(path, layout), start=-1):
        last = row[0]
        if before >= MOST_ROWS:
            raise too_many_rows()
    return last


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.seen if isinstance(cell, BadCell) else clean(as_text(cell)[:MOST_CHARACTERS])[:200]


def _width(texts: Sequence[Sequence[str]]) -> int:
    return max((column + 1 for row in texts for column, text in enumerate(row) if text), default=0)


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *([""] * (width - len(row)))]


def _plain(name: str) -> str:
    return slugify(name) or name.strip().lower()
