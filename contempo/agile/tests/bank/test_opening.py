"""A month is prepared, looked at, opened: accounts, budgets, days."""

from dataclasses import replace
from datetime import date

import pytest

from contempo.agile.actions.months.opening import change_month, drop_month, open_month, prepare_month
from contempo.agile.actions.months.policies import publish_policy
from contempo.agile.models import Account, Entry, Month, Pool, Worker
from contempo.agile.rules import budget as budgets
from contempo.agile.rules.clearing import pseudonym, seed_hash
from contempo.agile.rules.policy import proposed
from contempo.agile.tests.bank.world import DECEMBER, POLICY, open_december, owners, sign
from contempo.core.verdict import NotPermitted, Refusal

pytestmark = pytest.mark.django_db


def test_who_has_an_agreement_gets_days_the_others_leave_theirs_to_the_directorate(bank):
    it = bank.comune.it
    assert bank.balance("anna").available == 8
    assert bank.balance("sergio").available == 0
    assert bank.account("sergio").entitled == 8
    assert bank.free(it.civic) == 0
    assert bank.free(it.schools) == 8
    assert bank.free() == 0


def test_the_budget_of_a_directorate_is_what_its_formula_and_its_persons_come_to(bank):
    for pool in Pool.objects.filter(month_id=bank.month_id, directorate__isnull=False):
        accounts = list(Account.objects.filter(month_id=bank.month_id, directorate_id=pool.directorate_id))
        formula = budgets.read(pool.formula)
        assert pool.budget == formula.days == sum(account.entitled for account in accounts)
        assert formula.persons == len(accounts)
        assert formula.with_agreement == sum(account.agreement for account in accounts)


def test_every_day_has_one_owner_when_the_month_opens(bank):
    budget, owned = owners(bank.month_id)
    assert budget == owned == 7 * 8


@pytest.mark.parametrize(("percent", "days"), [(100, 8), (50, 4), (56, 4), (57, 5), (7, 1), (6, 0)])
def test_days_of_part_time_are_rounded_to_the_nearest_one_in_the_database_as_in_the_rule(comune, at, percent, days):
    Worker.objects.filter(pk=comune.it.anna.pk).update(part_time_percent=percent)
    bank = open_december(comune)
    assert bank.account("anna").entitled == days == POLICY.days_of("Istruttori", percent)


def test_the_cap_is_what_own_presence_leaves_of_the_days_worked_in_the_month(comune, at):
    Worker.objects.filter(pk=comune.it.anna.pk).update(weekdays=[0, 1])
    Worker.objects.filter(pk=comune.it.bruno.pk).update(until=date(2026, 12, 15))
    bank = open_december(comune)
    # December 2026 in Milan: 23 weekdays, less the 7th, the 8th and the 25th.
    assert bank.account("ugo").cap == 10
    # Mondays but the 7th: 3, Tuesdays but the 8th: 4.
    assert bank.account("anna").cap == 3
    # From the 1st to the 14th: ten weekdays less two.
    assert bank.account("bruno").cap == 4


def test_nobody_is_granted_more_days_than_can_be_had(comune, at):
    Worker.objects.filter(pk=comune.it.anna.pk).update(weekdays=[0, 1])
    bank = open_december(comune)
    assert bank.account("anna").entitled == bank.balance("anna").available == 3


def test_days_go_by_category(comune, at):
    Worker.objects.filter(pk=comune.it.diana.pk).update(category="Dirigenti")
    bank = open_december(comune, replace(POLICY, days={"Dirigenti": 4}))
    assert (bank.account("diana").entitled, bank.account("anna").entitled) == (4, 8)


def test_an_agreement_counts_when_it_is_in_force_on_some_day_of_the_month(comune, at):
    it = comune.it
    sign(it.anna, since=date(2026, 12, 31))
    sign(it.bruno, since=date(2027, 1, 1))
    sign(it.ugo, until=date(2026, 12, 1))
    sign(it.diana, until=date(2026, 12, 2), state="withdrawn")
    sign(it.carla, signed_at=None, state="approved")
    bank = open_december(comune, unsigned=("diana", "ugo", "anna", "bruno", "carla", "sergio", "unlinked"))
    signed = Account.objects.filter(month_id=bank.month_id, agreement=True).values_list("worker_id", flat=True)
    assert set(signed) == {it.anna.pk, it.diana.pk}


def test_who_is_not_eligible_or_not_there_in_the_month_has_no_account(comune, at):
    it = comune.it
    Worker.objects.filter(pk=it.anna.pk).update(eligible=False)
    Worker.objects.filter(pk=it.bruno.pk).update(until=date(2026, 12, 1))
    Worker.objects.filter(pk=it.ugo.pk).update(since=date(2027, 1, 1))
    bank = open_december(comune)
    assert not Account.objects.filter(month_id=bank.month_id, worker__in=[it.anna, it.bruno, it.ugo]).exists()


