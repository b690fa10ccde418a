"""A page of answers as it was sent, read by the questions of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from contempo.core.words import N_
from contempo.network.public import find_organisations, organisation_named, places_named, suggest_places
from contempo.questionnaires.actions.answering.saving import Given
from contempo.questionnaires.rules.answers import Wrong
from contempo.questionnaires.rules.document import OTHER, Document, Group, Kind, Page, Question

MOST_TIMES = 100
"""Times of a group read from one page, whatever was sent."""

_SEVERAL = N_("Several municipalities have this name: choose yours.")
_ALIKE = N_("No Italian municipality has exactly this name: choose one of these, or write it again.")
_NO_PLACE = N_("No Italian municipality has this name: check how it is spelt.")
_ORGANISATIONS = N_("Choose the organisation you mean, or write its name again.")
_NO_ORGANISATION = N_("No organisation of the network has this name: check how it is spelt, or leave it empty.")


@dataclass
class PageRead:
    """A page as it was sent: `values` as `rules.answers.check_page` takes them; `texts` the names of places and
    organisations as written and `offered` what they may mean, by name of field; `seen` the fields that were shown.
    """

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Sequence[UploadedFile]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    offered: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    wrongs: list[Wrong] = field(default_factory=list)
    seen: frozenset[str] = frozenset()

    def given(self) -> Given:
        """What the action saves."""
        return Given(self.values, self.uploads, tuple(self.wrongs), self.seen)


def read_page(
    page: Page, data: QueryDict, files: "MultiValueDict[str, UploadedFile]", *, network_id: int, drop: str = ""
) -> PageRead:
    """Read what was sent of a page. `drop` names a time of a group to leave out, as `<group>.<n>`.

    At most two SQL for each name of a place or organisation.
    """
    read = PageRead(seen=frozenset(data.getlist("seen")))
    reader = _Reader(data, files, network_id, read)
    for item in page.items:
        if isinstance(item, Group) and item.repeat:
            numbers = _times(item, data)
            read.values[item.key] = [
                reader.questions(item.questions, f"{item.key}.{number}.")
                for number in numbers
                if f"{item.key}.{number}" != drop
            ]
            reader.renumber(item.key, [number for number in numbers if f"{item.key}.{number}" != drop])
        else:
            questions = item.questions if isinstance(item, Group) else (item,)
            read.values |= reader.questions(questions, "")
    return read


def page_of(document: Document, number: int) -> Page | None:
    """The page at this place of a document, from 0."""
    return document.pages[number] if 0 <= number < len(document.pages) else None


def _times(group: Group, data: QueryDict) -> list[str]:
    """The numbers of the times of a group, in the order in which they stand on the page."""
    sent = [number for number in data.getlist(group.key) if number.isdecimal() and len(number) < 4]
    return list(dict.fromkeys(sent))[:MOST_TIMES]


@dataclass
class _Reader:
    data: QueryDict
    files: "MultiValueDict[str, UploadedFile]"
    network_id: int
    read: PageRead

    def questions(self, questions: Sequence[Question], prefix: str) -> dict[str, Any]:
        """What was sent of some questions, the names of whose fields begin with `prefix`."""
        found: dict[str, Any] = {}
        for question in questions:
            name = prefix + question.key
            if question.kind == Kind.NOTE:
                continue
            found[question.key] = self._value(question, name)
            if any(option.other for option in question.options):
                found[question.key + OTHER] = self.data.get(name + OTHER, "")
        return found

    def _value(self, question: Question, name: str) -> Any:
        match question.kind:
            case Kind.MULTIPLE:
                return self.data.getlist(name)
            case Kind.MATRIX:
                return {row.key: self.data.get(f"{name}.{row.key}", "") for row in question.rows}
            case Kind.RANKING:
                return {option.key: self.data.get(f"{name}.{option.key}", "") for option in question.options}
            case Kind.FILE:
                if uploads := self.files.getlist(name):
                    self.read.uploads[name] = uploads
                gone = set(self.data.getlist(f"{name}.remove"))
                return [number for number in self.data.getlist(name) if number not in gone]
            case Kind.MUNICIPALITY:
                return self._place(name)
            case Kind.ORGANISATION:
                return self._organisation(name)
            case _:
                return self.data.get(name, "")

    def _place(self, name: str) -> str:
        """The code of the municipality written; what it could mean is offered when the name alone does not tell."""
        typed, chosen = self.data.get(name, "").strip(), self.data.get(f"{name}.choice", "")
        self.read.texts[name] = typed
        if not typed:
            return ""
        places = places_named(typed)
        if len(places) == 1:
            return places[0].code
        offered = places or suggest_places(typed, limit=6)
        if chosen in {place.code for place in offered}:
            return chosen
        text = _SEVERAL if places else _ALIKE if offered else _NO_PLACE
        self.read.offered[name] = tuple((place.code, place.label) for place in offered)
        self.read.wrongs.append(Wrong(name, text))
        return ""

    def _organisation(self, name: str) -> str:
        """The number of the member of the network written, or what it could mean."""
        typed, chosen = self.data.get(name, "").strip(), self.data.get(f"{name}.choice", "")
        self.read.texts[name] = typed
        if not typed:
            return ""
        members = [one for one in find_organisations(self.network_id, typed) if one.url]
        if chosen in {str(one.id) for one in members}:
            return chosen
        named = organisation_named(self.network_id, typed)
        if named is not None and named in {one.id for one in members}:
            return str(named)
        text = _ORGANISATIONS if members else _NO_ORGANISATION
        self.read.offered[name] = tuple((str(one.id), one.name) for one in members)
        self.read.wrongs.append(Wrong(name, text))
        return ""

    def renumber(self, group: str, numbers: Sequence[str]) -> None:
        """Name what was read of a group by the place each time has now, as what is checked later is named."""
        places = {f"{group}.{number}.": f"{group}.{place}." for place, number in enumerate(numbers)}

        def now(name: str) -> str:
            head = ".".join(name.split(".")[:2]) + "."
            return places[head] + name[len(head) :] if head in places else name

        self.read.texts = {now(name): text for name, text in self.read.texts.items()}
        self.read.offered = {now(name): offered for name, offered in self.read.offered.items()}
        self.read.uploads = {now(name): uploads for name, uploads in self.read.uploads.items()}
        self.read.wrongs = [Wrong(now(wrong.field), wrong.text, wrong.params) for wrong in self.read.wrongs]
        self.read.seen = frozenset(now(name) for name in self.read.seen)


def sentences(wrongs: Sequence[Wrong]) -> Mapping[str, str]:
    """What is wrong, in the words of the reader, by name of field."""
    return {wrong.field: _(wrong.text) % wrong.params if wrong.params else _(wrong.text) for wrong in wrongs}
