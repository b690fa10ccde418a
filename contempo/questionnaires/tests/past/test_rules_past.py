"""How answers stand in the columns of a table, and what a table seems to ask."""

import pytest

from contempo.core.verdict import Refusal
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.past.aggregates import Figure, option_meant, question_meant, same_base
from contempo.questionnaires.rules.past.cells import canonical, cells, to_answers, to_cells
from contempo.questionnaires.rules.past.guessing import Column, Use, guessed, made
from contempo.questionnaires.tests.samples import sample_answers, sample_document

DOCUMENT = sample_document()
CELLS = {cell.key: cell for cell in cells(DOCUMENT)}


def test_a_question_has_a_column_a_table_one_a_row_and_a_choice_of_many_one_an_option_besides():
    assert {"workers", "how", "how__entry", "table__mothers", "table__fathers", "order", "needs__nursery"} <= set(CELLS)
    assert not {"intro", "proof", "service", "users", "table"} & set(CELLS)


def test_what_was_answered_stands_in_cells_and_comes_back():
    answers = sample_answers(flexible="other", **{"flexible.other": "A turni"})
    told = to_cells(DOCUMENT, answers)
    assert (told["flexible"], told["how"], told["how__bank"]) == ("Altro: A turni", "In entrata; Banca delle ore", True)
    back = to_answers(DOCUMENT, told)
    assert back == {key: value for key, value in answers.items() if key != "services"}


@pytest.mark.parametrize("written", ["Sì", "si", "YES", " yes "])
def test_an_option_is_known_by_its_label_in_either_language_or_its_key(written):
    assert canonical(CELLS["flexible"], written.strip()) == "Sì"


def test_what_is_no_option_is_beside_other_and_where_there_is_none_is_refused():
    assert canonical(CELLS["flexible"], "A turni") == "Altro: A turni"
    with pytest.raises(Refusal):
        canonical(CELLS["table__mothers"], "Ogni tanto")


@pytest.mark.parametrize("written", ["Banca delle ore; In entrata", "In entrata|Banca delle ore", "bank, entry"])
def test_several_answers_of_one_cell_are_parted_and_put_in_order(written):
    assert canonical(CELLS["how"], written) == "In entrata; Banca delle ore"


def test_columns_of_yes_and_no_are_options_of_one_question():
    assert to_answers(DOCUMENT, {"how__bank": True, "how__entry": True, "how__exit": False}) == {
        "how": ["entry", "bank"]
    }
    assert to_answers(DOCUMENT, {"how__bank": False}) == {"how": []}


@pytest.mark.parametrize(
    ("head", "values", "use"),
    [
        ("ID", ["1", "2", "3"], Use.NUMBER_OF),
        ("Data di invio", ["01/03/2019", "2019-03-04"], Use.COMPLETED),
        ("Voto", ["0", "7", "10", "7"], Use.SCALE),
        ("Dipendenti", ["12", "320", "12"], Use.NUMBER),
        ("Spesa", ["12,5", "3"], Use.NUMBER),
        ("Orario flessibile?", ["Sì", "No", "Sì", "Sì"], Use.SINGLE),
        ("Servizi [Nido]", ["sì", "no"], Use.TICKED),
        ("Misure", ["Nido; Mensa", "Mensa", "Nido"], Use.MULTIPLE),
        ("Note", [f"Testo {number}" for number in range(40)], Use.TEXT),
        ("Comune", ["Milano", "Monza"], Use.MUNICIPALITY),
        ("Vuota", [], Use.LEFT_OUT),
    ],
)
def test_what_a_column_seems_to_be(head, values, use):
    assert guessed(0, head, values).use == use


def test_a_questionnaire_is_made_of_columns_with_the_column_of_each_question():
    found = made(
        [
            guessed(0, "ID", ["1", "2"]),
            Column(1, "D1", Use.LIKERT, "Quanto sei contento?", (("1", "Poco"), ("2", "Molto"))),
            guessed(2, "Servizi [Nido]", ["sì", "no"]),
            guessed(3, "Servizi [Mensa]", ["sì", "no"]),
            Column(4, "Altro", Use.LEFT_OUT),
        ]
    )
    questions = [placed.question for placed in found.document.questions()]
    assert [(each.kind, [(o.key, o.score) for o in each.options]) for each in questions] == [
        (Kind.LIKERT, [("1", 1), ("2", 2)]),
        (Kind.MULTIPLE, [("nido", None), ("mensa", None)]),
    ]
    assert found.mapping == {"_number": 0, "quanto_sei_contento": 1, "servizi__nido": 2, "servizi__mensa": 3}


def test_a_table_that_asks_nothing_or_says_a_thing_twice_is_refused():
    with pytest.raises(Refusal):
        made([guessed(0, "ID", ["1", "2"])])
    with pytest.raises(Refusal):
        made([Column(0, "A", Use.OF_KIND), Column(1, "B", Use.OF_KIND), guessed(2, "V", ["1", "5", "9"])])


def test_aggregates_are_known_by_the_words_of_the_questionnaire():
    assert question_meant(DOCUMENT, "C’è un orario flessibile?") == "flexible"
    assert option_meant(DOCUMENT, "flexible", "sì") == "yes"
    assert question_meant(DOCUMENT, "Un’altra domanda") == "Un’altra domanda"


def test_one_question_and_group_has_one_base():
    rows = [(2, "q", "a", 10), (3, "q", "a", 12), (4, "q", "b", 12)]
    assert list(same_base(rows)) == [(3, 10)]


def test_the_share_of_nobody_is_missing_and_not_zero():
    assert Figure("", "a", 0, 0).share is None
    assert Figure("", "a", 0, 10).share == 0
