"""The list of one's own questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.text import normalise
from contempo.core.workflow import Look
from contempo.helpdesk.access import own_questions
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.questions import DESK, WITH_DESK, State
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row


@dataclass(frozen=True)
class OwnRow:
    """A question in the list of whoever asked it; `due_at` only while the promise runs."""

    subject: str
    number: str
    state: Look
    topic: str
    received_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    url: str


COLUMNS = (
    Column("subject", _("Question")),
    Column("state", _("State"), sort="state"),
    Column("received_at", _("Asked"), sort="received_at"),
    Column("due_at", _("Answer by")),
    Column("answered_at", _("Answered on"), sort="answered_at"),
    Column("topic", _("Topic"), only_export=True),
    Column("number", _("Number"), sort="number"),
)
_SORT = "-received_at"


class _Filters(django_filters.FilterSet):
    """What one's own questions may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Words"), method="about")
    stato = django_filters.ChoiceFilter(
        label=_("State"),
        choices=choices({state: look.label for state, look in DESK.looks.items()}),
        field_name="state",
        empty_label=_("All"),
    )
    argomento = django_filters.ChoiceFilter(
        label=_("Topic"), choices=choices(TOPIC_LABELS), field_name="topic", empty_label=_("All")
    )

    class Meta:
        model = Question
        fields: tuple[str, ...] = ()

    def about(self, questions: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """Those with every word of `value` in question or answers."""
        for word in normalise(value).split():
            questions = questions.filter(search_text__contains=word)
        return questions


def own_page(actor: Actor, params: QueryDict) -> ListPage:
    """One page of the questions the actor asked in this network, newest first. Two SQL."""
    return build(_filters(actor, params), columns=COLUMNS, to_row=_row, sort=_SORT)


def own_rows(actor: Actor, params: QueryDict) -> Iterator[OwnRow]:
    """Every row of the same list, for a file."""
    return every_row(_filters(actor, params), columns=COLUMNS, to_row=_row, sort=_SORT)


def _filters(actor: Actor, params: QueryDict) -> _Filters:
    questions = own_questions(actor, Question.objects.annotate(slug=F("network__slug")))
    return _Filters(params, queryset=questions.defer("search_text", "words"))


def _row(question: Question) -> OwnRow:
    slug: str = question.slug  # type: ignore[attr-defined]
    return OwnRow(
        subject=question.subject,
        number=str(question.number),
        state=DESK.looks[State(question.state)],
        topic=gettext(TOPIC_LABELS[question.topic]),
        received_at=question.received_at,
        due_at=question.due_at if question.state in WITH_DESK else None,
        answered_at=question.answered_at,
        url=reverse("helpdesk:follow", kwargs={"network": slug, "key": question.key}),
    )
