"""A questionnaire written as an XLSForm and read again is the same."""

import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from contempo.questionnaires.forms.making.workbook import read_workbook
from contempo.questionnaires.queries.making.workbook import xlsform_workbook
from contempo.questionnaires.rules.document import Document
from contempo.questionnaires.rules.library import KEYS, LibraryForm, library
from contempo.questionnaires.rules.xlsform.reading import read_form
from contempo.questionnaires.rules.xlsform.sheets import sheets_from
from contempo.questionnaires.rules.xlsform.writing import FormName, tables_of
from contempo.questionnaires.tests.rules.cast import document, every_kind, group, options, page, question, when, words
from contempo.questionnaires.tests.rules.documents import documents

NAME = FormName("Questionario", "Survey", "modulo_1", "3")
LIBRARY = pytest.mark.parametrize("form", library(), ids=KEYS)


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_questionnaire_comes_back_the_same(form: Document) -> None:
    read = read_form(sheets_from(tables_of(form, NAME)))
    assert read.findings == ()
    assert read.document == form
    assert (read.title, read.title_en) == ("Questionario", "Survey")


@settings(max_examples=25, deadline=None)
@given(documents())
def test_also_through_a_file_that_pyxform_accepts(form: Document) -> None:
    data = xlsform_workbook(form, NAME)
    assert read_workbook(data).document == form
    assert convert(data, validate=False, file_type=".xlsx").xform


@LIBRARY
def test_the_library_goes_out_and_comes_in(form: LibraryForm) -> None:
    data = xlsform_workbook(form.document, FormName(form.title.it, form.title.en))
    read = read_workbook(data)
    assert (read.document, read.findings, read.title) == (form.document, (), form.title.it)
    warnings: list[str] = []
    convert(data, warnings=warnings, validate=False, file_type=".xlsx")
    assert warnings == []


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    form = document(page("a", question("q", "text", label=words("=1+1"), help=words("@tu"))))
    assert read_workbook(xlsform_workbook(form, NAME)).document == form


def test_what_a_respondent_of_kobo_sees() -> None:
    """Other programs hide, limit and ask for “other” as we do."""
    survey = tables_of(every_kind(), NAME)["survey"]
    rows = {row[1]: dict(zip(survey[0], row, strict=True)) for row in survey[1:]}
    assert rows["chi"]["appearance"] == "field-list"
    assert rows["come"]["appearance"] == ""
    assert rows["misure"]["relevant"] == "${lavoro} = 'si'"
    assert rows["misure"]["constraint"] == (
        "count-selected(.) <= 2 and not(selected(., 'nessuna') and count-selected(.) > 1)"
    )
    assert rows["misure"]["constraint_message::Italiano (it)"] == (
        "Al massimo 2 risposte. “Nessuna” esclude le altre risposte."
    )
    assert (rows["lavoro_other"]["type"], rows["lavoro_other"]["relevant"]) == ("text", "${lavoro} = 'altro'")
    assert rows["voto"]["parameters"] == "start=0 end=10 step=1"
    assert rows["tabella"]["appearance"] == "table-list"
    assert rows["tabella__casa"]["type"] == "select_one tabella"
    assert rows["cap"]["constraint"] == "regex(., '^(?:[0-9]{5})$')"
    assert rows["figli"]["relevant"] == "(${lavoro} != '' and ${lavoro} != 'no') or ${voto} != ''"


def test_answers_named_in_texts_keep_their_names() -> None:
    form = document(
        page(
            "a",
            question("n", "number", unit="ore"),
            question("m", "matrix", options=options("si", "no"), rows=[{"key": "r", "label": words("Riga")}]),
            question("q", "text", label=words("Perché {n} ore, e {boh}?"), when=when(("m", "answered"))),
            group("g", question("x", "text"), question("y", "text", label=words("Ancora {x}?")), repeat=3,
                  each=words("Voce")),
        )
    )  # fmt: skip
    tables = tables_of(form, NAME)
    assert any("Perché ${n} ore, e {boh}?" in row for row in tables["survey"])
    assert any("${m__r} != ''" in row for row in tables["survey"])
    assert read_form(sheets_from(tables)).document == form
