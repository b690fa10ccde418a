"""What the asker is written about a question: always with the page to follow it on, in the language of the question."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from contempo.core.clock import now
from contempo.core.outbox import queue_mail
from contempo.helpdesk.access import LINK_LIFE_SECONDS, follow_token
from contempo.helpdesk.models import DeskPolicy, Letter, Message, Question
from contempo.helpdesk.rules.mail import OWN_HEADER, reply_address
from contempo.people.public import Button, address_of, letter
from contempo.web.templatetags.web import by_time

REPLIES_TAKEN = timedelta(seconds=LINK_LIFE_SECONDS)
"""For how long the address for replies in a letter holds: as long as the link beside it."""


def follow_path(question: Question) -> str:
    """Path that opens the page of a question without signing in."""
    return f"/{question.network.slug}/sportello/domande/{question.key}/apri/{follow_token(question)}/"


def tell_received(question: Question) -> None:
    """The question has reached the desk: by when the answer comes, and where to follow it. Not an answer."""
    with translation.override(question.language):
        _write(
            question,
            "desk.received",
            _("We have your question: you will read the answer by %(when)s") % {"when": by_time(question.due_at)},
            [
                _("your question %(number)s has reached the desk of %(network)s.") % _named(question),
                _("An expert answers by %(when)s.") % {"when": by_time(question.due_at)},
                _("On its page you can add something, read the answer or withdraw it. No password is needed."),
            ],
        )


def tell_details_wanted(question: Question, message: Message) -> None:
    """The expert needs details: what, and that the clock stands still meanwhile."""
    with translation.override(question.language):
        _write(
            question,
            "desk.details",
            _("To answer question %(number)s we need to know something more") % _named(question),
            [_("We wait for your details: meanwhile the time of the answer stands still.")],
            markdown=message.text,
        )


def tell_answered(question: Question, message: Message) -> None:
    """The answer, whole, with the page on which its norms and attachments are."""
    with translation.override(question.language):
        _write(
            question,
            "desk.answered",
            _("The answer to your question %(number)s") % _named(question),
            [
                _("an expert of the desk has answered you: the answer is below."),
                _("Norms, links and attachments are on the page of the question."),
                _("If it does not answer you, ask again within thirty days: the same page is enough."),
            ],
            markdown=message.text,
        )


def tell_reopened(question: Question) -> None:
    """The further question has arrived, with a promise of its own."""
    with translation.override(question.language):
        _write(
            question,
            "desk.reopened",
            _("We go on with question %(number)s: you will read the answer by %(when)s")
            % {**_named(question), "when": by_time(question.due_at)},
            [_("your further question has arrived, and a new promise begins.")],
        )


def tell_ended(question: Question, message: Message) -> None:
    """The desk does not answer this question: why, and where to turn."""
    with translation.override(question.language):
        _write(
            question,
            "desk.ended",
            _("Question %(number)s: where to turn for it") % _named(question),
            [_("this desk cannot answer your question. Here is why, and who can.")],
            markdown=message.text,
        )


def tell_merged(question: Question) -> None:
    """The question is answered together with another one; whose it is, is not told."""
    with translation.override(question.language):
        _write(
            question,
            "desk.merged",
            _("We answer question %(number)s together with another one") % _named(question),
            [
                _("another question asks the same as yours: one answer serves both."),
                _("You will read it by mail and on the page of your question."),
            ],
        )


def tell_split(question: Question, original: int) -> None:
    """One question held several: this is one of them, with a number and a page of its own."""
    with translation.override(question.language):
        _write(
            question,
            "desk.split",
            _("Part of your question %(original)s is now question %(number)s")
            % {**_named(question), "original": original},
            [
                _("your question %(original)s asked several things: each gets an answer of its own.")
                % {"original": original},
                _("The promised time does not change: you will read this answer by %(when)s.")
                % {"when": by_time(question.due_at)},
            ],
            markdown=question.subject,
        )


def tell_passed_on(question: Question, original: int, network: str, reason: str) -> None:
    """Question `original` of `network` is answered by the network of `question`, under a new number."""
    with translation.override(question.language):
        _write(
            question,
            "desk.passed_on",
            _("Your question has passed to %(network)s") % _named(question),
            [
                _("your question %(original)s to %(before)s has passed to the desk of %(network)s.")
                % {**_named(question), "original": original, "before": network},
                _("The promised time does not change: you will read the answer by %(when)s.")
                % {"when": by_time(question.due_at)},
                _("There it is question %(number)s, with a new page.") % _named(question),
            ],
            markdown=reason,
        )


def tell_link(question: Question) -> None:
    """A fresh link to the page of the question."""
    with translation.override(question.language):
        _write(
            question,
            "desk.link",
            _("The page of your question %(number)s") % _named(question),
            [_("you asked for a new link to the page of your question: here it is.")],
        )


def _reply_to(question: Question) -> str:
    """The address by which a reply is known to belong to the question; empty when the desk reads no mail."""
    desk = DeskPolicy.objects.filter(network_id=question.network_id).values_list("mail_address", flat=True).first()
    return reply_address(desk, question.pk, settings.SECRET_KEY, now() + REPLIES_TAKEN) if desk else ""


def _named(question: Question) -> dict[str, object]:
    return {"number": question.number, "network": question.network.name}


def _write(question: Question, kind: str, subject: str, paragraphs: Sequence[str], *, markdown: str = "") -> None:
    """Queue one letter to the asker and remember its Message-ID; nobody is written about a question without asker."""
    to = address_of(question.asker_id) if question.asker_id else ""
    if not to:
        return
    reply_to = _reply_to(question)
    text, html = letter(
        greeting=_("Hello,"),
        paragraphs=paragraphs,
        markdown=markdown,
        button=Button(_("Open the question"), f"{settings.SITE_URL}{follow_path(question)}"),
        footer=[
            *([_("You can answer this e-mail: what you write joins your question.")] if reply_to else []),
            _("You receive this because a question was asked with this address at the desk of %(network)s.")
            % _named(question),
        ],
    )
    message_id = queue_mail(
        kind=kind,
        to=to,
        subject=subject,
        text=text,
        html=html,
        network_id=question.network_id,
        person_id=question.asker_id,
        reply_to=reply_to,
        headers={OWN_HEADER: question.network.slug},
    )
    Letter.objects.create(question=question, message_id=message_id, kind=kind, at=now())
