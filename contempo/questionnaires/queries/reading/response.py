"""One response as a person reads it: every question with its answer in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from contempo.questionnaires.access import visible_responses
from contempo.questionnaires.models import AnswerFile, Response
from contempo.questionnaires.models.documents import document_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.names import (
    ATTRIBUTE_LABELS,
    CHANNEL,
    answer_names,
    attribute_label,
    attribute_names,
    language,
    say,
)
from contempo.questionnaires.queries.reading.responses import name_of
from contempo.questionnaires.rules.document import Document, Group, Kind, Question
from contempo.questionnaires.rules.piping import told
from contempo.questionnaires.rules.states import RESPONSE_LABELS, ResponseState


@dataclass(frozen=True)
class AnswerLine:
    """A question with what was answered; empty where nothing was, `asked` false where a condition left it out.

    `files` are pairs (name, address).
    """

    label: str
    answer: str
    asked: bool = True
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AnswerPage:
    """The answers of one page of the questionnaire."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class OneResponse:
    """A response; `facts` are pairs (label, value); `covers` the names of the units it speaks for."""

    name: str
    state: str
    excluded: bool
    why_excluded: str
    completed_at: datetime | None
    facts: tuple[tuple[str, str], ...]
    covers: tuple[str, ...]
    pages: tuple[AnswerPage, ...]


def one_response(opened: OpenedCampaign, key: UUID) -> OneResponse | None:
    """The response `key` of a campaign, None when there is none or it may not be read. At most seven SQL."""
    rows = visible_responses(opened.part, Response.objects.select_related("invitation__target", "version"))
    response = rows.filter(pk=key).first()
    if response is None:
        return None
    document = document_of(response.version)
    covered = response.coverages.order_by("target__search_name").values_list("target__name", flat=True)
    return OneResponse(
        name=name_of(response),
        state=_(RESPONSE_LABELS[response.state]),
        excluded=response.state == ResponseState.EXCLUDED,
        why_excluded=response.why_excluded,
        completed_at=response.completed_at,
        facts=tuple(_facts(response)),
        covers=tuple(covered),
        pages=tuple(_pages(opened, response, document)),
    )


def _facts(response: Response) -> Iterator[tuple[str, str]]:
    yield attribute_label(CHANNEL), attribute_names(CHANNEL, [response.channel]).get(response.channel, "")
    for name in ATTRIBUTE_LABELS:
        if value := str(response.attributes.get(name) or ""):
            yield attribute_label(name), attribute_names(name, [value]).get(value, value)
    yield _("Version"), str(response.version.number)
    if response.paper:
        yield _("Number of the paper form"), response.paper


def _pages(opened: OpenedCampaign, response: Response, document: Document) -> Iterator[AnswerPage]:
    names = _names(document, response.answers)
    files = _files(opened, response)
    unasked = frozenset(response.unasked)

    def line(question: Question, answers: Mapping[str, Any], label: str, asked: bool) -> AnswerLine:
        if question.kind == Kind.FILE:
            return AnswerLine(label, "", asked, tuple(files[question.key]))
        return AnswerLine(
            label, told(question, answers, language(), lambda kind, one: names.get((kind, str(one)), "")), asked
        )

    def lines(item: Question | Group) -> Iterator[AnswerLine]:
        if isinstance(item, Question):
            if item.kind != Kind.NOTE:
                yield line(item, response.answers, say(item.label), item.key not in unasked)
        elif item.repeat:
            times = response.answers.get(item.key) or []
            for number, answers in enumerate(times, start=1):
                for question in item.questions:
                    yield line(
                        question, answers, f"{say(item.each) or say(item.label)} {number}: {say(question.label)}", True
                    )
            if not times:
                yield AnswerLine(say(item.label), "", item.key not in unasked)
        else:
            for question in item.questions:
                yield from lines(question)

    for page in document.pages:
        if found := tuple(one for item in page.items for one in lines(item)):
            yield AnswerPage(say(page.title), found)


def _names(document: Document, answers: Mapping[str, Any]) -> dict[tuple[Kind, str], str]:
    """The names of the municipalities and organisations answered, also in groups that repeat. At most two SQL."""
    wanted: dict[Kind, set[Any]] = {Kind.MUNICIPALITY: set(), Kind.ORGANISATION: set()}
    for placed in document.questions():
        if placed.question.kind not in wanted:
            continue
        repeats = placed.group is not None and placed.group.repeat
        times = answers.get(placed.group.key) or [] if placed.group and repeats else [answers]
        wanted[placed.question.kind] |= {one.get(placed.question.key) for one in times} - {None}
    return {
        (kind, str(value)): name
        for kind, values in wanted.items()
        for value, name in answer_names(kind, values).items()
    }


def _files(opened: OpenedCampaign, response: Response) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in AnswerFile.objects.filter(response=response).select_related("file"):
        found[each.key].append((each.file.name, opened.url("response_file", response=response.pk, file=each.pk)))
    return found


def answered_file(opened: OpenedCampaign, key: UUID, number: int) -> AnswerFile | None:
    """A file attached to a response that may be read, None when there is none. One SQL."""
    responses = visible_responses(opened.part, Response.objects.filter(pk=key))
    return AnswerFile.objects.select_related("file").filter(response__in=responses, pk=number).first()
