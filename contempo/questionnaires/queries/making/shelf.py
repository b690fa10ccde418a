"""Single questions to take into a draft: of the library, and of the published questionnaires one may see."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.core.text import normalise
from contempo.people.public import Actor
from contempo.questionnaires.access import visible_questionnaires
from contempo.questionnaires.models import Questionnaire, Version
from contempo.questionnaires.queries.making.opened import title_of
from contempo.questionnaires.queries.making.wording import condition_words, in_language
from contempo.questionnaires.rules.document import KIND_LABELS, Document, Kind, Question, read
from contempo.questionnaires.rules.library import library
from contempo.questionnaires.rules.states import VersionState

MOST = 60
_MOST_OPTIONS = 8


@dataclass(frozen=True)
class Shelved:
    """A question one may take: `key` names it and where it stands (`raccolta:mappatura:staff`)."""

    key: str
    text: str
    kind: str
    source: str
    options: tuple[str, ...]
    more: int
    condition: str


@dataclass(frozen=True)
class Shelf:
    """The questions found, at most so many of `total`."""

    found: tuple[Shelved, ...]
    total: int


Shelves = tuple[tuple[str, str, Document], ...]
"""Where questions are looked for: key, title and questions of each."""


def shelves_of(actor: Actor) -> Shelves:
    """The library, and the published questionnaires `actor` may see. Two SQL."""
    return tuple(_shelves(actor))


def shelf(shelves: Shelves, words: str = "", source: str = "", kind: str = "") -> Shelf:
    """The questions of `shelves` with all of `words` in the question, its help or its answers. No SQL."""
    wanted = normalise(words).split()
    found = [
        _shelved(f"{key}:{question.key}", title, document, question)
        for key, title, document in shelves
        if source in ("", key)
        for question in _questions(document)
        if kind in ("", question.kind.value) and all(word in _said(question) for word in wanted)
    ]
    return Shelf(tuple(found[:MOST]), len(found))


def question_on_shelf(actor: Actor, key: str) -> Question | None:
    """The question called `key`, None when there is none to take. Two SQL."""
    where, _colon, name = key.rpartition(":")
    for source, _title, document in _shelves(actor):
        if source == where:
            return next((question for question in _questions(document) if question.key == name), None)
    return None


def _shelves(actor: Actor) -> Iterator[tuple[str, str, Document]]:
    for form in library():
        title = _("Library: %(title)s") % {"title": in_language(form.title)}
        yield f"raccolta:{form.key}", title, form.document
    forms = {form.pk: form for form in visible_questionnaires(actor, Questionnaire.objects.all())}
    published = Version.objects.filter(questionnaire__in=list(forms), state=VersionState.PUBLISHED.value)
    for version in published.order_by("questionnaire_id", "-number").distinct("questionnaire_id"):
        own = forms[version.questionnaire_id]
        yield f"modulo:{own.number}", title_of(own), read(version.document)


def _questions(document: Document) -> list[Question]:
    return [placed.question for placed in document.questions() if placed.question.kind != Kind.NOTE]


def _said(question: Question) -> str:
    texts = [question.label, question.help, *(option.label for option in question.options)]
    return normalise(" ".join(f"{words.it} {words.en}" for words in texts))


def _shelved(key: str, source: str, document: Document, question: Question) -> Shelved:
    options = [in_language(option.label) for option in question.options]
    return Shelved(
        key=key,
        text=in_language(question.label),
        kind=_(KIND_LABELS[question.kind]),
        source=source,
        options=tuple(options[:_MOST_OPTIONS]),
        more=max(len(options) - _MOST_OPTIONS, 0),
        condition=condition_words(document, question.when),
    )
