"""Questions as fields of a page: what a template needs to write one, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contempo.questionnaires.rules.asking import Answers
from contempo.questionnaires.rules.checks.kinds import LONGEST_TEXT, scale_ends
from contempo.questionnaires.rules.document import OTHER, Document, Kind, Option, Question, Words
from contempo.questionnaires.rules.numbers import number_told
from contempo.questionnaires.rules.piping import Name, in_language, piped
from contempo.questionnaires.rules.typed import MOST_FILES, SHORT_TEXT


@dataclass(frozen=True)
class Choice:
    """One possible answer: `text` is what stands beside one with `other`."""

    value: str
    label: str
    id: str
    checked: bool = False
    other: bool = False
    text: str = ""
    exclusive: bool = False
    place: str = ""
    error: str = ""


@dataclass(frozen=True)
class FieldRow:
    """A row of a table of questions."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    error: str = ""


@dataclass(frozen=True)
class Kept:
    """A file attached before."""

    number: int
    name: str
    url: str


@dataclass(frozen=True)
class Field:
    """A question on a page. `name` is that of its control, `id` that of the first; `when` is its condition for the
    script (empty: always asked), `hidden` whether it is not asked now; `offered` are what an ambiguous name may mean.
    """

    kind: str
    key: str
    name: str
    id: str
    label: str
    help: str
    required: bool
    value: str = ""
    choices: tuple[Choice, ...] = ()
    rows: tuple[FieldRow, ...] = ()
    heads: tuple[str, ...] = ()
    offered: tuple[Choice, ...] = ()
    kept: tuple[Kept, ...] = ()
    unit: str = ""
    low: str = ""
    high: str = ""
    most: int | None = None
    long: bool = False
    decimal: bool = False
    error: str = ""
    other_error: str = ""
    when: str = ""
    hidden: bool = False

    @property
    def template(self) -> str:
        return f"questionnaires/answering/kinds/{self.kind}.html"

    @property
    def is_set(self) -> bool:
        """Whether it is a set of controls, which a fieldset holds together."""
        return self.kind in _SETS

    @property
    def described(self) -> str:
        """The ids of what describes the control."""
        parts = (f"{self.id}-help" if self.help else "", f"{self.id}-error" if self.error else "")
        return " ".join(part for part in parts if part)


_SETS = frozenset(
    {Kind.SINGLE.value, Kind.MULTIPLE.value, Kind.LIKERT.value, Kind.SCALE.value, Kind.MATRIX.value, Kind.RANKING.value}
)


@dataclass(frozen=True)
class Showing:
    """How the fields of one page are shown: `typed` are texts of names as written, `wrongs` sentences and `offered`
    possible meanings, all by name of field; `files` gives the address of an attached file.
    """

    document: Document
    language: str
    answers: Answers
    name: Name
    wrongs: Mapping[str, str]
    typed: Mapping[str, str]
    offered: Mapping[str, Sequence[tuple[str, str]]]
    files: Callable[[int], Kept | None]

    def words(self, words: Words, answers: Answers) -> str:
        return piped(words, self.document, answers, self.language, self.name)


def field(
    show: Showing,
    question: Question,
    values: Mapping[str, Any],
    *,
    prefix: str = "",
    when: str = "",
    hidden: bool = False,
) -> Field:
    """One question as a field. `values` are the answers it stands among (those of its time, in a group that repeats),
    as kept or as typed; `prefix` begins the name of its control.
    """
    name = f"{prefix}{question.key}"
    told = {**show.answers, **values} if prefix else values
    common: dict[str, Any] = {
        "kind": question.kind.value,
        "key": question.key,
        "name": name,
        "id": id_of(name),
        "label": show.words(question.label, told),
        "help": show.words(question.help, told),
        "required": question.required,
        "error": show.wrongs.get(name, ""),
        "when": when,
        "hidden": hidden,
    }
    made = _MADE.get(question.kind)
    return Field(**common, **(made(show, question, name, values) if made else {}))


