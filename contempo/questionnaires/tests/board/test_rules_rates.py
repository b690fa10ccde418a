"""Response rates and rates of covered units: rules without a database."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from contempo.questionnaires.rules.rates import (
    CASES,
    DISPOSITIONS,
    PARTIAL,
    Group,
    Outcome,
    Ratio,
    UnitCount,
    outcome,
    standings_of,
)
from contempo.questionnaires.rules.states import InvitationState

STATES = [str(state) for state in InvitationState]


@some.composite
def counted(draw: some.DrawFn) -> dict[str, int]:
    """Invitations by state, some of those begun half answered."""
    counts = {state: draw(some.integers(0, 200)) for state in STATES}
    counts[PARTIAL] = draw(some.integers(0, counts[InvitationState.BEGUN]))
    return counts


def as_rows(counts: dict[str, int]) -> list[tuple[str, bool]]:
    """The invitations one by one: state, and whether half answered."""
    rows = []
    for state in STATES:
        half = counts[PARTIAL] if state == InvitationState.BEGUN else 0
        rows += [(state, True)] * half + [(state, False)] * (counts[state] - half)
    return rows


def test_every_state_of_an_invitation_has_its_disposition():
    assert set(DISPOSITIONS) == {*STATES, PARTIAL}
    codes = [each.code for each in DISPOSITIONS.values() if each.code]
    assert len(codes) == len(set(codes))


def test_the_first_figure_of_a_code_is_its_group():
    first = {Group.COMPLETE: "1", Group.PARTIAL: "1", Group.REFUSAL: "2", Group.UNKNOWN: "3", Group.NOT_ELIGIBLE: "4"}
    for each in DISPOSITIONS.values():
        assert each.code[:1] == first.get(each.group, "")


def test_the_example_of_the_documentation():
    found = outcome(
        {
            "completed": 51,
            "begun": 10,
            PARTIAL: 4,
            "refused": 6,
            "opened": 8,
            "sent": 20,
            "bounced": 5,
            "prepared": 2,
            "not_eligible": 7,
            "replaced": 9,
        }
    )
    assert found == Outcome(complete=51, partial=4, refusal=20, unknown=27, not_eligible=7, passed_on=9)
    assert found.rr1 == Ratio(51, 102)
    assert found.rr2 == Ratio(55, 102)
    assert found.rr1.share == Fraction(1, 2)


def test_without_invitations_there_is_no_rate_and_not_a_rate_of_zero():
    assert outcome({}).rr1.share is None
    assert outcome({"replaced": 3, "not_eligible": 1}).rr2.share is None
    assert outcome({"sent": 3}).rr1.share == 0


@given(counted())
def test_rr1_is_at_most_rr2_and_rr2_at_most_one(counts):
    found = outcome(counts)
    assert found.rr1.denominator == found.rr2.denominator
    if found.cases:
        assert 0 <= found.rr1.share <= found.rr2.share <= 1


@given(counted(), counted())
def test_groups_add_up_to_the_whole(one, other):
    together = {key: one[key] + other[key] for key in one}
    assert outcome(one) + outcome(other) == outcome(together)


@given(counted())
def test_every_invitation_is_counted_exactly_once(counts):
    rows = as_rows(counts)
    found = outcome(counts)
    assert sum(found.of(group) for group in Group) == len(rows)
    for group in Group:
        standings = set(standings_of((group,)))
        assert found.of(group) == sum((PARTIAL if half else state) in standings for state, half in rows)
    assert found.cases == sum(found.of(group) for group in CASES)


@given(counted(), some.integers(1, 50))
def test_a_contact_that_was_replaced_changes_no_rate(counts, more):
    changed = {**counts, InvitationState.REPLACED: counts[InvitationState.REPLACED] + more}
    assert (outcome(changed).rr1, outcome(changed).rr2) == (outcome(counts).rr1, outcome(counts).rr2)


@given(counted(), some.integers(1, 50))
def test_who_is_not_concerned_changes_no_rate(counts, more):
    changed = {**counts, InvitationState.NOT_ELIGIBLE: counts[InvitationState.NOT_ELIGIBLE] + more}
    assert (outcome(changed).rr1, outcome(changed).rr2) == (outcome(counts).rr1, outcome(counts).rr2)


@pytest.mark.parametrize(
    "state", [state for state in STATES if DISPOSITIONS[state].group in (Group.REFUSAL, Group.UNKNOWN)]
)
def test_whoever_could_answer_and_did_not_lowers_the_rate(state):
    before, after = outcome({"completed": 5}), outcome({"completed": 5, state: 5})
    assert (before.rr1.share, after.rr1.share) == (1, Fraction(1, 2))


def test_units_covered_are_those_concerned_for_which_an_answer_counts():
    found = UnitCount(units=12, eligible=10, covered=4)
    assert (found.rate, found.missing, found.left_out) == (Ratio(4, 10), 6, 2)
    assert UnitCount().rate.share is None


@given(*[some.integers(0, 100)] * 6)
def test_units_of_groups_add_up(a, b, c, d, e, f):
    one, other = UnitCount(a + b + c, a + b, a), UnitCount(d + e + f, d + e, d)
    together = one + other
    assert together == UnitCount(a + b + c + d + e + f, a + b + d + e, a + d)
    assert together.covered + together.missing + together.left_out == together.units