def test_days_got_from_the_bank_earlier_in_the_year_are_known(bank):
    october = Month.objects.create(
        employer=bank.month.employer,
        first_day=date(2026, 10, 1),
        policy=bank.month.policy,
        state="draft",
        seed=b"",
        salt=b"",
        **{name: getattr(bank.month, name) for name in proposed().moments},
    )
    anna = bank.account("anna")
    earlier = Account.objects.create(
        month=october, worker=anna.worker, unit=anna.unit, directorate=anna.directorate, sex="f", pseudonym=1, cap=9
    )
    for days in (3, -1):
        Entry.objects.create(month=october, account=earlier, kind="award", days=days, at=bank.month.opened_at)
    Month.objects.filter(pk=bank.month_id).update(state="draft")
    change_month(bank.hr, month_id=bank.month_id)
    assert bank.account("anna").enjoyed == 2
    assert bank.account("bruno").enjoyed == 0


def test_seed_and_salt_are_known_by_their_hashes_and_the_salt_makes_the_pseudonyms(bank):
    month = bank.month
    assert len(month.seed) == len(month.salt) == 32
    assert month.seed_hash == seed_hash(bytes(month.seed))
    assert month.salt_hash == seed_hash(bytes(month.salt))
    assert bank.account("anna").pseudonym == pseudonym(bytes(month.salt), "000103")


def test_a_month_is_not_opened_with_a_budget_other_than_the_one_that_was_shown(comune, at):
    hr, it = comune.actor("paolo"), comune.it
    at("2026-11-09T10:00")
    publish_policy(hr, employer_id=it.employer.pk, rules=POLICY, first_month=DECEMBER)
    month = prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)
    shown = sum(Pool.objects.filter(month=month).values_list("budget", flat=True))
    Worker.objects.filter(pk=it.anna.pk).update(eligible=False)
    with pytest.raises(Refusal, match="Meanwhile"):
        open_month(hr, month_id=month.pk, budget=shown)
    change_month(hr, month_id=month.pk)
    assert open_month(hr, month_id=month.pk, budget=shown - 8).state == "open"


def test_only_who_keeps_the_employer_prepares_and_opens(comune, at):
    at("2026-11-09T10:00")
    it, hr = comune.it, comune.actor("paolo")
    publish_policy(hr, employer_id=it.employer.pk, rules=POLICY, first_month=DECEMBER)
    for who in ("anna", "diana", "chiara"):
        with pytest.raises(NotPermitted):
            prepare_month(comune.actor(who), employer_id=it.employer.pk, first_day=DECEMBER)
    month = prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)
    for who in ("anna", "diana", "chiara"):
        with pytest.raises(NotPermitted):
            open_month(comune.actor(who), month_id=month.pk)


def test_a_month_needs_rules_and_is_made_once(comune, at):
    it, hr = comune.it, comune.actor("paolo")
    at("2026-11-09T10:00")
    with pytest.raises(Refusal, match="No rules"):
        prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)
    publish_policy(hr, employer_id=it.employer.pk, rules=POLICY, first_month=DECEMBER)
    prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)
    with pytest.raises(Refusal, match="already"):
        prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)


def test_a_month_in_preparation_can_be_dropped_an_open_one_cannot(comune, at):
    it, hr = comune.it, comune.actor("paolo")
    at("2026-11-09T10:00")
    publish_policy(hr, employer_id=it.employer.pk, rules=POLICY, first_month=DECEMBER)
    month = prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)
    drop_month(hr, month_id=month.pk)
    assert not Month.objects.exists()
    month = prepare_month(hr, employer_id=it.employer.pk, first_day=DECEMBER)
    open_month(hr, month_id=month.pk)
    with pytest.raises(Refusal):
        drop_month(hr, month_id=month.pk)


def test_rules_change_with_a_reason_and_never_for_a_month_that_is_open(bank):
    employer = bank.month.employer_id
    with pytest.raises(Refusal) as refused:
        publish_policy(bank.hr, employer_id=employer, rules=POLICY, first_month=date(2027, 1, 1))
    assert refused.value.field == "note"
    with pytest.raises(Refusal) as refused:
        publish_policy(bank.hr, employer_id=employer, rules=POLICY, first_month=DECEMBER, note="Più giornate")
    assert refused.value.field == "first_month"
    made = publish_policy(
        bank.hr, employer_id=employer, rules=POLICY, first_month=date(2027, 1, 1), note="Più giornate"
    )
    assert made.number == 2
