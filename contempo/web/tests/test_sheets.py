"""Several tables as one workbook, written row by row."""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook

from contempo.web.lists import Column, Sheet, export_sheets

COLUMNS = (Column("name", "Nome"), Column("number", "Numero", numeric=True))


@dataclass(frozen=True)
class Row:
    name: str
    number: int


def workbook(*sheets: Sheet) -> dict[str, list[tuple[object, ...]]]:
    answer = export_sheets(sheets, "prova")
    assert answer["Content-Disposition"] == 'attachment; filename="prova.xlsx"'
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows()] for page in book}


def test_each_table_has_its_sheet_and_an_empty_one_its_heads() -> None:
    assert workbook(Sheet("Uno", COLUMNS, [Row("a", 1)]), Sheet("Due", COLUMNS, [])) == {
        "Uno": [("Nome", "Numero"), ("a", 1)],
        "Due": [("Nome", "Numero")],
    }


@pytest.mark.parametrize(
    ("rows", "sheets"), [(3, ["Spese"]), (4, ["Spese", "Spese 2"]), (7, ["Spese", "Spese 2", "Spese 3"])]
)
def test_a_table_longer_than_a_sheet_goes_on_in_another(
    monkeypatch: pytest.MonkeyPatch, rows: int, sheets: list[str]
) -> None:
    monkeypatch.setattr(sys.modules["contempo.web.lists.export"], "ROWS_OF_SHEET", 3)
    made = workbook(Sheet("Spese", COLUMNS, (Row("a", number) for number in range(rows))))
    assert list(made) == sheets
    assert [row[1] for found in made.values() for row in found[1:]] == list(range(rows))


def test_rows_are_read_once_and_not_before_they_are_written() -> None:
    read = []

    def rows() -> Iterator[Row]:
        for number in range(3):
            read.append(number)
            yield Row("=1+1", number)

    sheet = Sheet("Uno", COLUMNS, rows())
    assert read == []
    assert workbook(sheet)["Uno"][1] == ("=1+1", 0)
    assert read == [0, 1, 2]
