"""From a cell to a value and back: how dates, numbers, codes and words are written in files. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from contempo.core.imports.kinds import Field, FieldKind, Value
from contempo.core.imports.rules import MOST_CHARACTERS
from contempo.core.text import slugify
from contempo.core.verdict import Refusal
from contempo.core.words import N_

Stored: TypeAlias = str | int | bool | None
Spellings: TypeAlias = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class BadCell:
    """A cell that holds no value, as its file says; `seen` is what a person sees there."""

    reason: str
    seen: str = ""


Cell: TypeAlias = str | int | Decimal | date | datetime | time | bool | BadCell | None


class WrongValue(Refusal):
    """The cell does not hold what its column is for."""


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})(?:[ T]00[:.]00(?:[:.]00)?)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2}")
_GROUPS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_POWER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_YES = frozenset({"si", "s", "yes", "y", "vero", "true", "1", "x"})
_NO = frozenset({"no", "n", "falso", "false", "0"})


def clean(text: str) -> str:
    """`text` as it is kept: no characters a file cannot hold, one kind of new line, no spaces around it."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True)
class FieldReader:
    """Reads the cells of one column; `words` is how each choice may be spelled."""

    field: Field
    words: Mapping[str, str] = dataclass_field(default_factory=dict)

    @classmethod
    def of(cls, field: Field, spellings: Spellings) -> "FieldReader":
        """The reader of `field`; `spellings(message id)` gives the message in every language."""
        words: dict[str, str] = {}
        for choice in field.choices:
            for word in (choice.value, choice.label, *spellings(choice.label), *choice.aliases):
                words.setdefault(slugify(word) or word, choice.value)
        return cls(field, words)

    def read(self, cell: Cell) -> Value:
        """The value in `cell`; None when it is empty. Raises `WrongValue` with a sentence for the person."""
        if isinstance(cell, BadCell):
            raise WrongValue(cell.reason, value=cell.seen) if cell.seen else WrongValue(cell.reason)
        if isinstance(cell, str):
            if len(cell) > MOST_CHARACTERS:
                raise WrongValue(N_("This cell holds more than %(most)s characters."), most=MOST_CHARACTERS)
            cell = clean(cell)
        if cell is None or cell == "":
            if self.field.required:
                raise WrongValue(N_("This cell is empty: it is needed."))
            return None
        return _READERS[self.field.kind](self, cell)

    def _text(self, cell: Cell) -> Value:
        text = as_text(cell)
        if len(text) > self.field.longest:
            raise WrongValue(
                N_("“%(value)s” is too long: at most %(most)s characters."), value=_cut(text), most=self.field.longest
            )
        return text

    def _code(self, cell: Cell) -> Value:
        text = as_text(cell)
        if _POWER.fullmatch(text):
            raise WrongValue(
                N_("“%(value)s” is a code that a spreadsheet has shortened: format its column as text."), value=text
            )
        return self._text(text)

    def _email(self, cell: Cell) -> Value:
        text = as_text(cell).lower()
        try:
            validate_email(text)
        except ValidationError:
            raise WrongValue(N_("“%(value)s” is not an e-mail address."), value=_cut(text)) from None
        return self._text(text)

    def _choice(self, cell: Cell) -> Value:
        text = as_text(cell)
        found = self.words.get(slugify(text) or text)
        if found is None:
            raise WrongValue(N_("“%(value)s” is not one of the words this column may hold."), value=_cut(text))
        return found

    def _boolean(self, cell: Cell) -> Value:
        if isinstance(cell, bool):
            return cell
        word = slugify(as_text(cell))
        if word in _YES or word in _NO:
            return word in _YES
        raise WrongValue(N_("“%(value)s” is neither yes nor no."), value=_cut(as_text(cell)))

    def _date(self, cell: Cell) -> Value:
        if isinstance(cell, datetime) and cell.time() == time():
            return cell.date()
        if isinstance(cell, date) and not isinstance(cell, datetime):
            return cell
        text = as_text(cell)
        if _SHORT_YEAR.fullmatch(text):
            raise WrongValue(N_("“%(value)s” has a year of two digits: write all four."), value=text)
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
        elif found := _YEAR_FIRST.fullmatch(text):
            year, month, day = (int(part) for part in found.groups())
        else:
            raise WrongValue(N_("“%(value)s” is not a date: write it as 31/12/2026."), value=_cut(text))
        try:
            return date(year, month, day)
        except ValueError:
            raise WrongValue(N_("There is no day “%(value)s”: write day, month, year."), value=text) from None

    def _decimal(self, cell: Cell) -> Value:
        number = _bounded(self.field, _number(cell))
        places = self.field.places
        if places is not None and -int(number.as_tuple().exponent) > places:
            raise WrongValue(
                N_("“%(value)s” has too many decimals: at most %(places)s."), value=as_text(cell), places=places
            )
        return number

    def _integer(self, cell: Cell) -> Value:
        text = as_text(cell).removesuffix("%").strip()
        digits = text.removeprefix("-").removeprefix("+")
        # A whole number has no decimals: its dots can only part the thousands.
        number = _bounded(self.field, _number(text.replace(".", "") if _GROUPS.fullmatch(digits) else cell))
        if number != int(number):
            raise WrongValue(N_("“%(value)s” is not a whole number."), value=text)
        return int(number)


