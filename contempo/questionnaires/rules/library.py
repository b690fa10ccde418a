"""The library: questionnaires ready to be taken and changed, and their questions one by one.

Each is a JSON file beside the code (`data/<key>.json`), in Italian and English.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from contempo.questionnaires.rules.document import Document, Kind, Placed, Question, Words, read
from contempo.questionnaires.rules.states import Purpose

KEYS = ("mappatura", "soddisfazione-lavoro-agile", "bisogni")
"""The questionnaires of the library, in the order in which they are shown."""

_LONGEST_KEY = 40


@dataclass(frozen=True)
class LibraryForm:
    """A questionnaire of the library: `about` tells whom it is for and what it finds out."""

    key: str
    title: Words
    about: Words
    purpose: Purpose
    document: Document

    @property
    def questions(self) -> int:
        """How many questions it asks, texts to read apart."""
        return sum(placed.question.kind != Kind.NOTE for placed in self.document.questions())


@cache
def library() -> tuple[LibraryForm, ...]:
    """Every questionnaire of the library."""
    return tuple(_read(key) for key in KEYS)


def library_form(key: str) -> LibraryForm:
    """The questionnaire called `key`. Raises KeyError when there is none."""
    for form in library():
        if form.key == key:
            return form
    raise KeyError(key)


def library_questions() -> tuple[tuple[LibraryForm, Placed], ...]:
    """Every single question of the library that can be copied, with where it stands; texts to read are left out."""
    return tuple(
        (form, placed)
        for form in library()
        for placed in form.document.questions()
        if placed.question.kind != Kind.NOTE
    )


def copied(question: Question, taken: Collection[str]) -> Question:
    """A question as it is copied into another questionnaire whose keys are `taken`: with a free key and without its
    condition, which speaks of questions left behind.
    """
    return replace(question, key=free_key(question.key, taken), when=None)


def free_key(key: str, taken: Collection[str]) -> str:
    """`key`, or the first of `key_2`, `key_3` … that is not taken."""
    number, free = 1, key
    while free in taken:
        number += 1
        tail = f"_{number}"
        free = key[: _LONGEST_KEY - len(tail)].rstrip("_") + tail
    return free


def _read(key: str) -> LibraryForm:
    text = resources.files("contempo.questionnaires").joinpath(f"data/{key}.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    return LibraryForm(
        key, Words(**kept["title"]), Words(**kept["about"]), Purpose(kept["purpose"]), read(kept["document"])
    )
