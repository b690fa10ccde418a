"""Files of a list: every row, in the reader's order, with nothing a spreadsheet would run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from openpyxl import load_workbook

from contempo.web.lists import Column, export

COLUMNS = (Column("name", "Denominazione"), Column("value", "Valore"))


@dataclass(frozen=True)
class Line:
    name: str
    value: object = None


def csv_of(rows: Iterable[Line]) -> list[str]:
    response = export(rows, COLUMNS, "csv", "soggetti")
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response).decode("utf-8-sig").split("\r\n")[:-1]


def xlsx_of(rows: Iterable[Line]) -> list[tuple[object, ...]]:
    response = export(rows, COLUMNS, "xlsx", "soggetti")
    assert isinstance(response, FileResponse)
    sheet = load_workbook(BytesIO(b"".join(response))).active
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " ="])
def test_text_that_begins_like_a_formula_is_disarmed(start: str) -> None:
    [_head, line] = csv_of([Line(f"{start}HYPERLINK(1)")])
    assert line.strip('"').startswith("'")


def test_in_xlsx_text_stays_text() -> None:
    response = export([Line("=1+1")], COLUMNS, "xlsx", "soggetti")
    sheet = load_workbook(BytesIO(b"".join(response))).active
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_numbers_days_and_instants_as_italian_spreadsheets_read_them() -> None:
    instant = datetime(2026, 11, 12, 13, 30, tzinfo=UTC)
    values = [-5, Decimal("1234.5"), date(2026, 11, 12), instant, None, True, ("cura", "tempi")]
    lines = csv_of([Line("x", value) for value in values])[1:]
    assert [line.removeprefix("x;") for line in lines] == [
        "-5",
        "1234,5",
        "12/11/2026",
        "12/11/2026 14:30",
        "",
        "sì",
        "cura, tempi",
    ]


def test_in_xlsx_numbers_and_days_can_be_reckoned_with() -> None:
    head, number, day, nothing = xlsx_of([Line("a", 5), Line("b", date(2026, 11, 12)), Line("c", None)])
    assert (head, number, nothing) == (("Denominazione", "Valore"), ("a", 5), ("c", None))
    assert isinstance(day[1], datetime)
    assert day[1].date() == date(2026, 11, 12)


def test_a_state_is_written_as_its_word_and_stray_signs_are_left_out() -> None:
    look = SimpleNamespace(tone="success", label="Admitted", icon="it-check")
    assert csv_of([Line("a\x00b;c", look)])[1] == '"ab;c";Admitted'


def test_the_file_is_a_download_with_its_name() -> None:
    response = export([], COLUMNS, "csv", "soggetti")
    assert response["Content-Disposition"] == 'attachment; filename="soggetti.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_rows_leave_as_they_are_made() -> None:
    made: list[int] = []

    def rows() -> Iterable[Line]:
        for number in range(1000):
            made.append(number)
            yield Line(str(number))

    response = export(rows(), COLUMNS, "csv", "soggetti")
    stream = iter(response)
    next(stream), next(stream), next(stream)
    assert len(made) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("gallery_site", "hundred_rows")
def test_the_file_holds_every_row_the_filters_leave(client: Client) -> None:
    response = client.get("/elenco/", {"q": "soggetto", "formato": "csv", "ordina": "-name", "pagina": "3"})
    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert lines[0] == "Denominazione;Applicazione;Stato;Numero;Dal giorno"
    assert len(lines) == 161
    assert lines[1].startswith("soggetto 159;")
