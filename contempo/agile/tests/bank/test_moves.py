"""What a worker does at the bank: gives, asks, changes, takes back, draws in an emergency."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from contempo.agile.actions.bank.asking import ask, withdraw_request
from contempo.agile.actions.bank.drawing import draw
from contempo.agile.actions.bank.giving import donate
from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.actions.ledger import Move, enter
from contempo.agile.models import Entry, Pool, PriorityVerification, Request
from contempo.agile.rules.ledger import Balance, EntryKind
from contempo.agile.rules.months import Reason
from contempo.agile.rules.policy import proposed
from contempo.agile.tests.bank.world import DURING, OVER, POLICY, PUBLISHED, Bank, open_december, owners
from contempo.agile.tests.factories import WorkerFactory
from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.tests.factories import person

pytestmark = pytest.mark.django_db


def plan(bank: Bank, name: str, days: int) -> None:
    account = bank.account(name)
    enter(
        bank.month_id, [Move(account.pk, EntryKind.PLAN, 1, day=date(2026, 12, 1 + n)) for n in range(days)], at=now()
    )


def give(bank: Bank, name: str, days: int) -> None:
    donate(bank.comune.actor(name), month_id=bank.month_id, days=days)


def published(bank: Bank, at) -> None:
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)


def test_days_that_are_given_go_to_all_when_the_policy_shares_the_pool(bank):
    give(bank, "anna", 3)
    assert bank.balance("anna") == Balance(available=5)
    assert (bank.free(), bank.free(bank.comune.it.civic)) == (3, 0)
    assert owners(bank.month_id) == (56, 56)


def test_days_that_are_given_stay_with_the_directorate_when_it_does_not(comune, at):
    bank = open_december(comune, replace(POLICY, shared_pool=False))
    at("2026-11-19T10:00")
    give(bank, "anna", 3)
    assert (bank.free(), bank.free(bank.comune.it.civic)) == (0, 3)


def test_a_donor_never_loses_a_planned_day(bank):
    plan(bank, "anna", 6)
    with pytest.raises(Refusal) as refused:
        give(bank, "anna", 3)
    assert refused.value.field == "days"
    give(bank, "anna", 2)
    assert bank.balance("anna") == Balance(planned=6)


@pytest.mark.parametrize("days", [0, -1])
def test_nothing_less_than_a_day_is_given_or_asked(bank, days):
    anna = bank.comune.actor("anna")
    with pytest.raises(Refusal):
        donate(anna, month_id=bank.month_id, days=days)
    with pytest.raises(Refusal):
        ask(anna, month_id=bank.month_id, reason=Reason.OTHER, days=days)
    assert bank.kinds("anna") == [("grant", 8)]


@pytest.mark.parametrize("when", ["2026-11-18T08:59", "2026-11-21T18:00"])
def test_days_are_given_only_in_their_window(bank, at, when):
    at(when)
    with pytest.raises(Refusal):
        give(bank, "anna", 1)


@pytest.mark.parametrize("when", ["2026-11-18T08:59", "2026-11-22T18:00"])
def test_days_are_asked_only_in_their_window(bank, at, when):
    at(when)
    with pytest.raises(Refusal):
        ask(bank.comune.actor("anna"), month_id=bank.month_id, reason=Reason.OTHER, days=1)


def test_a_request_reserves_under_the_cap(bank):
    anna = bank.comune.actor("anna")
    assert bank.account("anna").cap == 10
    with pytest.raises(Refusal, match="2 more"):
        ask(anna, month_id=bank.month_id, reason=Reason.OTHER, days=3)
    ask(anna, month_id=bank.month_id, reason=Reason.OTHER, days=2)
    assert bank.balance("anna").reserved == 2
    give(bank, "anna", 1)
    ask(anna, month_id=bank.month_id, reason=Reason.CARE, days=3)
    request = Request.objects.get()
    assert (request.days, request.reason, request.klass) == (3, "care", 3)
    assert bank.balance("anna").reserved == 3
    assert bank.kinds("anna") == [("grant", 8), ("request", 2), ("donate", 1), ("request", 1)]


def test_a_request_is_taken_back_and_made_again(bank):
    anna = bank.comune.actor("anna")
    ask(anna, month_id=bank.month_id, reason=Reason.OTHER, days=2)
    withdraw_request(anna, month_id=bank.month_id)
    assert bank.balance("anna").reserved == 0
    with pytest.raises(Refusal):
        withdraw_request(anna, month_id=bank.month_id)
    ask(anna, month_id=bank.month_id, reason=Reason.OTHER, days=1)
    assert (Request.objects.get().state, bank.balance("anna").reserved) == ("open", 1)


def test_nobody_asks_for_more_than_the_personal_cap(bank):
    give(bank, "anna", 8)
    with pytest.raises(Refusal, match="4 days"):
        ask(bank.comune.actor("anna"), month_id=bank.month_id, reason=Reason.OTHER, days=5)


def test_a_reason_to_be_verified_counts_only_with_its_ground(comune, at):
    bank = open_december(comune, proposed())
    at("2026-11-19T10:00")
    anna, worker = comune.actor("anna"), comune.it.anna

    def asked() -> None:
        ask(anna, month_id=bank.month_id, reason=Reason.CARE, days=1)

    def verified(**facts: object) -> None:
        PriorityVerification.objects.all().delete()
        PriorityVerification.objects.create(worker=worker, **{"ground": "caregiver", **facts})

    with pytest.raises(Refusal) as refused:
        asked()
    assert refused.value.field == "reason"
    for facts in (
        {"verified_on": date(2026, 11, 20)},
        {"verified_on": date(2026, 1, 1), "until": date(2026, 12, 1)},
        {"verified_on": date(2026, 1, 1), "ground": "child_to_12"},
    ):
        verified(**facts)
        with pytest.raises(Refusal):
            asked()
    verified(verified_on=date(2026, 11, 19), until=date(2026, 12, 2))
    asked()
    assert bank.balance("anna").reserved == 1


def test_who_has_no_agreement_neither_gives_nor_asks(bank):
    sergio = bank.comune.actor("sergio")
    with pytest.raises(Refusal, match="Without an agreement"):
        ask(sergio, month_id=bank.month_id, reason=Reason.OTHER, days=1)
    with pytest.raises(Refusal, match="Without an agreement"):
        donate(sergio, month_id=bank.month_id, days=1)


def test_who_came_after_the_month_was_opened_has_no_account(bank):
    late = person("Lea", "Tardi")
    WorkerFactory(unit=bank.comune.it.counter, person=late, eligible=True)
    with pytest.raises(Refusal, match="no account"):
        donate(bank.comune.actor(late), month_id=bank.month_id, days=1)


@pytest.mark.parametrize("who", ["chiara", "paolo", None])
def test_who_is_not_on_the_staff_has_no_part_in_the_bank(bank, who):
    with pytest.raises(NotPermitted):
        ask(bank.comune.actor(who), month_id=bank.month_id, reason=Reason.OTHER, days=1)


def test_emergencies_take_the_days_of_the_directorate_then_shared_ones_as_long_as_there_are_any(bank, at):
    for name, days in (("carla", 2), ("anna", 5)):
        give(bank, name, days)
    published(bank, at)
    at(DURING)
    schools = bank.comune.it.schools
    assert (bank.free(schools), bank.free()) == (8, 7)
    Pool.objects.filter(month_id=bank.month_id, directorate=schools).update(free=1)
    draw(bank.comune.actor("carla"), month_id=bank.month_id, days=3)
    assert (bank.free(schools), bank.free()) == (0, 5)
    assert bank.balance("carla").available == 9
    with pytest.raises(Refusal, match="1 more"):
        draw(bank.comune.actor("carla"), month_id=bank.month_id, days=2)


def test_an_emergency_finds_what_is_left_and_no_more(bank, at):
    give(bank, "anna", 3)
    give(bank, "bruno", 1)
    published(bank, at)
    draw(bank.comune.actor("anna"), month_id=bank.month_id, days=3)
    with pytest.raises(Refusal, match="1 days left"):
        draw(bank.comune.actor("bruno"), month_id=bank.month_id, days=2)
    draw(bank.comune.actor("bruno"), month_id=bank.month_id, days=1)
    assert bank.free() == 0


def test_there_are_no_emergencies_before_publication_nor_after_the_month(bank, at):
    give(bank, "anna", 3)
    anna = bank.comune.actor("anna")
    with pytest.raises(Refusal):
        draw(anna, month_id=bank.month_id, days=1)
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    with pytest.raises(Refusal):
        draw(anna, month_id=bank.month_id, days=1)
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)
    at("2027-01-01T00:00")
    with pytest.raises(Refusal, match="over"):
        draw(anna, month_id=bank.month_id, days=1)


def test_the_database_itself_refuses_what_would_overdraw_an_account_or_a_pool(bank):
    account = bank.account("anna")
    for move in (
        Move(account.pk, EntryKind.DONATE, 9, shared=9),
        Move(account.pk, EntryKind.RETURN, 1),
        Move(account.pk, EntryKind.USE, 1),
        Move(account.pk, EntryKind.REQUEST, 3),
        Move(account.pk, EntryKind.REQUEST, -1),
        Move(account.pk, EntryKind.AWARD, 1, shared=-1),
    ):
        with pytest.raises(Refusal), transaction.atomic():
            enter(bank.month_id, [move], at=now())
    assert bank.kinds("anna") == [("grant", 8)]


def test_the_ledger_is_never_rewritten(bank):
    for change in (lambda rows: rows.update(days=1), lambda rows: rows._raw_delete("default")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change(Entry.objects.filter(month_id=bank.month_id))
