"""An e-mail leaves once, honestly addressed, after what caused it is true."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import connection, transaction

from contempo.core.outbox import deliver_pending, kept_mails, queue_mail
from contempo.core.outbox.delivery import forget_delivered
from contempo.core.outbox.models import Mail, MailState


def _write(**changes):
    letter = {"kind": "test", "to": "ivo@example.org", "subject": "Ciao", "text": "Ciao, Ivo."}
    queue_mail(**{**letter, **changes})


@pytest.mark.django_db
def test_without_a_mail_server_letters_are_kept_to_be_looked_at():
    _write(person_id=7, network_id=1, html="<p>Ciao</p>", headers={"List-Unsubscribe": "<https://example.org/stop>"})
    _write(to="sara@example.org")
    assert deliver_pending() == 0
    (kept,) = kept_mails(to="IVO@example.org")
    assert (kept.subject, kept.text, kept.html) == ("Ciao", "Ciao, Ivo.", "<p>Ciao</p>")
    assert [mail.to for mail in kept_mails()] == ["sara@example.org", "ivo@example.org"]
    assert [mail.to for mail in kept_mails(limit=1)] == ["sara@example.org"]


@pytest.mark.django_db
def test_a_letter_leaves_with_both_texts_and_headers_that_machines_understand(postbox):
    _write(
        subject="È stata ammessa",
        text="Perché no?",
        html="<p>Perché no?</p>",
        reply_to="marta@example.org",
        headers={"List-Unsubscribe": "<https://example.org/stop>"},
    )
    assert deliver_pending() == 1
    (letter,) = postbox.received
    assert postbox.recipients == ["ivo@example.org"]
    assert letter.get_body(("plain",)).get_content().strip() == "Perché no?"
    assert letter.get_body(("html",)).get_content().strip() == "<p>Perché no?</p>"
    assert letter["Subject"] == "È stata ammessa"
    assert letter["From"] == "Rete di Milano <rete@contempo.example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Reply-To"] == "marta@example.org"
    assert letter["List-Unsubscribe"] == "<https://example.org/stop>"
    assert letter["Message-ID"].endswith("@contempo.example.org>")


@pytest.mark.django_db
def test_what_was_sent_is_not_sent_again_and_its_text_is_forgotten(postbox):
    _write(text="Il codice è 123456.", html="<p>123456</p>")
    deliver_pending()
    assert deliver_pending() == 0
    mail = Mail.objects.get()
    assert (mail.state, mail.text, mail.html, len(postbox.received)) == (MailState.SENT, "", "", 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_of_a_transaction_that_is_rolled_back(postbox):
    with transaction.atomic():
        _write()
        transaction.set_rollback(True)
    assert deliver_pending() == 0
    assert postbox.received == []


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_somebody_else_is_sending_is_left_to_them(postbox):
    _write()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT id FROM core_mail FOR UPDATE")
        assert deliver_pending() == 0
        other.rollback()
    finally:
        other.close()
    assert deliver_pending() == 1
    assert len(postbox.received) == 1


@pytest.mark.django_db
def test_when_the_server_is_busy_the_same_letter_is_tried_again_later(postbox, at):
    start = at("2026-11-27T18:00")
    postbox.answer = "451 Try again later"
    _write()
    number = Mail.objects.get().message_id
    assert deliver_pending() == 1
    assert deliver_pending() == 0
    postbox.answer = "250 OK"
    at(start + timedelta(minutes=1))
    assert deliver_pending() == 1
    assert [letter["Message-ID"] for letter in postbox.received] == [number]


@pytest.mark.django_db
def test_a_server_that_cannot_be_reached_loses_nothing(postbox, settings, at):
    at("2026-11-27T18:00")
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    _write()
    deliver_pending()
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.text) == (MailState.QUEUED, 1, "Ciao, Ivo.")
    assert "refused" in mail.error


@pytest.mark.django_db
def test_an_address_the_server_refuses_for_ever_is_given_up_at_once(postbox):
    postbox.answer = "550 No such person"
    _write()
    deliver_pending()
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts) == (MailState.DEAD, 1)
    assert "No such person" in mail.error


@pytest.mark.django_db
def test_a_wrong_password_of_ours_is_no_reason_to_give_up(postbox, settings, at, monkeypatch):
    at("2026-11-27T18:00")

    def refuse(*_args):
        raise smtplib.SMTPAuthenticationError(535, b"bad credentials")

    monkeypatch.setattr("contempo.core.outbox.mail.EmailBackend.open", refuse)
    _write()
    deliver_pending()
    assert Mail.objects.get().state == MailState.QUEUED


@pytest.mark.django_db
def test_letters_left_over_when_the_server_is_taken_away_are_kept(postbox, settings):
    _write()
    settings.SMTP_URL = ""
    deliver_pending()
    assert [mail.to for mail in kept_mails()] == ["ivo@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"to": ""},
        {"to": "ivo"},
        {"to": "ivo@example.org, sara@example.org"},
        {"to": "ivo@example.org\r\nBcc: all@example.org"},
        {"reply_to": "marta@example.org\nBcc: all@example.org"},
        {"headers": {"List-Unsubscribe": "<https://example.org>\r\nBcc: all@example.org"}},
        {"headers": {"X\nBcc": "all@example.org"}},
        {"headers": {"Bcc": "all@example.org"}},
        {"headers": {"from": "somebody@example.org"}},
    ],
)
def test_nobody_can_write_headers_of_their_own(changes):
    with pytest.raises(ValueError):
        _write(**changes)
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_a_line_break_in_a_subject_is_a_space(postbox):
    _write(subject="Rete\r\nBcc: all@example.org")
    deliver_pending()
    (letter,) = postbox.received
    assert letter["Subject"] == "Rete Bcc: all@example.org"
    assert letter["Bcc"] is None


@pytest.mark.django_db
def test_what_django_and_its_applications_send_goes_the_same_way(postbox):
    message = EmailMultiAlternatives("Codice", "123456", to=["Ivo <ivo@example.org>"], cc=["sara@example.org"])
    message.attach_alternative("<b>123456</b>", "text/html")
    assert message.send() == 1
    send_mail("Nuovo accesso", "Sei tu?", None, ["nadia@example.org"])
    deliver_pending()
    assert sorted(postbox.recipients) == ["ivo@example.org", "nadia@example.org", "sara@example.org"]
    assert {letter["To"] for letter in postbox.received} == set(postbox.recipients)
    assert postbox.received[0].get_body(("html",)).get_content().strip() == "<b>123456</b>"


@pytest.mark.django_db
def test_a_letter_with_an_attachment_is_refused_and_nothing_is_queued():
    with pytest.raises(ValueError, match="attachments"):
        EmailMessage("x", "y", to=["ivo@example.org"], attachments=[("a.txt", "z", "text/plain")]).send()
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_old_letters_are_forgotten_those_given_up_later(postbox, at):
    moment = at("2026-01-01T00:00")
    _write()
    deliver_pending()
    postbox.answer = "550 No such person"
    _write(to="nobody@example.org")
    deliver_pending()
    at(moment + timedelta(days=31))
    forget_delivered(0)
    assert [mail.to for mail in Mail.objects.all()] == ["nobody@example.org"]
    at(moment + timedelta(days=181))
    forget_delivered(0)
    assert not Mail.objects.exists()
