"""What stops a questionnaire from being published, told where it is."""

from typing import Any

import pytest

from contempo.questionnaires.rules.checking import problems, refused
from contempo.questionnaires.rules.document import Document
from contempo.questionnaires.tests.rules.cast import document, every_kind, group, options, page, question, when, words

ROW = [{"key": "r", "label": words("Riga")}]


def told(form: Document) -> list[tuple[str, str]]:
    return [(one.where, one.text % one.params) for one in problems(form)]


def test_a_good_questionnaire_has_none() -> None:
    assert told(every_kind()) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (question("Q", "text"), "A key has small letters"),
        (question("a__b", "text"), "A key has small letters"),
        (question("q", "single"), "Write at least two possible answers."),
        (question("q", "single", options=options("a", "b") + options("a")), "The key “a” is there twice."),
        (question("q", "single", options=options("a-b", "c")), "The key “a-b” must have small letters"),
        (
            question("q", "single", options=[{"key": "a", "label": words("Sì")}, {"key": "b", "label": words("Sì")}]),
            "“Sì” is there twice.",
        ),
        (question("q", "single", options=options("a", "b", b={"exclusive": True})), "An answer that stands alone"),
        (question("q", "likert", options=options("a", "b", b={"other": True})), "“Other” with a text"),
        (question("q", "multiple", options=options("a", "b", a={"other": True}, b={"other": True})), "Only one answer"),
        (question("q", "single", options=options("a", "b", b={"score": 1})), "Only degrees and tables have scores"),
        (question("q", "multiple", options=options("a", "b"), least=3), "This limit goes from 1 to 2."),
        (question("q", "multiple", options=options("a", "b"), least=2, most=1), "The lower limit is above"),
        (question("q", "matrix", options=options("a", "b")), "Write at least one row of the table."),
        (question("q", "number", decimals=9), "A number has from 0 to 6 decimals."),
        (question("q", "scale", least=0, most=11), "This limit goes from 0 to 10."),
        (question("q", "scale", least=5, most=5), "The lower limit is above"),
        (question("q", "text", pattern="["), "The pattern is not a regular expression"),
        (question("q", "text", pattern="(?=a)b"), "The pattern is not a regular expression"),
        (question("q", "text", unit="ore"), "Only a number has a unit"),
        (question("q", "text", options=options("a", "b")), "A question of this kind has no options"),
        (question("q", "date", least=1), "A question of this kind has no lower limit"),
        (question("q", "number", low=words("Poco")), "Only a scale has words at its ends"),
        (question("q", "text", measure="satisfaction"), "does not read “satisfaction”"),
        (question("q", "scale", measure="joy"), "does not read “joy”"),
        (question("q", "note", required=True), "A text to read takes no answer"),
        (question("q", "text", label=words("", "Only English")), "The Italian text is missing."),
        (question("q", "text", help=words("", "Only English")), "The Italian text is missing."),
        (question("q", "text", when=when(("nobody", "answered"))), "“nobody”, which does not exist."),
        (question("q", "text", when=when(("q", "answered"))), "“Domanda q”, which is asked later."),
        (question("q", "text", when=when(("first", "at_least", "si"))), "does not fit the kind of “Domanda first”"),
        (
            question("q", "text", when=when(("first", "is", "boh"))),
            "“boh” is not a possible answer to “Domanda first”.",
        ),
        (question("q", "text", when=when(("first", "answered", "si"))), "needs no value"),
        (question("q", "text", when=when()), "The condition is empty"),
        (question("q", "text", when=when(("age", "answered"))), "“Domanda age”, which is asked several times"),
        (question("q", "text", label=words("Hai detto {boh}?")), "“{boh}”, which does not exist."),
        (question("q", "text", label=words("Hai detto {q}?")), "“{q}”, which is asked later."),
        (question("q", "text", label=words("Hai detto {age}?")), "“{age}”, which is asked several times"),
        (question("q", "text", label=words("Hai detto {grid}?")), "whose answer cannot stand in a sentence"),
        (group("g", question("q", "text"), repeat=1), "A group repeats from 2 to 50 times."),
        (group("g", question("q", "note")), "This group has nothing to ask"),
        (group("g", question("q", "text"), repeat=3), "The Italian text is missing."),
        (question("first", "text"), "The key “first” is there 2 times"),
        (question("a", "text"), "The key “a” is there 2 times"),
    ],
)
def test_what_is_wrong_is_told(wrong: dict[str, Any], sentence: str) -> None:
    form = document(
        page(
            "a",
            question("first", "single", options=options("si", "no")),
            question("grid", "matrix", options=options("si", "no"), rows=ROW),
            group("kids", question("age", "number"), repeat=3, each=words("Figlio")),
            wrong,
        )
    )
    found = told(form)
    assert any(sentence in text for _, text in found), found
    assert refused(problems(form))


def test_inside_a_group_that_repeats_conditions_speak_of_the_same_time() -> None:
    same = group(
        "kids", question("age", "number"), question("school", "text", when=when(("age", "at_least", "3"))), repeat=3,
        each=words("Figlio"),
    )  # fmt: skip
    other = group("pets", question("food", "text", when=when(("age", "answered"))), repeat=3, each=words("Animale"))
    assert told(document(page("a", same))) == []
    assert [where for where, _ in told(document(page("a", same, other)))] == ["food"]


def test_a_condition_of_a_page_speaks_of_pages_before() -> None:
    form = document(page("a", question("q", "text"), when=when(("q", "answered"))))
    assert told(form) == [("a", "The condition speaks of “Domanda q”, which is asked later.")]


def test_nothing_to_ask_is_nothing_to_publish() -> None:
    assert told(document()) == [("", "Write at least one question.")]
    assert ("a", "This page has nothing to ask: write a question, or take it off.") in told(document(page("a")))


def test_a_missing_english_text_is_a_warning() -> None:
    form = document(page("a", question("q", "text"), title=words("Uno", "One")), languages=["it", "en"])
    assert [(one.where, one.part, one.warning) for one in problems(form)] == [("q", "label", True)]
    assert refused(problems(form)) == []


def test_who_answers_and_what_may_be_told_are_read_from_their_kinds() -> None:
    unit = question("ente", "organisation", measure="unit")
    consent = question("ok", "single", measure="consent", options=options("yes", "no"))
    assert told(document(page("a", unit, consent))) == []


def test_a_measure_is_read_from_one_question() -> None:
    form = document(page("a", *(question(key, "scale", measure="satisfaction") for key in ("x", "y"))))
    assert told(form) == [("", "The measure “satisfaction” is read from one question only.")]
