"""What a new questionnaire may begin with: nothing, one of the library, or another questionnaire one may see."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.people.public import Actor
from contempo.questionnaires.access import visible_questionnaires
from contempo.questionnaires.models import Questionnaire
from contempo.questionnaires.queries.making.opened import title_of
from contempo.questionnaires.queries.making.wording import in_language
from contempo.questionnaires.rules.document import Document, read
from contempo.questionnaires.rules.library import LibraryForm, library, library_form

LIBRARY, FORM = "raccolta", "modulo"
_MOST = 200


@dataclass(frozen=True)
class Source:
    """What one may begin with: `key` names it in an address (empty, `raccolta:<key>`, `modulo:<number>`)."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Beginning:
    """What is begun with: its document (None: an empty one), its key in the library, and what it is called at first."""

    document: Document | None = None
    origin: str = ""
    title: str = ""
    title_en: str = ""
    purpose: str = ""
    called: str = ""


def sources(actor: Actor) -> tuple[Source, ...]:
    """What `actor` may begin with. One SQL."""
    found = [Source("", _("An empty one"), _("You write every question yourself."))]
    found += [Source(f"{LIBRARY}:{one.key}", in_language(one.title), in_language(one.about)) for one in library()]
    rows = visible_questionnaires(actor, Questionnaire.objects.all()).order_by("title", "number")
    text = _("A copy of a questionnaire you have already.")
    found += [Source(f"{FORM}:{form.number}", title_of(form), text) for form in rows[:_MOST]]
    return tuple(found)


def beginning(actor: Actor, key: str) -> Beginning:
    """What is called `key` to begin with; an empty one for what is not known. Two SQL at most."""
    kind, _colon, name = key.partition(":")
    if kind == LIBRARY:
        return _from_library(name)
    if kind == FORM and name.isdecimal():
        return _from_form(actor, int(name))
    return Beginning()


def _from_library(key: str) -> Beginning:
    try:
        form: LibraryForm = library_form(key)
    except KeyError:
        return Beginning()
    title = in_language(form.title)
    return Beginning(form.document, form.key, form.title.it, form.title.en, form.purpose.value, title)


def _from_form(actor: Actor, number: int) -> Beginning:
    form = visible_questionnaires(actor, Questionnaire.objects.all()).filter(number=number).first()
    if form is None or (version := form.versions.order_by("-number").first()) is None:
        return Beginning()
    title = _("%(title)s (copy)") % {"title": form.title}
    return Beginning(read(version.document), form.origin, title[:160], form.title_en, form.purpose, title_of(form))


@dataclass(frozen=True)
class LibraryCard:
    """A questionnaire of the library as a card."""

    key: str
    title: str
    about: str
    questions: int
    pages: int


def library_shown() -> tuple[LibraryCard, ...]:
    """The questionnaires of the library."""
    return tuple(
        LibraryCard(
            f"{LIBRARY}:{one.key}",
            in_language(one.title),
            in_language(one.about),
            one.questions,
            len(one.document.pages),
        )
        for one in library()
    )
