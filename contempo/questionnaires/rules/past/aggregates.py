"""Figures of a survey of which single responses no longer exist. They are told as they were found, and never added to
others.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contempo.core.text import normalise
from contempo.questionnaires.rules.document import Document

EVERYBODY = "*"
"""What a file writes for the group of all who were asked."""


def labels(document: Document) -> dict[str, tuple[str, Mapping[str, str]]]:
    """The words of each question and of its options, by their keys."""
    return {
        placed.question.key: (
            placed.question.label.it,
            {option.key: option.label.it for option in placed.question.options},
        )
        for placed in document.questions()
    }


def question_meant(document: Document, text: str) -> str:
    """The key of the question a text means, by key or words in either language; the text itself when it means none."""
    wanted = _plain(text)
    for placed in document.questions():
        question = placed.question
        if wanted in {_plain(question.key), _plain(question.label.it), _plain(question.label.en)} - {""}:
            return question.key
    return text


def option_meant(document: Document, question: str, text: str) -> str:
    """The key of the option of a question that a text means; the text itself when it means none."""
    wanted = _plain(text)
    for placed in document.questions():
        if placed.question.key == question:
            for option in placed.question.options:
                if wanted in {_plain(option.key), _plain(option.label.it), _plain(option.label.en)} - {""}:
                    return option.key
    return text


def same_base(rows: Iterable[tuple[int, str, str, int]]) -> Iterator[tuple[int, int]]:
    """Of rows (line, question, group, base) those whose base is not the first of their question and group, with it."""
    first: dict[tuple[str, str], int] = {}
    for line, question, group, base in rows:
        if first.setdefault((question, group), base) != base:
            yield line, first[question, group]


@dataclass(frozen=True)
class Figure:
    """How often one answer was given in a group of `base`; `share` is in percent, None where nobody was asked."""

    group: str
    option: str
    count: int
    base: int

    @property
    def share(self) -> float | None:
        return round(100 * self.count / self.base, 1) if self.base else None


def _plain(text: str) -> str:
    return " ".join(normalise(text).replace("_", " ").split())
