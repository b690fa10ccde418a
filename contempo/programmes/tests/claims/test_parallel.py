"""Twenty who act on the same money at the same moment, each on a connection of its own: nothing is spent twice.

Nobody begins before all are ready, so that they are truly at once.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import F, Sum

from contempo.core.money import in_euro
from contempo.core.verdict import Refusal
from contempo.people.public import Actor, NetworkRole, OrganisationRole, actor_for
from contempo.people.tests.factories import person
from contempo.programmes.actions.claims.control import begin_control, close_control
from contempo.programmes.actions.claims.drafting import add_expense
from contempo.programmes.actions.claims.sending import submit
from contempo.programmes.actions.payments import advance, pay
from contempo.programmes.models import Account, Claim, Expense, Payment
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.tests.claims.world import TODAY, Money, make_money

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 20
PATIENCE = 60
PAID_ON = date(2026, 11, 20)
Deed = Callable[[], object]


@pytest.fixture
def money(transactional_db: None, at) -> Money:
    """The plan with its people, committed."""
    at(TODAY)
    return make_money()


def at_once(deeds: Sequence[Deed]) -> list[Refusal | None]:
    """Do all `deeds` side by side; for each the refusal it got, None when it was done. Any other error is raised."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        assert int(cursor.fetchone()[0]) > len(deeds)
    ready = Barrier(len(deeds))

    def attempt(deed: Deed) -> tuple[int, Refusal | None]:
        try:
            # A connection of its own, not one of the pool, which has fewer.
            options = {key: value for key, value in connection.settings_dict["OPTIONS"].items() if key != "pool"}
            connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
            connection.ensure_connection()
            pid = connection.connection.info.backend_pid
            ready.wait(PATIENCE)
            deed()
            return pid, None
        except Refusal as refusal:
            return pid, refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        begun = [pool.submit(copy_context().run, attempt, deed) for deed in deeds]
        done = [each.result(PATIENCE) for each in begun]
    assert len({pid for pid, _refusal in done}) == len(deeds)
    return [refusal for _pid, refusal in done]


def controllers(money: Money) -> list[Actor]:
    """Twenty who work for the lead, each with a claim of the co-operative to control."""
    held = (OrganisationRole.EDITOR, money.network.id, money.lead.id)
    return [actor_for(person(f"Controllo{number}", "Prova", held), money.network.id) for number in range(MANY)]


def judged_claims(money: Money, actors: Sequence[Actor], **expense: object) -> list[Claim]:
    """A claim for each controller, everything judged to be accepted in full, ready to be closed."""
    claims = []
    for number, actor in enumerate(actors):
        changes = {"number": f"{number}/2026", **expense}
        who, organisation = (money.carla, money.coop) if number % 2 else (money.bruno, money.bakery)
        claims.append(money.claim(ClaimState.IN_CONTROL, changes, who=who, organisation=organisation, controller=actor))
    Expense.objects.update(judged_cents=F("claimed_cents"))
    return claims


def test_twenty_who_accept_at_once_never_accept_more_than_the_allocation_has(money):
    money.fund.cents = 7 * 12_200 + 100
    money.fund.save()
    actors = controllers(money)
    claims = judged_claims(money, actors)
    told = at_once(
        [lambda a=actor, c=claim: close_control(a, claim_id=c.id) for actor, claim in zip(actors, claims, strict=True)]
    )
    money.fund.refresh_from_db()
    assert told.count(None) == 7
    assert money.fund.accepted_cents == 7 * 12_200
    assert Expense.objects.aggregate(Sum("accepted_cents"))["accepted_cents__sum"] == 7 * 12_200
    assert Claim.objects.filter(state=ClaimState.ACCEPTED).count() == 7
    assert Claim.objects.filter(state=ClaimState.IN_CONTROL).count() == MANY - 7
    for refusal in filter(None, told):
        [problem] = refusal.problems
        assert problem.params["left"] == in_euro(100)
        assert problem.params["asked"] == in_euro(12_200)


def test_twenty_who_accept_the_same_invoice_at_once_accept_it_once(money):
    money.fund.cents = 10_000_000
    money.fund.save()
    actors = controllers(money)
    claims = []
    for number, actor in enumerate(actors):
        who, organisation = (money.carla, money.coop) if number % 2 else (money.bruno, money.bakery)
        written = {"number": f"Fatt. n. {'0' * (number % 3)}12/2026", "claimed_cents": 1_000}
        claims.append(money.claim(ClaimState.IN_CONTROL, written, who=who, organisation=organisation, controller=actor))
    # Each is sent while there is still room; then all of them ask for the whole document.
    Expense.objects.update(judged_cents=12_200, claimed_cents=12_200)
    told = at_once(
        [lambda a=actor, c=claim: close_control(a, claim_id=c.id) for actor, claim in zip(actors, claims, strict=True)]
    )
    assert told.count(None) == 1
    assert Expense.objects.aggregate(Sum("accepted_cents"))["accepted_cents__sum"] == 12_200
    assert all(refusal.problems[0].params["elsewhere"] == in_euro(12_200) for refusal in filter(None, told))


