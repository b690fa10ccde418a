"""What whoever asked sees of a question. Internal notes are never read here: no query of this file selects them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from contempo.core import clock
from contempo.core.files import Attachment
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.helpdesk.access import own_questions
from contempo.helpdesk.models import Counterpart, Expert, Message, MessageKind, Move, Question
from contempo.helpdesk.queries.asking import Document, documents
from contempo.helpdesk.rules.asking import CAPACITY_LABELS
from contempo.helpdesk.rules.questions import DESK, REOPEN_WITHIN, UNANSWERED, WITH_DESK, State, Who
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.network.public import OrganisationLink, organisation_links
from contempo.norms.public import NormBrief, norms_by_id
from contempo.people.public import Actor
from contempo.web.timeline import Entry

MESSAGE = "helpdesk.message"

_TITLES: Mapping[str, str] = {
    MessageKind.QUESTION: N_("The question"),
    MessageKind.ADDITION: N_("Something more"),
    MessageKind.DETAILS_REQUEST: N_("We need to know something more"),
    MessageKind.DETAILS: N_("The details"),
    MessageKind.ANSWER: N_("The answer"),
    MessageKind.REOPENING: N_("The further question"),
    MessageKind.NOTICE: N_("From the desk"),
}

_MOVES: Mapping[str, str] = {
    "receive": N_("Question received"),
    "take": N_("An expert is on it"),
    "ask_details": N_("Details asked for: the time of the answer stands still"),
    "details": N_("Details arrived: the time runs again"),
    "answer": N_("Answer sent"),
    "reopen": N_("Asked again: a new promise begins"),
    "withdraw": N_("Question withdrawn"),
    "deflect": N_("Answered by the catalogue"),
    "out_of_scope": N_("Not for this desk"),
    "merge": N_("Joined to another question"),
    "transfer": N_("Passed to another network"),
    "close": N_("Closed"),
}
"""What the asker is told of each move; those not named here are the desk's own affair."""


