"""Whoever walks through any questionnaire, page by page, comes to its end with answers that hold together."""

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contempo.questionnaires.rules.answers import check_page, still_wrong
from contempo.questionnaires.rules.asking import ShownPage, asked
from contempo.questionnaires.rules.document import Document, Group, Kind, Question, read, to_json
from contempo.questionnaires.rules.piping import piped, told
from contempo.questionnaires.rules.xlsform.reading import read_form
from contempo.questionnaires.rules.xlsform.sheets import sheets_from
from contempo.questionnaires.rules.xlsform.writing import FormName, tables_of
from contempo.questionnaires.tests.rules.documents import documents

WALKS = given(documents(), st.randoms(use_true_random=False))


def typed(question: Question, chance: Random) -> Any:
    """Something somebody may type: mostly right, sometimes nothing, sometimes wrong."""
    if chance.random() < 0.15:
        return chance.choice(["", None, "boh", ["boh"], {"x": "y"}, "-1", "9" * 20])
    keys = [option.key for option in question.options]
    match question.kind:
        case Kind.SINGLE | Kind.LIKERT:
            return chance.choice(keys)
        case Kind.MULTIPLE:
            return chance.sample(keys, chance.randint(1, len(keys)))
        case Kind.RANKING:
            return chance.sample(keys, int(question.most or len(keys)))
        case Kind.MATRIX:
            return {row.key: chance.choice(keys) for row in question.rows}
        case Kind.SCALE:
            return str(chance.randint(int(question.least or 0), int(question.most or 10)))
        case Kind.NUMBER:
            low = int(question.least if question.least is not None else -50)
            high = int(question.most if question.most is not None else low + 50)
            return str(chance.randint(min(low, high), high))
        case Kind.TEXT:
            return chance.choice(["20121", "c", "una frase", "x" * int(question.least or 1)])
        case Kind.DATE:
            return chance.choice(["2026-03-05", "5/3/1990"])
        case Kind.FILE:
            return [str(number) for number in range(int(question.least or 1))]
        case Kind.MUNICIPALITY:
            return "015146"
        case _:
            return "7"


def page_typed(shown: ShownPage, chance: Random) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for item in shown.page.items:
        if isinstance(item, Group) and item.repeat:
            times = range(chance.randint(0, item.repeat))
            given[item.key] = [{one.key: typed(one, chance) for one in item.questions} for _ in times]
            for one in given[item.key]:
                one.update({f"{key}.other": "altro" for key in list(one)})
        else:
            for question in item.questions if isinstance(item, Group) else (item,):
                given[question.key] = typed(question, chance)
                given[f"{question.key}.other"] = chance.choice(["altro", ""])
    return given


def walked(document: Document, chance: Random) -> tuple[dict[str, Any], set[int]]:
    """The answers of a walk to the end, and the pages on which something was told to be wrong."""
    answers: dict[str, Any] = {}
    told_wrong: set[int] = set()
    number = -1
    while (shown := asked(document, answers).after(number)) is not None:
        checked = check_page(document, shown.page, page_typed(shown, chance), answers)
        answers, number = checked.answers, shown.number
        if checked.wrongs:
            told_wrong.add(number)
    return answers, told_wrong


@settings(max_examples=80, deadline=None)
@WALKS
def test_what_was_told_right_is_right_at_the_end(document: Document, chance: Random) -> None:
    answers, told_wrong = walked(document, chance)
    assert {page for page, _ in still_wrong(document, answers)} <= told_wrong


@settings(max_examples=80, deadline=None)
@WALKS
def test_what_is_kept_is_what_is_asked(document: Document, chance: Random) -> None:
    answers, _ = walked(document, chance)
    again = asked(document, answers)
    assert again.answers == answers
    assert not {key.partition(".")[0] for key in answers} & set(again.unasked)
    shown = {question.key for page in again.pages for question in page.questions()}
    asked_keys = {placed.question.key for placed in document.questions() if placed.question.kind != Kind.NOTE}
    assert asked_keys - shown == set(again.unasked) & asked_keys
    for placed in document.questions():
        assert isinstance(told(placed.question, answers), str)
        assert isinstance(piped(placed.question.label, document, answers), str)


@settings(max_examples=40, deadline=None)
@WALKS
def test_going_back_over_a_page_without_a_change_changes_nothing(document: Document, chance: Random) -> None:
    answers, _ = walked(document, chance)
    for shown in asked(document, answers).pages:
        assert check_page(document, shown.page, answers, answers, required=False).answers == answers


@settings(max_examples=40, deadline=None)
@WALKS
def test_the_same_answers_ask_the_same_after_a_journey_through_xlsform(document: Document, chance: Random) -> None:
    answers, _ = walked(document, chance)
    back = read_form(sheets_from(tables_of(document, FormName("x")))).document
    assert asked(back, answers).unasked == asked(read(to_json(document)), answers).unasked
