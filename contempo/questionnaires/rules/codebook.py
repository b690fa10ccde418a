"""The columns of a data set: what each holds, how its values are written, what stands for what is missing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from contempo.core.words import N_
from contempo.questionnaires.rules.document import Group, Kind, Option, Placed, Question, Words

NOT_ASKED, NOT_ANSWERED, NOT_TOLD = -96, -97, -98
"""What stands in a labelled file for what a condition left out, what was left empty, and what is kept back."""

MISSING_LABELS: dict[int, str] = {
    NOT_ASKED: N_("Not asked"),
    NOT_ANSWERED: N_("Not answered"),
    NOT_TOLD: N_("Not told, so that nobody is recognised"),
}

FAR = -999_999_000
"""Taken from the codes of what is missing where a number could itself be one of them."""

LONGEST_NAME = 64
"""Letters of the longest name of a variable (SPSS)."""


class Form(StrEnum):
    """How a column holds its values."""

    CODE = "code"
    FLAG = "flag"
    PLACE = "place"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


FORM_LABELS: dict[str, str] = {
    Form.CODE: N_("one of the values"),
    Form.FLAG: N_("1 when chosen, 0 when not"),
    Form.PLACE: N_("place in the order, 1 the most important"),
    Form.WHOLE: N_("whole number"),
    Form.NUMBER: N_("number"),
    Form.DAY: N_("day"),
    Form.TEXT: N_("text"),
}


@dataclass(frozen=True)
class Value:
    """A value of a column: `code` in labelled files, `key` in the columns, `label` in words."""

    code: int
    key: str
    label: str


@dataclass(frozen=True)
class Variable:
    """A column of a data set. `column` is its name in the columns, `name` the one in files: the same unless it is too
    long for them. `question` is empty for what does not come from a question; `part` names the option or row.
    """

    name: str
    column: str
    label: str
    form: Form
    question: str = ""
    part: str = ""
    values: tuple[Value, ...] = ()
    unit: str = ""
    page: str = ""
    ordered: bool = False
    conditional: bool = False

    def missing(self, code: int) -> int:
        """The number that stands for a missing value of this column in labelled files."""
        return code + FAR if self.form == Form.NUMBER else code


Say = Callable[[Words], str]
"""A text in the language of the reader."""

LeftOut = Callable[[Question], bool]
"""Whether a data set has no column for a question."""


def variables(questions: Iterable[Placed], say: Say, *, left_out: LeftOut) -> tuple[Variable, ...]:
    """The columns of `questions` in order, without those of groups that repeat and those `left_out`."""
    found: list[Variable] = []
    for placed in questions:
        if not (placed.group and placed.group.repeat) and not left_out(placed.question):
            above = (placed.question, placed.group, placed.page)
            conditional = any(one is not None and one.when is not None for one in above)
            found += _of_question(placed.question, say, page=say(placed.page.title), conditional=conditional)
            found += _other(placed.question, say, page=say(placed.page.title), left_out=left_out)
    return named(found)


def group_variables(group: str, questions: Iterable[Placed], say: Say, *, left_out: LeftOut) -> tuple[Variable, ...]:
    """The columns of the group `group` that repeats: a row for each time it was answered."""
    found: list[Variable] = []
    for placed in questions:
        if placed.group and placed.group.key == group and not left_out(placed.question):
            page, conditional = say(placed.group.label), placed.question.when is not None
            found += _of_question(placed.question, say, page=page, conditional=conditional)
    return named(found)


def repeated(questions: Iterable[Placed]) -> tuple[Group, ...]:
    """The groups among `questions` that repeat, in order."""
    found = {placed.group.key: placed.group for placed in questions if placed.group and placed.group.repeat}
    return tuple(found.values())


def _other(question: Question, say: Say, *, page: str, left_out: LeftOut) -> Iterator[Variable]:
    """What was written at an option “other”: a free text, left out where those are."""
    written = Question(key=question.key, kind=Kind.TEXT, label=question.label)
    for option in question.options:
        if option.other and not left_out(written):
            label = f"{say(question.label)}: {say(option.label)}"
            name = f"o_{question.key}"
            yield Variable(name, name, label, Form.TEXT, question.key, part=option.key, page=page, conditional=True)
            return


def _of_question(question: Question, say: Say, *, page: str, conditional: bool) -> Iterator[Variable]:
    column, label = f"q_{question.key}", say(question.label)
    whole = Variable(
        column, column, label, Form.TEXT, question.key, unit=question.unit, page=page, conditional=conditional
    )
    match question.kind:
        case Kind.NOTE:
            return
        case Kind.SINGLE | Kind.LIKERT:
            values = _values(question.options, say)
            yield replace(whole, form=Form.CODE, values=values, ordered=question.kind == Kind.LIKERT)
        case Kind.MULTIPLE | Kind.RANKING:
            form = Form.FLAG if question.kind == Kind.MULTIPLE else Form.PLACE
            for option in question.options:
                yield _part(whole, form, option.key, say(option.label))
        case Kind.MATRIX:
            for row in question.rows:
                part = _part(whole, Form.CODE, row.key, say(row.label))
                yield replace(part, values=_values(question.options, say), ordered=True)
        case Kind.SCALE:
            ends = (
                (question.least or 0, say(question.low)),
                (10 if question.most is None else question.most, say(question.high)),
            )
            values = tuple(Value(int(end), str(int(end)), f"{int(end)}: {words}") for end, words in ends if words)
            yield replace(whole, form=Form.WHOLE, values=values, ordered=True)
        case Kind.NUMBER:
            yield replace(whole, form=Form.NUMBER)
        case Kind.DATE:
            yield replace(whole, form=Form.DAY)
        case Kind.FILE:
            yield replace(whole, form=Form.WHOLE)
        case Kind.TEXT | Kind.MUNICIPALITY | Kind.ORGANISATION:
            yield whole


def _part(whole: Variable, form: Form, key: str, label: str) -> Variable:
    column = f"{whole.column}__{key}"
    return replace(whole, name=column, column=column, label=f"{whole.label}: {label}", form=form, part=key)


def _values(options: Sequence[Option], say: Say) -> tuple[Value, ...]:
    return tuple(Value(code, option.key, say(option.label)) for code, option in enumerate(options, start=1))


def named(found: Sequence[Variable]) -> tuple[Variable, ...]:
    """The same columns, each with a name of its own whatever the case, no longer than `LONGEST_NAME`."""
    taken: set[str] = set()
    made = []
    for variable in found:
        name, number = variable.name[:LONGEST_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{variable.name[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        taken.add(name.lower())
        made.append(replace(variable, name=name))
    return tuple(made)
