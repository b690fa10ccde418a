"""The input of a clearing as a file that anybody may run again: a line for all, then a line for each person.

See docs/algorithms/bank-of-days.md for its shape.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

import numpy as np

from contempo.agile.rules.clearing.claims import BOUNDS, COLUMNS, MOST_CLASSES, MOST_DIRECTORATES, Claims, Supply
from contempo.agile.rules.clearing.reasons import Phrase
from contempo.core.words import N_

FORMAT = "contempo-bank/1"
NAMES = ("person", "class", "directorate", "enjoyed", "asked", "cap", "held")
"""What the columns are called in the file, in the order of `COLUMNS`."""

MOST_ROWS = 2_000_000
_LONGEST_HEADER = 1_000_000
_LONGEST_ROW = 200
_MOST_IN_POOL = 100_000_000

_NUMBER = r"(0|[1-9][0-9]{0,3})"
_KEY = r"[a-z0-9][a-z0-9-]{0,31}"
_ROW = re.compile(rf'\["([0-9a-f]{{16}})",{_NUMBER},"({_KEY})",{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}\]'.encode())
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class WrongFile(ValueError):
    """A file that cannot be read: in which line, counted from 1, and what is wrong there."""

    def __init__(self, line: int, phrase: Phrase) -> None:
        super().__init__(f"line {line}: {phrase.text % phrase.params if phrase.params else phrase.text}")
        self.line = line
        self.phrase = phrase


@dataclass(frozen=True)
class Bank:
    """What a file says besides its persons.

    `employer` and `month` ("2027-03") are for people; `number` counts the clearings of the month; `classes` are the
    reasons in the published order; `pools` the days of each directorate, by a key that says nothing; `shared` those of
    the pool for all. `seed` is empty until it is revealed, `result_hash` and `code_hash` until it was cleared;
    `input_hash` is that of all the rest and of the persons.
    """

    employer: str
    month: str
    number: int
    classes: tuple[str, ...]
    pools: Mapping[str, int]
    shared: int
    seed_hash: str
    seed: str = ""
    code_hash: str = ""
    input_hash: str = ""
    result_hash: str = ""

    @property
    def supply(self) -> Supply:
        """The pools as the rule takes them: directorates in the order of `pools`."""
        return Supply(tuple(self.pools.values()), self.shared)


def input_hash(bank: Bank, claims: Claims) -> str:
    """SHA-256 of what the clearing starts from: of the first line without seed and hashes of code, input and result,
    and of the lines of the persons. `claims` are in the order of pseudonyms.
    """
    return _hashed(bank, len(claims), _rows(bank, claims))


def written(bank: Bank, claims: Claims) -> bytes:
    """The file: always the same bytes for the same content. `claims` are in the order of pseudonyms."""
    rows = _rows(bank, claims)
    made = replace(bank, input_hash=_hashed(bank, len(claims), rows))
    outcome = {name: getattr(made, name) for name in _OUTCOME}
    return _line({**_input_of(bank, len(claims)), **outcome}) + rows


def read(stream: BinaryIO) -> tuple[Bank, Claims]:
    """What a file holds; nothing in it is trusted but its shape is checked whole. Raises WrongFile."""
    line = stream.readline(_LONGEST_HEADER + 1)
    bank, rows = _header(line)
    index = {key.encode(): str(number) for number, key in enumerate(bank.pools)}
    digest = hashlib.sha256(_line(_input_of(bank, rows)))
    columns: list[tuple[str | bytes, ...]] = []
    while line := stream.readline(_LONGEST_ROW + 1):
        number = len(columns) + 2
        line = line.rstrip(b"\r\n")
        found = _ROW.fullmatch(line)
        if not found:
            raise WrongFile(number, Phrase(N_("This is not the row of a person, or not written as agreed.")))
        person, klass, key, *figures = found.groups()
        if key not in index:
            raise WrongFile(number, Phrase(N_("The directorate “%(key)s” has no pool."), {"key": key.decode()}))
        if len(columns) == rows:
            raise WrongFile(number, Phrase(N_("There are more persons than the %(rows)s announced."), {"rows": rows}))
        columns.append((person, klass, index[key], *figures))
        digest.update(line + b"\n")
    if len(columns) < rows:
        params = {"rows": rows, "found": len(columns)}
        raise WrongFile(len(columns) + 1, Phrase(N_("%(rows)s persons are announced, %(found)s are there."), params))
    claims = _claims(columns, len(bank.classes))
    if digest.hexdigest() != bank.input_hash:
        raise WrongFile(1, Phrase(N_("The hash of the input is not that of what follows: something was changed.")))
    return bank, claims


_OUTCOME = ("input_hash", "code_hash", "seed", "result_hash")


def _input_of(bank: Bank, rows: int) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "employer": bank.employer,
        "month": bank.month,
        "number": bank.number,
        "classes": list(bank.classes),
        "pools": dict(bank.pools),
        "shared": bank.shared,
        "seed_hash": bank.seed_hash,
        "rows": rows,
        "columns": list(NAMES),
    }


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _hashed(bank: Bank, count: int, rows: bytes) -> str:
    digest = hashlib.sha256(_line(_input_of(bank, count)))
    digest.update(rows)
    return digest.hexdigest()


def _rows(bank: Bank, claims: Claims) -> bytes:
    keys = list(bank.pools)
    columns = zip(*(getattr(claims, name).tolist() for name in COLUMNS), strict=True)
    return "".join(
        f'["{person:016x}",{klass},"{keys[directorate]}",{enjoyed},{asked},{cap},{held}]\n'
        for person, klass, directorate, enjoyed, asked, cap, held in columns
    ).encode()


def _claims(rows: list[tuple[str | bytes, ...]], classes: int) -> Claims:
    """Claims from rows as texts; the first that is out of bounds or out of order is told."""
    texts = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    columns = {
        name: np.array([int(each) for each in column], np.int64)
        for name, column in zip(COLUMNS[1:], texts[1:], strict=True)
    }
    names = np.array([int(each, 16) for each in texts[0]], np.uint64)
    for name, said in zip(COLUMNS[1:], NAMES[1:], strict=True):
        least, most = BOUNDS[name] if name != "klass" else (1, classes)
        wrong = np.flatnonzero((columns[name] < least) | (columns[name] > most))
        if len(wrong):
            params = {"column": said, "least": least, "most": most, "found": int(columns[name][wrong[0]])}
            text = N_("“%(column)s” is %(found)s: it must lie between %(least)s and %(most)s.")
            raise WrongFile(int(wrong[0]) + 2, Phrase(text, params))
    wrong = np.flatnonzero(names[1:] <= names[:-1])
    if len(wrong):
        first = int(wrong[0])
        twice = names[first] == names[first + 1]
        text = N_("This person is there twice.") if twice else N_("Persons are not in the order of their pseudonyms.")
        raise WrongFile(first + 3, Phrase(text))
    return Claims.of({"pseudonym": names, **columns})


def _header(line: bytes) -> tuple[Bank, int]:
    """The first line, checked, and how many persons it announces."""
    try:
        told = json.loads(line.decode(), object_pairs_hook=_once) if len(line) <= _LONGEST_HEADER else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise WrongFile(1, Phrase(N_("This is not the file of a bank of days.")))
    for name, right in _RIGHT.items():
        if name not in told or not right(told[name]):
            raise WrongFile(1, Phrase(N_("“%(name)s” is missing, or is not what it must be."), {"name": name}))
    if unknown := sorted(told.keys() - _RIGHT.keys() - {"format"}):
        raise WrongFile(1, Phrase(N_("“%(name)s” is unknown."), {"name": unknown[0][:40]}))
    fields = {name: value for name, value in told.items() if name not in ("format", "rows", "columns")}
    return Bank(**{**fields, "classes": tuple(told["classes"])}), told["rows"]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def _text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable()


def _whole(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _digest(value: object) -> bool:
    return isinstance(value, str) and bool(_SHA256.fullmatch(value))


def _digest_or_nothing(value: object) -> bool:
    return value == "" or _digest(value)


def _pools(value: object) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= MOST_DIRECTORATES
        and all(re.fullmatch(_KEY, key) for key in value)
        and all(map(_whole(0, _MOST_IN_POOL), value.values()))
    )


_RIGHT: dict[str, Callable[[Any], bool]] = {
    "employer": _text,
    "month": lambda value: isinstance(value, str) and bool(_MONTH.fullmatch(value)),
    "number": _whole(1, 1000),
    "classes": lambda value: isinstance(value, list) and 0 < len(value) <= MOST_CLASSES and all(map(_text, value)),
    "pools": _pools,
    "shared": _whole(0, _MOST_IN_POOL),
    "seed_hash": _digest,
    "rows": _whole(0, MOST_ROWS),
    "columns": lambda value: value == list(NAMES),
    "input_hash": _digest,
    "code_hash": _digest_or_nothing,
    "seed": _digest_or_nothing,
    "result_hash": _digest_or_nothing,
}
