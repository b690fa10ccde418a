"""Plans as workbooks (XLSX): written for people who work in tables, read back cell by cell."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from contempo.core.words import N_
from contempo.programmes.rules.plan.labels import field_label, section_of
from contempo.programmes.rules.plan.nodes import MOST_BYTES, too_large
from contempo.programmes.rules.plan.problems import Phrase, Problem, WrongFile, quoted
from contempo.programmes.rules.plan.sheets import Rows, read_sheets, sheets_of
from contempo.programmes.rules.plan.tables import PARENT, TABLES, Holds
from contempo.programmes.rules.plan.tree import Plan

BEGINNING = b"PK\x03\x04"
"""The first bytes of every workbook: of a zip file."""

MOST_UNPACKED = 20 * MOST_BYTES
MOST_ROWS = 50_000
MOST_COLUMNS = 60

_FORMATS = {Holds.AMOUNT: "#,##0.00", Holds.SHARE: "0.##", Holds.NUMBER: "0", Holds.DAY: "dd/mm/yyyy"}
_TEXT = "@"
_BOLD, _GREY = Font(bold=True), Font(color="FF5A6772", italic=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDE = frozenset({"text", "role", "context", "aims", "summary", "note", "quote", "rule", "evidence"})


def plan_workbook(plan: Plan) -> bytes:
    """`plan` as a workbook: a sheet for each of its lists, with labels and keys above. Text stays text, also when it
    begins like a formula.
    """
    book = Workbook(write_only=True)
    rows = sheets_of(plan)
    for table in TABLES:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A3"
        for place, name in enumerate(table.header):
            sheet.column_dimensions[_letter(place)].width = 60 if name in _WIDE else 22
        sheet.append([_made(sheet, _label(name), font=_BOLD) for name in table.header])
        sheet.append([_made(sheet, name, font=_GREY) for name in table.header])
        holds = [*(Holds.TEXT for _parent in table.parents), *(column.holds for column in table.columns)]
        for row in rows[table.name]:
            sheet.append([_made(sheet, cell, held) for cell, held in zip(row, holds, strict=True)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _label(name: str) -> str:
    label = section_of(name.removeprefix(PARENT)) if name.startswith(PARENT) else field_label(name)
    return capfirst(gettext(label))


def _made(sheet: Any, value: Any, holds: Holds = Holds.TEXT, *, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    is_typed = isinstance(value, int | Decimal | date)
    cell.number_format = _FORMATS.get(holds, _TEXT) if is_typed else _TEXT
    cell.alignment = _WRAPPED
    if font is not None:
        cell.font = font
    return cell


def read_workbook(data: bytes, *, filename: str, kinds: frozenset[str] | None = None) -> Plan:
    """The plan in a workbook; WrongFile with every problem, formulas among them: their results are not in the file."""
    sheets, problems = _sheets(data, filename)
    try:
        plan = read_sheets(sheets, filename=filename, kinds=kinds)
    except WrongFile as wrong:
        raise WrongFile((*problems, *wrong.problems)) from None
    if problems:
        raise WrongFile(problems)
    return plan


def _sheets(data: bytes, filename: str) -> tuple[dict[str, Rows], tuple[Problem, ...]]:
    if len(data) > MOST_BYTES:
        raise WrongFile((too_large(filename, len(data)),))
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if (size := sum(entry.file_size for entry in packed.infolist())) > MOST_UNPACKED:
                raise WrongFile((too_large(filename, size),))
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheets: dict[str, Rows] = {
            sheet.title: [list(row) for row in _rows(sheet, filename, problems)] for sheet in book.worksheets
        }
    except WrongFile:
        raise
    except Exception:  # what is no workbook fails in openpyxl in as many ways as there are wrong files
        expected = Phrase(N_("a workbook (XLSX), or a plan in YAML"))
        found = Phrase(N_("a file that cannot be opened"))
        raise WrongFile((Problem(filename, 1, 1, "", found, expected),)) from None
    return sheets, tuple(problems)


def _rows(sheet: Any, filename: str, problems: list[Problem]) -> Iterator[list[Any]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            expected = Phrase(N_("at most %(count)s"), {"count": f"{MOST_ROWS}"})
            problems.append(Problem(filename, number, 1, "", Phrase(N_("too many rows")), expected, sheet.title))
            return
        cells = []
        for place, cell in enumerate(row, start=1):
            value = cell.value
            if cell.data_type == "f":
                expected = Phrase(N_("the value itself: formulas are not read"))
                problems.append(Problem(filename, number, place, "", quoted(str(value)), expected, sheet.title))
                value = None
            elif isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
                value = f"{(Decimal(repr(value)) * 100).normalize():f}%"
            cells.append(value)
        yield cells
