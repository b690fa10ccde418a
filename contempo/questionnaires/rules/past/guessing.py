"""What the columns of a table seem to ask, and the questionnaire that a person makes of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from contempo.core.text import normalise, slugify
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.checking import problems, refused
from contempo.questionnaires.rules.checks.problem import KEY_LENGTH
from contempo.questionnaires.rules.document import Document, Kind, Option, Page, Question, Words
from contempo.questionnaires.rules.past import about
from contempo.questionnaires.rules.past.cells import PART

MOST_VALUES = 12
"""Different values up to which a column is taken for a choice."""
ON_A_PAGE = 10


class Use(StrEnum):
    """What a column is: a question of some kind, or something that the table knows of who answered."""

    LEFT_OUT = "left_out"
    NUMBER_OF = "number_of"
    COMPLETED = "completed"
    SINGLE = "single"
    LIKERT = "likert"
    MULTIPLE = "multiple"
    TICKED = "ticked"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    MUNICIPALITY = "municipality"
    TEXT = "text"
    OF_KIND = "of_kind"
    OF_SIZE = "of_size"
    OF_PLACE = "of_place"
    OF_GROUP = "of_group"


USE_LABELS: dict[str, str] = {
    Use.LEFT_OUT: N_("Leave it out"),
    Use.SINGLE: N_("Question: one answer among several"),
    Use.LIKERT: N_("Question: degrees, from the least to the most"),
    Use.MULTIPLE: N_("Question: several answers in one cell"),
    Use.TICKED: N_("One option of a question with several answers: yes or no"),
    Use.SCALE: N_("Question: scale from 0 to 10"),
    Use.NUMBER: N_("Question: number"),
    Use.DATE: N_("Question: date"),
    Use.MUNICIPALITY: N_("Question: municipality"),
    Use.TEXT: N_("Question: free text"),
    Use.NUMBER_OF: N_("Number of the response"),
    Use.COMPLETED: N_("Day on which it was completed"),
    Use.OF_KIND: N_("Of who answered: kind of organisation"),
    Use.OF_SIZE: N_("Of who answered: size class"),
    Use.OF_PLACE: N_("Of who answered: municipality"),
    Use.OF_GROUP: N_("Of who answered: group"),
}

ATTRIBUTES: dict[str, str] = {
    Use.NUMBER_OF: about.NUMBER,
    Use.COMPLETED: about.COMPLETED,
    Use.OF_KIND: about.KIND,
    Use.OF_SIZE: about.SIZE,
    Use.OF_PLACE: about.MUNICIPALITY,
    Use.OF_GROUP: about.STRATUM,
}
"""The fields of a table that are no questions."""

CHOICES = frozenset({Use.SINGLE, Use.LIKERT, Use.MULTIPLE})

_YES_NO = frozenset({"si", "no", "yes", "1", "0", "x", "vero", "falso", "true", "false"})
_WHOLE = re.compile(r"-?\d{1,12}")
_NUMBER = re.compile(r"-?\d{1,12}([.,]\d+)?")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}( 00:00(:00)?)?")
_IDENTITY = frozenset({"id", "numero", "n", "codice", "id risposta", "response id"})
_TIMES = frozenset({"data", "data di compilazione", "data di invio", "informazioni cronologiche", "submitdate", "date"})
_BRACKETS = re.compile(r"(?P<question>.+?)\s*\[(?P<option>.+)\]\s*")


@dataclass(frozen=True)
class Column:
    """A column as a person says what it is: `label` words the question, `options` are values and their labels."""

    number: int
    head: str
    use: Use
    label: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Made:
    """A questionnaire made of a table, and the column of each of its fields."""

    document: Document
    mapping: dict[str, int]


def guessed(number: int, head: str, values: Sequence[str]) -> Column:
    """What a column with these values (as a person sees them, empty ones left out) seems to be."""
    use, plain = _use(normalise(head).strip(), head, values), head.strip()
    options: tuple[tuple[str, str], ...] = ()
    if use == Use.MULTIPLE:
        found = {part.strip() for value in values for part in value.split(";") if part.strip()}
        options = tuple((value, value) for value in sorted(found))
    elif use in CHOICES:
        options = tuple((value, value) for value in sorted(set(values), key=_in_order))
    return Column(number, head, use, plain, options)


def _use(name: str, head: str, values: Sequence[str]) -> Use:
    different = set(values)
    if not different:
        return Use.LEFT_OUT
    if name in _IDENTITY and len(different) == len(values):
        return Use.NUMBER_OF
    if all(_DATE.fullmatch(value) for value in different):
        return Use.COMPLETED if name in _TIMES else Use.DATE
    if _BRACKETS.fullmatch(head) and {normalise(value) for value in different} <= _YES_NO:
        return Use.TICKED
    if name in ("comune", "municipality", "citta"):
        return Use.MUNICIPALITY
    if all(_WHOLE.fullmatch(value) for value in different):
        numbers = {int(value) for value in different}
        if min(numbers) >= 0 and max(numbers) <= 10 and len(numbers) > 2:
            return Use.SCALE
        return Use.SINGLE if numbers == {0, 1} else Use.NUMBER
    if all(_NUMBER.fullmatch(value) for value in different):
        return Use.NUMBER
    parts = {part.strip() for value in different for part in value.split(";")}
    if any(";" in value for value in different) and len(parts) <= 3 * MOST_VALUES:
        return Use.MULTIPLE
    repeated = len(values) > len(different) or len(values) <= 3
    # One value is no choice: what was left empty may have meant anything.
    return Use.SINGLE if 2 <= len(different) <= MOST_VALUES and repeated else Use.TEXT


def _in_order(value: str) -> tuple[bool, float, str]:
    return (False, float(value), "") if _WHOLE.fullmatch(value) else (True, 0, value)


_KINDS = {
    Use.SINGLE: Kind.SINGLE,
    Use.LIKERT: Kind.LIKERT,
    Use.MULTIPLE: Kind.MULTIPLE,
    Use.SCALE: Kind.SCALE,
    Use.NUMBER: Kind.NUMBER,
    Use.DATE: Kind.DATE,
    Use.MUNICIPALITY: Kind.MUNICIPALITY,
    Use.TEXT: Kind.TEXT,
}


def made(columns: Sequence[Column]) -> Made:
    """The questionnaire of a table, ten questions a page, and the column of each field.

    Raises `Refusal` when nothing is asked, a thing is told by two columns, or the questionnaire would not do.
    """
    mapping: dict[str, int] = {}
    questions: list[Question] = []
    taken: set[str] = set()
    for column in columns:
        if (attribute := ATTRIBUTES.get(column.use)) is not None:
            if attribute in mapping:
                raise Refusal(N_("Two columns say the same thing: “%(head)s”."), head=column.head)
            mapping[attribute] = column.number
        elif column.use == Use.TICKED:
            _tick(column, questions, mapping, taken)
        elif column.use != Use.LEFT_OUT:
            question = _question(column, taken)
            questions.append(question)
            mapping[question.key] = column.number
    document = Document(pages=_pages(questions))
    if wrong := refused(problems(document)):
        raise Refusal(wrong[0].text, field=None, **wrong[0].params)
    return Made(document, mapping)


def _pages(questions: Sequence[Question]) -> tuple[Page, ...]:
    return tuple(
        Page(
            key=f"page_{number + 1}",
            title=Words(it=f"Parte {number + 1}", en=f"Part {number + 1}"),
            items=tuple(questions[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]),
        )
        for number in range(-(-len(questions) // ON_A_PAGE))
    )


def _question(column: Column, taken: set[str]) -> Question:
    kind = _KINDS[column.use]
    options: list[Option] = []
    keys: set[str] = set()
    for place, (value, label) in enumerate(column.options if column.use in CHOICES else (), start=1):
        score = place if kind == Kind.LIKERT else None
        options.append(Option(key=_key(value, keys, "o"), label=Words(it=label or value), score=score))
    is_scale = kind == Kind.SCALE
    decimals = 6 if kind == Kind.NUMBER else 0
    return Question(
        key=_key(column.label or column.head, taken, "q"),
        kind=kind,
        label=Words(it=column.label or column.head),
        options=tuple(options),
        decimals=decimals,
        least=0 if is_scale else None,
        most=10 if is_scale else None,
    )


def _tick(column: Column, questions: list[Question], mapping: dict[str, int], taken: set[str]) -> None:
    """One more option of the question before, when that is of the same name; else the first of a new one."""
    parts = _BRACKETS.fullmatch(column.label or column.head)
    name, label = (parts["question"], parts["option"]) if parts else (column.head, column.label or column.head)
    last = questions[-1] if questions else None
    if last is None or last.kind != Kind.MULTIPLE or last.label.it != name:
        last = Question(key=_key(name, taken, "q"), kind=Kind.MULTIPLE, label=Words(it=name))
        questions.append(last)
    option = Option(key=_key(label, {each.key for each in last.options}, "o"), label=Words(it=label))
    questions[-1] = replace(last, options=(*last.options, option))
    mapping[f"{last.key}{PART}{option.key}"] = column.number


def _key(text: str, taken: set[str], first: str) -> str:
    """A key out of a text, not yet taken; those of questions begin with a letter."""
    plain = slugify(text).replace("-", "_")[: KEY_LENGTH - 8].strip("_")
    plain = re.sub(r"_+", "_", plain)
    if not plain or (first == "q" and not plain[0].isalpha()):
        plain = f"{first}_{plain}".strip("_")
    wanted, number = plain, 2
    while wanted in taken:
        wanted, number = f"{plain}_{number}", number + 1
    taken.add(wanted)
    return wanted
