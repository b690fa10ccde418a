"""What a questionnaire is made of, as kept in a version: pages, groups, questions.

`Document` is the typed form; `read` and `to_json` take it from and to what the database keeps. Keys are names: they
never change their meaning from a version to the next (`rules.versions`), and figures are told by them.

Answers of a response are one JSON object by key of question:

- `single`, `likert`: the key of the option; `multiple`: a list of them, in the order of the document; what was written
  at an option with `other` stands under `<key>.other`;
- `scale`: a whole number; `number`: a number with at most `decimals` places; `date`: `2026-11-20`; `text`: a text;
- `matrix`: an object, key of the row to key of the option; `ranking`: keys of options, the first the most important;
- `file`: a list of numbers of uploaded files; `municipality`: its ISTAT code; `organisation`: its number;
- a group that repeats: a list of such objects, under the key of the group.

What is missing has no key. What was not asked, because a condition said so, is in a list beside the answers, by key of
question (`<group>.<question>` is not used: a group that repeats is asked or not as a whole).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from contempo.core.words import N_

_STRICT = ConfigDict(extra="forbid", frozen=True)
OTHER = ".other"
"""What the key of the text beside an option with `other` ends with."""


class Kind(StrEnum):
    """The kinds of question."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    LIKERT = "likert"
    MATRIX = "matrix"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    RANKING = "ranking"
    FILE = "file"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    NOTE = "note"


KIND_LABELS: dict[str, str] = {
    Kind.SINGLE: N_("One answer among several"),
    Kind.MULTIPLE: N_("One or more answers"),
    Kind.SCALE: N_("Scale from 0 to 10"),
    Kind.LIKERT: N_("Degree of agreement or satisfaction"),
    Kind.MATRIX: N_("Table: the same answers for several rows"),
    Kind.NUMBER: N_("Number, with a unit"),
    Kind.TEXT: N_("Free text"),
    Kind.DATE: N_("Date"),
    Kind.RANKING: N_("Order of importance"),
    Kind.FILE: N_("File to attach"),
    Kind.MUNICIPALITY: N_("Municipality"),
    Kind.ORGANISATION: N_("Organisation of the network"),
    Kind.NOTE: N_("Text to read, without a question"),
}

CHOOSING = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.LIKERT, Kind.MATRIX, Kind.RANKING})
"""The kinds whose answers are options."""


class Op(StrEnum):
    """What a condition asks of an answer."""

    IS = "is"
    IS_NOT = "is_not"
    INCLUDES = "includes"
    EXCLUDES = "excludes"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"


@checked(config=_STRICT)
class Words:
    """A text side by side in Italian and English; the Italian holds where the other is empty."""

    it: str = ""
    en: str = ""


@checked(config=_STRICT)
class Option:
    """A possible answer: `score` is its value in means of a Likert scale; `other` asks for a text beside it;
    `exclusive` (“none of these”) stands alone; `tag` names a type of need that who chooses it has.
    """

    key: str
    label: Words
    other: bool = False
    exclusive: bool = False
    score: int | None = None
    tag: str = ""


@checked(config=_STRICT)
class Row:
    """A row of a matrix."""

    key: str
    label: Words


@checked(config=_STRICT)
class Test:
    """What a condition asks of the answer to an earlier question."""

    question: str
    op: Op
    value: str = ""


@checked(config=_STRICT)
class Condition:
    """Holds when every test does, or with `any` at least one."""

    tests: tuple[Test, ...]
    any: bool = False


@checked(config=_STRICT)
class Question:
    """One question. `least` and `most` bound a number, the ends of a scale (0 and 10), how many options may be chosen
    or put in order, or the characters of a text; `unit` is told beside a number; `decimals` its places.

    `measure` marks what figures of the network read by name (`satisfaction`, `productivity`): see `public`.
    """

    key: str
    kind: Kind
    label: Words
    help: Words = field(default_factory=Words)
    required: bool = False
    when: Condition | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    least: float | None = None
    most: float | None = None
    unit: str = ""
    decimals: int = 0
    pattern: str = ""
    long: bool = False
    low: Words = field(default_factory=Words)
    high: Words = field(default_factory=Words)
    measure: str = ""
    personal: bool = False


@checked(config=_STRICT)
class Group:
    """Questions that stand together; with `repeat` they are asked again, at most so many times (`each` names one)."""

    key: str
    label: Words
    questions: tuple[Question, ...]
    when: Condition | None = None
    repeat: int = 0
    each: Words = field(default_factory=Words)


@checked(config=_STRICT)
class Page:
    """What is shown at once: it is saved as a whole."""

    key: str
    title: Words
    items: tuple[Group | Question, ...]
    intro: Words = field(default_factory=Words)
    when: Condition | None = None


@checked(config=_STRICT)
class Document:
    """A whole questionnaire."""

    pages: tuple[Page, ...] = ()
    languages: tuple[str, ...] = ("it",)

    def questions(self) -> Iterator["Placed"]:
        """Every question with where it stands, in order."""
        for number, page in enumerate(self.pages):
            for item in page.items:
                if isinstance(item, Question):
                    yield Placed(item, page, None, number)
                else:
                    for question in item.questions:
                        yield Placed(question, page, item, number)

    def question(self, key: str) -> "Placed":
        """The question called `key`; KeyError when there is none."""
        for placed in self.questions():
            if placed.question.key == key:
                return placed
        raise KeyError(key)


@dataclass(frozen=True)
class Placed:
    """A question where it stands: `number` is that of its page, from 0."""

    question: Question
    page: Page
    group: Group | None
    number: int


_adapter: TypeAdapter[Document] = TypeAdapter(Document)


def read(kept: Mapping[str, Any]) -> Document:
    """The document kept as JSON. Raises ValueError, with the place, for what is none."""
    try:
        return _adapter.validate_python(kept)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error


def to_json(document: Document) -> dict[str, Any]:
    """What the database keeps of a document: without what is empty or usual."""
    kept: dict[str, Any] = _adapter.dump_python(document, mode="json", exclude_defaults=True)
    return kept
