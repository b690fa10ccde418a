"""Tables as they come: separators, encodings, sheets, formats, and what is refused."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from contempo.core.imports import reading, rules, tables
from contempo.core.imports.bringing import choose_columns, read_otherwise
from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.imports.rules import RunState
from contempo.core.imports.tables import Layout
from contempo.core.tests.imports.conftest import PAOLO, counts, errors_of, workbook
from contempo.core.verdict import Refusal


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_separator_and_encoding_is_found_out(office, separator, encoding):
    text = separator.join(("Matricola", "Nome", "Altro")) + "\n" + separator.join(("001", "Niccolò è", "x")) + "\n"
    run = office.preview(text.encode(encoding))
    assert run.mapping == {"number": 0, "name": 1}
    assert run.rows.get().values == {"number": "001", "name": "Niccolò è"}


def test_decimal_commas_do_not_make_a_file_one_of_commas(office):
    run = office.bring("Matricola;Ore\n001;36,5\n002;18,25\n003;1,5\n")
    assert run.separator == ";"


def test_a_separator_that_the_file_declares_is_believed(office):
    run = office.preview("sep=,\nMatricola,Nome\n001,Anna\n")
    assert (run.separator, run.rows.get().line) == (",", 2)


def test_new_lines_inside_quotes_stay_in_their_cell_and_rows_are_counted_as_spreadsheets_do(office):
    run = office.preview('Matricola;Nome\n001;"Anna\r\nBruna"\n\n002;ok;;;\n003;\n')
    rows = {row.line: row.values["name"] for row in run.rows.all()}
    assert rows == {2: "Anna\nBruna", 4: "ok", 5: None}


def test_a_quote_never_closed_is_told_with_its_row(office):
    run = office.bring("Matricola;Nome\n001;Anna\n")
    run.refresh_from_db()
    with pytest.raises(Refusal, match=r"Row 3 cannot be read"):
        office.bring('Matricola;Nome\n001;Anna\n002;"' + "x;\n" * 60_000)


def test_empty_rows_and_columns_at_the_end_are_nothing(office):
    run = office.preview("Matricola;Nome;;\n001;Anna;;\n;;;\n\n ; ;;\n")
    assert (run.heads, run.rows.count()) == (["Matricola", "Nome"], 1)


def test_a_title_above_the_heads_is_passed_over(office):
    run = office.preview("Personale al 31/12/2026;;\n\nMatricola;Nome;Dal\n001;Anna;\n")
    assert (run.head_line, run.heads, run.rows.get().line) == (3, ["Matricola", "Nome", "Dal"], 4)


def test_a_head_that_two_columns_have_is_left_to_the_person(office):
    run = office.bring("Matricola;Nome;Nome\n001;Anna;Bianchi\n")
    assert run.mapping == {"number": 0}


def test_columns_are_known_by_label_key_and_other_names_in_any_case(office):
    run = office.bring("NUMERO DI MATRICOLA;name;data di  assunzione\n001;Anna;\n")
    assert run.mapping == {"number": 0, "name": 1, "since": 2}


def test_the_person_may_say_another_encoding_or_separator(office):
    run = office.bring("Matricola;Nome\n001;Ã\n".encode())
    read_otherwise(PAOLO, kind=office.kind, run_id=run.pk, layout=Layout(encoding="cp1252", separator=";"))
    assert office.again(run).samples == [["001", "Ã\x83".replace("\x83", "ƒ")]]


def test_a_workbook_gives_days_numbers_truths_and_zeros_as_a_person_sees_them(office):
    rows = [
        ["Matricola", "Nome", "Dal", "Ore", "Figli", "Lavoro agile"],
        [123, "Anna", datetime.fromisoformat("2020-02-01T00:00"), 36.5, 2, True],
        ["00007", 0.5, date(2021, 3, 1), 0.1 + 0.2, 0.03, False],
    ]
    content = workbook(rows, formats={"A2": "00000", "B3": "0.0%", "E3": "0%", "C2": "dd/mm/yyyy", "C3": "dd/mm/yyyy"})
    run = office.preview(content, "personale.xlsx")
    first, second = run.rows.order_by("line")
    assert first.values == {
        "number": "00123", "name": "Anna", "since": "2020-02-01", "hours": "36.5", "children": 2, "teleworks": True
    }  # fmt: skip
    assert second.values == {
        "number": "00007", "name": "50%", "since": "2021-03-01", "hours": "0.3", "children": 3, "teleworks": False
    }  # fmt: skip


def test_the_first_sheet_with_something_in_it_is_read_and_another_may_be_chosen(office):
    book = Workbook()
    book.active.title = "Vuoto"
    for title, name in (("Uno", "Anna"), ("Due", "Bice")):
        sheet = book.create_sheet(title)
        sheet.append(["Matricola", "Nome"])
        sheet.append(["001", name])
    file = io.BytesIO()
    book.save(file)
    run = office.bring(file.getvalue(), "personale.xlsx")
    assert (run.sheet, run.sheets, run.samples) == ("Uno", ["Vuoto", "Uno", "Due"], [["001", "Anna"]])
    read_otherwise(PAOLO, kind=office.kind, run_id=run.pk, layout=Layout(sheet="Due"))
    assert office.again(run).samples == [["001", "Bice"]]
    with pytest.raises(Refusal, match="nothing in this file"):
        read_otherwise(PAOLO, kind=office.kind, run_id=run.pk, layout=Layout(sheet="Vuoto"))


def _with_sheet(content: bytes, old: str, new: str) -> bytes:
    """The workbook with other words in its first sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            after.writestr(name, data)
    return made.getvalue()


