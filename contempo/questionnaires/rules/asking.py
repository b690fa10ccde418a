"""Which pages, groups and questions are asked, given the answers so far.

A condition needs an answer to speak of: of a question that was not asked, or not answered, only `not_answered` holds.
So “is not” and “does not include” never hold for who said nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contempo.questionnaires.rules.document import (
    OTHER,
    Condition,
    Document,
    Group,
    Kind,
    Op,
    Page,
    Question,
    Test,
)

Answers = Mapping[str, Any]
"""Answers by key, in the shape told in `rules.document`."""


@dataclass(frozen=True)
class ShownGroup:
    """A group that is asked. Of one that repeats `questions` are all it has: which of them are asked each time is
    told by `asked_each`.
    """

    group: Group
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class ShownPage:
    """A page that is asked: `number` is its place in the document, from 0."""

    page: Page
    number: int
    items: tuple[ShownGroup | Question, ...]

    def questions(self) -> tuple[Question, ...]:
        """The questions asked on the page, in order, those of groups that repeat included."""
        found: list[Question] = []
        for item in self.items:
            found.extend(item.questions if isinstance(item, ShownGroup) else (item,))
        return tuple(found)


@dataclass(frozen=True)
class Asked:
    """What is asked: `unasked` are the keys of questions, and of groups that repeat, left out by a condition, in
    order; `answers` is what may be kept: without answers to what is not asked, and to what does not exist.
    """

    pages: tuple[ShownPage, ...]
    unasked: tuple[str, ...]
    answers: dict[str, Any]

    def page(self, key: str) -> ShownPage | None:
        """The page called `key`, None when it is not asked."""
        return next((shown for shown in self.pages if shown.page.key == key), None)

    def after(self, number: int) -> ShownPage | None:
        """The first page asked after the `number`-th of the document (-1: the first of all)."""
        return next((shown for shown in self.pages if shown.number > number), None)

    def before(self, number: int) -> ShownPage | None:
        """The last page asked before the `number`-th of the document."""
        return next((shown for shown in reversed(self.pages) if shown.number < number), None)


def asked(document: Document, answers: Answers, *, until: int | None = None) -> Asked:
    """What is asked to who gave `answers`; with `until` only on the pages before that one. A page of which nothing is
    asked is not shown.

    Conditions speak of what stands before them, so one pass in the order of the document is enough; answers dropped
    on the way are not seen by later conditions.
    """
    kept: dict[str, Any] = {}
    unasked: list[str] = []
    pages: list[ShownPage] = []
    for number, page in enumerate(document.pages[:until]):
        open_page = holds(page.when, kept)
        items: list[ShownGroup | Question] = []
        for item in page.items:
            if isinstance(item, Question):
                if _taken(item, open_page, answers, kept, unasked):
                    items.append(item)
            elif shown := _group(item, open_page, answers, kept, unasked):
                items.append(shown)
        if open_page and (items or not page.items):
            pages.append(ShownPage(page, number, tuple(items)))
    return Asked(tuple(pages), tuple(unasked), kept)


def asked_each(group: Group, answers: Answers, one: Answers) -> tuple[Question, ...]:
    """Which questions of a group that repeats are asked for `one` of its times, `answers` being all the others."""
    kept = dict(answers)
    found: list[Question] = []
    for question in group.questions:
        if holds(question.when, kept):
            found.append(question)
            _take(question, one, kept)
    return tuple(found)


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether a condition holds for the answers kept so far; none always does."""
    if condition is None or not condition.tests:
        return True
    combine: Callable[[Sequence[bool]], bool] = any if condition.any else all
    return combine([_test_holds(test, answers) for test in condition.tests])


def _group(
    group: Group, open_page: bool, answers: Answers, kept: dict[str, Any], unasked: list[str]
) -> ShownGroup | None:
    """The group as it is shown; what it keeps and leaves out is added to `kept` and `unasked`."""
    is_open = open_page and holds(group.when, kept)
    if not group.repeat:
        shown = tuple(one for one in group.questions if _taken(one, is_open, answers, kept, unasked))
        return ShownGroup(group, shown) if shown else None
    if not is_open:
        unasked.append(group.key)
        unasked.extend(one.key for one in group.questions if one.kind != Kind.NOTE)
        return None
    times = [_kept_each(group, kept, one) for one in _times(answers.get(group.key))]
    if filled := [one for one in times if one]:
        kept[group.key] = filled
    return ShownGroup(group, group.questions)


def _times(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def _kept_each(group: Group, answers: Answers, one: Answers) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for question in asked_each(group, answers, one):
        _take(question, one, kept)
    return kept


def _taken(question: Question, is_open: bool, answers: Answers, kept: dict[str, Any], unasked: list[str]) -> bool:
    if is_open and holds(question.when, kept):
        _take(question, answers, kept)
        return True
    if question.kind != Kind.NOTE:
        unasked.append(question.key)
    return False


def _take(question: Question, answers: Answers, kept: dict[str, Any]) -> None:
    value = answers.get(question.key)
    if question.kind == Kind.NOTE or is_missing(value):
        return
    kept[question.key] = value
    other = answers.get(question.key + OTHER)
    if other and chose_other(question, value):
        kept[question.key + OTHER] = other


def is_missing(value: Any) -> bool:
    """Whether a kept value is no answer: nothing, an empty text, list or object. Zero is an answer."""
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)


def chose_other(question: Question, value: Any) -> bool:
    """Whether an answer chooses the option beside which a text is written."""
    chosen = value if isinstance(value, list | tuple) else (value,)
    return any(option.other and option.key in chosen for option in question.options)


def _test_holds(test: Test, answers: Answers) -> bool:
    value = answers.get(test.question)
    if is_missing(value):
        return test.op == Op.NOT_ANSWERED
    match test.op:
        case Op.ANSWERED:
            return True
        case Op.NOT_ANSWERED:
            return False
        case Op.IS:
            return _same(value, test.value)
        case Op.IS_NOT:
            return not _same(value, test.value)
        case Op.INCLUDES:
            return isinstance(value, list | tuple) and test.value in value
        case Op.EXCLUDES:
            return isinstance(value, list | tuple) and test.value not in value
        case Op.AT_LEAST:
            return (order := _order(value, test.value)) is not None and order >= 0
        case Op.AT_MOST:
            return (order := _order(value, test.value)) is not None and order <= 0


def _same(value: Any, wanted: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _order(value, wanted) == 0
    return str(value) == wanted


def _order(value: Any, wanted: str) -> int | None:
    """-1, 0 or 1 as the answer is less, equal or more than `wanted`; None when they cannot be compared."""
    try:
        if isinstance(value, str):
            day, other_day = date.fromisoformat(value), date.fromisoformat(wanted)
            return (day > other_day) - (day < other_day)
        number, other_number = float(value), float(wanted)
    except (TypeError, ValueError):
        return None
    return (number > other_number) - (number < other_number)
