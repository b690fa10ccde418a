"""The changes one makes to a questionnaire, as values: each says what it makes of a document."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.document import Condition, Document, Group, Kind, Page, Question, Words
from contempo.questionnaires.rules.editing.beginnings import new_page, new_question
from contempo.questionnaires.rules.editing.parts import (
    Part,
    PartKind,
    Place,
    Ref,
    Removed,
    every,
    find,
    fresh_key,
    insert,
    keys_of,
    part_from_json,
    part_to_json,
    parts_within,
    place_of,
    put,
    take_out,
)

MOST_PARTS = 600
"""More pages, groups and questions than anybody answers; keeps the document readable at once."""


@dataclass(frozen=True)
class Edited:
    """A document after a change: `shown` is the part to look at next, `removed` what could be put back."""

    document: Document
    shown: Ref | None
    removed: Removed | None = None


class Edit(Protocol):
    """A change. `apply` raises Refusal for what cannot be done. `structural` ones need the document as it was seen."""

    @property
    def structural(self) -> bool: ...

    def apply(self, document: Document) -> Edited:
        """The document changed."""


@dataclass(frozen=True)
class _Adding:
    @property
    def structural(self) -> bool:
        return False


@dataclass(frozen=True)
class _Moving:
    @property
    def structural(self) -> bool:
        return True


@dataclass(frozen=True)
class AddPage(_Adding):
    """A new page after the one called `after`, or at the end."""

    after: Ref | None = None

    def apply(self, document: Document) -> Edited:
        _room(document)
        index = place_of(document, self.after).index + 1 if self.after else len(document.pages)
        page = new_page(fresh_key(keys_of(document), f"pagina_{len(document.pages) + 1}"))
        return Edited(insert(document, None, index, page), Ref.of(page))


@dataclass(frozen=True)
class AddGroup(_Adding):
    """A new group at the end of a page."""

    page: Ref

    def apply(self, document: Document) -> Edited:
        _room(document)
        group = Group(fresh_key(keys_of(document), "gruppo_1"), Words(), ())
        return Edited(insert(document, self.page, len(parts_within(document, self.page)), group), Ref.of(group))


@dataclass(frozen=True)
class AddQuestion(_Adding):
    """A new question of `kind`: at the end of the page or group called `near`, or after the question called so."""

    near: Ref
    kind: Kind

    def apply(self, document: Document) -> Edited:
        _room(document)
        taken = keys_of(document)
        question = new_question(fresh_key(taken, f"domanda_{sum(1 for _each in document.questions()) + 1}"), self.kind)
        within, index = _spot(document, self.near)
        return Edited(insert(document, within, index, question), Ref.of(question))


@dataclass(frozen=True)
class InsertQuestions(_Adding):
    """Questions taken from elsewhere, put where `near` says; keys that are taken get a number. What they depended on
    is left behind: a condition on a question that is not here is dropped.
    """

    near: Ref
    questions: tuple[Question, ...]

    def apply(self, document: Document) -> Edited:
        _room(document, len(self.questions))
        taken = keys_of(document)
        renamed: dict[str, str] = {}
        for question in self.questions:
            renamed[question.key] = fresh_key(taken, question.key)
            taken.add(renamed[question.key])
        within, index = _spot(document, self.near)
        shown: Ref | None = None
        for offset, question in enumerate(self.questions):
            known = question.when is None or all(test.question in renamed for test in question.when.tests)
            alone = question if known else replace(question, when=None)
            made = replace(_renamed(alone, renamed), key=renamed[question.key])
            document = insert(document, within, index + offset, made)
            shown = shown or Ref.of(made)
        return Edited(document, shown)


@dataclass(frozen=True)
class Move(_Moving):
    """One place up (-1) or down (+1). A question or a group at the edge of its page goes on to the next one; a question
    at the edge of a group goes out of it.
    """

    part: Ref
    by: int

    def apply(self, document: Document) -> Edited:
        place = place_of(document, self.part)
        index = place.index + self.by
        if 0 <= index < place.count:
            rest, part, _place = take_out(document, self.part)
            return Edited(insert(rest, place.within, index, part), self.part)
        return Edited(self._beyond(document, place), self.part)

    def _beyond(self, document: Document, place: Place) -> Document:
        if place.within is None:
            raise Refusal(N_("This page is already at the end it should go to."))
        outer = place_of(document, place.within)
        rest, part, _place = take_out(document, self.part)
        if place.within.kind == PartKind.GROUP:
            return insert(rest, outer.within, outer.index + (1 if self.by > 0 else 0), part)
        index = outer.index + self.by
        if not 0 <= index < outer.count:
            raise Refusal(N_("There is no page beyond this one: add one first."))
        page = document.pages[index]
        return insert(rest, Ref.of(page), 0 if self.by > 0 else len(page.items), part)


@dataclass(frozen=True)
class MoveTo(_Moving):
    """To the end of another page or group."""

    part: Ref
    target: Ref

    def apply(self, document: Document) -> Edited:
        rest, part, _place = take_out(document, self.part)
        return Edited(insert(rest, self.target, len(parts_within(rest, self.target)), part), self.part)


@dataclass(frozen=True)
class Duplicate(_Moving):
    """The same again, right after; a condition on what was duplicated with it looks at the copy."""

    part: Ref

    def apply(self, document: Document) -> Edited:
        part, place = find(document, self.part), place_of(document, self.part)
        inside = [part, *_inside(part)]
        _room(document, len(inside))
        taken, renamed = keys_of(document), {}
        for each in inside:
            renamed[each.key] = fresh_key(taken, each.key)
            taken.add(renamed[each.key])
        copy = _copied(part, renamed)
        return Edited(insert(document, place.within, place.index + 1, copy), Ref.of(copy))


@dataclass(frozen=True)
class Remove(_Moving):
    """Take a part out, with all that stands in it."""

    part: Ref

    def apply(self, document: Document) -> Edited:
        rest, part, place = take_out(document, self.part)
        removed = Removed(self.part.kind, part_to_json(part), str(place.within or ""), place.index)
        return Edited(rest, place.within, removed)


@dataclass(frozen=True)
class RestorePart(_Adding):
    """Put back what was taken out, where it stood, or at the end when that is shorter now."""

    removed: Removed

    def apply(self, document: Document) -> Edited:
        part = part_from_json(self.removed.kind, self.removed.part)
        if {each.key for each in (part, *_inside(part))} & keys_of(document):
            raise Refusal(N_("Other parts have the same names now: it cannot be put back."))
        within = Ref.parse(self.removed.within) if self.removed.within else None
        index = min(self.removed.index, len(parts_within(document, within)))
        return Edited(insert(document, within, index, part), Ref.of(part))


@dataclass(frozen=True)
class WriteQuestion(_Adding):
    """A question as written. With another key, the conditions that look at it follow."""

    part: Ref
    question: Question

    def apply(self, document: Document) -> Edited:
        return _written(document, self.part, self.question)


@dataclass(frozen=True)
class WriteGroup(_Adding):
    """What is written of a group, but not the questions in it."""

    part: Ref
    group: Group

    def apply(self, document: Document) -> Edited:
        found = find(document, self.part)
        inside = found.questions if isinstance(found, Group) else ()
        return _written(document, self.part, replace(self.group, questions=inside))


@dataclass(frozen=True)
class WritePage(_Adding):
    """What is written of a page, but not what stands in it."""

    part: Ref
    page: Page

    def apply(self, document: Document) -> Edited:
        found = find(document, self.part)
        return _written(document, self.part, replace(self.page, items=found.items if isinstance(found, Page) else ()))


@dataclass(frozen=True)
class SetLanguages(_Adding):
    """The languages a questionnaire is asked in; Italian always."""

    english: bool

    def apply(self, document: Document) -> Edited:
        return Edited(replace(document, languages=("it", "en") if self.english else ("it",)), None)


def _room(document: Document, more: int = 1) -> None:
    if len(every(document)) + more > MOST_PARTS:
        raise Refusal(N_("A questionnaire has at most %(most)s parts."), most=MOST_PARTS)


def _spot(document: Document, near: Ref) -> tuple[Ref | None, int]:
    """Where a question goes: at the end of a page or group, after a question."""
    if near.kind != PartKind.QUESTION:
        return near, len(parts_within(document, near))
    place = place_of(document, near)
    return place.within, place.index + 1


def _written(document: Document, ref: Ref, part: Part) -> Edited:
    if part.key != ref.key:
        if part.key in keys_of(document):
            raise Refusal(N_("Another part of the questionnaire is called so already."), field="key")
        document = _following(document, {ref.key: part.key})
    return Edited(put(document, ref, part), Ref.of(part))


def _following(document: Document, renamed: dict[str, str]) -> Document:
    pages = tuple(_renamed_inside(page, renamed) for page in document.pages)
    return replace(document, pages=pages)


def _renamed_inside(part: Any, renamed: dict[str, str]) -> Any:
    """A part and all in it, looking at questions by their new names; its own names stay."""
    part = _renamed(part, renamed)
    for name in ("items", "questions"):
        if hasattr(part, name):
            inside = tuple(_renamed_inside(each, renamed) for each in getattr(part, name))
            part = replace(part, **{name: inside})
    return part


def _renamed(part: Any, renamed: dict[str, str]) -> Any:
    when: Condition | None = part.when
    if when is None:
        return part
    tests = tuple(replace(test, question=renamed.get(test.question, test.question)) for test in when.tests)
    return replace(part, when=replace(when, tests=tests))


def _inside(part: Part) -> list[Part]:
    if isinstance(part, Page):
        return [each for item in part.items for each in (item, *_inside(item))]
    return list(part.questions) if isinstance(part, Group) else []


def _copied(part: Any, renamed: dict[str, str]) -> Any:
    part = replace(_renamed(part, renamed), key=renamed[part.key])
    for name in ("items", "questions"):
        if hasattr(part, name):
            part = replace(part, **{name: tuple(_copied(each, renamed) for each in getattr(part, name))})
    return part
