"""What resembles a question: earlier ones of the same asker, answered ones on the same topic, catalogue entries."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet
from django.urls import reverse

from contempo.core.search.words import words_of
from contempo.core.workflow import Look
from contempo.helpdesk.access import ties_of, visible_questions
from contempo.helpdesk.models import Question
from contempo.helpdesk.queries.catalogue.search import Found, nearest
from contempo.helpdesk.rules.questions import DESK, State
from contempo.people.public import Actor

SHOWN = 5
RECENT = 300
"""Of the answered questions on a topic the latest are compared: older ones rest on older norms."""

_WORDS = 12
_LIKE = 500
_UNREAD = ("search_text", "words")
_LONG = re.compile(r"\D{4,}")


@dataclass(frozen=True)
class Alike:
    """Another question of the desk."""

    number: str
    subject: str
    look: Look
    received_at: datetime
    url: str


@dataclass(frozen=True)
class Similar:
    """What the desk may look at before it answers the question `number`."""

    number: str
    subject: str
    entries: tuple[Found, ...]
    same_asker: tuple[Alike, ...]
    same_topic: tuple[Alike, ...]


def similar(actor: Actor, *, network: str, number: int) -> Similar | None:
    """What resembles the question with this number; None, or left out, is what the actor may not see. Five SQL at most.

    `network` is the slug.
    """
    ties = ties_of(actor) if actor.organisations else ()
    visible = visible_questions(actor, Question.objects.all(), ties)
    question = visible.filter(number=number).defer("words").first()
    if question is None:
        return None
    others = visible.exclude(pk=question.pk)
    by_asker: list[Question] = []
    if question.asker_id is not None:
        by_asker = list(others.filter(asker_id=question.asker_id).defer(*_UNREAD).order_by("-received_at")[:SHOWN])
    known = {each.pk for each in by_asker}
    return Similar(
        number=str(question.number),
        subject=question.subject,
        entries=nearest(question.network_id, question.search_text[:_LIKE], network=network, language=question.language),
        same_asker=tuple(_alike(network, each) for each in by_asker),
        same_topic=tuple(_alike(network, each) for each in _on_topic(others, question) if each.pk not in known),
    )


def _on_topic(others: QuerySet[Question], question: Question) -> list[Question]:
    """The answered questions on the same topic that share most words with this one."""
    words = [word for word in dict.fromkeys(words_of(question.search_text)) if _LONG.fullmatch(word)][:_WORDS]
    if not words:
        return []
    query = SearchQuery(" | ".join(words), config="italian", search_type="raw")
    answered = others.filter(topic=question.topic, state__in=(State.ANSWERED, State.CLOSED))
    recent = answered.order_by("-received_at", "-id").values("pk")[:RECENT]
    ranked = Question.objects.filter(pk__in=recent).annotate(rank=SearchRank(F("words"), query)).filter(rank__gt=0)
    return list(ranked.defer(*_UNREAD).order_by("-rank", "-id")[:SHOWN])


def _alike(network: str, question: Question) -> Alike:
    return Alike(
        str(question.number),
        question.subject,
        DESK.looks[State(question.state)],
        question.received_at,
        reverse("helpdesk:desk_question", kwargs={"network": network, "number": question.number}),
    )
