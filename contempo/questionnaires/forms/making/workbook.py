"""XLSForm workbooks as they are brought: opened with care, checked by pyxform, read."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from contempo.core.words import N_
from contempo.questionnaires.rules.xlsform.reading import ReadForm, read_form
from contempo.questionnaires.rules.xlsform.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    OURS,
    Finding,
    Level,
    Row,
    Sheets,
    sheets_from,
)

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 20 * MOST_BYTES
LONGEST_CELL = 10_000
MOST_EMPTY = 1_000

_SHEETS = ("survey", "choices", "settings")
_NOT_A_WORKBOOK = N_("This file cannot be opened: bring an XLSX workbook.")
_TOO_LARGE = N_("This workbook is too large for a questionnaire.")
_NOT_READ = N_("The check of XLSForm (pyxform) says: %(said)s")
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET, _COLUMN = re.compile(r"On the '(\w+)' sheet"), re.compile(r"the '([^']+)' value")
_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Unmatched 'begin_"), N_("This group is begun and never ended.")),
    (re.compile(r"Unmatched 'end_"), N_("This group is ended and was never begun.")),
    (re.compile(r"Unknown question type '(?P<type>.*)'"), N_("The type “%(type)s” is not known here.")),
    (re.compile(r"List name not in choices sheet: (?P<list>\S+)"),
     N_("The list “%(list)s” is not in the sheet choices.")),
    (re.compile(r"Could not find the name '(?P<name>[^']*)'"), N_("“%(name)s” is not in the sheet survey.")),
    (re.compile(r"The name '(?P<name>[^']*)' appears more than once"),
     N_("“%(name)s” is the name of more than one row.")),
    (re.compile(r"'name' value '(?P<name>[^']*)' is invalid\. Questions, groups, and repeats must be unique"),
     N_("“%(name)s” is the name of more than one row.")),
    (re.compile(r"Choice names must be unique"), N_("This answer is in its list twice.")),
    (re.compile(r"Choices must have a name"), N_("This answer has no name.")),
    (re.compile(r"Choices should have a label"), N_("This answer has no words.")),
    (re.compile(r"with no name"), N_("This row has no name.")),
    (re.compile(r"Names must begin with a letter or underscore"),
     N_("A name begins with a letter and has no spaces: letters, digits, “_”, “-” and “.” only.")),
    (re.compile(r"The survey element named '(?P<name>[^']*)' has no label or hint"), N_("“%(name)s” has no words.")),
    (
        re.compile(r"Reference variables must start with"),
        N_("The name of a question goes into braces after a dollar sign."),
    ),
    (re.compile(r"headers were not found: (?P<columns>.*?)\. "), N_("These columns are missing: %(columns)s.")),
    (re.compile(r"different names for the same column were found: (?P<columns>[^.]*)"),
     N_("Two columns mean the same: %(columns)s.")),
    (re.compile(r"'parameters' value is invalid"), N_("The parameters are not written as XLSForm asks.")),
)  # fmt: skip


def read_workbook(data: bytes) -> ReadForm:
    """The questionnaire in an XLSForm workbook, with all that cannot be held (see `rules.xlsform`). Writes nothing."""
    try:
        sheets = sheets_from(_tables(data))
    except _Wrong as wrong:
        return ReadForm(None, (Finding(Level.BLOCKED, wrong.text, sheet=""),))
    return read_form(sheets, tuple(_checked(sheets)))


class _Wrong(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _tables(data: bytes) -> dict[str, list[list[Any]]]:
    """The cells of the three sheets as a person sees them: of formulas what they gave. Raises `_Wrong`."""
    if len(data) > MOST_BYTES:
        raise _Wrong(_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise _Wrong(_TOO_LARGE)
        with warnings.catch_warnings():
            # What a workbook has beside cells (validations, pictures) is not read, and need not be told.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return {sheet.title: _cells(sheet) for sheet in book.worksheets if sheet.title.strip().lower() in _SHEETS}
    except _Wrong:
        raise
    except Exception:  # what is no workbook fails in openpyxl in as many ways as there are wrong files
        raise _Wrong(_NOT_A_WORKBOOK) from None


def _cells(sheet: Any) -> list[list[Any]]:
    """The rows as they stand, up to where only empty ones follow: sheets are often formatted to their last row."""
    sheet.reset_dimensions()
    rows: list[list[Any]] = []
    filled = 0
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        rows.append(list(row))
        if any(cell is not None for cell in row):
            filled = len(rows)
        if filled > MOST_ROWS or any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row):
            raise _Wrong(_TOO_LARGE)
        if len(rows) - filled > MOST_EMPTY:
            break
    return rows[:filled]


def _checked(sheets: Sheets) -> Iterator[Finding]:
    """What pyxform says of the sheets: it stops at the first error. ODK Validate, in Java, is not run."""
    if sheets.missing:
        return
    try:
        convert(
            {
                "survey": _by_number(_standard(sheets.survey)),
                "choices": _by_number(sheets.choices),
                "settings": [{name: text for name, text in sheets.settings.items() if not name.startswith(OURS)}],
            },
            validate=False,
            form_name="data",
        )
    except PyXFormError as error:
        yield _finding(str(error))
    except Exception as error:  # pyxform meets forms it was not made for with errors of Python
        yield Finding(Level.BLOCKED, _NOT_READ, {"said": f"{type(error).__name__}: {error}"[:200]})


def _by_number(rows: tuple[Row, ...] | list[Row]) -> list[dict[str, str]]:
    """Rows where they stand in the sheet, so that pyxform numbers them as a person does; our own columns left out."""
    table: list[dict[str, str]] = []
    for row in rows:
        table += [{} for _ in range(row.number - 2 - len(table))]
        table.append({name: text for name, text in row.cells.items() if not name.startswith(OURS)})
    return table


def _standard(rows: tuple[Row, ...]) -> list[Row]:
    """The survey with what only KoboToolbox knows written as XLSForm has it: ratings and rankings as groups."""
    found: list[Row] = []
    shared = ""
    for row in rows:
        cells = dict(row.cells)
        word = cells.get("type", "").strip().lower().replace(" ", "_")
        if word in ("begin_score", "begin_rank"):
            shared = cells.get("kobo--score-choices") or cells.get("kobo--rank-items", "")
            cells["type"] = "begin_group"
        elif word in ("end_score", "end_rank"):
            cells["type"] = "end_group"
        elif word in ("score__row", "rank__level"):
            cells["type"] = f"select_one {shared}"
        elif word in ("begin_kobomatrix", "end_kobomatrix"):
            cells["type"] = word.replace("kobomatrix", "group")
        found.append(Row(row.number, {name: text for name, text in cells.items() if not name.startswith("kobo--")}))
    return found


def _finding(said: str) -> Finding:
    """A message of pyxform in our words, where they are known."""
    row, sheet, column = _ROW.search(said), _SHEET.search(said), _COLUMN.search(said)
    choices = "choices" if "hoices" in said and "List name" not in said else "survey"
    place: dict[str, Any] = {
        "row": int(row[1]) if row else 0,
        "sheet": sheet[1] if sheet else choices,
        "column": column[1] if column else "",
    }
    for pattern, text in _SAID:
        if found := pattern.search(said):
            return Finding(Level.BLOCKED, text, dict(found.groupdict()), **place)
    return Finding(Level.BLOCKED, _NOT_READ, {"said": _ROW.sub("", said)[:300]}, **place)
