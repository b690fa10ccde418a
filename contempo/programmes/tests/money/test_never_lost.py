"""Random revisions and expenses: no cent is lost, every total is the sum of the list it opens."""

from datetime import date
from itertools import combinations
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.core.verdict import Refusal
from contempo.people.public import Actor
from contempo.programmes.actions.revisions import approve_revision, refuse_revision
from contempo.programmes.models import Allocation, Expense, PlanTally, RevisionChange
from contempo.programmes.models.tallies import FACETS
from contempo.programmes.queries.money.budget import budget
from contempo.programmes.queries.money.choosing import offers
from contempo.programmes.queries.money.expenses import Expenses, expenses
from contempo.programmes.queries.money.held import holdings
from contempo.programmes.queries.money.reports import BY, FILTERS, Asked, report
from contempo.programmes.queries.opened import OpenedPlan, opened
from contempo.programmes.rules.budgets import RevisionState
from contempo.programmes.rules.matrix import total
from contempo.programmes.rules.reports import MEASURES
from contempo.programmes.tests.money.factories import Money

# One world for all examples of a test: what holds after each must hold after all that went before.
RANDOM = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])

CELLS = ("allocation", "set_aside", "cofinancing", "own")
AMOUNTS = st.integers(1, 300_000)
EXPENSES = st.tuples(
    st.sampled_from(CELLS), AMOUNTS, st.none() | st.integers(0, 100), st.integers(0, 100), st.integers(1, 28)
)
REVISIONS = st.tuples(
    st.sampled_from(CELLS), st.sampled_from(CELLS), AMOUNTS, st.sampled_from(["approve", "refuse", "leave"])
)


def cell(money: Money, name: str) -> Allocation:
    found = money.own_line if name == "own" else getattr(money.it, name)
    return Allocation.objects.get(pk=found.pk)