def id_of(name: str) -> str:
    """The id of the first control of a field."""
    return "f-" + name.replace(".", "-")


def _choices(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    value = values.get(question.key)
    chosen = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    text = str(values.get(question.key + OTHER) or "")
    return {
        "choices": _options(show, question.options, name, chosen, text),
        "other_error": show.wrongs.get(name + OTHER, ""),
    }


def _options(
    show: Showing, options: Sequence[Option], name: str, chosen: Sequence[str], text: str = ""
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value=option.key,
            label=in_language(option.label, show.language),
            id=id_of(name) if not number else f"{id_of(name)}-{option.key}",
            checked=option.key in chosen,
            other=option.other,
            text=text if option.other else "",
            exclusive=option.exclusive,
        )
        for number, option in enumerate(options)
    )


def _scale(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    least, most = scale_ends(question)
    value = str(values.get(question.key, ""))
    return {
        "choices": tuple(
            Choice(str(step), str(step), id_of(name) if step == least else f"{id_of(name)}-{step}", value == str(step))
            for step in range(least, most + 1)
        ),
        "low": in_language(question.low, show.language),
        "high": in_language(question.high, show.language),
    }


def _matrix(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    given = values.get(question.key)
    given = given if isinstance(given, Mapping) else {}
    rows = []
    for number, row in enumerate(question.rows):
        control = f"{name}.{row.key}"
        choices = _options(show, question.options, control, [str(given.get(row.key, ""))])
        if not number and choices:
            choices = (Choice(**{**vars(choices[0]), "id": id_of(name)}), *choices[1:])
        label = in_language(row.label, show.language)
        rows.append(FieldRow(control, label, choices, show.wrongs.get(control, "")))
    return {"rows": tuple(rows), "heads": tuple(in_language(one.label, show.language) for one in question.options)}


def _ranking(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    given = values.get(question.key)
    if isinstance(given, Mapping):
        places = {str(key): str(place) for key, place in given.items()}
    else:
        places = {str(key): str(place) for place, key in enumerate(given or (), 1)}
    most = int(question.most) if question.most is not None else len(question.options)
    return {
        "choices": tuple(
            Choice(
                value=f"{name}.{option.key}",
                label=in_language(option.label, show.language),
                id=id_of(name) if not number else f"{id_of(name)}-{option.key}",
                place=places.get(option.key, ""),
                error=show.wrongs.get(f"{name}.{option.key}", ""),
            )
            for number, option in enumerate(question.options)
        ),
        "heads": tuple(str(place) for place in range(1, most + 1)),
    }


def _number(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    value = values.get(question.key, "")
    kept = isinstance(value, int | float)
    text = number_told(value, question.decimals, show.language) if kept else str(value or "")
    return {"value": text, "unit": question.unit, "decimal": bool(question.decimals)}


def _text(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    most = int(question.most) if question.most is not None else LONGEST_TEXT if question.long else SHORT_TEXT
    return {"value": str(values.get(question.key) or ""), "most": most, "long": question.long}


def _date(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": str(values.get(question.key) or "")}


def _named(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    value = values.get(question.key)
    text = show.typed.get(name)
    if text is None:
        text = show.name(question.kind, value) or str(value or "")
    offered = tuple(
        Choice(code, label, f"{id_of(name)}-{code}", str(value) == code) for code, label in show.offered.get(name, ())
    )
    return {"value": text, "offered": offered}


def _file(show: Showing, question: Question, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    numbers = [int(one) for one in values.get(question.key) or () if str(one).isdecimal()]
    kept = tuple(found for number in numbers if (found := show.files(number)) is not None)
    return {"kept": kept, "most": int(question.most) if question.most is not None else MOST_FILES}


_MADE: dict[Kind, Callable[[Showing, Question, str, Mapping[str, Any]], dict[str, Any]]] = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.LIKERT: _choices,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.RANKING: _ranking,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.MUNICIPALITY: _named,
    Kind.ORGANISATION: _named,
    Kind.FILE: _file,
}
