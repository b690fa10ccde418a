"""Revisions: balanced, decided by a second person, never below what was accepted."""

import pytest

from contempo.core.audit import history
from contempo.core.verdict import NotPermitted, Refusal
from contempo.programmes.actions.revisions import (
    approve_revision,
    change_revision,
    propose_revision,
    refuse_revision,
    take_back_revision,
)
from contempo.programmes.models import Allocation, BudgetRevision
from contempo.programmes.rules.budgets import RevisionState
from contempo.programmes.tests.factories import BudgetLineFactory
from contempo.programmes.tests.money.factories import Money, second_in_steering


def amounts(money: Money) -> dict[int, int]:
    return dict(Allocation.objects.filter(plan=money.it.plan).values_list("id", "cents"))


def test_an_approved_revision_moves_the_money_and_nothing_else(money):
    before = amounts(money)
    revision = money.proposed(*money.shift(100_000))
    approve_revision(money.actor(money.world.giulio), revision_id=revision.pk)
    after = amounts(money)
    assert after[money.it.allocation.pk] == 900_000
    assert after[money.own_line.pk] == 600_000
    assert sum(after.values()) == sum(before.values())
    assert Allocation.objects.get(pk=money.it.allocation.pk).first_cents == 1_000_000
    assert "cents" in {change.field for change in history(money.it.allocation)[0].changes}


def test_money_for_a_cell_that_was_empty_makes_it(money):
    line = BudgetLineFactory(plan=money.it.plan, position=9, title="Viaggi")
    changes = (
        money.change(money.it.allocation, -50_000),
        money.change(Allocation(line=line, source=money.it.fund), 50_000),
    )
    approve_revision(money.actor(money.world.giulio), revision_id=money.proposed(*changes).pk)
    made = Allocation.objects.get(line=line)
    assert (made.first_cents, made.cents) == (0, 50_000)


def test_who_proposed_does_not_decide(money):
    revision = money.proposed(*money.shift(100_000))
    for decide in (
        lambda who: approve_revision(who, revision_id=revision.pk),
        lambda who: refuse_revision(who, revision_id=revision.pk, reason="No."),
    ):
        with pytest.raises(NotPermitted, match="does not decide"):
            decide(money.actor(money.world.marta))
    assert BudgetRevision.objects.get(pk=revision.pk).state == RevisionState.PROPOSED


def test_within_the_limit_a_second_coordinator_is_enough_and_above_it_the_steering_group_decides(money):
    within, above = money.proposed(*money.shift(350_000)), money.proposed(*money.shift(350_001))
    assert not within.over_limit
    assert above.over_limit
    with pytest.raises(NotPermitted, match="steering group"):
        approve_revision(money.actor(money.world.giulio), revision_id=above.pk)
    approve_revision(money.actor(money.world.giulio), revision_id=within.pk)
    approve_revision(money.actor(money.world.renato), revision_id=above.pk)


def test_what_was_moved_before_counts(money):
    first, second = money.proposed(*money.shift(200_000)), money.proposed(*money.shift(200_000))
    assert not second.over_limit
    approve_revision(money.actor(money.world.giulio), revision_id=first.pk)
    second.refresh_from_db()
    assert second.over_limit
    with pytest.raises(NotPermitted):
        approve_revision(money.actor(money.world.giulio), revision_id=second.pk)


def test_between_partners_of_one_line_no_limit_holds(money):
    changes = money.change(money.it.allocation, -900_000), money.change(money.it.set_aside, 900_000)
    assert not money.proposed(*changes).over_limit


def test_a_source_that_does_not_come_out_even_needs_an_act_and_the_steering_group(money):
    more = money.change(money.own_line, 10_000)
    with pytest.raises(Refusal, match="add up to zero") as refused:
        money.draft(more)
    assert refused.value.field == "changes"
    revision = money.proposed(more, act="DGR 1081/2013")
    assert revision.over_limit
    approve_revision(money.actor(second_in_steering(money)), revision_id=revision.pk)
    assert amounts(money)[money.own_line.pk] == 510_000


def test_nothing_falls_below_what_was_accepted(money):
    revision = money.proposed(*money.shift(300_000))
    money.spent(money.it.allocation, 700_001, 700_001)
    before = amounts(money)
    with pytest.raises(Refusal, match="0,01"):
        approve_revision(money.actor(money.world.giulio), revision_id=revision.pk)
    assert amounts(money) == before
    assert BudgetRevision.objects.get(pk=revision.pk).state == RevisionState.PROPOSED
    with pytest.raises(Refusal, match="Personale"):
        money.draft(*money.shift(300_000))


def test_a_refused_revision_changes_nothing_and_keeps_its_reason(money):
    before = amounts(money)
    revision = money.proposed(*money.shift(100_000))
    with pytest.raises(Refusal) as unsaid:
        refuse_revision(money.actor(money.world.giulio), revision_id=revision.pk, reason=" ")
    assert unsaid.value.field == "reason"
    refused = refuse_revision(money.actor(money.world.giulio), revision_id=revision.pk, reason="Troppo presto.")
    assert (refused.state, refused.decision_note) == (RevisionState.REFUSED, "Troppo presto.")
    assert amounts(money) == before
    with pytest.raises(Refusal, match="no longer possible"):
        approve_revision(money.actor(money.world.renato), revision_id=revision.pk)


def test_a_proposal_is_taken_back_changed_and_proposed_again(money):
    marta = money.actor(money.world.marta)
    revision = money.proposed(*money.shift(400_000))
    with pytest.raises(Refusal, match="Only a draft"):
        change_revision(marta, revision_id=revision.pk, title="T", reason="R", changes=money.shift(1))
    take_back_revision(marta, revision_id=revision.pk)
    change_revision(marta, revision_id=revision.pk, title="Più piccola", reason="R", changes=money.shift(100))
    again = propose_revision(marta, revision_id=revision.pk)
    assert (again.title, again.over_limit) == ("Più piccola", False)
    assert sorted(again.changes.values_list("cents", flat=True)) == [-100, 100]


def test_a_partner_must_take_part_in_the_alliance_of_the_line(money):
    stranger = Allocation(line=money.it.times_line, source=money.it.fund, partner=money.it.second)
    with pytest.raises(Refusal, match="takes no part"):
        money.draft(money.change(money.it.allocation, -100), money.change(stranger, 100))


def test_only_coordinators_of_the_network_begin_revisions_and_only_of_a_plan_in_force(money):
    for name in ("renato", "elena", "chiara", "ivo"):
        with pytest.raises(NotPermitted):
            money.draft(*money.shift(100), by=getattr(money.world, name))
    money.it.plan.state = "closed"
    money.it.plan.save()
    with pytest.raises(Refusal, match="in force"):
        money.draft(*money.shift(100))


def test_only_coordinators_see_drafts_and_the_steering_group_what_is_proposed(money):
    with pytest.raises(Refusal, match="not there"):
        refuse_revision(money.actor(money.world.renato), revision_id=money.draft(*money.shift(1)).pk, reason="No.")
    with pytest.raises(Refusal, match="not there"):
        approve_revision(money.actor(money.world.chiara), revision_id=money.proposed(*money.shift(1)).pk)


def test_numbers_follow_each_other_within_a_plan(money):
    assert [money.draft(*money.shift(1)).number for _each in range(3)] == [1, 2, 3]
