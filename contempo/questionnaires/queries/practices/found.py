"""The good practices found in the answers of one campaign, and the answers they are found in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.workflow import Look, Transition
from contempo.questionnaires.models import Practice, Response
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.practices.words import topic_name
from contempo.questionnaires.queries.reading.texts import responses_behind
from contempo.questionnaires.rules.document import OTHER, Kind, read
from contempo.questionnaires.rules.needs import NEED_LABELS, need_order
from contempo.questionnaires.rules.practices import NOT_NAMED, can_be_asked, consents, may_be_written
from contempo.questionnaires.rules.states import PRACTICE, Mode, PracticeState, ResponseState, Who
from contempo.web.lists import Column, ListPage, build, every_row

STATES = {state: look.label for state, look in PRACTICE.looks.items()}


@dataclass(frozen=True)
class FoundRow:
    """A practice found in an answer, with where it stands."""

    title: str
    topic: str
    organisation: str
    state: Look
    created: datetime
    url: str


COLUMNS = (
    Column("title", _("Good practice"), sort="title"),
    Column("topic", _("Type of need"), sort="topic"),
    Column("organisation", _("Organisation"), sort="organisation__search_name"),
    Column("state", _("State"), sort="state"),
    Column("created", _("Found"), sort="created_at"),
)


@dataclass(frozen=True)
class FoundPage:
    """A practice as who keeps the campaign works on it: `steps` may be taken now, `written` tells that its words may
    still change, `asks` that an address may be written to.
    """

    practice: Practice
    topic: str
    look: Look
    steps: tuple[Transition, ...]
    written: bool
    asks: bool
    by_form: bool


@dataclass(frozen=True)
class Source:
    """An answer in which a practice may be found: its texts with their questions, whom to ask, and whether consent was
    given in the questionnaire. `why_not` says why it cannot be told, empty when it can.
    """

    response_id: UUID
    who: str
    email: str
    texts: tuple[tuple[str, str], ...]
    chosen: str
    agreed: bool
    asks: bool
    why_not: str


class _Filters(django_filters.FilterSet):
    """Named as in the address."""

    stato = django_filters.ChoiceFilter(
        label=_("State"), field_name="state", choices=choices(STATES), empty_label=_("All")
    )

    class Meta:
        model = Practice
        fields: tuple[str, ...] = ()


def found(opened: OpenedCampaign, params: QueryDict) -> ListPage:
    """The practices of a campaign. Two SQL."""
    return build(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort="-created")


def found_rows(opened: OpenedCampaign, params: QueryDict) -> Iterator[FoundRow]:
    """Every practice of a campaign, for a file."""
    return every_row(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort="-created")


def found_page(opened: OpenedCampaign, practice_id: int) -> FoundPage | None:
    """One practice of a campaign. One SQL."""
    practice = Practice.objects.filter(campaign=opened.campaign, pk=practice_id).select_related("organisation").first()
    if practice is None:
        return None
    state = PracticeState(practice.state)
    asked = practice.asked_at is not None
    named = can_be_asked(Mode(opened.campaign.mode))
    steps = tuple(step for step in PRACTICE.available(state, (Who.KEEPER,)) if named or step.name != "ask")
    return FoundPage(
        practice=practice,
        topic=topic_name(practice.topic) if practice.topic else "",
        look=PRACTICE.looks[state],
        steps=steps,
        written=may_be_written(state, asked=asked),
        asks=named,
        by_form=practice.answered_at is not None and not asked,
    )


def source_of_text(opened: OpenedCampaign, text: str, question: str) -> Source | None:
    """The response whose text the page of texts calls `text`; None when there is none. Three SQL."""
    behind = responses_behind(opened.campaign, question, [text])
    return source(opened, behind[0], question) if behind else None


def source(opened: OpenedCampaign, response_id: UUID, question: str) -> Source | None:
    """A completed response of a campaign as a practice may be found in it; None when there is none. One SQL.

    Its texts and who gave them where answers are with name; else the one text of `question` alone, because several of
    the same person tell more than each.
    """
    rows = Response.objects.filter(campaign=opened.campaign, state=ResponseState.COMPLETED.value)
    response = rows.select_related("version", "invitation__target").filter(pk=response_id).first()
    if response is None:
        return None
    document = read(response.version.document)
    agreed, named = consents(document, response.answers), can_be_asked(Mode(opened.campaign.mode))
    texts, chosen = [], ""
    for placed in document.questions():
        for key in (placed.question.key, f"{placed.question.key}{OTHER}"):
            answer = response.answers.get(key) if placed.group is None or not placed.group.repeat else None
            written = placed.question.kind == Kind.TEXT or key.endswith(OTHER)
            if isinstance(answer, str) and written and (named or key == question):
                texts.append((placed.question.label.it, answer))
                chosen = answer if key == question else chosen
    invitation = response.invitation if named else None
    return Source(
        response_id=response.pk,
        who=str(invitation.target or invitation) if invitation else "",
        email=invitation.email if invitation else "",
        texts=tuple(texts),
        chosen=chosen,
        agreed=agreed,
        asks=named,
        why_not="" if agreed or named else NOT_NAMED,
    )


def topics_to_choose(opened: OpenedCampaign) -> list[tuple[str, str]]:
    """The types of need a practice of a campaign may answer: those of the network and the tags of its questionnaire."""
    tags = set(NEED_LABELS)
    for placed in read(opened.campaign.version.document).questions():
        tags |= {option.tag for option in placed.question.options if option.tag}
    return [(tag, topic_name(tag)) for tag in sorted(tags, key=need_order)]


def _filters(opened: OpenedCampaign, params: QueryDict) -> _Filters:
    rows: QuerySet[Practice] = Practice.objects.filter(campaign=opened.campaign).select_related("organisation")
    return _Filters(params, rows)


def _row_maker(opened: OpenedCampaign) -> Callable[[Practice], FoundRow]:
    def to_row(practice: Practice) -> FoundRow:
        return FoundRow(
            title=practice.title,
            topic=topic_name(practice.topic) if practice.topic else "",
            organisation=practice.organisation.name if practice.organisation else "",
            state=PRACTICE.looks[practice.state],
            created=practice.created_at,
            url=opened.url("campaign_practice", practice=practice.pk),
        )

    return to_row
