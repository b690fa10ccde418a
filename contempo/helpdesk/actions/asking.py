"""Asking: drafts of questions, and questions that reach the desk by any channel."""

from typing import Any
from uuid import UUID, uuid4

from django.core.files import File

from contempo.core import files
from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.files import Attachment
from contempo.core.outbox import publish
from contempo.core.text import normalise
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.letters import tell_received
from contempo.helpdesk.actions.moves import add_move, begin_promise, next_number, reckon
from contempo.helpdesk.actions.routing import route
from contempo.helpdesk.events import QuestionAsked
from contempo.helpdesk.models import Counterpart, Message, MessageKind, Question, QuestionDraft
from contempo.helpdesk.rules.asking import Asked, Channel, check_documents, checked_text, subject_of
from contempo.helpdesk.rules.conflicts import Organisation, Parties, Side, sides_of
from contempo.helpdesk.rules.questions import State
from contempo.network.public import organisation_kinds, organisation_named
from contempo.norms.public import norms_by_id
from contempo.people.public import Actor

DRAFT, MESSAGE = "helpdesk.draft", "helpdesk.message"
"""Kinds of owner of attachments."""

SEARCHED = 20_000
"""Characters of a question and its answers by which it is found."""


@action
def save_draft(actor: Actor, *, key: UUID | None, values: dict[str, Any], language: str) -> QuestionDraft:
    """Keep what somebody is asking, as typed; a new draft when `key` is None or its draft is gone."""
    draft = QuestionDraft.objects.select_for_update().filter(key=key, network_id=actor.network_id).first()
    if draft is None:
        draft = QuestionDraft(network_id=actor.network_id, key=key or uuid4())
    draft.values, draft.language, draft.changed_at = values, language, now()
    draft.save()
    return draft


@action
def attach_to_draft(actor: Actor, *, key: UUID, upload: "File[bytes]") -> Attachment:
    """Add a document to a draft; one too many, or of the wrong type or size, is refused with a sentence."""
    draft = _draft(actor, key)
    check_documents(len(files.attachments_of(DRAFT, draft.pk)) + 1)
    return files.accept(
        upload,
        network_id=draft.network_id,
        owner_kind=DRAFT,
        owner_id=draft.pk,
        purpose="document",
        person_id=actor.person_id,
        field="documents",
    )


@action
def detach_from_draft(actor: Actor, *, key: UUID, attachment: UUID) -> None:
    """Take a document out of a draft."""
    files.discard(attachment, owner_kind=DRAFT, owner_id=_draft(actor, key).pk)


@action
def discard_draft(actor: Actor, *, key: UUID) -> None:
    """Erase a draft with its documents: sent, answered by the catalogue, or given up."""
    erase_draft(_draft(actor, key))


def erase_draft(draft: QuestionDraft) -> None:
    """Erase a locked draft with its documents."""
    files.discard_all(owner_kind=DRAFT, owner_id=draft.pk)
    draft.delete()


def _draft(actor: Actor, key: UUID) -> QuestionDraft:
    draft = QuestionDraft.objects.select_for_update().filter(key=key, network_id=actor.network_id).first()
    if draft is None:
        raise Refusal(N_("This draft is not there any more: it was sent, or erased after thirty days."))
    return draft


@action
def send_draft(actor: Actor, *, key: UUID, asked: Asked) -> Question:
    """Send a draft to the desk for the person who signed in; sent twice, the first question is found again."""
    if actor.person_id is None:
        raise NotPermitted(N_("Sign in, or write the code we mailed you, to send the question."))
    if sent := Question.objects.filter(key=key, network_id=actor.network_id, asker_id=actor.person_id).first():
        return sent
    draft = QuestionDraft.objects.select_for_update().filter(key=key, network_id=actor.network_id).first()
    if draft is None:
        if sent := Question.objects.filter(key=key, network_id=actor.network_id, asker_id=actor.person_id).first():
            return sent
        raise Refusal(N_("This draft is not there any more: it was sent, or erased after thirty days."))
    question, message = _received(actor, asked, channel=Channel.WEB, asker_id=actor.person_id, key=key)
    files.hand_over(owner_kind=DRAFT, owner_id=draft.pk, to_kind=MESSAGE, to_id=message.pk)
    erase_draft(draft)
    return question


