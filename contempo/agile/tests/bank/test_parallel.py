"""A hundred who give, ask and draw at the same moment, each on a connection of its own: no day is given twice or lost.

Nobody begins before all are ready, so that they are truly at once.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection

from contempo.agile.actions.bank.asking import ask
from contempo.agile.actions.bank.drawing import draw
from contempo.agile.actions.bank.giving import donate
from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.models import Account, Clearing, Entry, MonthTally, Pool, Request
from contempo.agile.models.balances import balances_of
from contempo.agile.rules.months import Reason
from contempo.agile.tests.bank.world import BANK, OVER, PUBLISHED, Bank, open_december, owners, sign
from contempo.agile.tests.conftest import Comune
from contempo.agile.tests.factories import WorkerFactory, make_employer
from contempo.core.verdict import Refusal
from contempo.network.tests.factories import make_world
from contempo.people.public import Actor
from contempo.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 100
PATIENCE = 300
ENOUGH = 45
"""Connections at the same moment: as many as the server of the tests lets in beside the others."""
Deed = Callable[[], object]


@pytest.fixture
def crowd(transactional_db: None, at) -> tuple[Bank, list[Actor]]:
    """December, with a hundred workers in two directorates, each with an agreement and their own account; committed."""
    at(BANK)
    world = make_world()
    comune = Comune(world, make_employer(world.comune))
    people = []
    for number in range(MANY):
        one = person(f"Persona{number}", "Prova")
        unit = comune.it.counter if number % 2 else comune.it.nurseries
        sign(WorkerFactory(unit=unit, person=one, eligible=True, number=f"9{number:05d}"))
        people.append(one)
    bank = open_december(comune)
    return bank, [comune.actor(one) for one in people]


def at_once(deeds: Sequence[Deed]) -> list[Refusal | None]:
    """Do all `deeds` side by side; for each the refusal it got, None when it was done. Any other error is raised."""
    lanes = [deeds[start::ENOUGH] for start in range(min(ENOUGH, len(deeds)))]
    ready = Barrier(len(lanes))

    def walk(lane: Sequence[Deed]) -> list[Refusal | None]:
        told: list[Refusal | None] = []
        try:
            # A connection of its own, not one of the pool, which has fewer.
            options = {key: value for key, value in connection.settings_dict["OPTIONS"].items() if key != "pool"}
            connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
            connection.ensure_connection()
            ready.wait(PATIENCE)
            for deed in lane:
                try:
                    deed()
                    told.append(None)
                except Refusal as refusal:
                    told.append(refusal)
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(lanes)) as pool:
        begun = [pool.submit(copy_context().run, walk, lane) for lane in lanes]
        return [refusal for each in begun for refusal in each.result(PATIENCE)]


def check(bank: Bank) -> None:
    """The ledger is exact, whatever happened: one owner a day, no balance or pool below zero, sums as entries."""
    budget, owned = owners(bank.month_id)
    assert budget == owned
    accounts = {account.pk: account.cap for account in Account.objects.filter(month=bank.month_id)}
    for account, balance in balances_of(accounts).items():
        assert min(balance.available, balance.planned, balance.used, balance.reserved) >= 0
        assert balance.held + balance.reserved <= accounts[account]
    pools = Pool.objects.filter(month=bank.month_id)
    assert min(pools.values_list("free", flat=True)) >= 0
    for kind in ("grant", "donate", "request", "award"):
        kept = sum(MonthTally.objects.filter(month=bank.month_id, measure=kind).values_list("count", flat=True))
        assert kept == sum(Entry.objects.filter(month=bank.month_id, kind=kind).values_list("days", flat=True))


def test_a_hundred_who_give_and_ask_at_once_leave_an_exact_ledger(crowd):
    bank, actors = crowd
    month = bank.month_id
    deeds: list[Deed] = []
    for number, actor in enumerate(actors):
        if number % 2:
            deeds.append(lambda a=actor: donate(a, month_id=month, days=2))
        else:
            deeds.append(lambda a=actor: ask(a, month_id=month, reason=Reason.OTHER, days=2))
    assert at_once(deeds) == [None] * MANY
    assert bank.free() == MANY
    assert sum(Request.objects.values_list("days", flat=True)) == MANY
    check(bank)


def test_one_account_emptied_by_twenty_at_once_is_emptied_once(crowd):
    bank, actors = crowd
    told = at_once([lambda: donate(actors[0], month_id=bank.month_id, days=3)] * 20)
    assert told.count(None) == 2
    assert bank.free() == 6
    check(bank)


def test_one_who_asks_twenty_times_at_once_has_one_request_within_the_cap(crowd):
    bank, actors = crowd
    deeds = [
        lambda days=1 + number % 2: ask(actors[0], month_id=bank.month_id, reason=Reason.OTHER, days=days)
        for number in range(20)
    ]
    assert at_once(deeds) == [None] * 20
    [request] = Request.objects.all()
    [balance] = balances_of([request.account_id]).values()
    assert balance.reserved == request.days
    check(bank)


def test_a_hundred_emergencies_draw_what_is_left_and_not_a_day_more(crowd, at):
    bank, actors = crowd
    for actor in actors[:15]:
        donate(actor, month_id=bank.month_id, days=2)
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)
    # Thirty shared ones, and eight of the directorate of the nurseries, whose Sergio has no agreement.
    told = at_once([lambda a=actor: draw(a, month_id=bank.month_id, days=1) for actor in actors])
    assert told.count(None) == 38
    assert {pool.free for pool in Pool.objects.filter(month=bank.month_id)} == {0}
    assert all("days left" in refusal.reason for refusal in told if refusal is not None)
    check(bank)


def test_a_clearing_lets_moves_in_before_or_after_it_and_is_made_once(crowd, at):
    bank, actors = crowd
    for number, actor in enumerate(actors):
        if number % 2:
            donate(actor, month_id=bank.month_id, days=1)
        else:
            ask(actor, month_id=bank.month_id, reason=Reason.OTHER, days=2)
    at(OVER)
    late: list[Deed] = [lambda a=actor: donate(a, month_id=bank.month_id, days=1) for actor in actors[:18]]
    told = at_once([*late, *[lambda: clear_bank(bank.hr, month_id=bank.month_id)] * 4])
    assert told.count(None) == 1
    assert Clearing.objects.count() == 1
    check(bank)
