"""What the person who asked may still do: add, send the details awaited, ask again, rate, withdraw."""

from datetime import timedelta

from django.core.files import File

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.actions.asking import add_message, attach
from contempo.helpdesk.actions.calls import tell_added, tell_asked_again, tell_details_came
from contempo.helpdesk.actions.letters import tell_link, tell_reopened
from contempo.helpdesk.actions.moves import begin_promise, locked_question, move, part_of
from contempo.helpdesk.actions.routing import route
from contempo.helpdesk.models import Message, MessageKind, Question
from contempo.helpdesk.rules.asking import Channel, check_documents, checked_text
from contempo.helpdesk.rules.questions import UNANSWERED, State, Who, check_reopening
from contempo.people.public import Actor

MAX_COMMENT = 1000
MAX_LINKS, LINKS_WITHIN = 3, timedelta(hours=1)
"""Anybody who has the address of a question may have its link mailed, so not without end."""


@action
def add_to_question(
    actor: Actor,
    *,
    question_id: int,
    text: str,
    follows: bool = False,
    channel: Channel = Channel.WEB,
    uploads: "tuple[File[bytes], ...]" = (),
) -> Message:
    """Say something more: details when they are awaited, a further question after the answer, else an addition.

    One door for page and mail, because who replies to a letter does not choose what the reply is. `follows` tells that
    whoever writes holds the asker's link, or that the mail was proved to be the asker's.
    """
    question = locked_question(actor, question_id)
    if not actor.is_system:
        part_of(actor, question, Who.ASKER, follows=follows)
    text = checked_text(text, least=1)
    check_documents(len(uploads))
    kind = _kind_of_reply(question)
    message = add_message(question, kind, text, channel=channel, author_id=question.asker_id, by_asker=True)
    attach(actor, message, uploads)
    whos = {Who.ASKER}
    if kind == MessageKind.DETAILS:
        move(actor, question, "details", whos)
        route(question, question.state_since, tell=tell_details_came)
        question.save()
    elif kind == MessageKind.REOPENING:
        _reopen(actor, question, whos)
    else:
        question.save()
        tell_added(question)
    return message


def _kind_of_reply(question: Question) -> MessageKind:
    if question.state == State.AWAITING_DETAILS:
        return MessageKind.DETAILS
    if question.state in UNANSWERED:
        return MessageKind.ADDITION
    if question.state == State.ANSWERED and question.answered_at:
        check_reopening(question.answered_at, now())
        return MessageKind.REOPENING
    raise Refusal(N_("This question is closed: ask a new one, and tell that it goes on from it."))


def _reopen(actor: Actor, question: Question, whos: set[Who]) -> None:
    moment = now()
    question.reopenings += 1
    begin_promise(question, moment)
    move(actor, question, "reopen", whos, at=moment)
    route(question, moment, tell=tell_asked_again)
    question.save()
    tell_reopened(question)


@action
def rate(actor: Actor, *, question_id: int, stars: int, comment: str = "", follows: bool = False) -> None:
    """Say how useful the answer was, from 1 to 5, once."""
    question = locked_question(actor, question_id)
    part_of(actor, question, Who.ASKER, follows=follows)
    if question.state not in (State.ANSWERED, State.CLOSED):
        raise Refusal(N_("You can rate the answer once you have it."))
    if question.rating is not None:
        raise Refusal(N_("You have rated this answer already: thank you."))
    if stars not in range(1, 6):
        raise Refusal(N_("Choose from 1 to 5."), field="stars")
    if len(comment) > MAX_COMMENT:
        raise Refusal(
            N_("The comment has %(count)s characters: at most %(most)s are allowed."),
            field="comment",
            count=len(comment),
            most=MAX_COMMENT,
        )
    question.rating, question.rating_comment = stars, comment.strip()
    question.save()


@action
def withdraw(actor: Actor, *, question_id: int, reason: str = "", follows: bool = False) -> None:
    """Take a question back: nobody answers it any more."""
    question = locked_question(actor, question_id)
    whos = part_of(actor, question, Who.ASKER, follows=follows)
    move(actor, question, "withdraw", whos, text=reason.strip())


@action
def accept_entry(actor: Actor, *, question_id: int, follows: bool = False) -> Question:
    """The catalogue answers a question under way: it closes as deflected. The caller counts for which entry."""
    question = locked_question(actor, question_id)
    whos = part_of(actor, question, Who.ASKER, follows=follows)
    move(actor, question, "deflect", whos)
    return question


@action
def change_consent(actor: Actor, *, question_id: int, consent: bool, follows: bool = False) -> None:
    """Allow, or no longer allow, that an anonymised version is published; too late once one is proposed."""
    question = locked_question(actor, question_id)
    part_of(actor, question, Who.ASKER, follows=follows)
    if question.publication == "published" and not consent:
        raise Refusal(N_("An anonymised version is published already: write to the desk to have it taken down."))
    if question.publication == "proposed" and not consent:
        # Nothing leads from the draft back to the question: only the people of the desk know which one it is.
        raise Refusal(N_("An anonymised version is about to be published: write to the desk to stop it."))
    question.consent = consent
    question.save()


@action
def mail_link(actor: Actor, *, question_id: int) -> None:
    """Mail a fresh link to the page of a question to whoever asked it, and to nobody else; a few in an hour at most."""
    question = locked_question(actor, question_id)
    lately = question.letters.filter(kind="desk.link", at__gt=now() - LINKS_WITHIN)
    if lately.count() >= MAX_LINKS:
        raise Refusal(N_("Several links went out within the hour: look in the mailbox, or try again later."))
    tell_link(question)
