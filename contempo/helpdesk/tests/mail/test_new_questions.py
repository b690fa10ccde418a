"""A mail from anybody becomes a question, once, and its sender reads by when the answer comes."""

import pytest

from contempo.core.files import attachments_of
from contempo.core.outbox import kept_mails
from contempo.core.verdict import NotPermitted
from contempo.helpdesk.actions.asking import MESSAGE
from contempo.helpdesk.actions.mail.receiving import NoDesk, receive
from contempo.helpdesk.actions.mail.taking import take_in
from contempo.helpdesk.models import InboundMail, Message, MessageKind, Question, RawMail
from contempo.helpdesk.rules.asking import MAX_TEXT, Channel
from contempo.helpdesk.rules.mail import MAX_ASKED, OWN_HEADER, Outcome, Reason
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.corpus import raw
from contempo.helpdesk.tests.mail.posting import ASKED, BERGAMO, MILANO, PDF, letter_of, posted, written
from contempo.people.models import Person
from contempo.people.public import SYSTEM, VISITOR


def test_a_mail_becomes_a_question_of_its_sender(post: Desk) -> None:
    mail = posted(written())
    question = Question.objects.get()
    assert (mail.verdict, mail.question, mail.waiting) == (Outcome.NEW_QUESTION, question, False)
    assert (question.channel, question.subject, question.network_id) == (Channel.MAIL, "Congedo a ore", post.network_id)
    assert (question.asker.email, question.asker.full_name) == ("ada.prova@example.com", "Ada Prova")
    assert question.messages.get().text == ASKED
    assert question.promises.count() == 1


def test_the_sender_reads_by_when_the_answer_comes_and_may_just_reply(post: Desk) -> None:
    posted(written())
    letter = letter_of(Question.objects.get())
    assert "entro" in letter.subject
    assert letter.reply_to.startswith("sportello.milano+")
    assert letter.headers == {OWN_HEADER: "milano"}
    assert "Puoi rispondere a questa e-mail" in letter.text


def test_who_writes_in_english_is_answered_in_english(post: Desk) -> None:
    posted(written(text="Hello, can I take the parental leave by the hour if my contract says nothing about it?"))
    question = Question.objects.get()
    assert question.language == "en"
    assert "by " in letter_of(question).subject


def test_a_known_person_is_not_doubled(post: Desk) -> None:
    persons = Person.objects.count()
    posted(written(post.sara.email.upper()))
    assert Question.objects.get().asker == post.sara
    assert Person.objects.count() == persons


def test_the_bytes_are_kept_as_they_came(post: Desk) -> None:
    message = written().as_bytes()
    mail = posted(message)
    assert bytes(RawMail.objects.get(mail=mail).data) == message


def test_the_envelope_is_kept_on_top(post: Desk) -> None:
    message = written().as_bytes()
    mail = posted(message, sender="ada@bounces.example.com", to=(MILANO,))
    traced = b"Return-Path: <ada@bounces.example.com>\r\nDelivered-To: " + MILANO.encode() + b"\r\n"
    assert bytes(mail.raw.data) == traced + message
    assert (mail.envelope_sender, mail.recipient) == ("ada@bounces.example.com", MILANO)


def test_the_same_mail_twice_is_one_question(post: Desk) -> None:
    first, again = posted(written()), posted(b"Received: from elsewhere\r\n" + written().as_bytes())
    assert first == again
    assert (Question.objects.count(), InboundMail.objects.count()) == (1, 1)
    assert len(kept_mails(to="ada.prova@example.com")) == 1


def test_another_mail_under_the_same_identifier_waits(post: Desk) -> None:
    posted(written())
    other = posted(written(text="Altre parole, ma con lo stesso identificativo del messaggio di prima."))
    assert (other.verdict, other.reason, other.waiting) == (Outcome.QUARANTINE, Reason.SAME_ID, True)