_READERS: dict[FieldKind, Callable[[FieldReader, Cell], Value]] = {
    FieldKind.TEXT: FieldReader._text,
    FieldKind.CODE: FieldReader._code,
    FieldKind.DATE: FieldReader._date,
    FieldKind.DECIMAL: FieldReader._decimal,
    FieldKind.INTEGER: FieldReader._integer,
    FieldKind.CHOICE: FieldReader._choice,
    FieldKind.EMAIL: FieldReader._email,
    FieldKind.BOOLEAN: FieldReader._boolean,
}


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def as_text(cell: Any) -> str:
    """A cell as a person sees it."""
    if isinstance(cell, bool):
        return "VERO" if cell else "FALSO"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    return str(cell)


def _number(cell: Cell) -> Decimal:
    """A number as Italians write it: comma before the decimals, dots between thousands; "50%" is 50."""
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        return canonical_number(Decimal(cell))
    text = as_text(cell)
    bare = text.replace("\u00a0", "").removesuffix("%").removeprefix("€").removesuffix("€").strip()
    sign, digits = (bare[:1], bare[1:]) if bare[:1] in ("-", "+") else ("", bare)
    whole, comma, decimals = digits.partition(",")
    if _GROUPS.fullmatch(whole):
        if not comma and whole.count(".") == 1 and not whole.startswith("0"):
            raise WrongValue(
                N_("“%(value)s” can be read in two ways: write it without the dot, or with a comma."), value=text
            )
        if comma or whole.count(".") > 1:
            whole = whole.replace(".", "")
    if re.fullmatch(r"[0-9]+", whole) and re.fullmatch(r"[0-9]*", decimals) and bool(comma) == bool(decimals):
        plain = f"{sign}{whole}.{decimals or 0}"
    elif re.fullmatch(r"[0-9]+\.[0-9]+", digits):
        plain = bare
    else:
        raise WrongValue(N_("“%(value)s” is not a number."), value=_cut(text))
    try:
        return canonical_number(Decimal(plain))
    except InvalidOperation:
        raise WrongValue(N_("“%(value)s” is not a number."), value=_cut(text)) from None


def canonical_number(number: Decimal) -> Decimal:
    """`number` without zeros at its end and without a power of ten: 1.50 and 1.5 are written the same."""
    if not number:
        return Decimal(0)
    plain = format(number, "f")
    return Decimal(plain.rstrip("0").rstrip(".")) if "." in plain else Decimal(plain)


def _bounded(field: Field, number: Decimal) -> Decimal:
    shown = as_text(number)
    if field.least is not None and number < field.least:
        raise WrongValue(N_("“%(value)s” is too small: at least %(least)s."), value=shown, least=field.least)
    if field.most is not None and number > field.most:
        raise WrongValue(N_("“%(value)s” is too large: at most %(most)s."), value=shown, most=field.most)
    if abs(number) >= Decimal(10) ** 15:
        raise WrongValue(N_("“%(value)s” is too large for a number: is it a code?"), value=_cut(shown))
    return number


def stored(field: Field, value: Value) -> Stored:
    """`value` as JSON keeps it, the same for all ways of writing the same: dates as 2026-12-31, decimals as text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        raise TypeError(f"{field.key}: a day was expected, not an instant")
    if isinstance(value, date):
        return value.isoformat()
    if field.kind is FieldKind.DECIMAL:
        return format(canonical_number(Decimal(value)), "f")
    if isinstance(value, int | Decimal):
        return int(value)
    text = clean(str(value))
    return (text.lower() if field.kind is FieldKind.EMAIL else text) or None


def restored(field: Field, value: Stored) -> Value:
    """The value that `stored` was given."""
    if value is None:
        return None
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(str(value))
    if field.kind is FieldKind.DECIMAL:
        return Decimal(str(value))
    return value
