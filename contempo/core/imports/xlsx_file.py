"""Rows of a workbook: values as a person sees them, never formulas, never programs. Pure."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from contempo.core.cells import rearm
from contempo.core.imports.rules import MOST_COLUMNS
from contempo.core.imports.values import BadCell, Cell
from contempo.core.verdict import Refusal
from contempo.core.words import N_

_ZEROS = re.compile(r"0{2,}")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_CHUNK = 1 << 20
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
)
"""What the reader of workbooks raises when one is damaged: it knows no error of its own for that."""


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the sheets with cells, in their order. Raises `Refusal` for a damaged workbook."""
    with _book(path, values=True) as book:
        return tuple(sheet.title for sheet in book.worksheets)


def guessed_rows(path: Path, sheet: str) -> int:
    """How many rows the sheet says it has; 0 when it does not say."""
    with _book(path, values=True) as book:
        return book[sheet].max_row or 0


def xlsx_rows(path: Path, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
    """Every row of `sheet` that is not empty, with its number; formulas are read as the value last worked out.

    A formula whose value the file does not hold, and an error, give a `BadCell`. Raises `Refusal` when the workbook
    is damaged. A row has at most one cell more than `MOST_COLUMNS`.
    """
    if not _has_formulas(path):
        with _book(path, values=True) as book:
            for line, row in _rows(book[sheet]):
                yield from _filled(line, [_cell(cell) for cell in row])
        return
    # The values say nothing of a formula that was never worked out: the same cells are read as formulas beside.
    with _book(path, values=True) as book, _book(path, values=False) as formulas:
        both = zip_longest(_rows(book[sheet]), _rows(formulas[sheet]), fillvalue=(0, ()))
        for (line, row), (_same, written) in both:
            yield from _filled(line, [_worked_out(*pair) for pair in zip_longest(row, written)])


def _filled(line: int, cells: list[Cell]) -> Iterator[tuple[int, list[Cell]]]:
    if any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells):
        yield line, cells


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # What a sheet says of its size may be wrong, in either direction.
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1)
    while True:
        try:
            found = next(rows, None)
        except _BROKEN:
            raise _damaged() from None
        if found is None:
            return
        yield found


def _worked_out(cell: Any, written: Any) -> Cell:
    if cell is not None and cell.value is None and written is not None and written.data_type == "f":
        return BadCell(
            N_("Here is a formula without its value: open the file in a spreadsheet, save it, bring it again.")
        )
    return _cell(cell)


def _cell(cell: Any) -> Cell:
    value = None if cell is None else cell.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if cell.data_type == "e":
            return BadCell(N_("“%(value)s”: the spreadsheet could not work out this cell."), value)
        return rearm(value)
    if isinstance(value, datetime | date | time):
        return value
    if isinstance(value, timedelta):
        return str(value)
    return _number(value, cell.number_format or "")


def _number(value: int | float, shown_as: str) -> Cell:
    """A number as the sheet shows it: with the zeros its format puts before it, and "50%" for 0.5 as a percentage."""
    # A spreadsheet keeps fifteen digits: 0.1 + 0.2 is 0.3 there.
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return BadCell(N_("“%(value)s”: the spreadsheet could not work out this cell."), str(value))
    whole = number == number.to_integral_value()
    first = shown_as.partition(";")[0].strip()
    if whole and _ZEROS.fullmatch(first):
        return f"{int(number):0{len(first)}d}"
    if "%" in first:
        return f"{format((number * 100).normalize(), 'f')}%".replace(".", ",")
    return Decimal(int(number)) if whole else number


def _has_formulas(path: Path) -> bool:
    """Whether any sheet holds a formula: looked for in its bytes, which is quick."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with archive.open(name) as part:
                        before = b""
                        while chunk := part.read(_CHUNK):
                            if _FORMULA.search(before + chunk):
                                return True
                            before = chunk[-20:]
    except _BROKEN:
        raise _damaged() from None
    return False


@contextmanager
def _book(path: Path, *, values: bool) -> Iterator[Any]:
    """The workbook, read row by row; with `values` cells hold what formulas gave, else the formulas."""
    with path.open("rb") as file:
        try:
            with warnings.catch_warnings():
                # What a workbook has beside cells (validations, pictures) is not read, and need not be told.
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=values, keep_links=False)
        except _BROKEN:
            raise _damaged() from None
        try:
            yield book
        finally:
            book.close()


def _damaged() -> Refusal:
    return Refusal(
        N_("This workbook cannot be opened: it seems damaged. Save it again and bring it again."), field="file"
    )