@action
def ask(
    actor: Actor, *, asked: Asked, channel: Channel, asker_id: int | None, uploads: "tuple[File[bytes], ...]" = ()
) -> Question:
    """A question that did not come by the web page: by mail (`SYSTEM`), or typed in at the counter by the desk."""
    if not actor.is_system:
        require(may_work_at_desk(actor))
        if channel != Channel.DESK:
            raise NotPermitted(N_("At the counter only questions of the counter and of the phone are typed in."))
    check_documents(len(uploads))
    question, message = _received(actor, asked, channel=channel, asker_id=asker_id, key=uuid4())
    attach(actor, message, uploads)
    return question


def attach(actor: Actor, message: Message, uploads: "tuple[File[bytes], ...]") -> None:
    """Keep the documents that came with a message."""
    for upload in uploads:
        files.accept(
            upload,
            network_id=message.question.network_id,
            owner_kind=MESSAGE,
            owner_id=message.pk,
            purpose="document",
            person_id=actor.person_id,
            field="documents",
        )


def _received(
    actor: Actor, asked: Asked, *, channel: Channel, asker_id: int | None, key: UUID
) -> tuple[Question, Message]:
    """Write a question with its first message, its promise and its letter."""
    moment = now()
    text = checked_text(asked.text)
    against = _counterparts(actor.network_id, asked.counterparts)
    sides = sides_of(Parties(asker_id, asked.capacity, tuple(known for _name, known in against)))
    question = Question(
        key=key,
        network_id=actor.network_id,
        number=next_number(actor.network_id),
        state=State.OPEN,
        state_since=moment,
        channel=channel,
        topic=asked.topic,
        capacity=asked.capacity,
        language=asked.language,
        subject=subject_of(asked.subject or text),
        municipality_id=asked.municipality or None,
        sector=asked.sector,
        contract_id=_contract(actor, asked.contract_id),
        consent=asked.consent,
        asker_id=asker_id,
        received_at=moment,
        due_at=moment,
        union_side=Side.WORKERS in sides,
        employer_side=Side.EMPLOYERS in sides,
    )
    make_findable(question, f"{asked.subject} {text}")
    question.save()
    Counterpart.objects.bulk_create(
        Counterpart(question=question, organisation_id=known.id, name=name) for name, known in against
    )
    message = add_message(question, MessageKind.QUESTION, text, channel=channel, author_id=asker_id, by_asker=True)
    add_move(actor, question, "receive", at=moment)
    begin_promise(question, moment)
    reckon(question, moment)
    route(question, moment)
    question.save()
    publish(QuestionAsked(question_id=question.pk), network_id=question.network_id)
    tell_received(question)
    return question, message


def _contract(actor: Actor, contract_id: int | None) -> int | None:
    """The collective contract named, when it is in the registry of this network."""
    found = norms_by_id([contract_id], on=today()).get(contract_id or 0)
    return contract_id if found and found.network_id == actor.network_id else None


def _counterparts(network_id: int | None, names: tuple[str, ...]) -> list[tuple[str, Organisation]]:
    """Each counterpart as typed, with the organisation of the registry it means, once each."""
    typed = list(dict.fromkeys(" ".join(name.split())[:200] for name in names if name.strip()))
    found = {name: organisation_named(network_id or 0, name) for name in typed}
    kinds = organisation_kinds(found.values())
    against: dict[object, tuple[str, Organisation]] = {}
    for name, number in found.items():
        against.setdefault(number or name, (name, Organisation(number, kinds.get(number or 0, ""))))
    return list(against.values())


def add_message(
    question: Question,
    kind: MessageKind,
    text: str,
    *,
    channel: str,
    author_id: int | None,
    by_asker: bool = False,
    signs: bool = False,
) -> Message:
    """Write one message of a question. What the asker reads or wrote can be found by its words, notes cannot."""
    if kind != MessageKind.NOTE and question.pk and kind != MessageKind.QUESTION:
        make_findable(question, text)
    return Message.objects.create(
        question=question,
        at=now(),
        kind=kind,
        by_asker=by_asker,
        author_id=author_id,
        signs=signs,
        channel=channel,
        text=text,
        internal=kind == MessageKind.NOTE,
    )


def make_findable(question: Question, text: str) -> None:
    """Add words by which a question is found; the caller saves it."""
    question.search_text = f"{question.search_text} {normalise(text)}".strip()[:SEARCHED]
