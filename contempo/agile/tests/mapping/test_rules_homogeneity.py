"""Which titles are the same activity, and where its assessments part."""

import pytest

from contempo.agile.rules.mapping import Answer, Met, contrast, title_key

YES, PARTLY, NO = Answer(Met.YES), Answer(Met.PARTLY, "a"), Answer(Met.NO, "b")


@pytest.mark.parametrize(
    "title",
    ["Gestione dell’attività", "gestione  dell'attivita", "GESTIONE DELL’ATTIVITÀ.", "Gestione dell’attività (!)"],
)
def test_case_accents_apostrophes_punctuation_and_spaces_do_not_count(title: str) -> None:
    assert title_key(title) == "gestione dell attivita"


def test_other_words_are_another_activity() -> None:
    assert title_key("Rilascio carte") != title_key("Rilascio delle carte")


def test_the_key_of_a_long_title_fits_its_column() -> None:
    assert len(title_key("½ " * 150)) <= 200


def test_the_same_result_with_the_same_answers_is_no_contrast() -> None:
    assert not contrast([("partly", 1, {"a": YES, "b": PARTLY}), ("partly", 1, {"a": YES, "b": PARTLY})]).any


def test_a_different_result_is_a_contrast_and_says_on_which_criteria() -> None:
    found = contrast([("remote", 1, {"a": YES, "b": YES}), ("partly", 1, {"a": YES, "b": NO})])
    assert (found.results, found.criteria) == (True, ("b",))


def test_the_same_result_by_other_answers_is_a_contrast_too() -> None:
    found = contrast([("partly", 1, {"a": PARTLY, "b": YES}), ("partly", 1, {"a": YES, "b": PARTLY})])
    assert (found.results, found.criteria) == (False, ("a", "b"))


def test_answers_under_other_criteria_are_not_compared() -> None:
    assert not contrast([("partly", 1, {"a": PARTLY}), ("partly", 2, {"a": YES})]).any
