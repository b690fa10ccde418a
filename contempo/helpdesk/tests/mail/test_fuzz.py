"""Whatever the bytes: a message is read without an error, within the limits, in a time that does not run away."""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.core.files import MAX_BYTES as WEB_MAX_BYTES
from contempo.helpdesk.rules.asking import MAX_DOCUMENTS
from contempo.helpdesk.rules.mail import MAX_BYTES, Envelope, Incoming, Note, limits, parse
from contempo.helpdesk.tests.mail.corpus import EXPECTED, raw

STEPS_A_BYTE = 30
"""Lines of Python run for a byte of message: what the longest message of the corpus needs is a tenth of it."""

BASE_STEPS = 100_000

WORDS = st.sampled_from(
    [
        *(b"From: ", b"To: a@example.org", b"Subject: ", b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"--b", b"--b--", b"\t"),
        *(
            b"Content-Type: multipart/mixed; boundary=b\r\n",
            b"Content-Type: message/rfc822\r\n",
            b" ",
            b";",
            b"<",
            b">",
        ),
        *(b"Content-Type: text/html\r\n", b"Content-Transfer-Encoding: base64\r\n", b'"', b"(", b"@", b"\0", b"\xff"),
        *(b"Content-Disposition: attachment; filename*=utf-8''%00\r\n", b"=?utf-8?B?w6g=?=", b"=?utf-8?Q?=0D=0A?="),
        *(b"=?x?Q?", b"charset=utf-7", b"<div>", b"<!--", b"<script>", b"<a href='", b"<blockquote>", b"http://a "),
        *(b"> ", b"Il 12/11/26 ha scritto:", b"X-Trasporto: posta-certificata\r\n", b"X-Ricevuta: accettazione\r\n"),
        *(b"References: <a@b>\r\n", b"Date: 1 Jan\r\n"),
    ]
)
ANYTHING = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TooLong(AssertionError):
    """Reading took more steps than its size allows."""


@contextmanager
def within_steps(most: int) -> Iterator[None]:
    """Fail once `most` lines of Python have run: a bound on work that is the same on every machine."""
    left = most

    def count(frame: object, event: str, argument: object) -> object:
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                raise TooLong(f"more than {most} steps")
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)


def check(message: bytes) -> Incoming:
    """Read it and look whether what comes out is within what was promised."""
    mail = parse(message)
    assert len(mail.attachments) <= limits.MAX_ATTACHMENTS
    assert all(0 < len(attached.content) <= limits.MAX_ATTACHMENT for attached in mail.attachments)
    assert all(
        attached.name and len(attached.name) <= 124 and "/" not in attached.name for attached in mail.attachments
    )
    assert len(mail.text) <= limits.MAX_TEXT
    assert len(mail.recipients) <= limits.MAX_RECIPIENTS
    assert "\0" not in mail.text + mail.full_text + mail.subject + mail.sender_name
    mail.full_text.encode("utf-8")
    (mail.subject + mail.sender_name + "".join(attached.name for attached in mail.attachments)).encode("utf-8")
    assert bool(mail.text.strip()) == bool(mail.full_text.strip())
    return mail


@ANYTHING
@given(st.binary(max_size=2000))
def test_noise_is_read(noise: bytes) -> None:
    check(noise)


@ANYTHING
@given(st.lists(st.one_of(WORDS, st.binary(max_size=20)), max_size=60))
def test_pieces_of_mail_in_any_order_are_read(pieces: list[bytes]) -> None:
    check(b"".join(pieces))


@ANYTHING
@given(st.sampled_from(sorted(EXPECTED)), st.integers(min_value=0, max_value=2**32))
def test_messages_with_bytes_changed_are_read(name: str, seed: int) -> None:
    check(mutated(raw(name), random.Random(seed)))


@ANYTHING
@given(st.sampled_from(sorted(EXPECTED)), st.sampled_from(sorted(EXPECTED)), st.floats(0, 1), st.floats(0, 1))
def test_halves_of_two_messages_are_read(one: str, other: str, end: float, start: float) -> None:
    first, second = raw(one), raw(other)
    check(first[: int(len(first) * end)] + second[int(len(second) * start) :])


def mutated(message: bytes, chance: random.Random) -> bytes:
    """A message with bytes changed, doubled, cut out and moved."""
    data = bytearray(message or b" ")
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data))
        upto = min(len(data), at + chance.randint(1, 40))
        match chance.randrange(5):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                data[at:upto] = data[at:upto] * chance.randint(2, 30)
            case 2:
                del data[at : min(upto, len(data) - 1)]
            case 3:
                data[at:at] = chance.choice([b"\r\n", b"\0", b"\r\n\r\n", b"--", b'"', b"=?", b";", b"<", b"(" * 50])
            case _:
                other = chance.randrange(len(data))
                data[other:other] = data[at:upto]
    return bytes(data)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_work_grows_with_the_size_alone(name: str) -> None:
    message = raw(name)
    with within_steps(BASE_STEPS + STEPS_A_BYTE * len(message)):
        check(message)


