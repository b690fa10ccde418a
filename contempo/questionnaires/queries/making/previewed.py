"""A page of a version as who answers will see it, with the answers tried on it. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from contempo.questionnaires.queries.answering.fields import Field
from contempo.questionnaires.queries.answering.pages import GroupShown, PageShown, Typed, page_shown
from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.document import Document, Group, Question

LANGUAGE = "lingua"
_NAMES = {"it": "Italiano", "en": "English"}


@dataclass(frozen=True)
class Trial:
    """Whom a page is shown to that is only tried out: nobody, without an answer kept."""

    document: Document
    language: str
    response: None = None

    def page_url(self, number: int) -> str:
        """A trial has no pages of its own to go back to."""
        return ""

    def url(self, name: str, **parts: object) -> str:
        """Nor any other."""
        return ""


@dataclass(frozen=True)
class Previewed:
    """A page tried out: `page` is None where it is not asked, `why` says so; `languages` are those to choose from.

    `forced` is true when the question being written is shown although its condition does not hold.
    """

    page: PageShown | None
    language: str
    languages: tuple[tuple[str, str], ...]
    why: str = ""
    title: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    forced: bool = False


def language_of(document: Document, wanted: str) -> str:
    """The language wanted, if the questionnaire has texts in it; Italian else."""
    return wanted if wanted in _NAMES else "it"


def previewed(document: Document, number: int | None, wanted: str, typed: Typed, *, add: str = "") -> Previewed:
    """The page at place `number` as it is shown to who typed that; `add` names a group with one more time. At most two
    SQL, for names of places and members.
    """
    language = language_of(document, wanted)
    languages = tuple(_NAMES.items())
    if number is None or not 0 <= number < len(document.pages):
        return Previewed(None, language, languages, _("Choose a page or a question to see it here."))
    shown = page_shown(Trial(document, language), number, typed=typed, add=add)
    if shown is None:
        page = document.pages[number]
        why = _("Nothing is on this page yet.") if not page.items else _("With these answers this page is not shown.")
        return Previewed(None, language, languages, why, answers=typed.values)
    return Previewed(shown, language, languages, answers=typed.values)


def with_question(document: Document, shown: Previewed, key: str, typed: Typed) -> Previewed:
    """What is previewed, with the question called `key` in sight also where the answers tried leave it out: who writes
    it wants to see it. At most two SQL more.
    """
    try:
        placed = document.question(key)
    except KeyError:
        return shown
    if shown.page is not None and key in _in_sight(shown.page.items):
        return shown
    open_page = replace(placed.page, when=None, items=tuple(_opened(item, key) for item in placed.page.items))
    pages = tuple(open_page if page is placed.page else page for page in document.pages)
    return replace(previewed(replace(document, pages=pages), placed.number, shown.language, typed), forced=True)


def _opened(item: Group | Question, key: str) -> Group | Question:
    """A part without the condition that may hide the question called `key`."""
    if isinstance(item, Group):
        questions = tuple(replace(one, when=None) if one.key == key else one for one in item.questions)
        return replace(item, questions=questions, when=None) if questions != item.questions else item
    return replace(item, when=None) if item.key == key else item


def _in_sight(items: Sequence[Field | GroupShown]) -> set[str]:
    fields: list[Field] = []
    for item in items:
        if isinstance(item, Field):
            fields.append(item)
        elif not item.hidden:
            fields.extend(one for time in item.times for one in time.fields)
    return {one.key for one in fields if not one.hidden}


def place_of_page(document: Document, key: str) -> int | None:
    """The place of the page called `key`, from 0; None for none."""
    return next((number for number, page in enumerate(document.pages) if page.key == key), None)


def first_asked(document: Document, answers: Mapping[str, Any], after: int = -1, *, back: bool = False) -> int | None:
    """The next page asked after the `after`-th, or with `back` the one before it; None for none."""
    whole = asked(document, answers)
    found = whole.before(after) if back else whole.after(after)
    return found.number if found else None
