"""Which of the answers that speak for a unit is counted: rules without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from contempo.core.verdict import Refusal
from contempo.questionnaires.rules.coverage import (
    MOST_REASON,
    Claim,
    checked_reason,
    decided,
    in_figures,
    named_organisation,
    standings,
)
from contempo.questionnaires.rules.document import Document, Group, Kind, Page, Question, Words
from contempo.questionnaires.rules.states import CoverageState

COUNTED, DISPUTED, DROPPED = CoverageState.COUNTED, CoverageState.DISPUTED, CoverageState.DROPPED
START = datetime(2026, 11, 20, 9, tzinfo=UTC)


def claim(number: int, *, after: int = 0, state: CoverageState = DISPUTED, decided: bool = False) -> Claim:
    return Claim(number, START + timedelta(minutes=after), state, decided)


@some.composite
def units(draw: some.DrawFn) -> list[Claim]:
    """Claims to one unit as they may stand: at most one kept by a person."""
    count = draw(some.integers(0, 6))
    kept = draw(some.none() | some.integers(0, 5))
    made = []
    for number in range(count):
        settled = number == kept or draw(some.booleans())
        state = (COUNTED if number == kept else DROPPED) if settled else draw(some.sampled_from([COUNTED, DISPUTED]))
        made.append(claim(number, after=draw(some.integers(0, 3)), state=state, decided=settled))
    return made


def test_the_first_answer_is_counted_and_the_others_wait():
    assert standings([claim(2, after=5), claim(1), claim(3, after=9)]) == {1: COUNTED, 2: DISPUTED, 3: DISPUTED}


def test_of_two_at_the_same_instant_the_lower_number_is_counted():
    assert standings([claim(2), claim(1)]) == {1: COUNTED, 2: DISPUTED}


def test_what_a_person_decided_stays():
    kept = claim(2, after=5, state=COUNTED, decided=True)
    dropped = claim(1, state=DROPPED, decided=True)
    assert standings([kept, dropped]) == {1: DROPPED, 2: COUNTED}


def test_what_comes_after_a_decision_waits_again():
    kept = claim(1, state=COUNTED, decided=True)
    assert standings([kept, claim(3, after=60)]) == {1: COUNTED, 3: DISPUTED}


def test_what_comes_after_all_were_dropped_is_counted():
    assert standings([claim(1, state=DROPPED, decided=True), claim(2, after=60)]) == {1: DROPPED, 2: COUNTED}


@given(units())
def test_at_most_one_is_counted_and_one_at_least_where_any_is_undecided(found):
    states = list(standings(found).values())
    assert len(states) == len(found)
    assert states.count(COUNTED) <= 1
    if any(not each.decided for each in found):
        assert states.count(COUNTED) == 1


@given(units())
def test_judging_again_changes_nothing(found):
    once = standings(found)
    again = standings([Claim(each.number, each.since, once[each.number], each.decided) for each in found])
    assert again == once


@given(units(), some.randoms())
def test_the_order_in_which_they_are_read_does_not_matter(found, shuffler):
    turned = list(found)
    shuffler.shuffle(turned)
    assert standings(turned) == standings(found)


def test_a_decision_keeps_one_or_none():
    assert decided({1, 2, 3}, 2) == {1: DROPPED, 2: COUNTED, 3: DROPPED}
    assert decided({1, 2}, None) == {1: DROPPED, 2: DROPPED}


def test_an_answer_that_no_longer_speaks_for_the_unit_cannot_be_kept():
    with pytest.raises(Refusal) as refused:
        decided({1, 2}, 9)
    assert refused.value.field == "keep"
    with pytest.raises(Refusal, match="nothing to settle"):
        decided(set(), None)


def test_an_answer_is_in_the_figures_when_it_counts_for_a_unit_or_speaks_for_none():
    assert in_figures([])
    assert in_figures([DISPUTED, COUNTED])
    assert not in_figures([DISPUTED])
    assert not in_figures([DROPPED, DISPUTED])


@pytest.mark.parametrize("typed", ["", "   ", "x" * (MOST_REASON + 1)])
def test_a_reason_is_needed_and_has_an_end(typed):
    with pytest.raises(Refusal) as refused:
        checked_reason(typed)
    assert refused.value.field == "reason"


def test_only_the_question_marked_so_names_the_own_organisation():
    def asks(**facts: str) -> Question:
        return Question(key="who", kind=Kind.ORGANISATION, label=Words("Chi?"), **facts)

    def document(*items: Question | Group) -> Document:
        return Document(pages=(Page(key="one", title=Words("Uno"), items=items),))

    assert named_organisation(document(asks(measure="unit")), {"who": 7}) == 7
    assert named_organisation(document(asks(measure="unit")), {}) is None
    assert named_organisation(document(asks()), {"who": 7}) is None
    repeated = Group(key="many", label=Words("Tanti"), questions=(asks(measure="unit"),), repeat=3)
    assert named_organisation(document(repeated), {"many": [{"who": 7}]}) is None
