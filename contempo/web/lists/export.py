"""Every row of a list as a file. Text that a spreadsheet would run as a formula is disarmed."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from contempo.web.lists.page import EXPORTS, FORMAT, Column

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        response = FileResponse(_xlsx(rows, columns), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{iri_to_uri(filename)}.{format}"'
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
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA):
        return f"'{value}"
    return str(value)


def _xlsx(rows: Iterable[Any], columns: Sequence[Column]) -> Any:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([_xlsx_cell(sheet, str(column.label)) for column in columns])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, _plain(getattr(row, column.key))) for column in columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response that sends it
    book.save(file)
    file.seek(0)
    return file


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
