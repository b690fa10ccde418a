"""Filing mail: what is known about a message, what the rules say, and the question it becomes or joins."""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from email.parser import BytesParser
from email.policy import compat32

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.helpdesk.access import STAFF, may_run_installation
from contempo.helpdesk.actions.asker import add_to_question
from contempo.helpdesk.actions.asking import add_message, ask, attach
from contempo.helpdesk.models import DeskPolicy, InboundMail, Letter, Message, MessageKind, Question
from contempo.helpdesk.rules.asking import MAX_TEXT, MIN_TEXT, Asked, Capacity, Channel
from contempo.helpdesk.rules.mail import (
    ASKED_WITHIN,
    FAILED_RECEIPTS,
    Attached,
    Decision,
    Incoming,
    Known,
    Note,
    Outcome,
    Reason,
    decide,
    language_of,
    parse,
    token_of,
)
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.rules.topics import Topic
from contempo.people.public import SYSTEM, Actor, address_of, enrol, persons_with
from contempo.questionnaires.public import about_letters, note_bounced

logger = logging.getLogger(__name__)

_NOBODYS = (Outcome.BOUNCE, Outcome.RECEIPT, Outcome.AUTO_REPLY)
_HEAD = ("return-path", "date", "from", "to", "subject", "message-id", "auto-submitted")

LEFT_BEHIND = timedelta(minutes=1)
"""A message not filed for so long was left behind by a process that stopped."""


def read_again(row: InboundMail) -> Incoming:
    """A message read from its bytes, as it was when it came. One SQL."""
    return parse(bytes(row.raw.data))


@action
def place(actor: Actor, *, mail_id: int) -> InboundMail:
    """File a message once: find out what is known, decide, and do it. Filed before, nothing happens."""
    require(may_run_installation(actor))
    row = InboundMail.objects.select_for_update(of=("self",)).get(pk=mail_id)
    if row.verdict:
        return row
    mail = read_again(row)
    known, questions = _known(row, mail)
    if any(note["note"] == Note.TOO_BIG for note in row.notes):
        decision = Decision(Outcome.QUARANTINE, reason=Reason.ODD)
    else:
        decision = decide(mail, known)
    try:
        with transaction.atomic():
            _do(row, mail, decision, questions)
    except Refusal as refusal:
        logger.info("mail %s could not join: %s", mail_id, refusal.reason)
        row.question = row.message = None
        decision = Decision(Outcome.QUARANTINE, reason=Reason.CLOSED)
    row.verdict, row.reason = decision.outcome, decision.reason or ""
    row.waiting = decision.outcome == Outcome.QUARANTINE
    if decision.outcome in _NOBODYS and about_letters(_told_of(mail)):
        _keep_head_only(row)
    row.save()
    return row


@action
def hold(actor: Actor, *, mail_id: int) -> None:
    """Let a person look at a message that could not be filed."""
    require(may_run_installation(actor))
    InboundMail.objects.filter(pk=mail_id, verdict="").update(
        verdict=Outcome.QUARANTINE, reason=Reason.FAILED, waiting=True
    )


def left_behind() -> tuple[int, ...]:
    """Messages taken in and never filed, the oldest first. One SQL."""
    rows = InboundMail.objects.filter(verdict="", received_at__lt=now() - LEFT_BEHIND).order_by("received_at", "id")
    return tuple(rows.values_list("id", flat=True)[:100])


def _known(row: InboundMail, mail: Incoming) -> tuple[Known, dict[int, Question]]:
    """What is known about a message, and the questions that its tokens and the letters it answers name."""
    tokens = tuple(token_of(address, settings.SECRET_KEY, now()) for address in mail.recipients)
    letters = set(Letter.objects.filter(message_id__in=mail.answers).values_list("question_id", flat=True))
    named = {token.question_key for token in tokens if token.question_key is not None} | letters
    questions = _living(row, named)
    same = InboundMail.objects.filter(network_id=row.network_id, header_id=row.header_id).exclude(pk=row.pk)
    known = Known(
        tokens=tokens,
        answered=frozenset(key for key in letters if key in questions),
        belongs_to=frozenset(key for key, question in questions.items() if _belongs(mail.sender, question)),
        same_id=bool(row.header_id) and same.exclude(digest=row.digest).exists(),
        own=_is_own(mail),
        staff=mail.sender in _staff(row.network_id),
        asked=InboundMail.objects.filter(
            network_id=row.network_id,
            sender=row.sender,
            received_at__gt=now() - ASKED_WITHIN,
            verdict=Outcome.NEW_QUESTION,
        ).count(),
    )
    return known, questions


def _living(row: InboundMail, keys: Iterable[int]) -> dict[int, Question]:
    """Questions of the network; one passed on to another network stands for what it has become there."""
    found = Question.objects.filter(pk__in=list(keys), network_id=row.network_id).select_related("passed_on")
    return {each.pk: each.passed_on if each.state == State.TRANSFERRED and each.passed_on else each for each in found}


def _belongs(sender: str, question: Question) -> bool:
    return bool(sender and question.asker_id) and address_of(question.asker_id or 0).lower() == sender


def _is_own(mail: Incoming) -> bool:
    return (
        Letter.objects.filter(message_id=mail.message_id).exists()
        or DeskPolicy.objects.filter(mail_address=mail.sender).exclude(mail_address="").exists()
    )


