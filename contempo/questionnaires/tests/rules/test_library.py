"""The questionnaires of the library."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from contempo.questionnaires.rules.answers import still_wrong
from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.checking import problems
from contempo.questionnaires.rules.document import Kind, to_json
from contempo.questionnaires.rules.library import (
    KEYS,
    LibraryForm,
    free_key,
    library,
    library_form,
)
from contempo.questionnaires.rules.needs import NEED_LABELS
from contempo.questionnaires.rules.practices import YES, consent_question

FORMS = pytest.mark.parametrize("form", library(), ids=KEYS)
ENGLISH = re.compile(
    r"\b(smart|working|part[ -]time|flexible|feedback|team|survey|work|balance|caregivers?|online|the|and|of)\b",
    re.IGNORECASE,
)


def texts(kept: Any) -> Iterator[dict[str, str]]:
    if isinstance(kept, dict):
        if "it" in kept or "en" in kept:
            yield kept
        for part in kept.values():
            yield from texts(part)
    elif isinstance(kept, list):
        for part in kept:
            yield from texts(part)


@FORMS
def test_each_can_be_published_as_it_is(form: LibraryForm) -> None:
    assert problems(form.document) == []


@FORMS
def test_every_text_is_in_both_languages_and_no_english_is_left_in_italian(form: LibraryForm) -> None:
    for words in [*texts(to_json(form.document)), {"it": form.title.it, "en": form.title.en}, vars(form.about)]:
        assert words.get("it")
        assert words.get("en"), words
        assert not ENGLISH.search(words["it"]), words
        assert "'" not in words["it"] + words["en"], words


@FORMS
def test_sentences_are_short(form: LibraryForm) -> None:
    for words in texts(to_json(form.document)):
        for sentence in re.split(r"[.?!:;]", words["it"]):
            assert len(sentence.split()) < 25, sentence


@FORMS
def test_needs_have_the_names_the_network_shares(form: LibraryForm) -> None:
    tags = {one.tag for placed in form.document.questions() for one in placed.question.options if one.tag}
    assert tags
    assert tags <= set(NEED_LABELS)


@FORMS
def test_few_questions_must_be_answered(form: LibraryForm) -> None:
    first = {wrong.field for _, wrong in still_wrong(form.document, {})}
    assert 1 <= len(first) <= 8


def test_the_mapping_tells_for_whom_it_answers_and_what_may_be_published() -> None:
    document = library_form("mappatura").document
    assert document.question("organizzazione").question.measure == "unit"
    assert consent_question(document) == "consenso"
    assert YES & {one.key for one in document.question("consenso").question.options}


def test_satisfaction_and_productivity_are_read_by_the_network() -> None:
    document = library_form("soddisfazione-lavoro-agile").document
    measured = {one.question.measure: one.question.kind for one in document.questions() if one.question.measure}
    assert measured == {"satisfaction": Kind.SCALE, "productivity": Kind.LIKERT}


def test_who_does_no_agile_work_skips_how_it_goes() -> None:
    document = library_form("soddisfazione-lavoro-agile").document
    shown = [one.page.key for one in asked(document, {"giorni": "nessuno"}).pages]
    assert "pagina_esperienza" not in shown
    assert len(shown) == len(document.pages) - 1


def test_a_free_key_is_never_too_long() -> None:
    long = "a" * 40
    assert free_key(long, {long}) == "a" * 38 + "_2"
    assert free_key("b", {"a"}) == "b"
    with pytest.raises(KeyError):
        library_form("altro")
