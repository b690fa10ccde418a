"""The page on which the desk works at one question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext

from contempo.core import clock
from contempo.core.files import Attachment
from contempo.core.workflow import Look
from contempo.helpdesk.access import visible_questions
from contempo.helpdesk.models import Message, Question, Reading
from contempo.helpdesk.queries.history import story_of
from contempo.helpdesk.queries.opened import Deadlines, Opened, deadlines, opened
from contempo.helpdesk.rules.asking import CAPACITY_NAMES
from contempo.helpdesk.rules.questions import DESK, UNANSWERED, WITH_DESK, State, Who
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import OrganisationLink, organisation_links
from contempo.norms.public import NormBrief, norms_by_id
from contempo.people.public import Actor
from contempo.web.sentences import sentence
from contempo.web.timeline import Entry

MESSAGE = "helpdesk.message"

WRITING = timedelta(minutes=5)
"""Whoever saved a draft within this time is writing now."""


@dataclass(frozen=True)
class Paper:
    """A file of a message; `size` in bytes."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class Said:
    """One message of the conversation, internal notes among them."""

    id: int
    kind: str
    title: str
    at: datetime
    who: str
    by_asker: bool
    internal: bool
    text: str
    norms: tuple[NormBrief, ...]
    organisations: tuple[OrganisationLink, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Other:
    """Another question this one has to do with; no `url` where the reader may not open it."""

    number: int
    text: str
    url: str


@dataclass(frozen=True)
class Writer:
    """Somebody who has a draft of the answer: `now` when it was changed a moment ago."""

    author_id: int
    name: str
    at: datetime
    now: bool
    reading: str


@dataclass(frozen=True)
class Broken:
    """A promise that was not kept, and why, if it was told."""

    number: int
    at: datetime
    reason: str
    explained_by: str


@dataclass(frozen=True)
class Working:
    """A question with all the desk works by: `steps` the reader may take now, `barred` why they may not answer."""

    id: int
    number: str
    subject: str
    look: Look
    state: str
    since: datetime
    received_at: datetime
    next: str
    clock: Deadlines | None
    holder: str
    held_by_me: bool
    lease_until: datetime | None
    lease_over: bool
    proposed: str
    proposed_why: tuple[str, ...]
    second: str
    asker: tuple[tuple[str, str], ...]
    steps: frozenset[str]
    barred: str
    writers: tuple[Writer, ...]
    broken: tuple[Broken, ...]
    others: tuple[Other, ...]
    said: tuple[Said, ...]
    story: tuple[Entry, ...]
    publication: str
    consent: bool
    rating: int | None
    rating_comment: str
    erased: bool

    @property
    def to_read(self) -> tuple[Writer, ...]:
        """The drafts for which a second reading is asked."""
        return tuple(each for each in self.writers if each.reading == Reading.ASKED)


def working(actor: Actor, *, network: str, number: int) -> Working | None:
    """The question with this number, for whoever of the desk may see it. Six SQL at most; `network` is the slug."""
    one = opened(actor, number)
    if one is None:
        return None
    question, now = one.question, clock.now()
    asked_it = Who.ASKER in one.parts
    messages = _messages(question, with_notes=not asked_it)
    who = one.people | {message.author_id: str(message.author) for message in messages if message.author}
    running = question.state in UNANSWERED
    return Working(
        id=question.pk,
        number=str(question.number),
        subject=question.subject,
        look=DESK.looks[State(question.state)],
        state=question.state,
        since=question.state_since,
        received_at=question.received_at,
        next=_next(one, now, who),
        clock=deadlines(one, now),
        holder=who.get(question.holder_id or 0, ""),
        held_by_me=running and question.holder_id == actor.person_id,
        lease_until=question.lease_until if question.state == State.TAKEN else None,
        lease_over=_lease_over(question, now),
        proposed=who.get(question.proposed_to_id or 0, "") if running and not question.holder_id else "",
        proposed_why=tuple(_reason(each) for each in question.proposed_why) if running else (),
        second=who.get(question.second_expert_id or 0, "") if running else "",
        asker=_facts(one),
        steps=steps_of(actor, one, now),
        barred=sentence(one.free) if not one.free else "",
        writers=() if asked_it else _writers(one, now, who),
        broken=tuple(_broken(each, who) for each in one.promises if each["breached_at"]),
        others=_others(one, network),
        said=_said(messages, network, question, who),
        story=() if asked_it else story_of(one, who),
        publication=question.publication,
        consent=question.consent,
        rating=question.rating,
        rating_comment=question.rating_comment,
        erased=question.erased_at is not None,
    )


@dataclass(frozen=True)
class Classified:
    """What a question is about, as the form that corrects it begins; `contract` is (id, label), if there is one."""

    topic: str
    capacity: str
    municipality: str
    sector: str
    contract: tuple[int, str] | None


@dataclass(frozen=True)
class Brief:
    """A question as the pages of its steps need it; `text` is what was asked first."""

    id: int
    number: str
    subject: str
    text: str
    steps: frozenset[str]
    facts: Classified


def brief(actor: Actor, number: int) -> Brief | None:
    """The question with this number, for whoever of the desk may see it. Two SQL at most."""
    one = opened(actor, number)
    if one is None:
        return None
    steps = steps_of(actor, one, clock.now())
    return Brief(one.question.pk, str(number), one.question.subject, one.first_text, steps, _classified(one.question))


def _classified(question: Question) -> Classified:
    contract = (question.contract_id, str(question.contract)) if question.contract_id else None
    return Classified(question.topic, question.capacity, str(question.municipality or ""), question.sector, contract)


def document(actor: Actor, *, number: int, key: UUID) -> Attachment | None:
    """A file of a message of the question with this number; None when the reader may not have it. Two SQL at most."""
    questions = visible_questions(actor, Question.objects.filter(number=number)).order_by()
    said = Message.objects.filter(question__in=questions.values("pk"))
    if actor.person_id is not None:
        # Whoever asked never reads the notes on their own question, nor what is attached to them.
        said = said.exclude(internal=True, question__asker_id=actor.person_id)
    return Attachment.objects.filter(key=key, owner_kind=MESSAGE, owner_id__in=said.values("pk")).first()


def steps_of(actor: Actor, one: Opened, now: datetime) -> frozenset[str]:
    """What the reader may do with a question now: steps of the workflow and what changes no state."""
    question, staff = one.question, one.parts & {Who.EXPERT, Who.COORDINATOR, Who.HOLDER}
    steps = {step.name for step in DESK.available(question.state, staff)}
    if not one.free or (question.state == State.TAKEN and not _lease_over(question, now)):
        steps.discard("take")
    if staff:
        steps.add("note")
    if staff and question.erased_at is None:
        steps.add("classify")
    if one.free and question.state in UNANSWERED and question.state != State.AWAITING_DETAILS:
        steps.add("write")
    if one.parts & {Who.HOLDER, Who.COORDINATOR} and question.state in WITH_DESK:
        steps.add("split")
    if Who.COORDINATOR in one.parts and question.state in UNANSWERED:
        steps.add("assign")
    if staff and any(each["breached_at"] and not each["who_id"] for each in one.promises):
        steps.add("explain")
    if one.free and staff and question.consent and not question.publication and question.answered_at:
        steps.add("publish")
    if one.free and staff and question.publication == "proposed":
        steps.add("end_proposal")
    return frozenset(steps)


def _lease_over(question: Question, now: datetime) -> bool:
    return question.state == State.TAKEN and question.lease_until is not None and question.lease_until <= now


def _next(one: Opened, now: datetime, who: Mapping[int, str]) -> str:
    """What comes next and from whom, in a sentence."""
    question = one.question
    holder = who.get(question.holder_id or 0, "")
    if question.state == State.OPEN:
        if question.proposed_to_id:
            return gettext("It waits for %(name)s; anybody free of conflicts may take it.") % {
                "name": who.get(question.proposed_to_id, "")
            }
        return gettext("Nobody has it yet: take it, or let the coordinator choose.")
    if question.state == State.TAKEN:
        if Who.HOLDER in one.parts:
            return gettext("It is yours: answer, ask for details, or give it back.")
        if _lease_over(question, now):
            return gettext("%(name)s has stopped writing: anybody may take it over.") % {"name": holder}
        return gettext("%(name)s is answering.") % {"name": holder}
    if question.state == State.AWAITING_DETAILS:
        return gettext("The asker sends the details; meanwhile the clock stands still.")
    if question.state == State.ANSWERED:
        return gettext("The asker may ask again for thirty days; then it closes by itself.")
    return gettext("Nothing more is to be done.")


def _messages(question: Question, *, with_notes: bool) -> list[Any]:
    norms, links = Message.norms.through.objects, Message.organisations.through.objects
    rows = (
        Message.objects.filter(question=question)
        .select_related("author")
        .defer("author__password")
        .annotate(
            norm_ids=ArraySubquery(norms.filter(message=OuterRef("pk")).values("norm_id")),
            link_ids=ArraySubquery(links.filter(message=OuterRef("pk")).values("organisation_id")),
        )
    )
    return list((rows if with_notes else rows.filter(internal=False)).order_by("at", "id"))


def _said(messages: list[Any], network: str, question: Question, who: Mapping[int, str]) -> tuple[Said, ...]:
    cited = norms_by_id((key for message in messages for key in message.norm_ids), clock.today())
    linked = organisation_links(question.network_id, [key for message in messages for key in message.link_ids])
    papers = _papers(messages, network, question.number)
    return tuple(
        Said(
            id=message.pk,
            kind=message.kind,
            title=message.get_kind_display(),
            at=message.at,
            who=who.get(message.author_id, "") or (gettext("The asker") if message.by_asker else gettext("The desk")),
            by_asker=message.by_asker,
            internal=message.internal,
            text=message.text,
            norms=tuple(cited[key] for key in message.norm_ids if key in cited),
            organisations=tuple(linked[key] for key in message.link_ids if key in linked),
            papers=tuple(papers.get(message.pk, ())),
        )
        for message in messages
    )


def _papers(messages: Iterable[Any], network: str, number: int) -> dict[int, list[Paper]]:
    found: dict[int, list[Paper]] = {}
    rows = Attachment.objects.filter(owner_kind=MESSAGE, owner_id__in=[message.pk for message in messages])
    for each in rows.order_by("at", "key"):
        where = {"network": network, "number": number, "attachment": each.key}
        url = reverse("helpdesk:desk_document", kwargs=where)
        found.setdefault(each.owner_id, []).append(Paper(each.name, each.size, url))
    return found


def _facts(one: Opened) -> tuple[tuple[str, str], ...]:
    question = one.question
    return (
        (gettext("Name"), str(question.asker) if question.asker else gettext("Asked at the counter, without a name")),
        (gettext("In what capacity"), gettext(CAPACITY_NAMES[question.capacity])),
        (gettext("Topic"), gettext(TOPIC_LABELS[question.topic])),
        (gettext("Municipality"), str(question.municipality or "")),
        (gettext("Sector"), gettext(SECTOR_LABELS[question.sector]) if question.sector else ""),
        (gettext("Collective contract"), str(question.contract or "")),
        (gettext("Counterparts"), ", ".join(one.counterparts)),
        (gettext("Channel"), question.get_channel_display()),
        (gettext("Language"), question.get_language_display()),
    )


def _reason(stored: Mapping[str, Any]) -> str:
    return gettext(stored["message"]) % dict(stored.get("params") or {})


def _writers(one: Opened, now: datetime, who: Mapping[int, str]) -> tuple[Writer, ...]:
    return tuple(
        Writer(
            author_id=each["who_id"],
            name=who.get(each["who_id"], ""),
            at=each["saved_at"],
            now=now - each["saved_at"] <= WRITING,
            reading=each["reading"],
        )
        for each in one.drafts
    )


def _broken(promise: Mapping[str, Any], who: Mapping[int, str]) -> Broken:
    return Broken(
        number=promise["number"],
        at=promise["breached_at"],
        reason=promise["breach_reason"],
        explained_by=who.get(promise["who_id"] or 0, ""),
    )


def _others(one: Opened, network: str) -> tuple[Other, ...]:
    """Where the question came from and went: joined, split, passed on. Those of other networks are not linked."""

    def other(number: int, text: str) -> Other:
        url = reverse("helpdesk:desk_question", kwargs={"network": network, "number": number})
        return Other(number, text % {"number": number}, url)

    question, found = one.question, []
    if question.merged_into:
        found.append(other(question.merged_into.number, gettext("Joined to question %(number)s")))
    if question.split_from:
        found.append(other(question.split_from.number, gettext("Split from question %(number)s")))
    for each in one.relatives:
        text = (
            gettext("Question %(number)s was joined to this one")
            if each["joined"]
            else gettext("Part of it: %(number)s")
        )
        found.append(other(each["number"], text))
    if question.passed_on:
        named = {"number": question.passed_on.number, "network": question.passed_on.network.name}
        found.append(Other(question.number, gettext("It is question %(number)s of %(network)s") % named, ""))
    return tuple(found)
