"""Real conversations with our mail server: 250 once the message is kept, 4xx when we fail, 5xx when it cannot be."""

import smtplib
import socket
from collections.abc import Iterator

import pytest

from contempo.helpdesk.management import listener
from contempo.helpdesk.management.listener import Place, place_of
from contempo.helpdesk.models import InboundMail, Question
from contempo.helpdesk.rules.mail import MAX_BYTES
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.posting import BERGAMO, MILANO, letter_of, written
from contempo.helpdesk.tests.mail.servers import listening

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port(post: Desk) -> Iterator[int]:
    """Where our SMTP listens."""
    with listening("smtp") as port:
        yield port


def test_a_message_delivered_is_in_the_database_when_250_is_said(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("ada@example.com", [MILANO], written().as_bytes())
        mail = InboundMail.objects.get()
    assert (mail.sender, mail.envelope_sender, mail.recipient) == ("ada.prova@example.com", "ada@example.com", MILANO)
    assert Question.objects.get().asker.email == "ada.prova@example.com"


def test_a_reply_address_is_one_of_the_desks(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("ada@example.com", [MILANO], written().as_bytes())
        question = Question.objects.get()
        reply = written(text="Aggiungo che ho due figli.", message_id="<two@example.com>", subject="Re: Congedo")
        client.sendmail("ada@example.com", [letter_of(question).reply_to], reply.as_bytes())
    assert question.messages.count() == 2


def test_letters_beyond_ascii_and_lines_without_end_are_taken(port: int) -> None:
    message = written().as_bytes() + "\nPerché la città…\n".encode() + b"x" * 5000 + b"\n"
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        client.sendmail("ada@example.com", [MILANO], message, mail_options=["BODY=8BITMIME"])
    assert "Perché la città…" in InboundMail.objects.get().text


def test_a_line_that_begins_with_a_dot_arrives_whole(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail(
            "ada@example.com", [MILANO], written(text="Una domanda.\n.con un punto davanti\n.\n").as_bytes()
        )
    assert ".con un punto davanti" in InboundMail.objects.get().text


def test_an_unknown_address_is_refused_for_good(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("ada@example.com", ["altri@example.org"], written().as_bytes())
    assert refused.value.recipients["altri@example.org"][0] == 550


def test_a_message_said_to_be_too_large_is_refused_before_it_is_sent(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        assert client.esmtp_features["size"] == str(MAX_BYTES)
        assert client.docmd("MAIL", f"FROM:<ada@example.com> SIZE={MAX_BYTES + 1}")[0] == 552


def test_when_we_fail_the_sender_is_told_to_try_again(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no database")

    monkeypatch.setattr(listener, "take_in", fail)
    with smtplib.SMTP("127.0.0.1", port) as client, pytest.raises(smtplib.SMTPDataError) as failed:
        client.sendmail("ada@example.com", [MILANO], written().as_bytes())
    assert failed.value.smtp_code == 451
    monkeypatch.setattr(listener, "desks_of", fail)
    with smtplib.SMTP("127.0.0.1", port) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("ada@example.com", [MILANO], written().as_bytes())
    assert refused.value.recipients[MILANO][0] == 451


def test_two_deliveries_at_once_are_one_message(port: int) -> None:
    clients = [smtplib.SMTP("127.0.0.1", port) for _ in range(4)]
    for client in clients:
        client.ehlo()
        client.mail("ada@example.com")
        client.rcpt(MILANO)
        client.putcmd("data")
        assert client.getreply()[0] == 354
    for client in clients:
        client.send(b"\r\n".join(written().as_bytes().splitlines()) + b"\r\n.\r\n")
    assert [client.getreply()[0] for client in clients] == [250] * 4
    for client in clients:
        client.quit()
    assert (InboundMail.objects.count(), Question.objects.count()) == (1, 1)


def test_a_bounce_without_sender_is_taken(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("", [MILANO], written().as_bytes())
    assert InboundMail.objects.get().verdict == "auto_reply"


def test_lmtp_answers_for_each_recipient(post: Desk) -> None:
    with listening("lmtp") as port, socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        said = line.makefile("rb")

        def reply() -> bytes:
            while (heard := said.readline())[3:4] == b"-":
                continue
            return heard[:3]

        assert reply() == b"220"
        for command in (b"LHLO here", b"MAIL FROM:<ada@example.com>", b"RCPT TO:<%s>", b"RCPT TO:<%s>"):
            desk = MILANO if b"RCPT" in command and not InboundMail.objects.exists() else BERGAMO
            line.sendall((command % desk.encode() if b"%s" in command else command) + b"\r\n")
            assert reply() == b"250"
        line.sendall(b"DATA\r\n")
        assert reply() == b"354"
        line.sendall(b"\r\n".join(written().as_bytes().splitlines()) + b"\r\n.\r\n")
        assert [reply(), reply()] == [b"250", b"250"]
        line.sendall(b"QUIT\r\n")
        assert reply() == b"221"
    assert InboundMail.objects.count() == 1


def test_lmtp_is_spoken_by_a_usual_client(post: Desk) -> None:
    with listening("lmtp") as port, smtplib.LMTP("127.0.0.1", port) as client:
        client.sendmail("ada@example.com", [MILANO], written().as_bytes())
    assert Question.objects.count() == 1


def test_where_to_listen_is_read_from_an_address() -> None:
    assert place_of("lmtp://127.0.0.1:2424") == Place("lmtp", "127.0.0.1", 2424)
    for wrong in ("", "smtp://", "http://127.0.0.1:1", "127.0.0.1:25", "smtp://host"):
        with pytest.raises(ValueError):
            place_of(wrong)
