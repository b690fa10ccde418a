"""A reply joins its question only with a key and from its asker; bounces and receipts are told to the desk."""

from datetime import timedelta

import pytest

from contempo.core import clock
from contempo.core.outbox import kept_mails
from contempo.helpdesk.models import Letter, MessageKind, Question
from contempo.helpdesk.rules.mail import Outcome, Reason
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.corpus import raw
from contempo.helpdesk.tests.mail.posting import MILANO, letter_of, posted, reply_to, written

STRANGER = "Mallory <mallory@example.com>"


@pytest.fixture
def question(post: Desk) -> Question:
    return post.question()


def test_the_asker_joins_by_replying(question: Question) -> None:
    mail = posted(reply_to(question))
    assert (mail.verdict, mail.question) == (Outcome.JOINED, question)
    added = question.messages.latest("pk")
    assert (added.kind, added.by_asker, added.text) == (
        MessageKind.ADDITION,
        True,
        "Il contratto è quello del commercio.",
    )


def test_the_token_alone_is_enough(question: Question) -> None:
    assert posted(reply_to(question, In_Reply_To="")).verdict == Outcome.JOINED


def test_the_letter_answered_alone_is_enough(question: Question) -> None:
    assert posted(reply_to(question, to=MILANO)).verdict == Outcome.JOINED


def test_references_alone_are_enough(question: Question) -> None:
    known = Letter.objects.get(question=question).message_id
    reply = reply_to(question, to=MILANO, In_Reply_To="", References=f"<elsewhere@example.com> {known}")
    assert posted(reply).verdict == Outcome.JOINED


def test_the_envelope_tells_the_token_when_the_headers_do_not(question: Question) -> None:
    hidden = reply_to(question, to="undisclosed@example.com", In_Reply_To="")
    assert posted(hidden, sender="x@example.com", to=(letter_of(question).reply_to,)).verdict == Outcome.JOINED


@pytest.mark.parametrize("key", ["token", "letter", "both"])
def test_a_stranger_never_joins(question: Question, key: str) -> None:
    changed = {"token": {"In_Reply_To": ""}, "letter": {"to": MILANO}, "both": {}}[key]
    mail = posted(reply_to(question, sender=STRANGER, **changed))
    assert (mail.verdict, mail.reason, mail.question) == (Outcome.QUARANTINE, Reason.STRANGER, None)
    assert question.messages.count() == 1


def test_another_asker_never_joins(post: Desk, question: Question) -> None:
    other = posted(written()).question
    mail = posted(reply_to(question, sender=other.asker.email))
    assert (mail.verdict, mail.reason) == (Outcome.QUARANTINE, Reason.STRANGER)


def test_without_a_key_even_the_asker_waits(question: Question) -> None:
    mail = posted(reply_to(question, to=MILANO, In_Reply_To="<unknown@example.com>"))
    assert (mail.verdict, mail.reason) == (Outcome.QUARANTINE, Reason.UNKNOWN_REPLY)


def test_a_forged_token_waits(question: Question) -> None:
    forged = f"sportello.milano+{'a' * 32}@example.org"
    mail = posted(reply_to(question, to=forged), to=(MILANO,))
    assert (mail.verdict, mail.reason) == (Outcome.QUARANTINE, Reason.FORGED_TOKEN)


def test_an_expired_token_waits(question: Question) -> None:
    reply = reply_to(question, In_Reply_To="")
    with clock.replaying(clock.now() + timedelta(days=61)):
        mail = posted(reply)
    assert (mail.verdict, mail.reason) == (Outcome.QUARANTINE, Reason.EXPIRED_TOKEN)


def test_an_expert_never_answers_by_mail(post: Desk, question: Question) -> None:
    taken = post.taken(question)
    mail = posted(reply_to(taken, sender=post.nadia.email))
    assert (mail.verdict, mail.reason) == (Outcome.QUARANTINE, Reason.STAFF)
    taken.refresh_from_db()
    assert taken.state == State.TAKEN
    assert not taken.messages.filter(kind=MessageKind.ANSWER).exists()


def test_a_reply_with_the_details_awaited_starts_the_clock_again(post: Desk, question: Question) -> None:
    waiting = post.waiting(question)
    posted(reply_to(waiting))
    waiting.refresh_from_db()
    assert waiting.state == State.OPEN
    assert waiting.messages.latest("pk").kind == MessageKind.DETAILS


def test_a_reply_after_the_answer_asks_again(post: Desk, question: Question) -> None:
    answered = post.answered(question)
    posted(reply_to(answered))
    answered.refresh_from_db()
    assert (answered.state, answered.reopenings, answered.promises.count()) == (State.OPEN, 1, 2)


def test_a_reply_too_late_waits_for_a_person(post: Desk, question: Question) -> None:
    answered = post.answered(question)
    reply = reply_to(answered)
    with clock.replaying(clock.now() + timedelta(days=31)):
        mail = posted(reply)
    assert (mail.verdict, mail.reason, mail.question) == (Outcome.QUARANTINE, Reason.CLOSED, None)
    assert answered.messages.filter(by_asker=True).count() == 1


def test_an_out_of_office_changes_nothing(post: Desk, question: Question) -> None:
    waiting = post.waiting(question)
    mail = posted(reply_to(waiting, Auto_Submitted="auto-replied"))
    waiting.refresh_from_db()
    assert (mail.verdict, waiting.state) == (Outcome.AUTO_REPLY, State.AWAITING_DETAILS)


def test_our_own_letter_come_back_is_a_loop(question: Question) -> None:
    own = Letter.objects.get(question=question).message_id
    before = len(kept_mails())
    assert posted(reply_to(question, message_id=own)).verdict == Outcome.LOOP
    assert len(kept_mails()) == before


@pytest.mark.parametrize("name", ["bounce-postfix", "bounce-exim", "bounce-qmail", "receipt-errore-consegna"])
def test_a_letter_that_came_back_is_told_to_the_desk_only(question: Question, name: str) -> None:
    own = Letter.objects.get(question=question).message_id
    before = len(kept_mails())
    message = raw(name).replace(b"<0f4b6c1e2d3a49b8a7c6d5e4f3a2b1c0@example.org>", own.encode())
    mail = posted(message, to=(MILANO,), sender="")
    note = question.messages.latest("pk")
    assert mail.question == question
    assert (note.kind, note.internal) == (MessageKind.NOTE, True)
    assert "tornata indietro" in note.text
    assert len(kept_mails()) == before


def test_a_letter_that_is_only_late_is_no_news(question: Question) -> None:
    own = Letter.objects.get(question=question).message_id
    message = raw("bounce-postfix-delayed").replace(b"<0f4b6c1e2d3a49b8a7c6d5e4f3a2b1c0@example.org>", own.encode())
    assert posted(message, to=(MILANO,), sender="").question == question
    assert question.messages.count() == 1


def test_quoted_text_is_left_out(question: Question) -> None:
    quoted = "\n".join(f"> {line}" for line in letter_of(question).text.splitlines())
    posted(reply_to(question, f"Sì, è quello.\n\nIl 12/11/26 10:22, Sportello ha scritto:\n{quoted}\n"))
    assert question.messages.latest("pk").text == "Sì, è quello."
