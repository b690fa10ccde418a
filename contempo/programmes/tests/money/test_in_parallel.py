"""Twenty at the same moment take from the same allocation: never below what was accepted, never less than zero.

Each has a connection of its own, and nobody begins before all are ready.
"""

import pytest

from contempo.programmes.actions.revisions import approve_revision
from contempo.programmes.models import Allocation, BudgetRevision
from contempo.programmes.rules.budgets import RevisionState
from contempo.programmes.tests.claims.test_parallel import Deed, at_once
from contempo.programmes.tests.money.factories import Money, make_money

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 20


def approvals(money: Money, revisions: list[BudgetRevision]) -> list[Deed]:
    who = money.actor(money.world.renato)
    return [lambda key=each.pk: approve_revision(who, revision_id=key) for each in revisions]  # type: ignore[misc]


def test_twenty_who_take_from_one_allocation_leave_what_was_accepted() -> None:
    money = make_money()
    money.spent(money.it.allocation, 400_000, 400_000)
    revisions = [money.proposed(*money.shift(50_000)) for _each in range(MANY)]
    refused = [each for each in at_once(approvals(money, revisions)) if each]
    allocation = Allocation.objects.get(pk=money.it.allocation.pk)
    assert (allocation.cents, allocation.accepted_cents) == (400_000, 400_000)
    assert Allocation.objects.get(pk=money.own_line.pk).cents == 500_000 + 12 * 50_000
    assert BudgetRevision.objects.filter(state=RevisionState.APPROVED).count() == 12
    assert len(refused) == 8
    assert all("accepted" in str(refusal) for refusal in refused)


def test_twenty_who_move_money_both_ways_lose_none() -> None:
    money = make_money()
    whole = sum(Allocation.objects.values_list("cents", flat=True))
    there = [money.proposed(*money.shift(30_000)) for _each in range(MANY // 2)]
    back = [money.proposed(*money.shift(-30_000)) for _each in range(MANY // 2)]
    at_once(approvals(money, [each for pair in zip(there, back, strict=True) for each in pair]))
    rows = list(Allocation.objects.all())
    assert sum(row.cents for row in rows) == whole
    assert all(row.cents >= row.accepted_cents >= 0 for row in rows)


def test_one_revision_is_decided_once_by_twenty() -> None:
    money = make_money()
    revision = money.proposed(*money.shift(50_000))
    refused = [each for each in at_once(approvals(money, [revision] * MANY)) if each]
    assert len(refused) == MANY - 1
    assert Allocation.objects.get(pk=money.own_line.pk).cents == 550_000
