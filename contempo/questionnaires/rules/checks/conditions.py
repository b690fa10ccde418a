"""What conditions may speak of: earlier questions, in ways that fit their kinds, and values they can have."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from contempo.core.words import N_
from contempo.questionnaires.rules.checks.kinds import scale_ends
from contempo.questionnaires.rules.checks.problem import Problem
from contempo.questionnaires.rules.document import Condition, Group, Kind, Op, Placed, Question, Test

_IS, _ORDER = frozenset({Op.IS, Op.IS_NOT}), frozenset({Op.AT_LEAST, Op.AT_MOST})
_INCLUDES, _ANSWERED = frozenset({Op.INCLUDES, Op.EXCLUDES}), frozenset({Op.ANSWERED, Op.NOT_ANSWERED})
OPS: dict[Kind, frozenset[Op]] = {
    Kind.SINGLE: _IS | _ANSWERED,
    Kind.MULTIPLE: _INCLUDES | _ANSWERED,
    Kind.SCALE: _IS | _ORDER | _ANSWERED,
    Kind.LIKERT: _IS | _ANSWERED,
    Kind.MATRIX: _ANSWERED,
    Kind.NUMBER: _IS | _ORDER | _ANSWERED,
    Kind.TEXT: _ANSWERED,
    Kind.DATE: _ORDER | _ANSWERED,
    Kind.RANKING: _INCLUDES | _ANSWERED,
    Kind.FILE: _ANSWERED,
    Kind.MUNICIPALITY: _IS | _ANSWERED,
    Kind.ORGANISATION: _ANSWERED,
    Kind.NOTE: frozenset(),
}
"""What a condition may ask of the answer to each kind of question."""

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_MUNICIPALITY = re.compile(r"\d{6}")


def condition_problems(
    where: str,
    condition: Condition | None,
    earlier: Mapping[str, Placed],
    every: Mapping[str, Placed],
    inside: Group | None,
) -> Iterator[Problem]:
    """What is wrong with the condition of a page, group or question `where`.

    `earlier` are the questions that stand before it; `inside` is the group it stands in, None for a page or a group.
    """
    if condition is None:
        return
    if not condition.tests:
        yield Problem(where, N_("The condition is empty: write what it asks, or take it off."), part="when")
    for at, test in enumerate(condition.tests):
        placed = every.get(test.question)
        if placed is None:
            yield _problem(where, N_("The condition speaks of “%(question)s”, which does not exist."), at, test, None)
        elif test.question not in earlier:
            text = N_("The condition speaks of “%(question)s”, which is asked later.")
            yield _problem(where, text, at, test, placed.question)
        elif placed.group is not None and placed.group.repeat and placed.group is not inside:
            text = N_("The condition speaks of “%(question)s”, which is asked several times, in a group.")
            yield _problem(where, text, at, test, placed.question)
        else:
            yield from _test_problems(where, at, test, placed.question)


def _test_problems(where: str, at: int, test: Test, question: Question) -> Iterator[Problem]:
    if test.op not in OPS[question.kind]:
        yield _problem(
            where, N_("What the condition asks does not fit the kind of “%(question)s”."), at, test, question
        )
    elif test.op in _ANSWERED:
        if test.value:
            text = N_("Whether “%(question)s” was answered needs no value: take it off.")
            yield _problem(where, text, at, test, question)
    elif not test.value:
        yield _problem(where, N_("The condition on “%(question)s” has no value yet."), at, test, question)
    elif not _has_value(question, test.value):
        yield _problem(where, N_("“%(value)s” is not a possible answer to “%(question)s”."), at, test, question)


def _has_value(question: Question, value: str) -> bool:
    match question.kind:
        case Kind.SINGLE | Kind.LIKERT | Kind.MULTIPLE | Kind.RANKING:
            return any(option.key == value for option in question.options)
        case Kind.SCALE:
            least, most = scale_ends(question)
            return value.isascii() and value.isdecimal() and least <= int(value) <= most
        case Kind.NUMBER:
            return bool(_NUMBER.fullmatch(value))
        case Kind.DATE:
            return _is_day(value)
        case _:
            return bool(_MUNICIPALITY.fullmatch(value))


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _problem(where: str, text: str, at: int, test: Test, question: Question | None) -> Problem:
    named = (question.label.it if question else "") or test.question
    return Problem(where, text, {"question": named, "value": test.value}, part="when", at=at)