def _staff(network_id: int | None) -> set[str]:
    return {person.email.lower() for role in STAFF for person in persons_with(network_id or 0, role)}


def _do(row: InboundMail, mail: Incoming, decision: Decision, questions: dict[int, Question]) -> None:
    """Make the question, join it, or note on the question that a letter has come back."""
    if decision.outcome == Outcome.NEW_QUESTION:
        row.message = asked_by_mail(row, mail)
        row.question = row.message.question
    elif decision.outcome == Outcome.JOINED and decision.question_key is not None:
        row.question = questions[decision.question_key]
        row.message = join(mail, row.question)
    elif decision.outcome in (Outcome.BOUNCE, Outcome.RECEIPT):
        row.question = _question_of_letter(row, mail)
        if row.question is None and mail.bounce and mail.bounce.permanent:
            note_bounced(SYSTEM, message_ids=list(mail.bounce.message_ids), why=mail.subject)
        if row.question and _says_not_arrived(mail):
            row.message = _note_not_arrived(row.question, mail)


def asked_by_mail(
    row: InboundMail, mail: Incoming, *, topic: str = Topic.OTHER, capacity: str = Capacity.OTHER
) -> Message:
    """A message becomes a question of its sender, who gets an account to be answered by."""
    system = Actor(network_id=row.network_id, is_system=True)
    language = language_of(f"{mail.subject} {mail.text}")
    text = mail.text if len(mail.text) >= MIN_TEXT else f"{mail.subject}\n\n{mail.text}".strip()
    name = mail.sender_name or mail.sender.partition("@")[0]
    asker_id = enrol(system, email=mail.sender, full_name=name[:150], language=language)
    asked = Asked(text=_fitting(text), topic=topic, capacity=capacity, subject=mail.subject, language=language)
    question = ask(system, asked=asked, channel=Channel.MAIL, asker_id=asker_id)
    message = question.messages.get(kind=MessageKind.QUESTION)
    _attach(message, mail, text)
    return message


def join(mail: Incoming, question: Question) -> Message:
    """A message of the asker joins the question."""
    system = Actor(network_id=question.network_id, is_system=True)
    with translation.override(question.language):
        text = mail.text.strip() or _("The message has no text: see what is attached.")
    message = add_to_question(system, question_id=question.pk, text=_fitting(text), channel=Channel.MAIL)
    _attach(message, mail, text)
    return message


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"


def _attach(message: Message, mail: Incoming, text: str) -> None:
    """Keep what came with a message; what the desk does not take is named in an internal note."""
    system = Actor(network_id=message.question.network_id, is_system=True)
    refused = []
    for attached in _to_attach(mail, text):
        try:
            with transaction.atomic():
                attach(system, message, (ContentFile(attached.content, name=attached.name),))
        except Refusal as refusal:
            refused.append(_(refusal.reason) % refusal.params if refusal.params else _(refusal.reason))
    if refused:
        _note(message.question, [_("The e-mail also had files that the desk does not take:"), *refused])


def _to_attach(mail: Incoming, text: str) -> Iterator[Attached]:
    """The attachments; first the whole text, when it is longer than a message of the desk."""
    whole = [Attached(_("whole-text.txt"), text.encode(), "text/plain")] if len(text) > MAX_TEXT else []
    yield from [*whole, *mail.attachments]


def _question_of_letter(row: InboundMail, mail: Incoming) -> Question | None:
    """The question whose letter a bounce or a receipt tells of."""
    told = (*(mail.bounce.message_ids if mail.bounce else ()), *mail.in_reply_to)
    letter = Letter.objects.filter(message_id__in=told, question__network_id=row.network_id)
    found = letter.select_related("question__network").first()
    return found.question if found else None


def _told_of(mail: Incoming) -> tuple[str, ...]:
    """The messages that a bounce, a receipt or an answer by a machine tells of."""
    return (*(mail.bounce.message_ids if mail.bounce else ()), *mail.answers)


def _keep_head_only(row: InboundMail) -> None:
    """Of what a mail program sent back about a letter of a campaign the desk keeps who, when and what about, never the
    text: it may hold the letter, and with it the link by which somebody answers.
    """
    head = BytesParser(policy=compat32).parsebytes(bytes(row.raw.data), headersonly=True)
    kept = [f"{name}: {value}" for name, value in head.items() if name.lower() in _HEAD]
    with translation.override("it"):
        row.text = _(
            "This is about a letter of a questionnaire. Its text is not kept: it may hold the link of who was asked. "
            "What became of the letter is told in the story of the invitation."
        )
    lines = [*kept, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", row.text, ""]
    row.raw.data = "\r\n".join(lines).encode("utf-8", "replace")
    row.raw.save(update_fields=["data"])


def _says_not_arrived(mail: Incoming) -> bool:
    return mail.receipt in FAILED_RECEIPTS or bool(mail.bounce and mail.bounce.permanent)


def _note_not_arrived(question: Question, mail: Incoming) -> Message:
    return _note(question, [_("A letter to the asker has come back: the address may be wrong."), mail.text[:500]])


def _note(question: Question, lines: list[str]) -> Message:
    return add_message(
        question, MessageKind.NOTE, "\n".join(line for line in lines if line), channel=Channel.MAIL, author_id=None
    )
