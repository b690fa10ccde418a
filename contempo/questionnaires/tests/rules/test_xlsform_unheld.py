"""What cannot be held of an XLSForm is told; nothing comes in half by accident."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from contempo.questionnaires.forms.making.workbook import read_workbook
from contempo.questionnaires.rules.checking import problems
from contempo.questionnaires.rules.document import read as document
from contempo.questionnaires.rules.document import to_json
from contempo.questionnaires.rules.xlsform.reading import read_form
from contempo.questionnaires.rules.xlsform.sheets import sheets_from, told
from contempo.questionnaires.tests.rules.workbooks import YES_NO, Table, read, sentences, workbook

HEAD = ["type", "name", "label", "relevant", "constraint", "choice_filter", "calculation", "read_only", "repeat_count"]


def survey(*rows: list[str | None]) -> Table:
    return [HEAD, *rows]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (["geopoint", "g", "Dove?"], "type", "Points on a map are not asked here: ask the municipality."),
        (
            ["calculate", "c", None, None, None, None, "1 + 1"],
            "type",
            "Calculated values are not kept: figures are made",
        ),
        (["time", "c", "Quando?"], "type", "Times of the day are not asked here"),
        (["barcode", "c", "Codice"], "type", "Barcodes are not read here."),
        (["acknowledge", "c", "Ho letto"], "type", "A box to tick alone is not asked here"),
        (["select_one sn", "c", "Sì?", None, None, "x = ${a}"], "choice_filter", "Answers that depend on another"),
        (["text", "c", "Totale", None, None, None, "1 + 1", "yes"], "read_only", "A field that cannot be filled in"),
        (["text", "c", "C", "${a} + 1 > 2"], "relevant", "The condition cannot be kept: Calculations are not done"),
        (
            ["text", "c", "C", "pulldata('x', 'a', 'b', ${a}) = 1"],
            "relevant",
            "The function “pulldata” cannot be kept.",
        ),
        (
            ["text", "c", "C", "${a} = 1 and (${a} = 2 or ${b} = 'si')"],
            "relevant",
            "The condition cannot be kept: “and” and “or” cannot be mixed in one condition.",
        ),
        (["text", "c", "C", "${a} > ${b}"], "relevant", "Two answers cannot be compared with each other."),
        (["text", "c", "C", "${b} = 'forse'"], "relevant", "“forse” is not among the answers of “b”."),
        (["text", "c", "C", "${m} = 'si'"], "relevant", "“m” may have several answers"),
        (["text", "c", "C", "${t} = 'Milano'"], "relevant", "“t” may have several answers, or a free one"),
        (["text", "c", "C", "count-selected(${m}) > 1"], "relevant", "How many answers were chosen cannot be asked"),
        (["text", "c", "C", "${later} = 1"], "relevant", "“later” stands later, or is no question."),
        (["text", "c", "C", "${b} = 'si' and"], "relevant", "The expression ends too early."),
        (["text", "c", "C", "${b} = 'si')"], "relevant", "“)” is not understood here."),
    ],
)
def test_a_row_that_cannot_be_held_is_left_out_only_when_a_person_says_so(
    row: list[str | None], column: str, sentence: str
) -> None:
    form = read(
        survey(
            ["integer", "a", "Quanti?"],
            ["select_one sn", "b", "Sì?"],
            ["select_multiple sn", "m", "Quali?"],
            ["text", "t", "Dove?"],
            row,
            ["integer", "later", "Dopo?"],
        ),
        YES_NO,
    )
    assert form.partial
    assert [(number, where) for _, number, where, _ in sentences(form, "left_out")] == [(6, column)]
    assert sentence in sentences(form, "left_out")[0][3]
    assert [placed.question.key for placed in form.document.questions()] == ["a", "b", "m", "t", "later"]


@pytest.mark.parametrize(
    "dependant",
    [["text", "d", "Perché?", "${where} != ''"], ["note", "d", "Hai scritto ${where}"]],
)
def test_nothing_comes_in_when_something_depends_on_what_is_left_out(dependant: list[str | None]) -> None:
    form = read(survey(["text", "a", "A"], ["geopoint", "where", "Dove?"], dependant))
    assert form.document is None
    blocked = sentences(form, "blocked")
    assert [(sheet, row) for sheet, row, _, _ in blocked] == [("survey", 4)]
    assert blocked[0][3] == "This row depends on “where” (row 3), which cannot be kept."


def test_a_group_left_out_takes_its_questions_along() -> None:
    form = read(
        survey(
            ["integer", "n", "N"],
            ["begin_group", "g", "Gruppo", "${n} * 2 > 3"],
            ["text", "inside", "Dentro"],
            ["end_group"],
            ["text", "after", "Dopo", "${inside} != ''"],
        )
    )
    assert form.blocked
    assert [row for _, row, _, _ in sentences(form, "left_out")] == [3]
    assert [row for _, row, _, _ in sentences(form, "blocked")] == [6]


def test_a_repeat_inside_a_repeat_is_left_out() -> None:
    form = read(
        survey(
            ["begin_repeat", "r", "Sedi"],
            ["text", "a", "Nome"],
            ["begin_repeat", "s", "Uffici"],
            ["text", "b", "Nome"],
            ["end_repeat"],
            ["end_repeat"],
        )
    )
    assert sentences(form, "left_out") == [
        ("survey", 4, "type", "A group that repeats cannot stand inside another one.")
    ]
    assert [placed.question.key for placed in form.document.questions()] == ["a"]


def test_a_check_that_cannot_be_held_is_told_and_the_question_stays() -> None:
    form = read(survey(["date", "d", "Quando?", None, ". <= today()"], ["integer", "n", "N", None, ". > ${d}"]))
    assert not form.partial
    assert [(row, column) for _, row, column, _ in sentences(form, "note")] == [(2, "constraint"), (3, "constraint")]
    assert all("The check of the answer is not kept" in text for *_, text in sentences(form, "note"))


def test_is_not_is_told_to_hold_for_answers_only() -> None:
    form = read(survey(["select_one sn", "b", "B"], ["text", "c", "C", "${b} != 'si'"]), YES_NO)
    assert sentences(form, "note") == [
        (
            "survey",
            3,
            "relevant",
            "Here this holds only for who answered “b”; in XLSForm also for who left it empty.",
        )
    ]


@pytest.mark.parametrize(
    ("rows", "place", "sentence"),
    [
        ([["select_one boh", "a", "A"]], ("survey", 2), "The list “boh” is not in the sheet choices."),
        ([["text", "a", "A"], ["text", "b", "B", "${boh} = 1"]], ("survey", 3), "“boh” is not in the sheet survey."),
        ([["text", "a", "A"], ["text", "a", "B"]], ("survey", 3), "“a” is the name of more than one row."),
        ([["begin_group", "g", "G"], ["text", "a", "A"]], ("survey", 2), "This group is begun and never ended."),
        ([["text", "a", "A"], ["end_group"]], ("survey", 3), "“end_group” closes nothing that was begun."),
        ([["pippo", "a", "A"], ["text", "b", "B"]], ("survey", 2), "The type “pippo” is not known here."),
        ([["text", None, "A"]], ("survey", 2), "This row has no name."),
        ([["text", "a b", "A"]], ("survey", 2), "A name begins with a letter and has no spaces"),
    ],
)
def test_a_broken_form_is_told_where_it_is_broken(
    rows: list[list[str | None]], place: tuple[str, int], sentence: str
) -> None:
    form = read(survey(*rows), YES_NO)
    found = sentences(form, "blocked") + sentences(form, "left_out")
    assert any((sheet, row) == place and sentence in text for sheet, row, _, text in found), found


def test_an_answer_twice_in_its_list_is_told_by_pyxform() -> None:
    form = read(survey(["select_one sn", "a", "A"]), [*YES_NO, ["sn", "si", "Certo"]])
    assert sentences(form, "blocked") == [("choices", 4, "name", "This answer is in its list twice.")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK nonsense", "This file cannot be opened: bring an XLSX workbook."),
        (workbook([["a"]], None, None), "The sheet “survey” is empty."),
        (workbook([["tipo", "nome"], ["text", "a"]], None, None), "The sheet “survey” has no column “type”."),
    ],
)
def test_what_is_no_xlsform_is_said_to_be_none(data: bytes, sentence: str) -> None:
    form = read_workbook(data)
    assert form.document is None
    assert [text for *_, text in sentences(form, "blocked")] == [sentence]


def test_a_workbook_without_the_sheet_survey_is_none() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    assert "no sheet “survey”" in sentences(read_workbook(out.getvalue()), "blocked")[0][3]


def test_expressions_made_to_hurt_are_refused_quickly() -> None:
    deep = "(" * 900 + "${a} = 1" + ")" * 900
    long = " and ".join(["${a} = 1"] * 400)
    form = read(survey(["integer", "a", "A"], ["text", "b", "B", deep], ["text", "c", "C", long]))
    assert [row for _, row, _, _ in sentences(form, "left_out")] == [3, 4]


TYPES = st.sampled_from([
    "text", "integer", "decimal", "select_one sn", "select_multiple sn or_other", "rank sn", "range", "note", "date",
    "calculate", "begin_group", "end_group", "end_group", "begin_repeat", "end_repeat", "begin_score", "score__row",
    "end_score", "begin_rank", "rank__level", "end_rank", "begin_kobomatrix", "geopoint", "start", "file", None,
])  # fmt: skip
NAMES = st.sampled_from(["a", "b", "c", "d", "A b", "e__f", "1", None])
CELLS = st.sampled_from([
    None, None, None, "", "${a}", "${a} = 'si'", "${b} != 'si' and ${a} > 2", "not(${b} = 1)", "selected(${c}, 'si')",
    "selected(.,", ". > 3 and . < 9", "regex(., '[')", "table-list", "likert", "yes", "TRUE", 1, 2.5, True, "{a}",
    "start=0 end=3 step=0.5", "${a} > date('2020-02-30')", "=1+1", "\u00a0", "page", "intro", "matrix", "other", "9e9",
    "(${a} != '' or ${b} != '')", "count-selected(.) >= 1", "sn",
])  # fmt: skip
COLUMNS = [
    "type", "name", "label", "label::English (en)", "relevant", "constraint", "required", "appearance", "parameters",
    "contempo_kind", "contempo_most", "kobo--score-choices", "choice_filter",
]  # fmt: skip
ROWS = st.lists(st.tuples(TYPES, NAMES, *([CELLS] * (len(COLUMNS) - 2))), max_size=10)


@settings(max_examples=300, deadline=None)
@given(ROWS, st.lists(st.lists(CELLS, max_size=4), max_size=5))
def test_whatever_the_cells_hold_it_is_read_or_told(rows: Table, answers: Table) -> None:
    choices = [["list_name", "name", "label", "contempo_score"], ["sn", "si", "Sì"], *answers]
    form = read_form(sheets_from({"survey": [COLUMNS, *rows], "choices": choices}))
    for one in form.findings:
        assert told(one)
    if form.document is not None:
        assert document(to_json(form.document)) == form.document
        problems(form.document)
    else:
        assert any(one.level == "blocked" for one in form.findings)


def test_a_sheet_formatted_far_beyond_its_rows_is_read() -> None:
    book = load_workbook(io.BytesIO(workbook(survey(["text", "a", "A"]))))
    book["survey"].cell(row=20_000, column=1).number_format = "@"
    out = io.BytesIO()
    book.save(out)
    assert [one.question.key for one in read_workbook(out.getvalue()).document.questions()] == ["a"]


def test_too_many_rows_are_refused() -> None:
    form = read(survey(*(["text", f"q{number}", "Q"] for number in range(5_001))))
    assert sentences(form, "blocked") == [("", 0, "", "This workbook is too large for a questionnaire.")]


def test_a_sentence_inside_another_is_translated_too() -> None:
    form = read(survey(["date", "d", "D", None, ". <= today()"]))
    heard: list[str] = []
    told(form.findings[0], lambda text: heard.append(text) or text)
    assert heard == ["A check compares the answer with a number only.", "The check of the answer is not kept: %(why)s"]
