"""Excel: the responses, a sheet for each group that repeats, and the code book."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from contempo.questionnaires.queries.reading.dataset import ROW, DataSet
from contempo.questionnaires.queries.reading.files.codebook import CODE_BOOK, Line
from contempo.questionnaires.queries.reading.files.plain import gates
from contempo.questionnaires.rules.codebook import Form
from contempo.questionnaires.rules.columns import name_of

CHUNK = 2_000
ROWS_OF_SHEET = 1_000_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class _Cells:
    """How the values of a column become cells: by key, else as they are."""

    words: dict[str, str]
    day: bool


class Book:
    """A workbook being written, table by table, never whole in memory."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def table(self, title: str, data: DataSet, told: Progress) -> None:
        """Add the rows of a data set as sheets of at most a million rows; `told` learns how many are written."""
        head = [each.name for each in data.variables] + [gate.strip('"') for gate in gates(data)]
        cells = [
            _Cells({value.key: value.label for value in each.values if each.form == Form.CODE}, each.form == Form.DAY)
            for each in data.variables
        ]
        wanted = [name_of(each.column) for each in data.variables] + gates(data)
        found = data.columns.connection.execute(f"SELECT {', '.join(wanted)} FROM {data.source} ORDER BY {ROW}")
        sheet, done = self._sheet(title, 1, head), 0
        while some := found.fetchmany(CHUNK):
            for row in some:
                if done and done % ROWS_OF_SHEET == 0:
                    sheet = self._sheet(title, done // ROWS_OF_SHEET + 1, head)
                sheet.append([*_row(sheet, row, cells)])
                done += 1
            told(done)

    def code_book(self, found: Iterable[Line]) -> None:
        """Add the code book as a sheet."""
        sheet = self._sheet(_("Code book"), 1, [str(label) for label in CODE_BOOK])
        for line in found:
            sheet.append([_text(sheet, value) for value in line])

    def save(self, path: Path) -> None:
        self._book.save(path)

    def _sheet(self, title: str, number: int, head: Sequence[str]) -> Any:
        # The title of a sheet has 31 characters at most, and none of these.
        clean = "".join(" " if sign in "[]:*?/\\" else sign for sign in title)
        sheet = self._book.create_sheet((clean if number == 1 else f"{clean[:27]} {number}")[:31])
        sheet.freeze_panes = "B2"
        sheet.append([_text(sheet, name) for name in head])
        return sheet


def _row(sheet: Any, row: Sequence[Any], cells: Sequence[_Cells]) -> Iterator[Any]:
    for value, cell in zip(row, cells, strict=False):
        if isinstance(value, bool):
            yield int(value)
        elif isinstance(value, str):
            yield _text(sheet, cell.words.get(value, value))
        elif cell.day and value is not None:
            made = WriteOnlyCell(sheet, value)
            made.number_format = "dd/mm/yyyy"
            yield made
        else:
            yield value
    yield from (int(value) for value in row[len(cells) :])


def _text(sheet: Any, value: str) -> WriteOnlyCell:
    """Text stays text, also when it begins like a formula."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767])
    cell.data_type = "s"
    return cell
