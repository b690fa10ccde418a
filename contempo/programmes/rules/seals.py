"""Seals: what was counted when a period closed can be recomputed by anybody. See docs/algorithms/seals.md."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contempo.core.words import N_

FORMAT = "contempo-seal/1"
FIRST = "0" * 64
"""Stands for the seal of the period before the first."""

Sealed = Mapping[str, Any]
"""What was sealed: texts, integers, booleans, nothing, lists and maps of these."""


def canonical(content: Any) -> bytes:
    """The one way to write `content`: JSON in UTF-8, keys sorted, no spaces, no escapes but the needed ones.

    Numbers are integers only; decimals are texts.
    """
    _check_plain(content)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check_plain(content: Any) -> None:
    if isinstance(content, float | Decimal):
        raise TypeError(f"{content!r}: numbers that are not whole are sealed as texts")
    if isinstance(content, Mapping):
        for each in content.values():
            _check_plain(each)
    elif isinstance(content, list | tuple):
        for each in content:
            _check_plain(each)


def seal_of(content: Sealed) -> str:
    """SHA-256 of what is sealed, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def plain(number: Decimal | None) -> str | None:
    """A decimal as it is sealed: `12`, `12.5`, without zeros at the end."""
    if number is None:
        return None
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def pseudonym(secret: str, source: str, key: str) -> str:
    """What stands for the key of a personal record: always the same in this installation, and not to be undone
    without its secret (HMAC-SHA-256, RFC 2104).
    """
    return hmac.new(secret.encode(), f"programmes.seals|{source}|{key}".encode(), hashlib.sha256).hexdigest()


class RecordsDigest:
    """SHA-256 of a list of records, one line each, taken in one by one."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.records = 0
        self.counted = 0

    def add(self, key: str, label: str, counted: bool, facets: Mapping[str, str]) -> None:
        """The next record, in the order of the list."""
        self._sum.update(canonical(sealed_record(key, label, counted, facets)) + b"\n")
        self.records += 1
        self.counted += counted

    def hexdigest(self) -> str:
        """The digest of what was taken in so far."""
        return self._sum.hexdigest()


def sealed_record(key: str, label: str, counted: bool, facets: Mapping[str, str]) -> dict[str, Any]:
    """A record as it is sealed."""
    return {"key": key, "label": label, "counted": counted, "facets": dict(facets)}


@dataclass(frozen=True)
class Problem:
    """Something in a sealed period that is not as it was sealed: where, and a message id with `params`."""

    where: str
    text: str
    params: Mapping[str, object]


def verify(document: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong in the file of a sealed period; nothing, when all is as it was sealed.

    `document` has `period` (what was sealed of it), `seal`, `measurements` and `corrections`: lists of `sealed`, `seal`
    and, for computed ones, `records`. Everything is recomputed: digests of records, values and divisions from records,
    seals of measurements, of the period, of corrections and what each of them follows. What is `withheld` from the
    reader of the file has its seal alone.
    """
    if not isinstance(document.get("period"), Mapping) or document["period"].get("format") != FORMAT:
        return (Problem("", N_("This is not the file of a sealed period."), {}),)
    problems: list[Problem] = []
    found: list[str] = []
    for each in document.get("measurements", []):
        problems += () if each.get("withheld") else _in_measurement(each)
        found.append(each.get("seal", ""))
    period, seal = document["period"], document.get("seal", "")
    if _seal_or_none(period) != seal:
        problems.append(Problem("", N_("The seal of the period does not fit what it seals."), {}))
    if list(period.get("measurements", [])) != found:
        problems.append(Problem("", N_("The values are not those the period sealed, or not in their order."), {}))
    problems += _in_corrections(document.get("corrections", []), found, str(seal))
    return tuple(problems)


def follows(periods: Sequence[tuple[Sealed, str]]) -> tuple[Problem, ...]:
    """What is wrong in the chain of sealed periods, given in the order they were closed, each with its seal."""
    before, problems = FIRST, []
    for sealed, seal in periods:
        if sealed.get("before") != before:
            where = str(sealed.get("title", ""))
            problems.append(Problem(where, N_("It does not follow the period before it."), {}))
        before = seal
    return tuple(problems)


def _in_corrections(corrections: Iterable[Mapping[str, Any]], found: Sequence[str], seal: str) -> list[Problem]:
    problems: list[Problem] = []
    known = {"", *found}
    for each in corrections:
        if each.get("withheld"):
            known.add(each.get("seal", ""))
            continue
        problems += _in_measurement(each)
        sealed = each.get("sealed", {})
        if sealed.get("period_seal") != seal or sealed.get("corrects") not in known or not sealed.get("reason"):
            problems.append(Problem(_name(sealed), N_("The correction does not follow what it corrects."), {}))
        known.add(each.get("seal", ""))
    return problems


def _in_measurement(each: Mapping[str, Any]) -> list[Problem]:
    sealed = each.get("sealed")
    if not isinstance(sealed, Mapping):
        return [Problem("", N_("A value has no content."), {})]
    where, problems = _name(sealed), []
    if _seal_or_none(sealed) != each.get("seal"):
        problems.append(Problem(where, N_("The seal of the value does not fit what it seals."), {}))
    if "records" in sealed:
        problems += _in_records(sealed, each.get("records", []), where)
    return problems


def _in_records(sealed: Sealed, records: Sequence[Mapping[str, Any]], where: str) -> list[Problem]:
    digest = RecordsDigest()
    divided: dict[str, dict[str, tuple[int, int]]] = {dimension: {} for dimension in sealed.get("breakdown", {})}
    keys = set()
    for record in records:
        try:
            digest.add(record["key"], record["label"], record["counted"], record["facets"])
        except (KeyError, TypeError, ValueError):
            return [Problem(where, N_("One of its records cannot be read."), {})]
        keys.add(record["key"])
        for dimension, counts in divided.items():
            part, whole = counts.get(record["facets"].get(dimension, ""), (0, 0))
            counts[record["facets"].get(dimension, "")] = (part + bool(record["counted"]), whole + 1)
    problems = []
    if len(keys) != len(records):
        problems.append(Problem(where, N_("A record is there twice."), {}))
    if {"count": digest.records, "sha256": digest.hexdigest()} != sealed["records"]:
        problems.append(Problem(where, N_("Its records are not those that were sealed."), {}))
    value = sealed.get("value", {})
    out_of = str(digest.records) if value.get("denominator") is not None else None
    if value.get("numerator") != str(digest.counted) or value.get("denominator") != out_of:
        problems.append(Problem(where, N_("Its value is not the number of its records."), {}))
    sealed_parts = {
        dimension: {key: tuple(pair) for key, pair in counts.items()}
        for dimension, counts in sealed.get("breakdown", {}).items()
    }
    if sealed_parts != divided:
        problems.append(Problem(where, N_("Its division is not that of its records."), {}))
    return problems


def _seal_or_none(sealed: Sealed) -> str | None:
    try:
        return seal_of(sealed)
    except (TypeError, ValueError):
        return None


def _name(sealed: Sealed) -> str:
    indicator = sealed.get("indicator", {})
    name = str(indicator.get("name", "")) if isinstance(indicator, Mapping) else ""
    alliance = sealed.get("alliance") or ""
    return f"{name} ({alliance})" if alliance else name
