"""Marks: a piece of a text, of what kind it is, and why it could identify someone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from contempo.core.text import normalise
from contempo.core.words import N_


class Kind(StrEnum):
    """What a mark is, the most telling first: of marks that overlap, the first kind names the whole."""

    TAX_CODE = "tax_code"
    IBAN = "iban"
    EMAIL = "email"
    PHONE = "phone"
    DOCUMENT = "document"
    ONLINE = "online"
    BIRTH = "birth"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    SMALL_PLACE = "small_place"
    PERSON = "person"


KIND_LABELS: dict[str, str] = {
    Kind.TAX_CODE: N_("fiscal code or VAT number"),
    Kind.IBAN: N_("bank account"),
    Kind.EMAIL: N_("e-mail address"),
    Kind.PHONE: N_("telephone number"),
    Kind.DOCUMENT: N_("number of a document, a plate or a file"),
    Kind.ONLINE: N_("profile on the web"),
    Kind.BIRTH: N_("date of birth"),
    Kind.ADDRESS: N_("street address"),
    Kind.ORGANISATION: N_("name of an organisation"),
    Kind.SMALL_PLACE: N_("small municipality with a sector"),
    Kind.PERSON: N_("name of a person"),
}

_ORDER = {kind: position for position, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Mark:
    """`text[start:end]` could identify someone: `why` is a message id, with `detail` for its parameter."""

    start: int
    end: int
    kind: Kind
    text: str
    why: str
    detail: str = ""

    @property
    def key(self) -> str:
        """The words as they are compared: see `key_of`."""
        return key_of(self.text)


@dataclass(frozen=True)
class Known:
    """Names the caller knows: persons (asker, experts), organisations, small municipalities and the other places."""

    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    small_places: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def key_of(text: str) -> str:
    """`text` as marks are compared: without case, accents and punctuation, 300 characters at most."""
    return normalise("".join(each if each.isalnum() else " " for each in text))[:300]


def merged(marks: Iterable[Mark], text: str) -> tuple[Mark, ...]:
    """The marks in order, those that overlap joined to one of the most telling kind among them."""
    joined: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        last = joined[-1] if joined else None
        if last is None or mark.start >= last.end:
            joined.append(mark)
            continue
        end = max(last.end, mark.end)
        lead = min(last, mark, key=lambda each: _ORDER[each.kind])
        joined[-1] = replace(lead, start=last.start, end=end, text=text[last.start : end])
    return tuple(joined)
