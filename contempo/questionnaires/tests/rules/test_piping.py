"""Answers told in words, also inside the texts of later questions."""

from typing import Any

import pytest

from contempo.questionnaires.rules.document import Kind, Words
from contempo.questionnaires.rules.piping import piped, told
from contempo.questionnaires.tests.rules.cast import every_kind

FORM = every_kind()


def named(kind: Kind, value: Any) -> str:
    return {(Kind.MUNICIPALITY, "015146"): "Milano", (Kind.ORGANISATION, 3): "Cooperativa Aurora"}.get(
        (kind, value), ""
    )


@pytest.mark.parametrize(
    ("key", "answers", "words"),
    [
        ("lavoro", {"lavoro": "si"}, "Si"),
        ("lavoro", {"lavoro": "altro", "lavoro.other": "a giornata"}, "Altro: a giornata"),
        ("misure", {"misure": ["orario", "nido"]}, "Orario, Nido"),
        ("quanti", {"quanti": 1200}, "1.200 unità"),
        ("ore", {"ore": 3.5}, "3,50 ore"),
        ("voto", {"voto": 0}, "0"),
        ("dal", {"dal": "2026-03-05"}, "05/03/2026"),
        ("comune", {"comune": "015146"}, "Milano"),
        ("ente", {"ente": 3}, "Cooperativa Aurora"),
        ("tabella", {"tabella": {"casa": "mai"}}, "A casa: Mai"),
        ("ordine", {"ordine": ["spazio", "tempo", "denaro"]}, "Spazio, Tempo, Denaro"),
        ("perche", {}, ""),
    ],
)
def test_an_answer_is_told_in_words(key: str, answers: dict[str, Any], words: str) -> None:
    assert told(FORM.question(key).question, answers, "it", named) == words


def test_a_text_names_answers_in_its_language() -> None:
    text = Words("In {comune} con {quanti} persone?", "In {comune}, with {ore} hours?")
    answers = {"comune": "015146", "quanti": 1200, "ore": 1234.5}
    assert piped(text, FORM, answers, "it", named) == "In Milano con 1.200 persone?"
    assert piped(text, FORM, answers, "en", named) == "In Milano, with 1,234.50 hours?"


def test_what_was_not_answered_is_three_dots_and_what_is_no_question_stays() -> None:
    assert piped(Words("A {comune}, {boh}, {tabella}, {}"), FORM, {}) == "A …, {boh}, …, {}"


def test_an_answer_that_looks_like_a_name_is_not_read_again() -> None:
    assert piped(Words("Scrivi: {perche}"), FORM, {"perche": "{cap}", "cap": "20121"}) == "Scrivi: {cap}"


def test_a_long_answer_is_cut_and_stands_on_one_line() -> None:
    text = piped(Words("{perche}"), FORM, {"perche": "una\nriga " * 100})
    assert "\n" not in text
    assert (len(text), text[-1]) == (200, "…")
