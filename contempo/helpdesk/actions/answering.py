"""Answering: drafts, requests for details, the answer, its second reading, internal notes."""

from collections.abc import Sequence

from contempo.core import files
from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.outbox import publish
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import conflicts_in, may_answer, may_read_for_others
from contempo.helpdesk.actions.asking import MESSAGE, add_message
from contempo.helpdesk.actions.calls import tell_reading
from contempo.helpdesk.actions.joining import share_answer
from contempo.helpdesk.actions.letters import tell_answered, tell_details_wanted
from contempo.helpdesk.actions.moves import locked_question, move, part_of, policy_row
from contempo.helpdesk.actions.taking import renew
from contempo.helpdesk.events import QuestionAnswered
from contempo.helpdesk.models import AnswerDraft, Expert, Message, MessageKind, Question, Reading
from contempo.helpdesk.rules.asking import Channel, checked_text
from contempo.helpdesk.rules.questions import Who
from contempo.network.public import organisation_links
from contempo.norms.public import norms_by_id
from contempo.people.public import Actor, NetworkRole, persons_with

MIN_ANSWER = 40


@action
def save_answer_draft(
    actor: Actor,
    *,
    question_id: int,
    text: str,
    version: int,
    norm_ids: Sequence[int] = (),
    organisation_ids: Sequence[int] = (),
) -> AnswerDraft:
    """Keep what an expert is writing, and the lease; Refusal when another window has saved after `version`."""
    question = locked_question(actor, question_id)
    require(may_answer(actor, question))
    draft = _draft(actor, question)
    if draft.version != version:
        raise Refusal(
            N_("This answer was changed in another window: open it again before you go on. Your text is below."),
            field="text",
        )
    before = (draft.text, draft.norm_ids, draft.organisation_ids)
    changed = before != (text, list(norm_ids), list(organisation_ids))
    draft.text, draft.norm_ids, draft.organisation_ids = text, list(norm_ids), list(organisation_ids)
    draft.version += 1
    draft.saved_at = now()
    if changed:
        draft.reading, draft.reader_id = Reading.NONE, None
    draft.save()
    renew(actor, question_id=question_id)
    return draft


def _draft(actor: Actor, question: Question) -> AnswerDraft:
    found = AnswerDraft.objects.select_for_update().filter(question=question, author_id=actor.person_id).first()
    return found or AnswerDraft(question=question, author_id=actor.person_id, saved_at=now())


@action
def ask_details(actor: Actor, *, question_id: int, text: str) -> Message:
    """Ask for details: the clock stands still until they come, and the asker reads why."""
    question = locked_question(actor, question_id)
    whos = part_of(actor, question, Who.HOLDER)
    text = checked_text(text, field="details")
    message = add_message(
        question,
        MessageKind.DETAILS_REQUEST,
        text,
        channel=Channel.WEB,
        author_id=actor.person_id,
        signs=_signs(actor, question),
    )
    move(actor, question, "ask_details", whos, text=text)
    tell_details_wanted(question, message)
    return message


@action
def send_answer(actor: Actor, *, question_id: int, version: int) -> Message:
    """Send the answer as it stands in the draft: it stops the clock, and the asker reads it by mail and on the page."""
    question = locked_question(actor, question_id)
    whos = part_of(actor, question, Who.HOLDER)
    draft = _draft(actor, question)
    if draft.version != version:
        raise Refusal(N_("This answer was changed in another window: read it again before you send it."), field="text")
    text = checked_text(draft.text, least=MIN_ANSWER)
    _check_reading(actor, question, draft)
    message = add_message(
        question,
        MessageKind.ANSWER,
        text,
        channel=Channel.WEB,
        author_id=actor.person_id,
        signs=_signs(actor, question),
    )
    cited = norms_by_id(draft.norm_ids, on=today())
    message.norms.set(norm.id for norm in cited.values() if norm.network_id == question.network_id)
    message.organisations.set(organisation_links(question.network_id, draft.organisation_ids))
    files.hand_over(owner_kind=AnswerDraft.FILES, owner_id=draft.pk, to_kind=MESSAGE, to_id=message.pk)
    move(actor, question, "answer", whos)
    draft.delete()
    publish(QuestionAnswered(question_id=question.pk, promise=question.reopenings + 1), network_id=question.network_id)
    tell_answered(question, message)
    share_answer(question, message)
    return message


