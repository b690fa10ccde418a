"""What becomes of a message: the one place that decides it.

A reply joins a question only when its token or the message it answers is known **and** its sender belongs to the
question. A clean message that answers nothing is a new question. Everything else waits for a person; mail never acts as
an expert.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from contempo.core.words import N_
from contempo.helpdesk.rules.asking import MIN_TEXT
from contempo.helpdesk.rules.mail.limits import UNSAFE, Note
from contempo.helpdesk.rules.mail.parsing import Incoming
from contempo.helpdesk.rules.mail.signs import Kind
from contempo.helpdesk.rules.mail.tokens import Seal, Token

MAX_ASKED, ASKED_WITHIN = 10, timedelta(days=1)
"""Questions one address may ask by mail in a day: a program that answers every letter of ours goes no further."""


class Outcome(StrEnum):
    """What becomes of a message."""

    NEW_QUESTION = "new_question"
    JOINED = "joined"
    QUARANTINE = "quarantine"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    DUPLICATE = "duplicate"
    LOOP = "loop"
    TOO_BIG = "too_big"


OUTCOME_LABELS: dict[str, str] = {
    Outcome.NEW_QUESTION: N_("Became a question"),
    Outcome.JOINED: N_("Joined a question"),
    Outcome.QUARANTINE: N_("Waits for a decision"),
    Outcome.AUTO_REPLY: N_("Automatic reply, set aside"),
    Outcome.BOUNCE: N_("A letter of ours that came back"),
    Outcome.RECEIPT: N_("Receipt, set aside"),
    Outcome.DUPLICATE: N_("Arrived before, set aside"),
    Outcome.LOOP: N_("Going in circles, set aside"),
    Outcome.TOO_BIG: N_("Too large, refused"),
}


class Reason(StrEnum):
    """Why a message waits for a person."""

    STAFF = "staff"
    STRANGER = "stranger"
    UNKNOWN_REPLY = "unknown_reply"
    EXPIRED_TOKEN = "expired_token"
    FORGED_TOKEN = "forged_token"
    SEVERAL_QUESTIONS = "several_questions"
    SAME_ID = "same_id"
    BULK = "bulk"
    EMPTY = "empty"
    ODD = "odd"
    MANY = "many"
    CLOSED = "closed"
    FAILED = "failed"


REASON_LABELS: dict[str, str] = {
    Reason.STAFF: N_("It comes from somebody of the desk: experts answer on their page, never by mail."),
    Reason.STRANGER: N_("It answers a question that the sender does not belong to."),
    Reason.UNKNOWN_REPLY: N_("It answers a message the desk does not know."),
    Reason.EXPIRED_TOKEN: N_("The address it was sent to has expired."),
    Reason.FORGED_TOKEN: N_("It was sent to an address that the desk never gave to anybody."),
    Reason.SEVERAL_QUESTIONS: N_("It answers more than one question at once."),
    Reason.SAME_ID: N_("It has the identifier of another message, and says something else."),
    Reason.BULK: N_("It was sent to many, through a mailing list or a newsletter."),
    Reason.EMPTY: N_("It says too little to be a question."),
    Reason.ODD: N_("Something about it is odd: read the remarks."),
    Reason.MANY: N_("This sender has asked too many questions in one day."),
    Reason.CLOSED: N_("It answers a question that takes no more replies."),
    Reason.FAILED: N_("The platform could not file it: a person has to."),
}


@dataclass(frozen=True)
class Known:
    """What is known about a message besides what it says.

    `tokens`: those of the addresses it was sent to. `answered`: numbers of the questions of the letters it answers.
    `belongs_to`: those, among the questions named by tokens and letters, that the sender belongs to. `duplicate`: the
    same identifier and content arrived before; `same_id`: the same identifier with other content. `own`: it is a letter
    of the desk, or sent by the desk's own address. `staff`: the sender answers questions in this network. `asked`: how
    many questions the sender has asked by mail within `ASKED_WITHIN`.
    """

    tokens: tuple[Token, ...] = ()
    answered: frozenset[int] = frozenset()
    belongs_to: frozenset[int] = frozenset()
    duplicate: bool = False
    same_id: bool = False
    own: bool = False
    staff: bool = False
    asked: int = 0


@dataclass(frozen=True)
class Decision:
    """What becomes of a message: the question it joins, or why it waits."""

    outcome: Outcome
    question_key: int | None = None
    reason: Reason | None = None


_SET_ASIDE: dict[Kind, Outcome] = {
    Kind.LOOP: Outcome.LOOP,
    Kind.RECEIPT: Outcome.RECEIPT,
    Kind.BOUNCE: Outcome.BOUNCE,
    Kind.AUTO_REPLY: Outcome.AUTO_REPLY,
}


def decide(mail: Incoming, known: Known) -> Decision:
    """What becomes of `mail`, given what is known about it. Pure; the same arguments always give the same decision."""
    notes = {remark.note for remark in mail.remarks}
    if Note.TOO_BIG in notes:
        return Decision(Outcome.TOO_BIG)
    if known.duplicate:
        return Decision(Outcome.DUPLICATE)
    if known.own:
        return Decision(Outcome.LOOP)
    if mail.kind in _SET_ASIDE:
        return Decision(_SET_ASIDE[mail.kind])
    if known.same_id:
        return _wait(Reason.SAME_ID)
    if known.staff:
        return _wait(Reason.STAFF)
    if notes & UNSAFE:
        return _wait(Reason.ODD)
    if mail.kind is Kind.BULK:
        return _wait(Reason.BULK)
    return _placed(mail, known)


def _placed(mail: Incoming, known: Known) -> Decision:
    """Where an honest message written by somebody belongs."""
    seals = {token.seal for token in known.tokens}
    if Seal.FORGED in seals:
        return _wait(Reason.FORGED_TOKEN)
    questions = _named(known.tokens) | known.answered
    if len(questions) > 1:
        return _wait(Reason.SEVERAL_QUESTIONS)
    for question in questions:
        if question not in known.belongs_to:
            return _wait(Reason.STRANGER)
        if not mail.text.strip() and not mail.attachments:
            return _wait(Reason.EMPTY)
        return Decision(Outcome.JOINED, question_key=question)
    if Seal.EXPIRED in seals:
        return _wait(Reason.EXPIRED_TOKEN)
    if mail.kind is Kind.REPLY:
        return _wait(Reason.UNKNOWN_REPLY)
    if len(f"{mail.subject} {mail.text}".strip()) < MIN_TEXT:
        return _wait(Reason.EMPTY)
    return _wait(Reason.MANY) if known.asked >= MAX_ASKED else Decision(Outcome.NEW_QUESTION)


def _named(tokens: Iterable[Token]) -> frozenset[int]:
    return frozenset(
        token.question_key for token in tokens if token.seal is Seal.VALID and token.question_key is not None
    )


def _wait(reason: Reason) -> Decision:
    return Decision(Outcome.QUARANTINE, reason=reason)
