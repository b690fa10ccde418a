"""Every page with its answers in words: to check before sending, and to keep."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contempo.questionnaires.queries.answering.fields import Showing, id_of
from contempo.questionnaires.queries.answering.opened import Answering
from contempo.questionnaires.queries.answering.pages import Typed, showing
from contempo.questionnaires.rules.answers import Wrong, still_wrong
from contempo.questionnaires.rules.asking import Answers, ShownPage, asked, asked_each
from contempo.questionnaires.rules.document import Kind, Question
from contempo.questionnaires.rules.piping import in_language, piped, told


@dataclass(frozen=True)
class Told:
    """One answer in words; `text` is empty where there is none."""

    label: str
    text: str


@dataclass(frozen=True)
class PageTold:
    """A page with its answers in words; `wrongs` are what keeps it from being sent."""

    title: str
    url: str
    answers: tuple[Told, ...]
    wrongs: tuple[Wrong, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What keeps the answers from being sent, and where it is mended."""

    text: str
    url: str


def problems(pages: Sequence[PageTold]) -> tuple[Problem, ...]:
    """Everything still to be mended, in order."""
    return tuple(
        Problem(f"{page.title}: {_said(wrong)}", f"{page.url}#{id_of(wrong.field)}")
        for page in pages
        for wrong in page.wrongs
    )


def _said(wrong: Wrong) -> str:
    return _(wrong.text) % wrong.params if wrong.params else _(wrong.text)


def summary(opened: Answering) -> tuple[PageTold, ...]:
    """Every page asked, with what was answered. At most three SQL."""
    kept = opened.response.answers if opened.response else {}
    whole = asked(opened.document, kept)
    show = showing(opened, whole.answers, Typed())
    wrongs: dict[int, list[Wrong]] = {}
    for number, wrong in still_wrong(opened.document, whole.answers, language=opened.language):
        wrongs.setdefault(number, []).append(wrong)
    return tuple(
        PageTold(
            title=show.words(page.page.title, whole.answers),
            url=opened.page_url(page.number),
            answers=tuple(_told(show, page)),
            wrongs=tuple(wrongs.get(page.number, ())),
        )
        for page in whole.pages
    )


def _told(show: Showing, page: ShownPage) -> list[Told]:
    found: list[Told] = []
    for item in page.items:
        if isinstance(item, Question):
            found.extend(_one(show, item, show.answers))
        elif not item.group.repeat:
            for question in item.questions:
                found.extend(_one(show, question, show.answers))
        else:
            for number, one in enumerate(show.answers.get(item.group.key) or (), 1):
                each = in_language(item.group.each, show.language) or in_language(item.group.label, show.language)
                for question in asked_each(item.group, show.answers, one):
                    label = piped(question.label, show.document, {**show.answers, **one}, show.language, show.name)
                    found.append(Told(f"{each} {number}: {label}", told(question, one, show.language, show.name)))
    return found


def _one(show: Showing, question: Question, answers: Answers) -> list[Told]:
    if question.kind == Kind.NOTE:
        return []
    return [Told(show.words(question.label, answers), told(question, answers, show.language, show.name))]