def _check_reading(actor: Actor, question: Question, draft: AnswerDraft) -> None:
    """Refuse to send what a senior expert is reading, has sent back, or should have read."""
    if draft.reading == Reading.PASSED:
        return
    if draft.reading == Reading.ASKED:
        raise Refusal(N_("A second reading is under way: wait for it, or take the request back."))
    if draft.reading == Reading.SENT_BACK:
        raise Refusal(N_("The second reading has sent this answer back: change it, then ask for another reading."))
    if policy_row(question.network_id).second_reading and not _expert(actor, question.network_id).senior:
        raise Refusal(N_("In this network a senior expert reads every answer first: ask for the second reading."))


def _expert(actor: Actor, network_id: int) -> Expert:
    found = Expert.objects.filter(network_id=network_id, person_id=actor.person_id).first()
    return found or Expert(network_id=network_id, person_id=actor.person_id)


def _signs(actor: Actor, question: Question) -> bool:
    return _expert(actor, question.network_id).shows_name


@action
def ask_reading(actor: Actor, *, question_id: int, version: int) -> None:
    """Ask the senior experts without conflict to read the draft before it is sent; each is told once."""
    question = locked_question(actor, question_id)
    part_of(actor, question, Who.HOLDER)
    draft = _draft(actor, question)
    if draft.version != version or not draft.pk:
        raise Refusal(N_("This answer was changed in another window: read it again before you send it."), field="text")
    checked_text(draft.text, least=MIN_ANSWER)
    asked_already = draft.reading == Reading.ASKED
    draft.reading, draft.reader_id, draft.reading_comment = Reading.ASKED, None, ""
    draft.save()
    if not asked_already:
        tell_reading(question, _readers(question, draft.author_id), draft.author_id)


def _readers(question: Question, author_id: int) -> list[int]:
    """The senior experts who may read an answer by this author: of the network today, and without conflict."""
    experts = [person.id for person in persons_with(question.network_id, NetworkRole.EXPERT) if person.id != author_id]
    senior = Expert.objects.filter(network_id=question.network_id, person_id__in=experts, senior=True)
    conflicts = conflicts_in(question, senior.values_list("person_id", flat=True))
    return [person_id for person_id, conflict in conflicts.items() if conflict is None]


@action
def end_reading(actor: Actor, *, question_id: int, author_id: int, passed: bool, comment: str = "") -> None:
    """Say, as a senior expert other than the author, that an answer may leave, or what must be changed first."""
    question = locked_question(actor, question_id)
    require(may_read_for_others(actor, question))
    draft = AnswerDraft.objects.select_for_update().filter(question=question, author_id=author_id).first()
    if draft is None or draft.reading != Reading.ASKED:
        raise Refusal(N_("No reading is asked for this answer any more."))
    if draft.author_id == actor.person_id:
        raise NotPermitted(N_("Somebody else reads what you have written."))
    if not passed and not comment.strip():
        raise Refusal(N_("Write what must be changed."), field="comment")
    draft.reading = Reading.PASSED if passed else Reading.SENT_BACK
    draft.reader_id, draft.reading_comment = actor.person_id, comment.strip()
    draft.save()


@action
def add_note(actor: Actor, *, question_id: int, text: str) -> Message:
    """Write an internal note: experts without conflict and coordinators read it, the asker never."""
    question = locked_question(actor, question_id)
    part_of(actor, question, Who.EXPERT, Who.COORDINATOR)
    text = checked_text(text, field="note", least=1)
    return add_message(question, MessageKind.NOTE, text, channel=Channel.WEB, author_id=actor.person_id)