@dataclass(frozen=True)
class Said:
    """One message of the conversation: by the asker or by the desk, with what it cites, links and carries."""

    id: int
    kind: str
    title: str
    at: datetime
    by_asker: bool
    who: str
    text: str
    norms: tuple[NormBrief, ...]
    organisations: tuple[OrganisationLink, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Followed:
    """A question as whoever asked follows it.

    `due_at` is the promised time while an answer is owed and the clock runs; `paused` tells that it stands still.
    `holder` is a name when the expert chose to show it, None when a role stands for it, empty when nobody has it.
    `awaited` is what the asker was asked. `may` names what the asker may do now. `others` are answers already chosen in
    the form, as (label, value).
    """

    id: int
    key: UUID
    number: str
    subject: str
    state: str
    look: Look
    topic: str
    received_at: datetime
    due_at: datetime | None
    late: bool
    paused: bool
    held: bool
    holder: str
    awaited: str
    reopen_until: datetime | None
    rating: int | None
    consent: bool
    published: bool
    erased: bool
    passed_to: str
    facts: tuple[tuple[str, str], ...]
    may: frozenset[str]
    said: tuple[Said, ...]
    story: tuple[Entry, ...]

    @property
    def last_answer(self) -> Said | None:
        """The answer that counts, if there is one."""
        return next((each for each in reversed(self.said) if each.kind == MessageKind.ANSWER), None)


def followed(actor: Actor, key: UUID, *, follows: bool = False) -> Followed | None:
    """The question with this key, for whoever asked it or `follows` it by the mailed link. Six SQL at most."""
    question = _theirs(actor, key, follows=follows).first()
    if question is None:
        return None
    now = clock.now()
    said = _conversation(question)
    running = question.state in WITH_DESK
    return Followed(
        id=question.pk,
        key=question.key,
        number=str(question.number),
        subject=question.subject,
        state=question.state,
        look=DESK.looks[State(question.state)],
        topic=gettext(TOPIC_LABELS[question.topic]),
        received_at=question.received_at,
        due_at=question.due_at if running else None,
        late=running and question.due_at < now,
        paused=question.state == State.AWAITING_DETAILS,
        held=question.holder_id is not None and question.state in UNANSWERED,
        holder=str(question.holder) if question.holder and question.holder_shown else "",  # type: ignore[attr-defined]
        awaited=_awaited(question, said),
        reopen_until=_reopen_until(question, now),
        rating=question.rating,
        consent=question.consent,
        published=question.publication == "published",
        erased=question.erased_at is not None,
        passed_to=question.passed_on.network.name if question.passed_on else "",
        facts=_facts(question),
        may=_may(question, now),
        said=said,
        story=_story(question),
    )


def asker_of(actor: Actor, key: UUID) -> tuple[int, int | None] | None:
    """Number in the table and asker of a question of the actor's network: for checking a mailed link. One SQL."""
    return Question.objects.filter(network_id=actor.network_id, key=key).values_list("pk", "asker_id").first()


def document_followed(actor: Actor, key: UUID, attachment: UUID, *, follows: bool = False) -> Attachment | None:
    """A file of the conversation, for whoever may read it; those of internal notes are not in it. Two SQL."""
    question = _theirs(actor, key, follows=follows).first()
    if question is None:
        return None
    readable = _readable(question).values("pk")
    return Attachment.objects.filter(key=attachment, owner_kind=MESSAGE, owner_id__in=readable).first()


def _theirs(actor: Actor, key: UUID, *, follows: bool) -> QuerySet[Question]:
    found = Question.objects.filter(network_id=actor.network_id, key=key)
    if not follows:
        found = own_questions(actor, found)
    shown = Expert.objects.filter(network=OuterRef("network"), person=OuterRef("holder"), shows_name=True)
    against = Counterpart.objects.filter(question=OuterRef("pk")).order_by("pk").values("name")
    found = found.annotate(holder_shown=Exists(shown), against=ArraySubquery(against))
    return found.select_related("holder", "municipality", "contract", "passed_on__network").defer(
        "search_text", "words"
    )


def _readable(question: Question) -> QuerySet[Message]:
    """The messages of a question that its asker may read."""
    return Message.objects.filter(question=question, internal=False).exclude(kind=MessageKind.NOTE)


def _conversation(question: Question) -> tuple[Said, ...]:
    norms, links = Message.norms.through.objects, Message.organisations.through.objects
    rows = list(
        _readable(question)
        .select_related("author")
        .annotate(
            norm_ids=ArraySubquery(norms.filter(message=OuterRef("pk")).values("norm_id")),
            link_ids=ArraySubquery(links.filter(message=OuterRef("pk")).values("organisation_id")),
        )
        .order_by("at", "id")
    )
    cited = norms_by_id((key for row in rows for key in row.norm_ids), clock.today())
    linked = organisation_links(question.network_id, [key for row in rows for key in row.link_ids])
    files = _files(row.pk for row in rows)
    return tuple(
        Said(
            id=row.pk,
            kind=row.kind,
            title=gettext(_TITLES[row.kind]),
            at=row.at,
            by_asker=row.by_asker,
            who=_who(row),
            text=row.text,
            norms=tuple(cited[key] for key in row.norm_ids if key in cited),
            organisations=tuple(linked[key] for key in row.link_ids if key in linked),
            documents=documents(files.get(row.pk, ())),
        )
        for row in rows
    )


def _files(message_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    for each in Attachment.objects.filter(owner_kind=MESSAGE, owner_id__in=list(message_ids)).order_by("at", "key"):
        found.setdefault(each.owner_id, []).append(each)
    return found


def _who(message: Message) -> str:
    """Who speaks: the asker, the expert by name when the name was signed, else the role."""
    if message.by_asker:
        return gettext("You")
    if message.kind == MessageKind.NOTICE:
        return gettext("The desk")
    return str(message.author) if message.signs and message.author else gettext("An expert of the network")


def _awaited(question: Question, said: tuple[Said, ...]) -> str:
    if question.state != State.AWAITING_DETAILS:
        return ""
    return next((each.text for each in reversed(said) if each.kind == MessageKind.DETAILS_REQUEST), "")


def _reopen_until(question: Question, now: datetime) -> datetime | None:
    """Until when the asker may ask again; None when there is no answer, or it is too old."""
    if question.state != State.ANSWERED or question.answered_at is None:
        return None
    until = question.answered_at + REOPEN_WITHIN
    return until if now <= until else None


def _may(question: Question, now: datetime) -> frozenset[str]:
    """What the asker may do now: the steps of the workflow, `add`, `rate`, `consent`."""
    may = {step.name for step in DESK.available(question.state, {Who.ASKER})}
    if question.state in WITH_DESK:
        may.add("add")
    if "reopen" in may and _reopen_until(question, now) is None:
        may.discard("reopen")
    if question.state in (State.ANSWERED, State.CLOSED) and question.rating is None:
        may.add("rate")
    if question.erased_at is None and question.publication != "published":
        may.add("consent")
    return frozenset(may)


def _facts(question: Question) -> tuple[tuple[str, str], ...]:
    """What was told in the form, as (label, value); what was not is left out."""
    told = (
        (gettext("Topic"), gettext(TOPIC_LABELS[question.topic])),
        (gettext("In what capacity"), gettext(CAPACITY_LABELS[question.capacity])),
        (gettext("Municipality"), str(question.municipality or "")),
        (gettext("Sector"), gettext(SECTOR_LABELS[question.sector]) if question.sector else ""),
        (gettext("Collective contract"), str(question.contract or "")),
        (gettext("Organisation involved"), ", ".join(question.against)),  # type: ignore[attr-defined]
    )
    return tuple((label, value) for label, value in told if value)


def _story(question: Question) -> tuple[Entry, ...]:
    """What happened, newest first: when each step was made, never by whom at the desk nor with which remark."""
    entries: list[Entry] = []
    before = ""
    for move in Move.objects.filter(question=question, transition__in=list(_MOVES)).order_by("at", "id"):
        if move.transition == before == "take":
            continue
        before = move.transition
        look = DESK.looks[State(move.state)]
        entries.append(Entry(move.at, gettext(_MOVES[move.transition]), tone=look.tone, icon=look.icon))
    return tuple(reversed(entries))
