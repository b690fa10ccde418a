"""Every row of a list as a file. Text that a spreadsheet would run as a formula is disarmed."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from contempo.core.cells import disarm
from contempo.web.lists.page import EXPORTS, FORMAT, Column

ROWS_OF_SHEET = 1_000_000
"""Rows of one sheet at most, below what the format allows (1,048,576)."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook; the rows are read once, while it is written."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]


def export_format(request: HttpRequest) -> str:
    """The file format the request asks for ("csv" or "xlsx"), empty when it asks for the page."""
    asked = request.GET.get(FORMAT, "")
    return asked if asked in dict(EXPORTS) else ""


def export(rows: Iterable[Any], columns: Sequence[Column], format: str, filename: str) -> HttpResponseBase:
    """`rows` as a download named `filename` (without ending): CSV as Italian spreadsheets open it, or XLSX.

    CSV leaves as it is made; XLSX is made in a temporary file, never whole in memory.
    """
    if format == "csv":
        response: HttpResponseBase = StreamingHttpResponse(_csv(rows, columns), content_type="text/csv; charset=utf-8")
    else:
        response = FileResponse(_xlsx([Sheet("", columns, rows)]), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{iri_to_uri(filename)}.{format}"'
    return response


def export_sheets(sheets: Iterable[Sheet], filename: str) -> HttpResponseBase:
    """Several tables as one XLSX named `filename` (without ending), written to a temporary file row by row.

    A table of more rows than a sheet holds goes on in another.
    """
    response = FileResponse(_xlsx(sheets), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{iri_to_uri(filename)}.xlsx"'
    return response


def _plain(value: Any) -> Any:
    """A cell's value as a file holds it: numbers, days and nothing as they are, everything else as text."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, date):
        return value
    if hasattr(value, "tone") and hasattr(value, "label"):
        return gettext(value.label)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(each) for each in value)
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[bytes]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    yield writer.writerow([_csv_cell(str(column.label)) for column in columns]).encode()
    for row in rows:
        cells = [_csv_cell(_plain(getattr(row, column.key))) for column in columns]
        yield writer.writerow(cells).encode()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return disarm(str(value)) if isinstance(value, str) else str(value)


def _xlsx(sheets: Iterable[Sheet]) -> Any:
    book = Workbook(write_only=True)
    for sheet in sheets:
        for number, rows in enumerate(_chunks(sheet.rows, ROWS_OF_SHEET), start=1):
            # The title of a sheet has 31 characters at most.
            title = (sheet.title if number == 1 else f"{sheet.title[:27]} {number}")[:31]
            page = book.create_sheet(title or None)
            page.append([_xlsx_cell(page, str(column.label)) for column in sheet.columns])
            for row in rows:
                page.append([_xlsx_cell(page, _plain(getattr(row, column.key))) for column in sheet.columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response that sends it
    book.save(file)
    file.seek(0)
    return file


def _chunks(rows: Iterable[Any], size: int) -> Iterator[Iterator[Any]]:
    """`rows` in runs of `size`, the first also when there is none; each run is to be read before the next."""
    waiting = iter(rows)
    yield islice(waiting, size)
    for first in waiting:
        yield chain([first], islice(waiting, size - 1))


def _xlsx_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Text stays text, also when it begins like a formula.
        cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    return cell
