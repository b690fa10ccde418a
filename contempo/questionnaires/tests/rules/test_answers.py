"""What was typed becomes what is kept, or a sentence beside its field."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.questionnaires.rules.answers import Known, check, check_page, still_wrong
from contempo.questionnaires.tests.rules.cast import every_kind

FORM = every_kind()


def kept(key: str, value: Any, **more: Any) -> Any:
    checked = check(FORM.question(key).question, value, **more)
    assert not checked.wrongs, checked.wrongs
    return checked.value


def wrong(key: str, value: Any, **more: Any) -> dict[str, str]:
    checked = check(FORM.question(key).question, value, **more)
    assert checked.value is None
    return {one.field: one.text % one.params for one in checked.wrongs}


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("lavoro", "si", "si"),
        ("misure", ["agile", "orario"], ["orario", "agile"]),
        ("misure", "nido", ["nido"]),
        ("quanti", " 1.200 ", 1200),
        ("quanti", "1 200", 1200),
        ("ore", "3,5", 3.5),
        ("ore", "3.5", 3.5),
        ("ore", "1.234,5", 1234.5),
        ("ore", "1,234.5", 1234.5),
        ("ore", "1.234", 1234.0),
        ("ore", "-2", -2.0),
        ("voto", "0", 0),
        ("voto", "10", 10),
        ("accordo", "molto", "molto"),
        ("tabella", {"casa": "mai", "sede": "spesso"}, {"casa": "mai", "sede": "spesso"}),
        ("perche", " una riga\r\nun’altra ", "una riga\nun’altra"),
        ("perche", "nu\x00lla", "nulla"),
        ("cap", "20121", "20121"),
        ("dal", "5/3/2026", "2026-03-05"),
        ("dal", "2026-03-05", "2026-03-05"),
        ("ordine", ["spazio", "tempo", "denaro"], ["spazio", "tempo", "denaro"]),
        ("ordine", {"tempo": "2", "denaro": "3", "spazio": "1"}, ["spazio", "tempo", "denaro"]),
        ("carte", ["7", "7", "9"], [7, 9]),
        ("comune", "015146", "015146"),
        ("ente", "12", 12),
    ],
)
def test_what_is_right_is_kept_in_its_shape(key: str, typed: Any, expected: Any) -> None:
    found = kept(key, typed)
    assert (found, type(found)) == (expected, type(expected))
    assert kept(key, found) == found


@pytest.mark.parametrize(
    ("key", "typed", "field", "sentence"),
    [
        ("lavoro", "", "lavoro", "Answer this question."),
        ("lavoro", "forse", "lavoro", "Choose one of the answers."),
        ("misure", ["agile", "nessuna"], "misure", "“Nessuna” stands alone: choose it, or the others."),
        ("misure", ["agile", "nido", "orario"], "misure", "Choose at most 2: you chose 3."),
        ("quanti", "5001", "quanti", "Write a number from 0 to 5.000."),
        ("quanti", "1,5", "quanti", "Write a whole number, without decimals."),
        ("quanti", "tanti", "quanti", "Write a number, such as 12 or 3,5."),
        ("quanti", "1e3", "quanti", "Write a number, such as 12 or 3,5."),
        ("ore", "1,234", "ore", "Decimals taken: at most 2."),
        ("voto", "11", "voto", "Choose a number from 0 to 10."),
        ("tabella", {"casa": "mai"}, "tabella.sede", "Answer this row too."),
        ("tabella", {"casa": "mai", "sede": "boh"}, "tabella.sede", "Choose one of the answers."),
        ("cap", "2012", "cap", "This is not written as it should be: read what is asked."),
        ("cap", "x" * 501, "cap", "Write at most 500 characters: there are 501."),
        ("dal", "31/2/2026", "dal", "Write a date that exists, such as 20/11/2026."),
        ("dal", "1/1/1066", "dal", "Write a year from 1900 to 2100."),
        ("ordine", ["tempo", "tempo", "spazio"], "ordine", "Put each answer in one place only."),
        ("ordine", ["tempo"], "ordine", "Give every answer a place. Still without one: 2."),
        ("ordine", {"tempo": "1", "denaro": "1"}, "ordine.denaro", "Place 1 is already taken."),
        ("ordine", {"tempo": "4"}, "ordine.tempo", "Write a place from 1 to 3."),
        ("carte", ["1", "2", "3"], "carte", "Too many files: at most 2."),
        ("comune", "Milano", "comune", "Choose a municipality from the list."),
        ("ente", "-1", "ente", "Choose an organisation from the list."),
    ],
)
def test_what_is_wrong_has_a_sentence_beside_its_field(key: str, typed: Any, field: str, sentence: str) -> None:
    assert wrong(key, typed).get(field) == sentence


def test_what_exists_outside_is_looked_up() -> None:
    known = Known(municipalities={"015146"}, organisations={3}, files={8})
    assert kept("comune", "015146", known=known) == "015146"
    assert wrong("comune", "015147", known=known)
    assert wrong("ente", "4", known=known)
    assert wrong("carte", ["9"], known=known)


def test_other_asks_which() -> None:
    question = FORM.question("lavoro").question
    assert check(question, "altro").wrongs[0].field == "lavoro.other"
    assert check(question, "altro", other=" a giornata ").other == "a giornata"
    assert check(question, "si", other="a giornata").other == ""
    assert not check(question, "altro", required=False).wrongs


def test_a_half_done_page_may_miss_what_is_required_but_not_hold_what_is_wrong() -> None:
    assert check(FORM.question("lavoro").question, "", required=False) == check(FORM.question("perche").question, "")
    assert kept("tabella", {"casa": "mai"}, required=False) == {"casa": "mai"}
    assert wrong("quanti", "tanti", required=False)


def test_a_number_that_could_be_two_is_not_guessed() -> None:
    precise = FORM.question("ore").question.__class__(
        key="peso", kind="number", label=FORM.question("ore").question.label, decimals=3
    )
    assert "two ways" in check(precise, "1.234").wrongs[0].text
    assert check(precise, "1,234").value == 1.234
    assert check(precise, "1.234", language="en").value == 1.234
    assert check(precise, 1.234).value == 1.234


def test_a_pattern_cannot_hang_the_server() -> None:
    slow = FORM.question("cap").question.__class__(
        key="x", kind="text", label=FORM.question("cap").question.label, pattern="(a+)+"
    )
    assert check(slow, "a" * 400 + "b").wrongs


def test_a_page_keeps_what_is_right_beside_what_is_wrong() -> None:
    page = FORM.pages[0]
    given = {"lavoro": "si", "misure": ["agile"], "quanti": "molti", "voto": "7", "unknown": "x"}
    checked = check_page(FORM, page, given, {"cap": "20121", "voto": 3})
    assert checked.answers == {"lavoro": "si", "misure": ["agile"], "voto": 7, "cap": "20121"}
    assert [one.field for one in checked.wrongs] == ["quanti"]


def test_what_an_answer_of_the_same_page_hides_is_not_looked_at() -> None:
    checked = check_page(FORM, FORM.pages[0], {"lavoro": "no", "misure": ["boh"], "quanti": "x"}, {})
    assert (checked.answers, checked.wrongs) == ({"lavoro": "no"}, ())
    assert checked.unasked[:2] == ("misure", "quanti")


def test_changing_an_answer_drops_what_it_hides_on_later_pages() -> None:
    before = {"lavoro": "si", "voto": 3, "perche": "troppo lontano"}
    checked = check_page(FORM, FORM.pages[0], {"lavoro": "si", "voto": "8"}, before)
    assert checked.answers == {"lavoro": "si", "voto": 8}


def test_an_answer_taken_away_is_gone() -> None:
    assert check_page(FORM, FORM.pages[0], {"lavoro": "si", "voto": ""}, {"voto": 3}).answers == {"lavoro": "si"}


def test_each_time_of_a_group_has_its_sentences() -> None:
    given = {"tabella": {"casa": "mai", "sede": "mai"}, "figli": [{"eta": "3", "scuola": "nido"}, {}, {"eta": "99"}]}
    checked = check_page(FORM, FORM.pages[1], given, {"lavoro": "si"})
    assert [one.field for one in checked.wrongs] == ["figli.2.eta"]
    assert checked.answers["figli"] == [{"eta": 3, "scuola": "nido"}]
    empty = check_page(FORM, FORM.pages[1], {**given, "figli": []}, {"lavoro": "si"})
    assert [one.field for one in empty.wrongs] == ["figli.0.eta"]
    many = check_page(FORM, FORM.pages[1], {**given, "figli": [{"eta": "1"}] * 4}, {"lavoro": "si"})
    assert [one.field for one in many.wrongs] == ["figli"]


def test_what_is_still_wrong_is_told_with_its_page() -> None:
    assert [(page, one.field) for page, one in still_wrong(FORM, {"lavoro": "no"})] == [
        (1, "tabella.casa"),
        (1, "tabella.sede"),
    ]
    assert still_wrong(FORM, {"lavoro": "no", "tabella": {"casa": "mai", "sede": "mai"}}) == []


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([placed.question for placed in FORM.questions()]), JUNK, st.booleans())
def test_whatever_arrives_is_kept_in_shape_or_told(question: Any, junk: Any, required: bool) -> None:
    checked = check(question, junk, required=required)
    if checked.value is not None:
        again = check(question, checked.value, other=checked.other, required=required)
        assert (again.value, again.other, again.wrongs) == (checked.value, checked.other, ())
    for one in checked.wrongs:
        assert one.text % one.params
