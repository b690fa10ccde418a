"""The parts of a document by name: pages, groups, questions; finding, putting and taking them out."""

import hashlib
import json
from collections.abc import Container
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.checks.problem import KEY_LENGTH
from contempo.questionnaires.rules.document import Document, Group, Page, Question

Part = Page | Group | Question


class PartKind(StrEnum):
    PAGE = "page"
    GROUP = "group"
    QUESTION = "question"


_CLASSES: dict[PartKind, type] = {PartKind.PAGE: Page, PartKind.GROUP: Group, PartKind.QUESTION: Question}
_ADAPTERS: dict[PartKind, TypeAdapter[Any]] = {kind: TypeAdapter(made) for kind, made in _CLASSES.items()}


@dataclass(frozen=True)
class Ref:
    """The name of a part: its kind and its key. Written `question:staff`."""

    kind: PartKind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """The part written as `text`; Refusal for what names none."""
        kind, _colon, key = text.partition(":")
        if kind not in list(PartKind) or not key:
            raise Refusal(GONE)
        return cls(PartKind(kind), key)

    @classmethod
    def of(cls, part: Part) -> "Ref":
        """The name of `part`."""
        return cls(next(kind for kind, made in _CLASSES.items() if isinstance(part, made)), part.key)


@dataclass(frozen=True)
class Place:
    """Where a part stands: in which part (None: among the pages), at which place, among how many."""

    within: Ref | None
    index: int
    count: int


@dataclass(frozen=True)
class Removed:
    """A part taken out, as JSON, and where it stood: what is needed to put it back."""

    kind: str
    part: dict[str, Any]
    within: str
    index: int


GONE = N_("This part is no longer in the questionnaire: somebody has taken it out or renamed it.")


def find(document: Document, ref: Ref) -> Part:
    """The part called `ref`; Refusal when there is none."""
    for part, _place in every(document):
        if Ref.of(part) == ref:
            return part
    raise Refusal(GONE)


def place_of(document: Document, ref: Ref) -> Place:
    """Where the part called `ref` stands; Refusal when there is none."""
    for part, place in every(document):
        if Ref.of(part) == ref:
            return place
    raise Refusal(GONE)


def every(document: Document) -> list[tuple[Part, Place]]:
    """Every part with its place, in the order in which they are read."""
    found: list[tuple[Part, Place]] = []
    for at, page in enumerate(document.pages):
        found.append((page, Place(None, at, len(document.pages))))
        for position, item in enumerate(page.items):
            found.append((item, Place(Ref.of(page), position, len(page.items))))
            if isinstance(item, Group):
                inside = [(each, Place(Ref.of(item), n, len(item.questions))) for n, each in enumerate(item.questions)]
                found.extend(inside)
    return found


def parts_within(document: Document, within: Ref | None) -> tuple[Part, ...]:
    """The parts that stand directly in the one called `within`; the pages for None."""
    if within is None:
        return document.pages
    holder = find(document, within)
    if isinstance(holder, Page):
        return holder.items
    return holder.questions if isinstance(holder, Group) else ()


def with_parts(document: Document, within: Ref | None, parts: tuple[Any, ...]) -> Document:
    """The document with other parts directly in the one called `within`."""
    if within is None:
        return replace(document, pages=parts)
    holder = find(document, within)
    if isinstance(holder, Page):
        return put(document, within, replace(holder, items=parts))
    if isinstance(holder, Group):
        return put(document, within, replace(holder, questions=parts))
    raise Refusal(N_("A question holds no other part."))


def put(document: Document, ref: Ref, part: Part) -> Document:
    """The document with `part` where the one called `ref` was."""
    place = place_of(document, ref)
    parts = list(parts_within(document, place.within))
    parts[place.index] = part
    return with_parts(document, place.within, tuple(parts))


def insert(document: Document, within: Ref | None, index: int, part: Part) -> Document:
    """The document with `part` in the one called `within`, before its place `index`. Refusal where it cannot stand:
    pages among pages, groups in pages, questions in either.
    """
    fits = {None: (Page,), PartKind.PAGE: (Group, Question), PartKind.GROUP: (Question,)}
    if not isinstance(part, fits.get(within.kind if within else None, ())):
        raise Refusal(N_("This part cannot stand there."))
    parts = list(parts_within(document, within))
    parts.insert(index, part)
    return with_parts(document, within, tuple(parts))


def take_out(document: Document, ref: Ref) -> tuple[Document, Part, Place]:
    """The document without the part called `ref`, that part, and where it stood."""
    part, place = find(document, ref), place_of(document, ref)
    parts = list(parts_within(document, place.within))
    del parts[place.index]
    return with_parts(document, place.within, tuple(parts)), part, place


def keys_of(document: Document) -> set[str]:
    """The keys of every page, group and question."""
    return {part.key for part, _place in every(document)}


def fresh_key(taken: Container[str], base: str) -> str:
    """A key like `base` that is not taken: `base`, else with a number; never longer than a key may be."""
    base = base[: KEY_LENGTH - 5].rstrip("_")
    if base not in taken:
        return base
    return next(key for number in count(2) if (key := f"{base}_{number}") not in taken)


def edition_of(part: Part) -> str:
    """What a part says, in sixteen characters: the same as long as nobody changed it. A page or a group without what
    stands in it.
    """
    kept = part_to_json(part)
    for inside in ("items", "questions"):
        kept.pop(inside, None)
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def part_to_json(part: Part) -> dict[str, Any]:
    """A part as JSON, without what is empty or usual."""
    kept: dict[str, Any] = _ADAPTERS[Ref.of(part).kind].dump_python(part, mode="json", exclude_defaults=True)
    return kept


def part_from_json(kind: str, kept: dict[str, Any]) -> Part:
    """The part kept as JSON. ValueError for what is none."""
    try:
        part: Part = _ADAPTERS[PartKind(kind)].validate_python(kept)
    except ValidationError as error:
        raise ValueError(str(error)) from error
    return part


def has_part(document: Document, ref: Ref) -> bool:
    """Whether there is a part called `ref`."""
    return any(Ref.of(part) == ref for part, _place in every(document))
