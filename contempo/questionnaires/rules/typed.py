"""What was typed as an answer, read by the kind of its question."""

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.checks.kinds import LONGEST_TEXT, scale_ends
from contempo.questionnaires.rules.document import Kind, Option, Question
from contempo.questionnaires.rules.numbers import bound_told, read_number
from contempo.questionnaires.rules.patterns import fits

SHORT_TEXT = 500
MOST_FILES = 5
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_YEARS = range(1900, 2101)
_UNSEEN = frozenset({"Cc", "Cs"})
_WHOLE = re.compile(r"\d{1,18}")


@dataclass(frozen=True)
class Wrong:
    """A sentence to tell beside `field`: a message id with its parameters."""

    field: str
    text: str
    params: dict[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What exists outside the questionnaire: codes of municipalities, numbers of organisations and of uploaded files.
    None takes whatever is well formed.
    """

    municipalities: Container[str] | None = None
    organisations: Container[int] | None = None
    files: Container[int] | None = None


Read = tuple[Any, tuple[Wrong, ...]]
"""What is kept (None for nothing), or what is wrong."""


class _No(Exception):
    def __init__(self, text: str, /, field: str = "", **params: object) -> None:
        super().__init__(text)
        self.text, self.field, self.params = text, field, params


def value_of(question: Question, value: Any, *, required: bool, language: str, known: Known) -> Read:
    """What is kept of a typed answer, or what is wrong with it. An empty one is None and right."""
    try:
        return _READERS[question.kind](_Given(question, value, required, language, known)), ()
    except _No as no:
        return None, (Wrong(no.field or question.key, no.text, no.params),)
    except Refusal as refusal:
        return None, (Wrong(question.key, refusal.reason, refusal.params),)
    except _Several as several:
        return None, several.wrongs


def clean_text(value: Any) -> str:
    """A text without characters that cannot be seen or kept, with plain line ends, trimmed; empty for anything else."""
    if not isinstance(value, str):
        return ""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in _UNSEEN).strip()


@dataclass(frozen=True)
class _Given:
    question: Question
    value: Any
    required: bool
    language: str
    known: Known

    @property
    def one(self) -> str:
        """The value as one text: numbers kept before are written plainly, of a list of one the one."""
        value = self.value
        if isinstance(value, list | tuple):
            value = value[0] if len(value) == 1 else ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:d}" if isinstance(value, int) else f"{Decimal(repr(value)):f}"
        return " ".join(clean_text(value).split())

    @property
    def several(self) -> list[str]:
        """The value as a list of texts without empty ones."""
        values = self.value if isinstance(self.value, list | tuple) else [self.value]
        return [text for one in values if (text := clean_text(str(one) if isinstance(one, int) else one))]


class _Several(Exception):
    def __init__(self, wrongs: tuple[Wrong, ...]) -> None:
        super().__init__(wrongs)
        self.wrongs = wrongs


def _single(given: _Given) -> str | None:
    return _option(given.question, given.one).key if given.one else None


def _multiple(given: _Given) -> list[str] | None:
    question = given.question
    chosen = {_option(question, one).key for one in given.several}
    if not chosen:
        return None
    alone = next((option for option in question.options if option.exclusive and option.key in chosen), None)
    if alone and len(chosen) > 1:
        raise _No(N_("“%(option)s” stands alone: choose it, or the others."), option=_said(alone, given.language))
    if question.most is not None and len(chosen) > question.most:
        raise _No(N_("Choose at most %(most)s: you chose %(chosen)s."), most=int(question.most), chosen=len(chosen))
    if question.least is not None and len(chosen) < question.least and not alone and given.required:
        raise _No(N_("Choose at least %(least)s."), least=int(question.least))
    return [option.key for option in question.options if option.key in chosen]


def _scale(given: _Given) -> int | None:
    text = given.one
    if not text:
        return None
    least, most = scale_ends(given.question)
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and least <= int(text) <= most):
        raise _No(N_("Choose a number from %(least)s to %(most)s."), least=least, most=most)
    return int(text)


def _matrix(given: _Given) -> dict[str, str] | None:
    question, rows = given.question, given.value if isinstance(given.value, Mapping) else {}
    found: dict[str, str] = {}
    wrongs: list[Wrong] = []
    options = {option.key for option in question.options}
    for row in question.rows:
        chosen = clean_text(rows.get(row.key))
        if chosen in options:
            found[row.key] = chosen
        elif chosen:
            wrongs.append(Wrong(f"{question.key}.{row.key}", N_("Choose one of the answers.")))
        elif question.required and given.required:
            wrongs.append(Wrong(f"{question.key}.{row.key}", N_("Answer this row too.")))
    if wrongs:
        raise _Several(tuple(wrongs))
    return found or None


def _number(given: _Given) -> int | float | None:
    question, text = given.question, given.one
    if not text:
        return None
    kept = isinstance(given.value, int | float)
    # What was kept is written plainly with a point, which in Italian could divide thousands.
    number = read_number(text.replace(".", ",") if kept else text, question.decimals, "it" if kept else given.language)
    least, most = question.least, question.most
    told = {
        name: bound_told(bound, given.language)
        for name, bound in (("least", least), ("most", most))
        if bound is not None
    }
    if least is not None and most is not None and not least <= number <= most:
        raise _No(N_("Write a number from %(least)s to %(most)s."), **told)
    if least is not None and number < least:
        raise _No(N_("Write %(least)s or more."), **told)
    if most is not None and number > most:
        raise _No(N_("Write %(most)s or less."), **told)
    return float(number) + 0.0 if question.decimals else int(number)


def _text(given: _Given) -> str | None:
    question = given.question
    text = clean_text(given.value) if question.long else given.one
    if not text:
        return None
    most = int(question.most) if question.most is not None else LONGEST_TEXT if question.long else SHORT_TEXT
    if len(text) > most:
        raise _No(N_("Write at most %(most)s characters: there are %(count)s."), most=most, count=len(text))
    if question.least is not None and len(text) < question.least and given.required:
        raise _No(N_("Write at least %(least)s characters."), least=int(question.least))
    if question.pattern and not fits(question.pattern, text):
        raise _No(N_("This is not written as it should be: read what is asked."))
    return text


def _date(given: _Given) -> str | None:
    text = given.one
    if not text:
        return None
    written = _DAY.fullmatch(text)
    try:
        day = date(int(written[3]), int(written[2]), int(written[1])) if written else date.fromisoformat(text)
    except ValueError:
        raise _No(N_("Write a date that exists, such as 20/11/2026.")) from None
    if day.year not in _YEARS:
        raise _No(N_("Write a year from 1900 to 2100."))
    return day.isoformat()


def _ranking(given: _Given) -> list[str] | None:
    question = given.question
    chosen = _by_place(given) if isinstance(given.value, Mapping) else given.several
    if not chosen:
        return None
    keys = [_option(question, one).key for one in chosen]
    if len(set(keys)) < len(keys):
        raise _No(N_("Put each answer in one place only."))
    most = int(question.most) if question.most is not None else len(question.options)
    least = int(question.least) if question.least is not None else most
    if len(keys) > most:
        raise _No(N_("Put at most %(most)s in order: you put %(chosen)s."), most=most, chosen=len(keys))
    if len(keys) < least and given.required:
        if least == len(question.options):
            raise _No(N_("Give every answer a place. Still without one: %(missing)s."), missing=least - len(keys))
        raise _No(N_("Put at least %(least)s in order: you put %(chosen)s."), least=least, chosen=len(keys))
    return keys


def _by_place(given: _Given) -> list[str]:
    """The options in the order of the places typed beside them, which must be 1, 2, 3 … without a gap."""
    question = given.question
    places: dict[int, str] = {}
    wrongs: list[Wrong] = []
    for option in question.options:
        raw = given.value.get(option.key)
        text = clean_text(str(raw) if isinstance(raw, int) else raw)
        if not text:
            continue
        field_name = f"{question.key}.{option.key}"
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= len(question.options)):
            params: dict[str, object] = {"most": len(question.options)}
            wrongs.append(Wrong(field_name, N_("Write a place from 1 to %(most)s."), params))
        elif int(text) in places:
            wrongs.append(Wrong(field_name, N_("Place %(place)s is already taken."), {"place": int(text)}))
        else:
            places[int(text)] = option.key
    if wrongs:
        raise _Several(tuple(wrongs))
    missing = next((place for place in range(1, len(places) + 1) if place not in places), None)
    if missing is not None and given.required:
        raise _No(N_("Nothing is in place %(place)s."), place=missing)
    return [places[place] for place in sorted(places)]


def _file(given: _Given) -> list[int] | None:
    question = given.question
    numbers = list(dict.fromkeys(_numbered(one) for one in given.several))
    if not numbers:
        return None
    if any(number is None or _is_unknown(number, given.known.files) for number in numbers):
        raise _No(N_("A file did not arrive: attach it again."))
    most = int(question.most) if question.most is not None else MOST_FILES
    if len(numbers) > most:
        raise _No(N_("Too many files: at most %(most)s."), most=most)
    if question.least is not None and len(numbers) < question.least and given.required:
        raise _No(N_("Too few files: at least %(least)s."), least=int(question.least))
    return [number for number in numbers if number is not None]


def _municipality(given: _Given) -> str | None:
    code = given.one
    if not code:
        return None
    known = given.known.municipalities
    if not re.fullmatch(r"[0-9]{6}", code) or (known is not None and code not in known):
        raise _No(N_("Choose a municipality from the list."))
    return code


def _organisation(given: _Given) -> int | None:
    if not given.one:
        return None
    number = _numbered(given.one)
    if number is None or _is_unknown(number, given.known.organisations):
        raise _No(N_("Choose an organisation from the list."))
    return number


def _option(question: Question, key: str) -> Option:
    for option in question.options:
        if option.key == key:
            return option
    raise _No(N_("Choose one of the answers."))


def _said(option: Option, language: str) -> str:
    return (option.label.en if language == "en" else "") or option.label.it


def _numbered(text: str) -> int | None:
    return int(text) if text.isascii() and _WHOLE.fullmatch(text) else None


def _is_unknown(number: int, known: Container[int] | None) -> bool:
    return known is not None and number not in known


_READERS: dict[Kind, Callable[[_Given], Any]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SCALE: _scale,
    Kind.LIKERT: _single,
    Kind.MATRIX: _matrix,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.RANKING: _ranking,
    Kind.FILE: _file,
    Kind.MUNICIPALITY: _municipality,
    Kind.ORGANISATION: _organisation,
}