def test_a_mail_to_two_desks_is_a_question_in_each(post: Desk) -> None:
    take_in(SYSTEM, raw=written(to=f"{MILANO}, {BERGAMO}").as_bytes())
    assert set(Question.objects.values_list("network__slug", flat=True)) == {"milano", "bergamo"}


def test_a_mail_for_no_desk_is_not_taken(post: Desk) -> None:
    with pytest.raises(NoDesk):
        take_in(SYSTEM, raw=written(to="altri@example.org").as_bytes())
    assert not InboundMail.objects.exists()


def test_only_the_platform_takes_mail_in(post: Desk) -> None:
    with pytest.raises(NotPermitted):
        receive(VISITOR, raw=written().as_bytes())


def test_attachments_come_along_and_dangerous_ones_are_named_to_the_desk_only(post: Desk) -> None:
    message = written()
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="contratto.pdf")
    message.add_attachment(b"<svg><script>x</script></svg>", maintype="image", subtype="svg+xml", filename="logo.svg")
    posted(message)
    question = Question.objects.get()
    asked = question.messages.get(kind=MessageKind.QUESTION)
    assert [attached.name for attached in attachments_of(MESSAGE, asked.pk)] == ["contratto.pdf"]
    note = question.messages.get(kind=MessageKind.NOTE)
    assert note.internal
    assert "logo.svg" in note.text


def test_a_text_longer_than_a_question_is_attached_whole(post: Desk) -> None:
    long = "Una domanda molto lunga. " * 500
    posted(written(text=long))
    message = Message.objects.get()
    assert len(message.text) == MAX_TEXT
    attached = attachments_of(MESSAGE, message.pk)
    assert len(attached) == 1
    assert attached[0].path.read_text(encoding="utf-8").strip() == long.strip()


def test_a_question_in_the_subject_alone_is_asked(post: Desk) -> None:
    posted(written(text="Grazie", subject="Il congedo parentale spetta anche ai nonni?"))
    assert "anche ai nonni?" in Message.objects.get().text


def test_certified_mail_is_opened(post: Desk) -> None:
    mail = posted(raw("pec-aruba"))
    assert (mail.verdict, mail.certified) == (Outcome.NEW_QUESTION, True)
    assert Question.objects.get().asker.email == "studio.rossi@pec.example.com"


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("receipt-accettazione", Outcome.RECEIPT),
        ("auto-sieve", Outcome.AUTO_REPLY),
        ("bounce-exim", Outcome.BOUNCE),
        ("loop-own-header", Outcome.LOOP),
    ],
)
def test_what_programs_send_is_set_aside_without_a_letter(post: Desk, name: str, outcome: Outcome) -> None:
    mail = posted(raw(name))
    assert (mail.verdict, mail.waiting, mail.question) == (outcome, False, None)
    assert kept_mails() == ()


@pytest.mark.parametrize("name", ["attack-two-from-fields", "pec-anomaly", "attack-no-from", "attack-many-links"])
def test_what_is_odd_waits_without_a_letter(post: Desk, name: str) -> None:
    mail = posted(raw(name), to=(MILANO,))
    assert (mail.verdict, mail.reason, mail.waiting) == (Outcome.QUARANTINE, Reason.ODD, True)
    assert kept_mails() == ()


def test_an_expert_who_writes_to_the_desk_waits(post: Desk) -> None:
    mail = posted(written(post.nadia.email))
    assert (mail.verdict, mail.reason) == (Outcome.QUARANTINE, Reason.STAFF)


def test_the_address_of_the_desk_never_asks_itself(post: Desk) -> None:
    assert posted(written(MILANO)).verdict == Outcome.LOOP
    assert posted(written(BERGAMO, message_id="<two@example.com>")).verdict == Outcome.LOOP


def test_a_program_that_writes_without_end_is_stopped(post: Desk) -> None:
    verdicts = [posted(written(message_id=f"<{number}@example.com>")).verdict for number in range(MAX_ASKED + 2)]
    assert verdicts == [Outcome.NEW_QUESTION] * MAX_ASKED + [Outcome.QUARANTINE] * 2
