"""Random stories of claims, judgements, advances and payments: after each step every sum still agrees."""

import itertools
from datetime import date

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.core.verdict import Refusal
from contempo.programmes.actions.claims.control import begin_control, close_control, give_back, judge
from contempo.programmes.actions.claims.drafting import add_expense, draft_claim
from contempo.programmes.actions.claims.sending import withdraw
from contempo.programmes.actions.claims.story import locked_claim, locked_expenses, mirror, move
from contempo.programmes.actions.payments import advance, pay
from contempo.programmes.models import Account, Allocation, Claim, Expense, Payment, PlanTally
from contempo.programmes.models.tallies import FACETS
from contempo.programmes.rules.activities import Who
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.plan.tree import SourceKind

PAID_ON = date(2026, 11, 20)

EXPENSES = st.lists(st.tuples(st.integers(1, 30_000), st.booleans(), st.integers(0, 100)), min_size=1, max_size=3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("advance"), st.integers(1, 60_000)),
        st.tuples(st.just("claim"), EXPENSES, st.sampled_from(["sent", "back", "withdrawn", "judged", "paid"])),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(autouse=True)
def _nobody_is_told(monkeypatch):
    """Letters are not what this is about, and writing them takes longest."""
    for module in ("claims.story", "payments"):
        monkeypatch.setattr(f"contempo.programmes.actions.{module}.notify", lambda *args, **kwargs: None)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_story_loses_a_cent(money, steps):
    number = itertools.count(1)
    where = {"organisation_id": money.coop.id, "alliance_id": money.alliance.id, "plan_id": money.plan.id}
    for allocation in (money.fund, money.own):
        Allocation.objects.filter(id=allocation.id).update(accepted_cents=0)
    Payment.objects.all().delete()
    Account.objects.all().delete()
    Claim.objects.all().delete()
    for step in steps:
        if step[0] == "advance":
            _tried(lambda cents=step[1]: advance(money.marta, **where, cents=cents, reference="M", paid_on=PAID_ON))
        else:
            _claim(money, where, step[1], step[2], number)
        _everything_agrees(money)


def _claim(money, where, expenses, end, number):
    claim = draft_claim(money.carla, **where, title="Prova")
    for cents, of_fund, _share in expenses:
        details = money.details(
            allocation_id=(money.fund if of_fund else money.own).id,
            number=f"{next(number)}/S",
            net_cents=cents,
            vat_cents=0,
            claimed_cents=cents,
        )
        add_expense(money.carla, claim_id=claim.id, details=details)
    _sent(money.carla, claim)
    if end == "withdrawn":
        withdraw(money.carla, claim_id=claim.id)
    if end in ("sent", "withdrawn"):
        return
    begin_control(money.lia, claim_id=claim.id)
    for position, (cents, _of_fund, share) in enumerate(expenses, start=1):
        accepted = cents * share // 100
        judge(money.lia, claim_id=claim.id, position=position, accepted_cents=accepted, reason="Una parte.")
    if end == "back":
        give_back(money.lia, claim_id=claim.id, reason="Correggi.")
    elif _tried(lambda: close_control(money.lia, claim_id=claim.id)) and end == "paid":
        _tried(lambda: pay(money.marta, claim_id=claim.id, reference="M", paid_on=PAID_ON))


def _sent(actor, claim):
    """Send a claim without files: their check is not what this is about."""
    claim = locked_claim(actor, claim.id)
    expenses = locked_expenses(claim)
    claim.submitted_by_id = actor.person_id
    move(actor, claim, "submit", {Who.PARTNER})
    mirror(claim, expenses)


def _tried(deed) -> bool:
    try:
        deed()
    except Refusal:
        return False
    return True


def _everything_agrees(money):
    sent = Expense.objects.exclude(stage=ClaimState.DRAFT)
    for expense in sent:
        if expense.accepted_cents is not None:
            assert 0 <= expense.accepted_cents <= expense.claimed_cents
    for claim in Claim.objects.all():
        sums = claim.expenses.aggregate(claimed=Sum("claimed_cents"), accepted=Sum("accepted_cents"))
        assert (claim.claimed_cents, claim.accepted_cents) == (sums["claimed"], sums["accepted"])
    for allocation in Allocation.objects.all():
        accepted = allocation.expenses.aggregate(cents=Sum("accepted_cents"))["cents"] or 0
        assert allocation.accepted_cents == accepted <= allocation.cents
    for payment in Payment.objects.filter(claim__isnull=False):
        of_funds = payment.claim.expenses.filter(source__kind=SourceKind.FUND)
        accepted = of_funds.aggregate(cents=Sum("accepted_cents"))["cents"] or 0
        assert payment.cents + payment.recovered_cents == accepted
    for account in Account.objects.all():
        recovered = account.payments.aggregate(cents=Sum("recovered_cents"))["cents"] or 0
        advances = account.payments.filter(claim__isnull=True).aggregate(cents=Sum("cents"))["cents"] or 0
        assert (account.advanced_cents, account.recovered_cents) == (advances, recovered)
    kept = dict(PlanTally.objects.filter(facet="all").values_list("measure", "count"))
    rows = list(sent.values("claimed_cents", "accepted_cents", "paid_cents"))
    claimed = sum(row["claimed_cents"] for row in rows)
    waiting = sum(row["claimed_cents"] for row in rows if row["accepted_cents"] is None)
    accepted = sum(row["accepted_cents"] or 0 for row in rows)
    refused = sum(row["claimed_cents"] - row["accepted_cents"] for row in rows if row["accepted_cents"] is not None)
    assert claimed == accepted + refused + waiting
    told = {"claimed": claimed, "waiting": waiting, "accepted": accepted, "refused": refused, "expenses": len(rows)}
    told["paid"] = sum(row["paid_cents"] for row in rows)
    assert {name: kept.get(name, 0) for name in told} == told
    for facet in FACETS:
        by_key = PlanTally.objects.filter(facet=facet, measure="accepted").aggregate(cents=Sum("count"))["cents"] or 0
        assert by_key == accepted
    counted = dict(PlanTally.objects.filter(facet="state", measure="claims").values_list("key", "count"))
    states = [claim.state for claim in Claim.objects.all()]
    assert {key: count for key, count in counted.items() if count} == {key: states.count(key) for key in set(states)}