def test_a_formula_is_read_as_its_value_and_one_without_value_is_an_error_at_its_cell(office):
    content = workbook([["Matricola", "Ore", "Figli"], ["001", "=30+6", "=1+1"], ["002", 18, "#REF!"]])
    run = office.preview(_with_sheet(content, "<f>30+6</f><v />", "<f>30+6</f><v>36</v>"), "personale.xlsx")
    assert run.rows.get(line=2).values["hours"] == "36"
    assert errors_of(run) == {
        2: [
            (
                "children",
                "Here is a formula without its value: open the file in a spreadsheet, save it, bring it again.",
            )
        ],
        3: [("children", "“#REF!”: the spreadsheet could not work out this cell.")],
    }


def test_a_text_that_looks_like_a_formula_stays_text(office):
    office.load("Matricola;Nome\n002;=1+1\n003;'=2+2\n")
    names = {number: record["name"] for number, record in office.records().items()}
    assert names == {"002": "=1+1", "003": "=2+2"}


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "vuoto.csv", "is empty"),
        (b"\n\n;;\n", "vuoto.csv", "nothing in this file"),
        (b"Matricola;Nome\n001;An\x00na\n", "nul.csv", "cannot be accepted"),
        (b"Matricola;Nome\n001;\x81\x8d\n", "lettere.csv", "letters of this file"),
        ("Matricola;Nome\n001;Anna\n".encode("utf-16"), "utf16.csv", "cannot be accepted"),
        (b"PK\x03\x04 no workbook", "rotto.xlsx", "cannot be opened"),
        (b"%PDF-1.7\n", "atto.pdf", "no table"),
        (b"\xd0\xcf\x11\xe0 old", "vecchio.xls", "cannot be accepted"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence_and_leaves_nothing(office, content, name, sentence):
    with pytest.raises(Refusal, match=sentence):
        office.bring(content, name)
    assert not ImportRun.objects.exists()


def test_a_workbook_with_programs_is_refused(office):
    content = io.BytesIO(workbook([["Matricola"], ["001"]]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub")
    with pytest.raises(Refusal, match="macros"):
        office.bring(content.getvalue(), "personale.xlsm")


def test_a_workbook_that_would_grow_beyond_measure_is_refused_unopened(office):
    content = io.BytesIO(workbook([["Matricola"], ["001"]]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * (201 * 1024 * 1024))
    assert len(content.getvalue()) < 1_000_000
    with pytest.raises(Refusal, match="too large once opened"):
        office.bring(content.getvalue(), "bomba.xlsx")


def test_a_damaged_workbook_is_refused(office):
    content = workbook([["Matricola"], ["001"]])
    with pytest.raises(Refusal, match="damaged"):
        office.bring(_with_sheet(content, "<sheetData>", "<sheetData><row"), "rotto.xlsx")


def test_too_many_bytes_rows_or_columns_are_refused(office, monkeypatch):
    with pytest.raises(Refusal, match="more than 200 columns"):
        office.bring(";".join(f"C{number}" for number in range(201)) + "\n")
    with pytest.raises(Refusal, match="more than 200 columns"):
        office.bring(workbook([[f"C{number}" for number in range(201)]]), "largo.xlsx")
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    with pytest.raises(Refusal, match="more than 3 rows"):
        office.bring("Matricola\n1\n2\n3\n4\n")
    assert office.bring("Matricola\n1\n2\n3\n").total == 3
    from contempo.core.imports import bringing

    monkeypatch.setattr(bringing, "MOST_BYTES", 10)
    with pytest.raises(Refusal, match="larger than"):
        office.bring("Matricola\n1\n2\n3\n")


def test_a_workbook_with_too_many_rows_stops_while_it_is_read_and_says_so(office, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    run = office.preview(workbook([["Matricola"], ["1"], ["2"], ["3"], ["4"]]), "lungo.xlsx")
    assert (run.state, counts(run)) == (RunState.FAILED, (0, 0, 0, 0, 0))
    assert "more than" in run.failure
    assert rules.MOST_ROWS == 100_000


def test_a_size_that_the_sheet_pretends_is_not_believed(office):
    content = _with_sheet(workbook([["Matricola"], ["1"], ["2"]]), 'ref="A1:A3"', 'ref="A1:A1"')
    assert office.preview(content, "personale.xlsx").rows.count() == 2


def test_wrong_mapping_of_an_older_page_is_no_error(office):
    run = office.bring("Matricola;Nome\n001;Anna\n")
    choose_columns(PAOLO, kind=office.kind, run_id=run.pk, mapping={"number": 0})
    read_run(run.pk)
    with pytest.raises(Refusal):
        choose_columns(PAOLO, kind=office.kind, run_id=run.pk, mapping={"number": 5})
    assert office.again(run).state == RunState.PREVIEWED
