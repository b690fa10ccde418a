"""What is exported and imported again changes nothing, whatever the texts and however the file is saved."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.imports.reading import Judge
from contempo.core.imports.tables import Layout, look, rows
from contempo.core.imports.values import stored
from contempo.core.imports.words import heads_of, readers_of
from contempo.core.tests.imports.staff import FIELDS, KEYS, STAFF
from contempo.web import lists
from contempo.web.imports.showing import file_columns, file_rows

HARD = st.sampled_from(
    ["=1+1", "+39 02", "-5", "@x", "'=x", "''", "'", "00123", "1,5", "x\ny", 'a"b', ";", ",", "\t-", "è"]
)
TEXTS = st.one_of(
    HARD,
    st.lists(HARD, max_size=4).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(st.characters(codec="cp1252", exclude_categories=["Cs"]), max_size=30),
)
LETTERS = st.text(st.characters(codec="cp1252", exclude_categories=["Cs", "Cc"]), max_size=30)
# A code that looks like a number of a spreadsheet is refused, and a spreadsheet shows no more than 15 digits.
CODES = st.from_regex(r"0{0,3}[A-Z0-9]{1,10}(?<!E)", fullmatch=True).filter(lambda code: "E" not in code)
RECORDS = {
    "number": CODES,
    "name": st.none() | TEXTS,
    "email": st.none() | st.sampled_from(["anna@example.org", "a+b@example.org"]),
    "since": st.none() | st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    "hours": st.none() | st.decimals(0, 60, places=2),
    "children": st.none() | st.integers(0, 10**9),
    "contract": st.none() | st.sampled_from(["full", "part"]),
    "teleworks": st.none() | st.booleans(),
    "boss": st.none() | CODES,
}
STAFFS = st.lists(st.fixed_dictionaries(RECORDS), min_size=1, max_size=8, unique_by=lambda record: record["number"])
IN_WINDOWS = st.lists(
    st.fixed_dictionaries({**RECORDS, "name": st.none() | LETTERS | HARD}),
    min_size=1,
    max_size=8,
    unique_by=lambda record: record["number"],
)


def exported(records, format: str) -> bytes:
    response = lists.export(file_rows(STAFF, records, format), file_columns(FIELDS), format, "personale")
    return b"".join(response.streaming_content)


@contextmanager
def kept(content: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        yield path


def statuses(records, content: bytes, *, is_workbook: bool = False, layout: Layout | None = None) -> set[str]:
    """What an import of `content` would say of each row, beside `records`."""
    with kept(content) as path:
        heads = heads_of(STAFF)
        seen = look(path, is_workbook=is_workbook, layout=layout or Layout(), heads=heads)
        present = {}
        judge = Judge(STAFF, heads.mapping(seen.heads), readers_of(STAFF), present)
        for record in records:
            values = {field.key: stored(field, record[field.key]) for field in FIELDS}
            present[_key(values)] = values
        assert sorted(judge.mapping) == sorted(KEYS)
        judged = [judge.row(line, cells) for line, cells in rows(path, seen.layout, after=seen.head_line)]
    assert [row.errors for row in judged if row.errors] == []
    assert len(judged) == len(records)
    return {str(row.status) for row in judged}


def _key(values) -> str:
    from contempo.core.imports.reading import identity_key

    return identity_key(STAFF, values)


def saved_otherwise(content: bytes, separator: str, encoding: str) -> bytes:
    """A CSV as a spreadsheet would save it again with another separator and encoding."""
    made = io.StringIO()
    cells = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    csv.writer(made, delimiter=separator, lineterminator="\r\n").writerows(cells)
    return made.getvalue().encode(encoding)


@given(STAFFS)
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_csv_changes_nothing(language, records):
    with override(language):
        assert statuses(records, exported(records, "csv")) == {"unchanged"}


@given(STAFFS)
def test_a_workbook_changes_nothing(records):
    with override("it"):
        assert statuses(records, exported(records, "xlsx"), is_workbook=True) == {"unchanged"}


@given(STAFFS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_saved_with_another_separator_or_without_mark_changes_nothing(separator, encoding, records):
    with override("it"):
        content = saved_otherwise(exported(records, "csv"), separator, encoding)
        assert statuses(records, content) == {"unchanged"}


@given(IN_WINDOWS)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_saved_in_windows_1252_changes_nothing(separator, records):
    with override("it"):
        content = saved_otherwise(exported(records, "csv"), separator, "cp1252")
        layout = Layout(encoding="cp1252", separator=separator)
        assert statuses(records, content, layout=layout) == {"unchanged"}


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_no_cell_of_a_file_is_a_formula(texts):
    records = [dict.fromkeys(KEYS) | {"number": str(at), "name": text} for at, text in enumerate(texts)]
    with override("it"):
        text = exported(records, "csv").decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@") and cell.lstrip()]
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(exported(records, "xlsx"))).active
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_on_the_pages_an_export_brought_back_changes_nothing(desk, format):
    desk.load(
        "Matricola;Nome;Dal;Ore;Figli;Contratto;Lavoro agile;Responsabile\n"
        "00123;=SOMMA(A1);1/2/2020;36,5;2;part time;sì;00123\n"
        '7;"D\'Amico\nNiccolò";;;;;no;\n'
        "+1;'=x;31.12.2026;0,1;0;Tempo pieno;;\n"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM test_staff")
        assert cursor.fetchone() == (3,)
    desk.preview(desk.download(f"esporta/?formato={format}"), f"personale.{format}")
    run = desk.run
    assert (run.new, run.changed, run.unchanged, run.wrong) == (0, 0, 3, 0)


def test_a_number_longer_than_a_spreadsheet_holds_is_exported_as_text():
    record = dict.fromkeys(KEYS) | {"number": "1", "hours": Decimal("0.12345678901234567890")}
    with override("it"):
        assert next(file_rows(STAFF, [record], "xlsx")).hours == "0,1234567890123456789"