def test_claims_that_share_several_allocations_and_documents_are_closed_without_waiting_crosswise(money):
    actors = controllers(money)
    claims = []
    for number, actor in enumerate(actors):
        places = [money.fund.id, money.own.id]
        pair = [
            {"allocation_id": place, "number": document, "claimed_cents": 100}
            for place, document in zip(places if number % 2 else reversed(places), ("A1", "B1"), strict=True)
        ]
        pair = pair if number % 3 else pair[::-1]
        claims.append(money.claim(ClaimState.IN_CONTROL, *pair, controller=actor))
    Expense.objects.update(judged_cents=100)
    told = at_once(
        [lambda a=actor, c=claim: close_control(a, claim_id=c.id) for actor, claim in zip(actors, claims, strict=True)]
    )
    assert told == [None] * MANY
    for allocation in (money.fund, money.own):
        allocation.refresh_from_db()
        assert allocation.accepted_cents == MANY * 100


def test_of_twenty_payments_of_a_claim_exactly_one_is_recorded_and_the_advance_recovered_once(money):
    where = {"plan_id": money.plan.id, "organisation_id": money.coop.id, "alliance_id": money.alliance.id}
    advance(money.marta, **where, cents=5_000, reference="Mandato 1", paid_on=PAID_ON)
    claim = money.claim(ClaimState.ACCEPTED)
    held = (NetworkRole.COORDINATOR, money.network.id, None)
    payers = [actor_for(person(f"Paga{number}", "Prova", held), money.network.id) for number in range(MANY)]
    told = at_once(
        [lambda a=actor: pay(a, claim_id=claim.id, reference="Mandato 2", paid_on=PAID_ON) for actor in payers]
    )
    assert told.count(None) == 1
    payment = Payment.objects.get(claim=claim)
    assert (payment.cents, payment.recovered_cents) == (7_200, 5_000)
    account = Account.objects.get()
    assert (account.advanced_cents, account.recovered_cents) == (5_000, 5_000)


def test_payments_of_several_claims_of_a_partner_recover_its_advance_once(money):
    where = {"plan_id": money.plan.id, "organisation_id": money.coop.id, "alliance_id": money.alliance.id}
    advance(money.marta, **where, cents=20_000, reference="Mandato 1", paid_on=PAID_ON)
    claims = [money.claim(ClaimState.ACCEPTED) for _each in range(5)]
    marta = money.marta
    told = at_once(
        [lambda c=claim: pay(marta, claim_id=c.id, reference="Mandato 2", paid_on=PAID_ON) for claim in claims]
    )
    assert told == [None] * 5
    paid = Payment.objects.filter(claim__isnull=False).aggregate(Sum("cents"), Sum("recovered_cents"))
    assert (paid["cents__sum"], paid["recovered_cents__sum"]) == (5 * 12_200 - 20_000, 20_000)


def test_of_twenty_who_begin_a_control_at_once_exactly_one_controls(money):
    claim = money.claim(ClaimState.SUBMITTED)
    actors = controllers(money)
    told = at_once([lambda a=actor: begin_control(a, claim_id=claim.id) for actor in actors])
    claim.refresh_from_db()
    assert told.count(None) == 1
    assert actors[told.index(None)].person_id == claim.controller_id
    assert claim.moves.filter(transition="control").count() == 1


def test_claims_begun_at_once_have_different_numbers(money):
    carla = money.carla
    told = at_once([lambda: money.draft(carla)] * MANY)
    assert told == [None] * MANY
    assert sorted(Claim.objects.values_list("number", flat=True)) == list(range(1, MANY + 1))


def test_an_expense_added_while_the_claim_is_sent_is_either_in_it_or_refused(money):
    claim = money.claim(ClaimState.DRAFT)
    carla, details = money.carla, money.details()
    told = at_once(
        [lambda: submit(carla, claim_id=claim.id), lambda: add_expense(carla, claim_id=claim.id, details=details)]
    )
    claim.refresh_from_db()
    assert sum(refusal is None for refusal in told) == 1
    assert claim.expense_count == claim.expenses.count()
    assert claim.claimed_cents == claim.expenses.aggregate(Sum("claimed_cents"))["claimed_cents__sum"]
