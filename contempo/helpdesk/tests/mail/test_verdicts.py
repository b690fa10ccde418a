"""What becomes of a message: it joins only with a key and the right sender; the rest waits for a person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.helpdesk.rules.mail import (
    MAX_ASKED,
    NOTE_LABELS,
    OUTCOME_LABELS,
    REASON_LABELS,
    Decision,
    Incoming,
    Known,
    Note,
    Outcome,
    Reason,
    Remark,
    Seal,
    Token,
    decide,
    language_of,
    parse,
)
from contempo.helpdesk.rules.mail.limits import UNSAFE
from contempo.helpdesk.rules.mail.signs import KIND_LABELS, Kind
from contempo.helpdesk.tests.mail.corpus import EXPECTED, raw

FRESH = parse(raw("fresh-gmail-web"))
REPLY = parse(raw("reply-gmail-it"))
TOKEN_42 = Token(Seal.VALID, 42)
JOINS_42 = Decision(Outcome.JOINED, question_key=42)


def waits(reason: Reason) -> Decision:
    return Decision(Outcome.QUARANTINE, reason=reason)


def test_a_clean_fresh_mail_becomes_a_question() -> None:
    assert decide(FRESH, Known()) == Decision(Outcome.NEW_QUESTION)


def test_a_reply_with_its_token_from_its_asker_joins() -> None:
    assert decide(REPLY, Known(tokens=(TOKEN_42,), belongs_to=frozenset({42}))) == JOINS_42


def test_a_reply_to_a_known_letter_from_its_asker_joins() -> None:
    assert decide(REPLY, Known(answered=frozenset({42}), belongs_to=frozenset({42}))) == JOINS_42


def test_a_fresh_mail_to_an_address_with_token_joins() -> None:
    assert decide(FRESH, Known(tokens=(TOKEN_42,), belongs_to=frozenset({42}))) == JOINS_42


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (Known(tokens=(TOKEN_42,)), Reason.STRANGER),
        (Known(answered=frozenset({42})), Reason.STRANGER),
        (Known(tokens=(TOKEN_42,), belongs_to=frozenset({7})), Reason.STRANGER),
        (Known(belongs_to=frozenset({42})), Reason.UNKNOWN_REPLY),
        (Known(), Reason.UNKNOWN_REPLY),
        (Known(tokens=(Token(Seal.EXPIRED, 42),), belongs_to=frozenset({42})), Reason.EXPIRED_TOKEN),
        (Known(tokens=(Token(Seal.FORGED),), belongs_to=frozenset({42})), Reason.FORGED_TOKEN),
        (
            Known(tokens=(Token(Seal.FORGED),), answered=frozenset({42}), belongs_to=frozenset({42})),
            Reason.FORGED_TOKEN,
        ),
        (
            Known(tokens=(TOKEN_42,), answered=frozenset({7}), belongs_to=frozenset({7, 42})),
            Reason.SEVERAL_QUESTIONS,
        ),
        (Known(answered=frozenset({7, 42}), belongs_to=frozenset({7, 42})), Reason.SEVERAL_QUESTIONS),
        (Known(tokens=(TOKEN_42,), belongs_to=frozenset({42}), staff=True), Reason.STAFF),
        (Known(tokens=(TOKEN_42,), belongs_to=frozenset({42}), same_id=True), Reason.SAME_ID),
    ],
)
def test_a_reply_that_lacks_something_waits(known: Known, reason: Reason) -> None:
    assert decide(REPLY, known) == waits(reason)


def test_an_expired_token_does_not_matter_when_the_letter_is_known() -> None:
    known = Known(tokens=(Token(Seal.EXPIRED, 42),), answered=frozenset({42}), belongs_to=frozenset({42}))
    assert decide(REPLY, known) == JOINS_42


def test_staff_never_acts_by_mail() -> None:
    assert decide(FRESH, Known(staff=True)) == waits(Reason.STAFF)


def test_a_mail_that_says_nothing_waits() -> None:
    assert decide(replace(FRESH, subject="Ciao", text="Ciao"), Known()) == waits(Reason.EMPTY)
    empty = replace(REPLY, text="", full_text="", attachments=())
    assert decide(empty, Known(tokens=(TOKEN_42,), belongs_to=frozenset({42}))) == waits(Reason.EMPTY)


def test_a_message_to_many_waits() -> None:
    assert decide(parse(raw("list-mailman")), Known()) == waits(Reason.BULK)


@pytest.mark.parametrize("note", sorted(UNSAFE - {Note.TOO_BIG}))
def test_a_message_with_something_odd_waits(note: Note) -> None:
    odd = replace(FRESH, remarks=(Remark(note),))
    assert decide(odd, Known(tokens=(TOKEN_42,), belongs_to=frozenset({42}))) == waits(Reason.ODD)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("bounce-postfix", Outcome.BOUNCE),
        ("auto-outlook-it", Outcome.AUTO_REPLY),
        ("loop-own-header", Outcome.LOOP),
        ("receipt-avvenuta-consegna", Outcome.RECEIPT),
        ("receipt-reading-outlook", Outcome.RECEIPT),
    ],
)
def test_what_programs_send_is_set_aside_even_with_a_token(name: str, outcome: Outcome) -> None:
    known = Known(tokens=(TOKEN_42,), answered=frozenset({42}), belongs_to=frozenset({42}))
    assert decide(parse(raw(name)), known) == Decision(outcome)


def test_what_arrived_before_is_set_aside() -> None:
    assert decide(FRESH, Known(duplicate=True)).outcome == Outcome.DUPLICATE


def test_whoever_asks_without_end_waits() -> None:
    assert decide(FRESH, Known(asked=MAX_ASKED - 1)).outcome == Outcome.NEW_QUESTION
    assert decide(FRESH, Known(asked=MAX_ASKED)) == waits(Reason.MANY)
    assert decide(REPLY, Known(tokens=(TOKEN_42,), belongs_to=frozenset({42}), asked=MAX_ASKED)) == JOINS_42


def test_the_language_of_a_message_is_told_by_its_words() -> None:
    assert language_of("Can I take the leave by the hour?") == "en"
    assert language_of("Posso prendere il congedo a ore?") == "it"
    assert language_of("") == "it"


def test_two_messages_that_say_the_same_are_two() -> None:
    message = raw("reply-thanks")
    later = message.replace(b"18:04:11", b"19:04:11")
    travelled = b"Received: from elsewhere\r\nX-Spam: no\r\n" + message
    assert parse(message).digest == parse(travelled).digest != parse(later).digest


def test_our_own_letters_are_a_loop() -> None:
    assert decide(FRESH, Known(own=True)).outcome == Outcome.LOOP


def test_a_message_too_large_is_refused() -> None:
    assert decide(replace(FRESH, remarks=(Remark(Note.TOO_BIG),)), Known()).outcome == Outcome.TOO_BIG


# Only a token that was not made here, or is too old, may name no question.
TOKENS = st.builds(Token, st.sampled_from(Seal), st.sampled_from([None, 7, 42])).filter(
    lambda token: token.seal is not Seal.VALID or token.question_key is not None
)
KNOWN = st.builds(
    Known,
    tokens=st.lists(TOKENS, max_size=3).map(tuple),
    answered=st.frozensets(st.sampled_from([7, 42])),
    belongs_to=st.frozensets(st.sampled_from([7, 42])),
    duplicate=st.booleans(),
    same_id=st.booleans(),
    own=st.booleans(),
    staff=st.booleans(),
)
MAILS = [parse(raw(name)) for name in sorted(EXPECTED)]


@given(st.sampled_from(MAILS), KNOWN)
def test_nothing_ever_joins_without_a_key_and_the_right_sender(mail: Incoming, known: Known) -> None:
    decision = decide(mail, known)
    keys = known.answered | {token.question_key for token in known.tokens if token.seal is Seal.VALID}
    if decision.outcome is Outcome.JOINED:
        assert keys == {decision.question_key}
        assert decision.question_key in known.belongs_to
        assert not any([known.staff, known.own, known.duplicate, known.same_id])
        assert mail.kind in (Kind.FRESH, Kind.REPLY)
        assert Seal.FORGED not in {token.seal for token in known.tokens}
    if decision.outcome is Outcome.NEW_QUESTION:
        assert mail.kind is Kind.FRESH
        assert mail.sender
        assert not keys
    assert (decision.reason is not None) == (decision.outcome is Outcome.QUARANTINE)


def test_everything_has_a_label() -> None:
    assert set(NOTE_LABELS) == set(Note)
    assert set(OUTCOME_LABELS) == set(Outcome)
    assert set(REASON_LABELS) == set(Reason)
    assert set(KIND_LABELS) == set(Kind)
