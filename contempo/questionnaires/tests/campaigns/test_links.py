"""Codes of invitations: only those made here open one, and only in their generation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.questionnaires.rules.links import LENGTH, is_genuine, key_of, make_code, printed, read_code

KEY = key_of("a secret")
_numbers = st.integers(1, 2**32 - 1)
_generations = st.integers(1, 255)


@given(_numbers, _generations, st.integers(1, 10**9))
def test_a_code_opens_the_invitation_it_was_made_for(number: int, generation: int, campaign: int) -> None:
    code = make_code(KEY, campaign=campaign, number=number, generation=generation)
    assert len(code) == LENGTH
    claim = read_code(code)
    assert claim is not None
    assert (claim.number, claim.generation) == (number, generation)
    assert is_genuine(KEY, claim, campaign=campaign, generation=generation)


@given(_numbers, st.integers(0, LENGTH - 1), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_code_with_one_other_character_opens_nothing(number: int, at: int, other: str) -> None:
    code = make_code(KEY, campaign=1, number=number, generation=1)
    changed = code[:at] + other + code[at + 1 :]
    claim = read_code(changed)
    assert claim is not None
    assert is_genuine(KEY, claim, campaign=1, generation=claim.generation) == (changed == code)


def test_the_code_of_a_replaced_contact_is_worth_nothing() -> None:
    claim = read_code(make_code(KEY, campaign=1, number=7, generation=1))
    assert claim is not None
    assert not is_genuine(KEY, claim, campaign=1, generation=2)


def test_a_code_belongs_to_one_campaign_and_one_installation() -> None:
    claim = read_code(make_code(KEY, campaign=1, number=7, generation=1))
    assert claim is not None
    assert not is_genuine(KEY, claim, campaign=2, generation=1)
    assert not is_genuine(key_of("another"), claim, campaign=1, generation=1)


def test_a_code_can_be_typed_from_paper() -> None:
    code = make_code(KEY, campaign=1, number=7, generation=1)
    assert read_code(printed(code).upper().replace("O", "0").replace("B", "8")) == read_code(code)


@pytest.mark.parametrize("typed", ["", "a", "é" * LENGTH, "!" * LENGTH, "a" * (LENGTH + 1)])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(("number", "generation"), [(0, 1), (2**32, 1), (1, 256), (1, -1)])
def test_a_number_that_does_not_fit_makes_no_code(number: int, generation: int) -> None:
    with pytest.raises(ValueError, match="no code"):
        make_code(KEY, campaign=1, number=number, generation=generation)
