"""What a coordinator decides about mail that waits."""

from dataclasses import dataclass

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_coordinate
from contempo.helpdesk.actions.asking import add_message
from contempo.helpdesk.actions.mail.placing import asked_by_mail, join, read_again
from contempo.helpdesk.actions.mail.receiving import check_not_filed
from contempo.helpdesk.models import InboundMail, Message, MessageKind, Question
from contempo.helpdesk.rules.asking import MAX_TEXT, Capacity, Channel
from contempo.helpdesk.rules.mail import Note
from contempo.helpdesk.rules.mail.decisions import Decision, checked_reason
from contempo.helpdesk.rules.topics import Topic
from contempo.people.public import Actor, address_of


@dataclass(frozen=True)
class Decided:
    """A decision: for `JOIN` the `number` of the question and whether the asker wrote the message, though from another
    address; for `ASK` the topic of the new question and in what capacity its sender asks.
    """

    decision: Decision
    reason: str
    number: int | None = None
    by_asker: bool = False
    topic: str = Topic.OTHER
    capacity: str = Capacity.OTHER


@action
def decide_mail(actor: Actor, *, mail_id: int, decided: Decided) -> InboundMail:
    """Join a message to a question, make it one, or set it aside; decided once, by a coordinator, with the reason."""
    require(may_coordinate(actor))
    found = InboundMail.objects.select_for_update(of=("self",)).filter(pk=mail_id, network_id=actor.network_id)
    row = check_not_filed(found.first())
    reason = checked_reason(decided.reason)
    if decided.decision == Decision.JOIN:
        row.message = _joined(actor, row, decided)
        row.question = row.message.question
    elif decided.decision == Decision.ASK:
        row.message = _asked(row, decided)
        row.question = row.message.question
    row.decision, row.decision_reason = decided.decision, reason
    row.waiting, row.decided_by_id, row.decided_at = False, actor.person_id, now()
    row.save()
    return row


def _asked(row: InboundMail, decided: Decided) -> Message:
    mail = read_again(row)
    if not mail.sender or Note.ODD_SENDER in mail.notes:
        raise Refusal(N_("The message does not say who sent it: nobody could be answered."), field="decision")
    return asked_by_mail(row, mail, topic=decided.topic, capacity=decided.capacity)


def _joined(actor: Actor, row: InboundMail, decided: Decided) -> Message:
    """What the asker wrote joins as the asker's; of anybody else it is an internal note, never read by the asker."""
    question = Question.objects.filter(network_id=actor.network_id, number=decided.number).first()
    if question is None:
        raise Refusal(N_("No question of this network has this number."), field="number")
    mail = read_again(row)
    asker = address_of(question.asker_id).lower() if question.asker_id else ""
    if decided.by_asker or (asker and asker == mail.sender):
        return join(mail, question)
    heading = f"{mail.sender_name} <{mail.sender}>: {mail.subject}".strip()
    return add_message(
        question,
        MessageKind.NOTE,
        f"{heading}\n\n{mail.text}"[:MAX_TEXT],
        channel=Channel.MAIL,
        author_id=actor.person_id,
    )
