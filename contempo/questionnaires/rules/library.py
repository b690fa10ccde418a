"""The library: questionnaires ready to be taken and changed.

Each is a JSON file beside the code (`data/<key>.json`), in Italian and English.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources

from contempo.questionnaires.rules.document import Document, Kind, Words, read
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