def spend(money: Money, name: str, claimed: int, accepted: int | None, paid: int, day: int) -> None:
    """An expense with its parts accepted and paid, in per cent; less where no more is left."""
    where = cell(money, name)
    part = None if accepted is None else min(claimed * accepted // 100, where.cents - where.accepted_cents)
    given_out = (part or 0) * paid // 100 if where.source_id == money.it.fund.pk else 0
    money.spent(where, claimed, part, given_out, paid_on=date(2026, 1 + day % 12, day))


def revise(money: Money, one: str, other: str, cents: int, fate: str) -> None:
    """A revision that may be refused by the rules, by Renato, approved, or left."""
    before = dict(Allocation.objects.values_list("id", "cents"))
    try:
        revision = money.proposed(money.change(cell(money, one), -cents), money.change(cell(money, other), cents))
        if fate == "approve":
            approve_revision(money.actor(money.world.renato), revision_id=revision.pk)
            return
        if fate == "refuse":
            refuse_revision(money.actor(money.world.renato), revision_id=revision.pk, reason="No.")
    except Refusal:
        pass
    assert dict(Allocation.objects.values_list("id", "cents")) == before


@given(st.lists(REVISIONS, max_size=6), st.lists(EXPENSES, max_size=6))
@RANDOM
def test_first_amounts_and_approved_changes_are_what_is_there(
    money: Money, revisions: list[Any], spendings: list[Any]
) -> None:
    whole = sum(Allocation.objects.values_list("first_cents", flat=True))
    for spending in spendings:
        spend(money, *spending)
    for revision in revisions:
        revise(money, *revision)
    rows = list(Allocation.objects.all())
    for row in rows:
        changes = RevisionChange.objects.filter(
            revision__state=RevisionState.APPROVED, line=row.line, source=row.source, partner=row.partner
        )
        assert row.cents == row.first_cents + sum(changes.values_list("cents", flat=True))
        assert 0 <= row.accepted_cents <= row.cents
    assert sum(row.cents for row in rows) == whole
    held = holdings(money.it.plan)
    assert total(each.money for each in held.held).present == whole


@given(st.lists(EXPENSES, min_size=1, max_size=8))
@RANDOM
def test_the_tallies_are_the_sums_of_the_rows(money: Money, spendings: list[Any]) -> None:
    for spending in spendings:
        spend(money, *spending)
    names = [*FACETS, *("|".join(pair) for pair in combinations(FACETS, 2))]
    for name in names:
        kept: dict[str, dict[str, int]] = {}
        for key, measure, count in PlanTally.objects.filter(plan=money.it.plan, facet=name).values_list(
            "key", "measure", "count"
        ):
            if count:
                kept.setdefault(key, {})[measure] = count
        made: dict[str, dict[str, int]] = {}
        for row in Expense.objects.exclude(stage="draft"):
            into = made.setdefault("|".join(key_of(row, facet) for facet in name.split("|")), {})
            accepted = row.accepted_cents or 0
            waiting = row.claimed_cents if row.accepted_cents is None else 0
            refused = 0 if row.accepted_cents is None else row.claimed_cents - accepted
            for measure, cents in zip(
                MEASURES, (1, row.claimed_cents, waiting, accepted, refused, row.paid_cents), strict=True
            ):
                if cents:
                    into[measure] = into.get(measure, 0) + cents
        assert kept == made


def key_of(row: Expense, facet: str) -> str:
    return {
        "alliance": str(row.alliance_id or 0),
        "line": str(row.line_id),
        "month": f"{row.paid_on:%Y-%m}",
        "partner": str(row.organisation_id),
        "source": str(row.source_id),
    }[facet]


def listed(actor: Actor, plan: OpenedPlan, url: str) -> Expenses:
    """The list of expenses at an address."""
    return expenses(actor, plan, QueryDict(urlsplit(url).query))


def same(actor: Actor, plan: OpenedPlan, row: Any) -> None:
    """The list that `row` opens has the rows and the sums that it tells, and its rows add up to them."""
    url = row.url
    found = listed(actor, plan, url)
    assert found.sums.expenses == found.page.total == row.expenses, parse_qs(urlsplit(url).query)
    for measure in MEASURES[1:]:
        assert getattr(found.sums, measure) == getattr(row, measure) * 100
    if found.page.pages == 1:
        assert len(found.page.rows) == row.expenses
        assert sum(each.claimed for each in found.page.rows) == row.claimed
        assert sum(each.accepted or 0 for each in found.page.rows) == row.accepted


@pytest.mark.parametrize("who", ["elena", "bruna"])
@given(st.lists(EXPENSES, min_size=3, max_size=10))
@settings(RANDOM, max_examples=2)
def test_every_total_of_every_report_is_the_sum_of_the_list_it_opens(
    money: Money, who: str, spendings: list[Any]
) -> None:
    for spending in spendings:
        spend(money, *spending)
    actor = money.actor(money.bruna if who == "bruna" else money.world.elena)
    found = opened(actor, "piano")
    assert found is not None
    offered = offers(actor, found.plan)
    keys = {name: _keys(offered[dimension.value]) for name, dimension in FILTERS.items()}
    for by in BY:
        for asked in (Asked(by), *(Asked(by, name, key) for name, found_keys in keys.items() for key in found_keys)):
            made = report(actor, found, asked, offered)
            same(actor, found, made.total)
            assert sum(row.claimed for row in made.rows) == made.total.claimed
            for row in made.rows:
                if asked.narrowed != "periodo" or by not in ("mese", "semestre"):
                    same(actor, found, row)


def _keys(choices: list[Any]) -> list[str]:
    found: list[str] = []
    for key, name in choices:
        found += [each for each, _label in name] if isinstance(name, list) else [key]
    return found


@given(st.lists(EXPENSES, min_size=2, max_size=8))
@settings(RANDOM, max_examples=4)
def test_every_figure_of_the_budget_is_the_sum_of_the_list_it_opens(money: Money, spendings: list[Any]) -> None:
    for spending in spendings:
        spend(money, *spending)
    actor = money.actor(money.world.elena)
    found = opened(actor, "piano")
    assert found is not None
    page = budget(actor, found)
    rows = [*(row for part in page.parts for row in (*part.rows, part.total)), page.total]
    figures = [figure for row in rows for _source, figure in row.cells if figure] + [row.total for row in rows]
    for figure in [*figures, *(detail.figure for detail in page.details)]:
        assert listed(actor, found, figure.url).totals.accepted == figure.accepted
