"""What can be imported: a context registers a kind in its `apps.py` and writes nothing else. Pure.

    register_kind(Kind(
        key="agile.staff",
        title=N_("Staff"),
        fields=(
            Field("number", N_("Number"), FieldKind.CODE, required=True, aliases=("Matricola",)),
            Field("email", N_("E-mail"), FieldKind.EMAIL, aliases=("Posta elettronica", "Mail")),
        ),
        identity=("number",),
        about=about_employer, may=may_keep_staff, current=staff_in_file_shape, write=write_staff,
    ))

Values are in *file shape*: for each field of the kind a `str`, `int`, `Decimal`, `date` or `bool`, or None when there
is nothing. Texts carry no spaces around them; choices are their `value`.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from contempo.core.verdict import Verdict

Value: TypeAlias = str | int | Decimal | date | bool | None
Values: TypeAlias = Mapping[str, Value]
Identity: TypeAlias = tuple[Value, ...]
Actor: TypeAlias = Any


class FieldKind(StrEnum):
    """What a column holds. A code is a text that may look like a number: its leading zeros count."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    DECIMAL = "decimal"
    INTEGER = "integer"
    CHOICE = "choice"
    EMAIL = "email"
    BOOLEAN = "boolean"


class Missing(StrEnum):
    """What becomes of records that a file leaves out: nothing ever, or an end when the person asks for it."""

    LEAVE = "leave"
    END = "end"


@dataclass(frozen=True)
class Choice:
    """A value a field may have: files say `value`, `label` in either language, or one of `aliases`."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """A column of the file. `label` and `help` are message ids; `aliases` other heads it may have, in any language.

    `longest` bounds texts and codes, in characters; `least` and `most` bound numbers, `places` the decimals of one.
    `means` gives what a value that was read stands for, None being an empty cell: a default, one spelling for many. It
    raises `Refusal` for a value that stands for nothing. `otherwise` gives, from the number of the row, what stands
    where a cell is empty or no column was chosen: a number of its own for rows that have none.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    help: str = ""
    aliases: tuple[str, ...] = ()
    longest: int = 200
    least: Decimal | int | None = None
    most: Decimal | int | None = None
    places: int | None = None
    means: Callable[[Value], Value] | None = None
    otherwise: Callable[[int], Value] | None = None


@dataclass(frozen=True)
class About:
    """The thing an import is about, as its pages name it: an employer, say; `url` leads back to it."""

    title: str
    url: str


@dataclass(frozen=True)
class Row:
    """A row that every cell of could be read: what the record would be, and what it is (None for a new one).

    `values` has every field of the kind: columns the file does not have keep what the record holds.
    """

    line: int
    values: Values
    before: Values | None


@dataclass(frozen=True)
class Change:
    """One record to write. `before` None: it is not there yet (or, undoing, is to be opened again).

    `after` None: it is to be ended because the file left it out or, undoing, removed because the import had made it.
    """

    line: int
    before: Values | None
    after: Values | None
    undo: bool = False


@dataclass(frozen=True)
class Finding:
    """What is wrong with the row at `line`, at the column of `field` when there is one; `reason` is a message id."""

    line: int
    reason: str
    field: str = ""
    params: Mapping[str, object] = dataclass_field(default_factory=dict)


def _nothing_found(_about_id: int, _rows: Sequence[Row]) -> Iterable[Finding]:
    return ()


def _nothing_alone(_values: Values) -> Iterable[Hashable]:
    return ()


def _any_order(_values: Values) -> int:
    return 0


@dataclass(frozen=True)
class Kind:
    """What a context says of a thing that can be imported. `about_id` numbers what the import is about.

    `identity` names the fields by which a row finds its record; they are required, or have a value `otherwise`.
    `about(actor, about_id)` is that thing, None when the actor's network has none of this number.
    `may(actor, about_id)` says whether the actor may import; asked at each page and again before each batch is written.
    `current(about_id, identities)` gives the present records in file shape: all of them when `identities` is None;
    otherwise those of the given identities, their rows locked until the transaction ends.
    `check(about_id, rows)` tells what is wrong across rows and against other data: called once, with the whole file.
    `write(actor, *, about_id, changes)` is an action of the context; it is called with batches, in the transaction
    that marks them written, and may return findings for the changes it left out. A `Refusal` ends the whole import.
    Undoing is the same action with `before` and `after` the other way round and `undo` set.
    `rank(values)` orders the writing where some records must be there before others: lower first, at most 999.
    `alone(values)` gives what no two records may have at once (an address, a post). Rows that hand such a thing on, in
    whatever order, are written in one batch: where each takes what another lets go of, none could go first.
    `missing_label` is the message id beside the box with which the person asks for the end of what is left out.
    `ended(values)` is what a record that the file leaves out becomes, None when it has ended already; for kinds whose
    records say themselves when they ended. They are then written, and taken back, as changed ones.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    about: Callable[[Actor, int], About | None]
    may: Callable[[Actor, int], Verdict]
    current: Callable[[int, Sequence[Identity] | None], Iterable[Values]]
    write: Callable[..., Iterable[Finding] | None]
    check: Callable[[int, Sequence[Row]], Iterable[Finding]] = _nothing_found
    rank: Callable[[Values], int] = _any_order
    alone: Callable[[Values], Iterable[Hashable]] = _nothing_alone
    help: str = ""
    missing: Missing = Missing.LEAVE
    missing_label: str = ""
    ended: Callable[[Values], Values | None] | None = None

    def __post_init__(self) -> None:
        keys = [each.key for each in self.fields]
        if len(set(keys)) != len(keys):
            raise ValueError(f"{self.key}: two fields have the same key")
        if not self.identity or any(not _is_there(self.field(key)) for key in self.identity):
            raise ValueError(f"{self.key}: the fields of the identity are required ones")
        if any((each.kind is FieldKind.CHOICE) != bool(each.choices) for each in self.fields):
            raise ValueError(f"{self.key}: fields of choice have choices, others none")

    def field(self, key: str) -> Field:
        """The field called `key`. Raises ValueError when there is none."""
        for each in self.fields:
            if each.key == key:
                return each
        raise ValueError(f"{self.key}: no field {key!r}")

    def identity_of(self, values: Values) -> Identity:
        """The values by which the record is known."""
        return tuple(values.get(key) for key in self.identity)


def _is_there(field: Field) -> bool:
    return field.required or field.otherwise is not None


_kinds: dict[str, Kind] = {}
_families: dict[str, Callable[[str], Kind | None]] = {}


def register_kind(kind: Kind) -> None:
    """Make `kind` importable; registering one again replaces it."""
    _kinds[kind.key] = kind


def register_family(prefix: str, make: Callable[[str], Kind | None]) -> None:
    """Make importable the kinds whose keys are `prefix`, a dash and a name: `make(name)` gives one, None for none.

    For things whose columns are not known beforehand: the answers to one questionnaire, say.
    """
    _families[prefix] = make


def kind_called(key: str) -> Kind | None:
    """The kind registered under `key`, itself or by its family."""
    if (found := _kinds.get(key)) is not None:
        return found
    prefix, dash, name = key.partition("-")
    make = _families.get(prefix) if dash else None
    return make(name) if make is not None else None