MANY = 60_000
BOMBS = {
    "nested multiparts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(MANY // 50)
    ),
    "nested messages": b"Content-Type: message/rfc822\n\n" * (MANY // 30),
    "ten thousand parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000,
    "empty lines": b"From: a@example.org\n\n" + b"\n" * MANY,
    "header without end": b"X: " + b"a" * MANY,
    "headers without end": b"X: a\n" * (MANY // 5),
    "folded without end": b"X: a\n" + b" a\n" * (MANY // 3),
    "nested divs": b"Content-Type: text/html\n\n" + b"<div>" * (MANY // 5),
    "nested quotations": b"Content-Type: text/html\n\n" + b"<blockquote>x" * (MANY // 13),
    "unclosed comments": b"Content-Type: text/html\n\n" + b"<!--" * (MANY // 4),
    "unclosed scripts": b"Content-Type: text/html\n\n" + b"<script>" * (MANY // 8),
    "unclosed tags": b"Content-Type: text/html\n\n" + b"<a href='x " * (MANY // 11),
    "only brackets": b"Content-Type: text/html\n\n" + b"<" * MANY,
    "unclosed links": b"Content-Type: text/html\n\n" + b"<a href=http://x>" * (MANY // 17),
    "quotation marks": b"Subject: Re: x\nIn-Reply-To: <a@b>\n\n" + b">" * MANY,
    "attributions": b"Subject: Re: x\nIn-Reply-To: <a@b>\n\n"
    + b"Il 12/11/26 10:22 x <a@b> ha scritto\n" * (MANY // 38),
    "one long line": b"Subject: Re: x\nIn-Reply-To: <a@b>\n\nIl 1" + b" a" * (MANY // 2),
    "brackets in the sender": b"From: " + b"(" * MANY + b"\n\nx",
    "commas in the recipients": b"To: " + b"," * MANY + b"\n\nx",
    "addresses": b"To: " + b"a@example.org, " * (MANY // 15) + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * (MANY // 14) + b"\n\nx",
    "parameters": b"Content-Type: text/plain" + b"; a*%d*=x" % 7 * (MANY // 9) + b"\n\nx",
    "references": b"References: " + b"<a@b> " * (MANY // 6) + b"\n\nx",
    "boundaries that are none": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bx\n" * (MANY // 5),
    "parameters in every part": b"Content-Type: multipart/mixed; boundary=b\n\n"
    + (b"--b\nContent-Type: text/plain" + b"; a*0*=x" * 900 + b"\n\nx\n") * 20,
    "links": b"From: a@example.org\n\n" + b"http://a " * (MANY // 9),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bombs_are_cut_off(name: str) -> None:
    bomb = BOMBS[name]
    with within_steps(BASE_STEPS + STEPS_A_BYTE * len(bomb)):
        check(bomb)


def test_of_a_message_too_large_only_the_headers_are_read() -> None:
    mail = parse(b"From: sara@example.com\nSubject: Grande\n\n" + b"x" * MAX_BYTES)
    assert Note.TOO_BIG in mail.notes
    assert mail.sender == "sara@example.com"
    assert len(mail.text) <= limits.MAX_HEAD


def test_as_much_can_be_attached_as_on_the_web() -> None:
    assert limits.MAX_ATTACHMENT == WEB_MAX_BYTES
    assert limits.MAX_ATTACHMENTS == MAX_DOCUMENTS
    assert limits.MAX_ATTACHMENTS * limits.MAX_ATTACHMENT * 78 / 57 < MAX_BYTES


def test_an_attachment_larger_than_on_the_web_is_left_out_with_a_note() -> None:
    head = b'Content-Type: multipart/mixed; boundary="b"\nFrom: a@example.org\n\n--b\n\nEcco il file.\n--b\n'
    file = b'Content-Type: application/pdf; name="grande.pdf"\n\n' + b"x" * (limits.MAX_ATTACHMENT + 1)
    mail = parse(head + file + b"\n--b--\n")
    assert mail.attachments == ()
    assert [(remark.note, remark.name) for remark in mail.remarks] == [(Note.ATTACHMENT_TOO_BIG, "grande.pdf")]


def test_a_null_envelope_sender_marks_a_message_no_person_sent() -> None:
    assert parse(b"From: a@example.org\n\nChiuso.\n", Envelope(sender="")).kind == "auto_reply"
