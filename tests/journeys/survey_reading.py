"""What who reads does with answers: tables as they stand on the page, the files beside them, lists and their length."""

import csv
import io
import re

from openpyxl import load_workbook

from tests.journeys.agile import downloads
from tests.journeys.people import Visitor

Rows = list[list[str]]
_NOTHING = ("", "–", "—")


def number_in(text: str) -> int:
    """The number a text begins with."""
    return int(re.match(r"\D*([\d.]+)", text)[1].replace(".", ""))


def count_of(reader: Visitor) -> int:
    """How many a list says it has."""
    return number_in(reader.page.locator("main .list-count").first.inner_text())


def opens_its_list(reader: Visitor, href: str, count: int) -> None:
    """The list behind a figure has exactly that length."""
    reader.goes_to(href)
    assert count_of(reader) == count, (href, count)


def opens_each(reader: Visitor, most: int) -> None:
    """The numbers with a link in the tables of the page, up to so many, open lists of exactly that length."""
    links = reader.page.locator("main table.rows td a").all()
    counted = [(link.get_attribute("href"), number_in(link.inner_text())) for link in links]
    assert counted
    for href, count in counted[:most]:
        opens_its_list(reader, href, count)


def chooses_in(reader: Visitor, name: str, words: str) -> None:
    """Choose what is called so in a list of choices."""
    box = reader.page.locator(f'main select[name="{name}"]')
    value = box.locator("option", has_text=words).first.get_attribute("value")
    box.select_option(value)


def table_of(reader: Visitor, place: int = 0) -> Rows:
    """A table of the page, row by row, its head first; parts of a cell stand on lines of their own."""
    table = reader.page.locator("main table.rows").nth(place)
    return [
        [cell.inner_text().strip() for cell in row.locator("th, td").all()]
        for row in table.locator("thead tr, tbody tr").all()
    ]


def csv_of(reader: Visitor, name: str | re.Pattern[str] = "Scarica in CSV") -> Rows:
    """The CSV behind a link, as an Italian spreadsheet opens it."""
    return list(csv.reader(io.StringIO(downloads(reader, name).decode("utf-8-sig")), delimiter=";"))


def sheets_of(reader: Visitor, name: str | re.Pattern[str] = "Scarica in Excel") -> dict[str, list[list[object]]]:
    """The sheets of the workbook behind a link, row by row."""
    book = load_workbook(io.BytesIO(downloads(reader, name)), read_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def percent_in(text: str) -> float | None:
    """The share that a cell begins with, `42,5 %`; None where it is not told."""
    first = text.split("\n")[0].strip()
    return None if first in _NOTHING else float(first.removesuffix("%").strip().replace(".", "").replace(",", "."))
