"""What changed from a version to the next, in words, with links to where it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.questionnaires.models import Version
from contempo.questionnaires.queries.making.builder import Told, part_url, told_problems
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.wording import (
    called,
    condition_words,
    in_language,
    ref_of_key,
    repeat_words,
)
from contempo.questionnaires.rules.checking import problems
from contempo.questionnaires.rules.document import KIND_LABELS, Document, Group, Kind, Page, Question, read
from contempo.questionnaires.rules.states import VersionState
from contempo.questionnaires.rules.versions import Difference, compare


@dataclass(frozen=True)
class Changed:
    """A difference in words: `before` and `after` where words changed; a `refused` one stops the publication."""

    text: str
    before: str
    after: str
    url: str
    refused: bool


@dataclass(frozen=True)
class PublishPage:
    """What is about to be published: what is still to be mended, what changed since the last published version."""

    revision: int
    number: int
    told: tuple[Told, ...]
    changes: tuple[Changed, ...]
    first: bool
    questions: int

    @property
    def stopping(self) -> tuple[Told, ...]:
        """What stops the publication."""
        return tuple(one for one in self.told if not one.warning)

    @property
    def advice(self) -> tuple[Told, ...]:
        """What does not."""
        return tuple(one for one in self.told if one.warning)

    @property
    def refused(self) -> tuple[Changed, ...]:
        """Changes of meaning, each with its reason."""
        return tuple(one for one in self.changes if one.refused)

    @property
    def allowed(self) -> tuple[Changed, ...]:
        """The other changes."""
        return tuple(one for one in self.changes if not one.refused)

    @property
    def ready(self) -> bool:
        """Whether it can be published."""
        return not self.stopping and not self.refused and (self.first or bool(self.changes))


def publish_page(opened: OpenedForm) -> PublishPage:
    """What the version being written would be published as. No SQL."""
    document = opened.drafted
    published = _published_before(opened, None)
    changes = compare(published[0], document, published[1:]) if published else []
    return PublishPage(
        revision=opened.draft.revision if opened.draft else 0,
        number=opened.draft.number if opened.draft else 0,
        told=told_problems(opened, document, problems(document)),
        changes=tuple(_changed(opened, document, one, link=True) for one in changes),
        first=not published,
        questions=sum(1 for placed in document.questions() if placed.question.kind != Kind.NOTE),
    )


def changes_from_published(opened: OpenedForm, document: Document) -> tuple[Changed, ...]:
    """What would change since the last published version, none without one, if this were published. No SQL."""
    published = _published_before(opened, None)
    changes = compare(published[0], document, published[1:]) if published else []
    return tuple(_changed(opened, document, one, link=False) for one in changes)


def _published_before(opened: OpenedForm, number: int | None) -> list[Document]:
    rows = [one for one in opened.versions if one.state == VersionState.PUBLISHED]
    return [read(one.document) for one in rows if number is None or one.number < number]


def _changed(opened: OpenedForm, document: Document, one: Difference, *, link: bool) -> Changed:
    ref = ref_of_key(document, one.where) if one.where else None
    text = _(one.text) % one.params if one.params else _(one.text)
    return Changed(text, one.before, one.after, part_url(opened, ref) if ref and link else "", one.refused)


@dataclass(frozen=True)
class Line:
    """A line of a version as it is read: `level` 0 is a page, `details` are answers, help and conditions."""

    level: int
    number: str
    text: str
    what: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class VersionPage:
    """One version: what it asks, and what changed since the published one before it."""

    version: Version
    lines: tuple[Line, ...]
    changes: tuple[Changed, ...]
    before: int | None


def version_page(opened: OpenedForm, version: Version) -> VersionPage:
    """A version as it is read. No SQL."""
    document = read(version.document)
    earlier = _published_before(opened, version.number)
    numbers = [one.number for one in opened.versions if one.state == VersionState.PUBLISHED]
    changes = compare(earlier[0], document, earlier[1:]) if earlier else []
    return VersionPage(
        version=version,
        lines=lines_of(document),
        changes=tuple(_changed(opened, document, one, link=False) for one in changes),
        before=next((number for number in numbers if number < version.number), None),
    )


def lines_of(document: Document) -> tuple[Line, ...]:
    """What a document asks, line by line."""
    found, number = [], 0
    for place, page in enumerate(document.pages, start=1):
        found.append(Line(0, str(place), called(page, place), _("Page"), _details(document, page)))
        for item in page.items:
            inside: Sequence[Question] = item.questions if isinstance(item, Group) else (item,)
            if isinstance(item, Group):
                what = ", ".join(word for word in (_("Group"), repeat_words(item)) if word)
                found.append(Line(1, "", called(item), what, _details(document, item)))
            for question in inside:
                number += question.kind != Kind.NOTE
                marked = str(number) if question.kind != Kind.NOTE else ""
                what = ", ".join([_(KIND_LABELS[question.kind]), *([_("required")] if question.required else [])])
                text = in_language(question.label)
                found.append(
                    Line(2 if isinstance(item, Group) else 1, marked, text, what, _details(document, question))
                )
    return tuple(found)


def _details(document: Document, part: Page | Group | Question) -> tuple[str, ...]:
    found = [condition_words(document, part.when)]
    if isinstance(part, Page):
        found.append(in_language(part.intro))
    if isinstance(part, Question):
        found += [in_language(part.help), part.unit]
        found += [in_language(row.label) for row in part.rows]
        found += [in_language(option.label) for option in part.options]
    return tuple(text for text in found if text)
