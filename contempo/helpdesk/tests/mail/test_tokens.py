"""Reply addresses: they name their question to us, and nobody else can make one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.helpdesk.rules.mail import Seal, Token, reply_address, token_of, without_token

DESK = "sportello.milano@example.org"
NOW = datetime(2026, 11, 12, 10, 22, tzinfo=UTC)
LATER = NOW + timedelta(days=60)


def test_an_address_names_its_question() -> None:
    address = reply_address(DESK, 42, "secret", LATER)
    assert address.startswith("sportello.milano+")
    assert address.endswith("@example.org")
    assert token_of(address, "secret", NOW) == Token(Seal.VALID, 42)


@given(st.integers(0, 2**40 - 1), st.text(max_size=30), st.integers(0, 40_000))
def test_every_question_and_day_comes_back(key: int, secret: str, days: int) -> None:
    aware = datetime(2020, 1, 2, tzinfo=UTC) + timedelta(days=days)
    address = reply_address(DESK, key, secret, aware)
    assert len(address.partition("@")[0]) <= 64
    assert token_of(address, secret, aware) == Token(Seal.VALID, key)
    assert token_of(address, secret, aware + timedelta(days=1)) == Token(Seal.EXPIRED, key)


def test_it_survives_a_server_that_shouts() -> None:
    assert token_of(reply_address(DESK, 42, "secret", LATER).upper(), "secret", NOW) == Token(Seal.VALID, 42)


def test_it_holds_to_the_end_of_its_day() -> None:
    address = reply_address(DESK, 42, "secret", NOW)
    assert token_of(address, "secret", NOW.replace(hour=23, minute=59)).seal == Seal.VALID
    assert token_of(address, "secret", NOW + timedelta(days=1)).seal == Seal.EXPIRED


def test_another_secret_opens_nothing() -> None:
    assert token_of(reply_address(DESK, 42, "secret", LATER), "other", NOW) == Token(Seal.FORGED)


@given(st.integers(0, 31), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_one_letter_changed_is_a_forgery(place: int, letter: str) -> None:
    address = reply_address(DESK, 42, "secret", LATER)
    start = address.index("+") + 1
    changed = address[: start + place] + letter + address[start + place + 1 :]
    assert (token_of(changed, "secret", NOW).seal is Seal.FORGED) == (changed != address)


@given(st.text(max_size=80))
def test_any_tag_is_judged_without_an_error(tag: str) -> None:
    assert token_of(f"sportello+{tag}@example.org", "secret", NOW).seal in (Seal.FORGED, Seal.ABSENT)


def test_the_plain_address_has_no_token() -> None:
    assert token_of(DESK, "secret", NOW) == Token(Seal.ABSENT)


def test_the_address_of_the_desk_is_found_behind_a_token() -> None:
    assert without_token(reply_address(DESK, 42, "secret", LATER).upper()) == DESK
    assert without_token(DESK) == DESK


@pytest.mark.parametrize(
    ("address", "key", "expires"),
    [
        ("a" * 32 + "@example.org", 1, LATER),
        ("sportello", 1, LATER),
        (DESK, -1, LATER),
        (DESK, 2**40, LATER),
        (DESK, 1, datetime(2019, 1, 1, tzinfo=UTC)),
        (DESK, 1, datetime(2400, 1, 1, tzinfo=UTC)),
    ],
)
def test_no_address_is_made_that_could_not_be_read(address: str, key: int, expires: datetime) -> None:
    with pytest.raises(ValueError):
        reply_address(address, key, "secret", expires)
