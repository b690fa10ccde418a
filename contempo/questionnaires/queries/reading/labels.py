"""What variables of tables and their values are called, in the language of the reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

from contempo.questionnaires.queries.reading.names import (
    CHANNEL,
    answer_names,
    attribute_label,
    attribute_names,
    language,
    say,
)
from contempo.questionnaires.queries.reading.opening import CODES
from contempo.questionnaires.rules.document import Kind, Question
from contempo.questionnaires.rules.tables import Book, Filter, Source, Variable


@dataclass
class Labels:
    """Names of variables and values of one questionnaire; those that need SQL are looked up once."""

    book: Book
    _known: dict[Variable, dict[str, str]] = field(default_factory=dict)

    def variable(self, variable: Variable) -> str:
        """The text of a question, with the row or option it is about; the name of an attribute."""
        question = self.book.question(variable)
        if question is None:
            return attribute_label(CHANNEL if variable.source == Source.CHANNEL else variable.key)
        label = say(question.label)
        if variable.key.endswith(CODES):
            return _("%(question)s – codes") % {"question": label}
        return f"{label} – {self.part(question, variable.part)}" if variable.part else label

    def part(self, question: Question, part: str) -> str:
        """The row of a matrix, or the option of a ranking."""
        named = {row.key: say(row.label) for row in question.rows} or {
            option.key: say(option.label) for option in question.options
        }
        return named.get(part, part)

    def values(self, variable: Variable, keys: Iterable[str]) -> dict[str, str]:
        """What the values `keys` are called. At most one SQL, for municipalities and organisations not yet known."""
        known = self._known.setdefault(variable, {})
        if missing := [key for key in dict.fromkeys(keys) if key not in known]:
            known |= self._named(variable, missing)
        return known

    def _named(self, variable: Variable, keys: Sequence[str]) -> dict[str, str]:
        question = self.book.question(variable)
        if question is None:
            name = CHANNEL if variable.source == Source.CHANNEL else variable.key
            return {"": _("not known")} | attribute_names(name, keys)
        match question.kind:
            case Kind.RANKING:
                return {key: place(key) for key in keys}
            case Kind.DATE:
                return {key: month(key) for key in keys}
            case Kind.MUNICIPALITY | Kind.ORGANISATION:
                found = {str(key): name for key, name in answer_names(question.kind, keys).items()}
                return {key: found.get(key, key) for key in keys}
            case Kind.SCALE | Kind.NUMBER:
                return {key: key.removesuffix(".0") for key in keys}
        options = {option.key: say(option.label) for option in question.options}
        return {key: options.get(key, key) for key in keys}

    def filter(self, one: Filter) -> str:
        """What a filter asks for, in words."""
        if one.values:
            called = self.values(one.variable, one.values)
            return _(" or ").join(called[value] for value in one.values)
        ends = {"least": _number(one.least), "most": _number(one.most)}
        if one.least is None:
            return _("up to %(most)s") % ends
        return _("from %(least)s") % ends if one.most is None else _("from %(least)s to %(most)s") % ends


def place(key: str) -> str:
    """A place in an order."""
    if key == "0":
        return _("not put in the order")
    return _("in place %(place)s") % {"place": key}


def month(key: str) -> str:
    """`2026-11` as `novembre 2026`."""
    try:
        return format_date(date.fromisoformat(f"{key}-01"), "MMMM y", locale=language())
    except ValueError:
        return key


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
