"""How the answers of a document stand in the columns of a table, both ways.

A question has one column, under its key; a matrix one for each row, `<key>__<row>`; a multiple choice one with all
that was chosen, parted by semicolons, and besides one of yes and no for each option, `<key>__<option>`, for files that
have those. What a table holds of a choice is the label of the option, or the text written beside “other”. Files and
groups that repeat are not in tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contempo.core.text import normalise
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.document import OTHER, Document, Kind, Option, Question

CHOSEN_ONE = frozenset({Kind.SINGLE, Kind.LIKERT})
BETWEEN = "; "
PART = "__"
_NOT_IN_TABLES = frozenset({Kind.FILE, Kind.NOTE})

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """A column: `part` is the row of a matrix, or the option of a multiple choice that is ticked or not."""

    question: Question
    part: str = ""
    label: str = ""

    @property
    def key(self) -> str:
        return f"{self.question.key}{PART}{self.part}" if self.part else self.question.key

    @property
    def ticked(self) -> bool:
        """Whether it holds yes or no for one option."""
        return bool(self.part) and self.question.kind == Kind.MULTIPLE


def cells(document: Document) -> Iterator[Cell]:
    """Every column the answers of a document may stand in, in order."""
    for placed in document.questions():
        question = placed.question
        if question.kind in _NOT_IN_TABLES or (placed.group is not None and placed.group.repeat):
            continue
        if question.kind == Kind.MATRIX:
            for row in question.rows:
                yield Cell(question, row.key, f"{question.label.it} [{row.label.it}]")
            continue
        yield Cell(question, "", question.label.it)
        if question.kind == Kind.MULTIPLE:
            for option in question.options:
                yield Cell(question, option.key, f"{question.label.it} [{option.label.it}]")


def option_meant(question: Question, text: str) -> tuple[Option, str]:
    """The option a text means, by its label in either language or its key, and the text beside it where it is “other”.

    Raises `Refusal` when it means none.
    """
    wanted = _plain(text)
    for option in question.options:
        if wanted in {_plain(option.label.it), _plain(option.label.en), _plain(option.key)} - {""}:
            return option, ""
    for option in question.options:
        if option.other:
            head, colon, beside = text.partition(":")
            return option, beside.strip() if colon and _plain(head) == _plain(option.label.it) else text.strip()
    raise Refusal(N_("“%(value)s” is none of the answers to this question."), value=text[:60])


def in_words(question: Question, option: Option, beside: str) -> str:
    """A choice as a table holds it."""
    label = option.label.it or option.key
    return f"{label}: {beside}" if beside else label


def canonical(cell: Cell, value: Any) -> Any:
    """What a value that was read stands for, always spelled the same. `Refusal` for one that stands for nothing."""
    question = cell.question
    if value is None or cell.ticked:
        return value
    if question.kind in CHOSEN_ONE or question.kind == Kind.MATRIX:
        return in_words(question, *option_meant(question, str(value)))
    if question.kind in (Kind.MULTIPLE, Kind.RANKING):
        chosen = [option_meant(question, part) for part in _parts(question, str(value))]
        if question.kind == Kind.MULTIPLE:
            places = [option.key for option in question.options]
            chosen.sort(key=lambda each: places.index(each[0].key))
        return BETWEEN.join(in_words(question, *each) for each in chosen)
    return value


def to_answers(document: Document, values: Values) -> dict[str, Any]:
    """The answers that the cells of a row hold, as responses keep them; what is empty is missing."""
    answers: dict[str, Any] = {}
    for cell in cells(document):
        value = values.get(cell.key)
        if value is not None:
            _put(answers, cell, value)
    for placed in document.questions():
        kept = answers.get(placed.question.key)
        if placed.question.kind == Kind.MULTIPLE and kept is not None:
            answers[placed.question.key] = [o.key for o in placed.question.options if o.key in kept]
    return answers


def to_cells(document: Document, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The cells in which answers stand; a multiple choice stands in both ways."""
    return {cell.key: _cell(cell, answers) for cell in cells(document)}


def _put(answers: dict[str, Any], cell: Cell, value: Any) -> None:
    question = cell.question
    if cell.ticked:
        chosen = answers.setdefault(question.key, [])
        if value and cell.part not in chosen:
            chosen.append(cell.part)
    elif question.kind == Kind.MATRIX:
        answers.setdefault(question.key, {})[cell.part] = option_meant(question, str(value))[0].key
    elif question.kind in CHOSEN_ONE:
        option, beside = option_meant(question, str(value))
        answers[question.key] = option.key
        if beside:
            answers[f"{question.key}{OTHER}"] = beside
    elif question.kind in (Kind.MULTIPLE, Kind.RANKING):
        answers[question.key] = []
        for part in _parts(question, str(value)):
            option, beside = option_meant(question, part)
            if option.key not in answers[question.key]:
                answers[question.key].append(option.key)
            if beside:
                answers[f"{question.key}{OTHER}"] = beside
    elif isinstance(value, date):
        answers[question.key] = value.isoformat()
    elif isinstance(value, Decimal):
        answers[question.key] = int(value) if value == value.to_integral_value() else float(value)
    else:
        answers[question.key] = value


def _cell(cell: Cell, answers: Mapping[str, Any]) -> Any:
    question, answer = cell.question, answers.get(cell.question.key)
    if answer is None:
        return None
    if cell.ticked:
        return cell.part in answer
    beside = str(answers.get(f"{question.key}{OTHER}", ""))
    if question.kind == Kind.MATRIX:
        answer = answer.get(cell.part)
        return None if answer is None else _words_of(question, answer, "")
    if question.kind in CHOSEN_ONE:
        return _words_of(question, answer, beside)
    if question.kind in (Kind.MULTIPLE, Kind.RANKING):
        return BETWEEN.join(_words_of(question, each, beside) for each in answer) or None
    if question.kind == Kind.DATE:
        return date.fromisoformat(answer)
    if question.kind == Kind.NUMBER:
        return Decimal(str(answer))
    return answer


def _words_of(question: Question, key: str, beside: str) -> str:
    option = next((each for each in question.options if each.key == key), None)
    return key if option is None else in_words(question, option, beside if option.other else "")


def _parts(question: Question, text: str) -> list[str]:
    """What was chosen, where one cell holds it all: parted by semicolons, bars or lines; by commas where no label has
    one.
    """
    text = text.replace("\n", ";").replace("|", ";")
    labels: Iterable[str] = (option.label.it + option.label.en for option in question.options)
    if ";" not in text and not any("," in label for label in labels):
        text = text.replace(",", ";")
    return [part.strip() for part in text.split(";") if part.strip()]


def _plain(text: str) -> str:
    return " ".join(normalise(text).replace("_", " ").split())
