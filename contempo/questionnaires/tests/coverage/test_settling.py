"""A person settles which answer counts for a unit, and may take that back."""

import pytest

from contempo.core.audit import history
from contempo.core.verdict import NotPermitted, Refusal
from contempo.questionnaires.actions.coverage import add_units, reopen, settle
from contempo.questionnaires.models import Coverage
from contempo.questionnaires.tests.coverage.conftest import state_of

WHY = "L’istituto ha risposto per sé, con i suoi dati."


@pytest.fixture
def overlap(covering, later):
    """The union answers for the school, then the school for itself."""
    first = covering.send("unione", others=["school"])
    later()
    second = covering.send("school")
    later()
    return covering, first, second


def decide(covering, keep, who="marta", **more):
    return settle(
        covering.it.actor(who),
        target_id=covering.unit("school").pk,
        keep=keep.pk if keep else None,
        reason=more.pop("reason", WHY),
        **more,
    )


def test_the_later_answer_is_kept(overlap):
    covering, first, second = overlap
    decide(covering, covering.claim("school", second))
    assert covering.states("school") == ["dropped", "counted"]
    assert (state_of(first), state_of(second)) == ("completed", "completed")
    kept = covering.claim("school", second)
    assert (kept.why, kept.decided_by) == (WHY, covering.it.world.marta)


def test_the_earlier_answer_is_kept_and_the_later_stays_out_of_the_figures(overlap):
    covering, first, second = overlap
    decide(covering, covering.claim("school", first))
    assert covering.states("school") == ["counted", "dropped"]
    assert state_of(second) == "excluded"


def test_none_is_kept_and_the_unit_is_missing_again(overlap):
    covering, first, second = overlap
    decide(covering, None)
    assert covering.states("school") == ["dropped", "dropped"]
    assert not covering.unit("school").covered
    assert (state_of(first), state_of(second)) == ("completed", "excluded")


def test_a_person_may_leave_an_answer_in_the_figures_that_counts_for_no_unit(overlap):
    covering, first, second = overlap
    decide(covering, covering.claim("school", first), leave_in=True)
    assert covering.states("school") == ["counted", "dropped"]
    assert state_of(second) == "completed"


def test_a_decision_is_taken_back(overlap):
    covering, first, second = overlap
    decide(covering, covering.claim("school", second))
    reopen(covering.it.actor("marta"), target_id=covering.unit("school").pk)
    assert covering.states("school") == ["counted", "disputed"]
    assert (state_of(first), state_of(second)) == ("completed", "excluded")
    assert list(Coverage.objects.filter(target=covering.unit("school")).values_list("why", flat=True)) == ["", ""]
    with pytest.raises(Refusal, match="Nothing was settled"):
        reopen(covering.it.actor("marta"), target_id=covering.unit("school").pk)


def test_an_answer_that_comes_after_a_decision_is_found(overlap, later):
    covering, _first, second = overlap
    decide(covering, covering.claim("school", second))
    later()
    third = covering.send_by_link("school")
    assert covering.states("school") == ["dropped", "counted", "disputed"]
    assert state_of(third) == "excluded"


def test_a_decision_needs_a_reason_and_an_answer_of_the_unit(overlap):
    covering, first, _second = overlap
    for keep, reason, field in ((None, "  ", "reason"), (covering.claim("unione", first), WHY, "keep")):
        with pytest.raises(Refusal) as refused:
            decide(covering, keep, reason=reason)
        assert refused.value.field == field
    assert covering.states("school") == ["counted", "disputed"]


@pytest.mark.parametrize("who", ["elena", "chiara", "lucia", "paolo", None])
def test_only_who_keeps_the_campaign_settles(overlap, who):
    covering, _first, _second = overlap
    with pytest.raises(NotPermitted):
        decide(covering, None, who=who)
    with pytest.raises(NotPermitted):
        reopen(covering.it.actor(who), target_id=covering.unit("school").pk)


def test_a_decision_is_in_the_history(overlap):
    covering, _first, second = overlap
    decide(covering, covering.claim("school", second))
    entry = history(covering.claim("school", second))[0]
    assert (entry.action, entry.person_id) == ("questionnaires.coverage.settle", covering.it.world.marta.pk)


def test_who_keeps_the_campaign_says_that_a_union_answered_for_its_members(covering, later):
    covering.send("unione")
    school = covering.send("school")
    later()
    others = [covering.unit(one).pk for one in ("school", "bergamo", "unione")]
    count = add_units(covering.it.actor("marta"), target_id=covering.unit("unione").pk, others=others)
    assert count == 2
    assert covering.states("school") == ["counted", "disputed"]
    assert covering.states("bergamo") == ["counted"]
    assert covering.states("unione") == ["counted"]
    assert state_of(school) == "completed"


def test_a_unit_without_an_answer_speaks_for_nobody(covering):
    with pytest.raises(Refusal, match="no answer yet"):
        add_units(covering.it.actor("marta"), target_id=covering.unit("unione").pk, others=[covering.unit("coop").pk])
