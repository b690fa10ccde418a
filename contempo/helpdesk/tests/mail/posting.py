"""Writing to the desk, as people and programs do."""

from email.message import EmailMessage

from contempo.core.outbox import KeptMail, kept_mails
from contempo.helpdesk.actions.mail.taking import take_in
from contempo.helpdesk.models import InboundMail, Letter, Question
from contempo.people.models import Person
from contempo.people.public import SYSTEM

MILANO = "sportello.milano@example.org"
BERGAMO = "sportello.bergamo@example.org"
ASKED = "Buongiorno, posso prendere il congedo parentale a ore se il mio contratto non ne parla?"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def written(
    sender: str = "Ada Prova <ada.prova@example.com>",
    text: str = ASKED,
    *,
    to: str = MILANO,
    subject: str = "Congedo a ore",
    message_id: str = "<one@example.com>",
    **headers: str,
) -> EmailMessage:
    """A message as a mail program writes it; `headers` are named with underscores."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = sender, to, subject, message_id
    message["Date"] = "Thu, 12 Nov 2026 18:04:11 +0100"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def posted(message: EmailMessage | bytes, *, sender: str | None = None, to: tuple[str, ...] = ()) -> InboundMail:
    """The row of a message that has just arrived and been filed."""
    raw = message if isinstance(message, bytes) else message.as_bytes()
    taken = take_in(SYSTEM, raw=raw, sender=sender, recipients=to)
    return InboundMail.objects.get(pk=taken[0].mail_id)


def letter_of(question: Question) -> KeptMail:
    """The last letter to the asker of a question."""
    return kept_mails(to=question.asker.email)[0]


def reply_to(question: Question, text: str = "Il contratto è quello del commercio.", **changed: str) -> EmailMessage:
    """The asker's reply to the last letter about a question, with token and identifier unless changed."""
    told = {
        "sender": asker_of(question).email,
        "to": letter_of(question).reply_to,
        "message_id": "<reply@example.com>",
        "subject": "Re: la tua domanda",
        "In_Reply_To": Letter.objects.filter(question=question).latest("pk").message_id,
    }
    return written(text=text, **{name: value for name, value in {**told, **changed}.items() if value})


def asker_of(question: Question) -> Person:
    """Who asked."""
    assert question.asker
    return question.asker
