"""Whose questions an expert can neither see nor receive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.helpdesk.rules.asking import Capacity
from contempo.helpdesk.rules.conflicts import Organisation, Parties, Side, conflict_of, sides_of
from contempo.network.rules.organisations import OrganisationKind

BAKERY = Organisation(1, OrganisationKind.COMPANY)
UNION = Organisation(2, OrganisationKind.TRADE_UNION)
OTHER_UNION = Organisation(3, OrganisationKind.TRADE_UNION)
OTHER_COMPANY = Organisation(4, OrganisationKind.COMPANY)
MUNICIPALITY = Organisation(5, OrganisationKind.MUNICIPALITY)
UNKNOWN = Organisation(None, "")
NADIA = 10
SARA = 20

AGAINST_BAKERY = Parties(SARA, Capacity.WORKER, (BAKERY,))


def test_without_a_counterpart_there_is_no_dispute():
    for capacity in Capacity:
        parties = Parties(SARA, capacity)
        assert sides_of(parties) == frozenset()
        assert conflict_of(NADIA, [BAKERY, UNION], parties) is None


def test_who_acts_for_the_counterpart_is_kept_away():
    assert "counterpart" in conflict_of(NADIA, [BAKERY], AGAINST_BAKERY).reason
    assert "counterpart" in conflict_of(NADIA, [MUNICIPALITY], Parties(SARA, Capacity.OTHER, (MUNICIPALITY,))).reason


@pytest.mark.parametrize("own", [UNION, OTHER_UNION, OTHER_COMPANY, Organisation(6, "social_cooperative")])
def test_who_acts_for_either_side_of_the_dispute_is_kept_away(own):
    assert "one side" in conflict_of(NADIA, [own], AGAINST_BAKERY).reason


@pytest.mark.parametrize("kind", ["municipality", "association", "school", "public_body", "foundation"])
def test_who_acts_for_an_organisation_of_neither_side_is_not(kind):
    assert conflict_of(NADIA, [Organisation(7, kind)], AGAINST_BAKERY) is None


def test_an_expert_who_acts_for_nobody_has_no_conflict():
    assert conflict_of(NADIA, [], AGAINST_BAKERY) is None


def test_who_asked_the_question_does_not_answer_it():
    assert "asked" in conflict_of(SARA, [], Parties(SARA, Capacity.OTHER)).reason


def test_an_employer_against_a_union_is_a_dispute_of_both_sides():
    assert sides_of(Parties(SARA, Capacity.EMPLOYER, (UNION,))) == {Side.WORKERS, Side.EMPLOYERS}


def test_a_counterpart_the_registry_does_not_know_is_on_the_side_of_the_employers():
    parties = Parties(SARA, Capacity.WORKER, (UNKNOWN,))
    assert sides_of(parties) == {Side.WORKERS, Side.EMPLOYERS}
    assert conflict_of(NADIA, [UNION], parties)
    assert conflict_of(NADIA, [OTHER_COMPANY], parties)


def test_an_association_against_a_company_leaves_the_unions_free():
    parties = Parties(SARA, Capacity.ASSOCIATION, (BAKERY,))
    assert sides_of(parties) == {Side.EMPLOYERS}
    assert conflict_of(NADIA, [UNION], parties) is None


def test_a_question_typed_in_for_somebody_without_an_account_has_no_asker_to_exclude():
    assert conflict_of(NADIA, [], Parties(None, Capacity.WORKER, (BAKERY,))) is None


organisations = st.builds(Organisation, st.integers(1, 8), st.sampled_from(OrganisationKind))


@given(st.lists(organisations), st.lists(organisations), st.sampled_from(Capacity), organisations)
def test_acting_for_one_more_organisation_never_ends_a_conflict(held, against, capacity, more):
    parties = Parties(SARA, capacity, tuple(against))
    if conflict_of(NADIA, held, parties):
        assert conflict_of(NADIA, [*held, more], parties)


@given(st.lists(organisations), st.lists(organisations, min_size=1), st.sampled_from(Capacity))
def test_whoever_acts_for_a_counterpart_is_always_kept_away(held, against, capacity):
    assert conflict_of(NADIA, [*held, against[0]], Parties(SARA, capacity, tuple(against)))
