"""The bank is cleared, published, appealed against, cleared again, closed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from django.db import connection

from contempo.agile.actions.appeals import reject, uphold
from contempo.agile.actions.bank.appealing import appeal
from contempo.agile.actions.bank.asking import ask
from contempo.agile.actions.bank.drawing import draw
from contempo.agile.actions.bank.giving import donate
from contempo.agile.actions.clearing.making import clear_again, clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.actions.clearing.rows import INT2, INT8, fetched
from contempo.agile.actions.ledger import Move, enter
from contempo.agile.actions.months.closing import close_month
from contempo.agile.actions.months.due import Due, months_due
from contempo.agile.actions.months.opening import open_month, prepare_month
from contempo.agile.jobs.months import take_step
from contempo.agile.models import Clearing, Entry, Month, MonthTally
from contempo.agile.rules.clearing import Summary, Why
from contempo.agile.rules.ledger import Balance, EntryKind
from contempo.agile.rules.months import Reason
from contempo.agile.tests.bank.world import (
    AFTER,
    BANK,
    OVER,
    POLICY,
    PUBLISHED,
    Bank,
    moment,
    owners,
)
from contempo.core.clock import now
from contempo.core.outbox.delivery import deliver_pending
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.models import Notification

pytestmark = pytest.mark.django_db


def give(bank: Bank, name: str, days: int) -> None:
    donate(bank.comune.actor(name), month_id=bank.month_id, days=days)


def wants(bank: Bank, name: str, days: int, reason: Reason = Reason.OTHER) -> None:
    ask(bank.comune.actor(name), month_id=bank.month_id, reason=reason, days=days)


def cleared(bank: Bank, at) -> Clearing:
    at(OVER)
    return clear_bank(bank.hr, month_id=bank.month_id)


def published(bank: Bank, at) -> Clearing:
    cleared(bank, at)
    at(PUBLISHED)
    return publish_result(bank.hr, month_id=bank.month_id)


def got(bank: Bank, name: str) -> int:
    entries = Entry.objects.filter(account=bank.account(name), kind="award")
    return sum(entries.values_list("days", flat=True))


def spend(bank: Bank, name: str, days: int) -> None:
    account = bank.account(name).pk
    enter(bank.month_id, [Move(account, EntryKind.PLAN, 1, day=date(2026, 12, 1 + n)) for n in range(days)], at=now())


def test_days_go_class_by_class_and_every_request_is_answered_with_its_reason(bank, at):
    # Two days to give in all; nothing of their own in the directorate of Anna, Bruno and Ugo.
    give(bank, "diana", 2)
    wants(bank, "anna", 1, Reason.OTHER)
    wants(bank, "bruno", 2, Reason.CARE)
    wants(bank, "ugo", 1, Reason.HEALTH)
    made = cleared(bank, at)
    assert [got(bank, name) for name in ("ugo", "bruno", "anna")] == [1, 1, 0]
    assert [bank.balance(name).reserved for name in ("ugo", "bruno", "anna")] == [0, 0, 0]
    why = {entry.account_id: Why(entry.reason) for entry in Entry.objects.filter(clearing=made)}
    assert why[bank.account("ugo").pk] is Why.FULL
    assert why[bank.account("anna").pk] is Why.CLASS
    assert (made.asked_days, made.awarded_days, made.request_count) == (4, 2, 3)
    assert Summary.read(made.summary).awarded == 2
    assert bank.free() == 0
    assert owners(bank.month_id) == (56, 56)


def test_a_directorate_gives_its_own_days_before_the_shared_ones(bank, at):
    give(bank, "anna", 1)
    give(bank, "carla", 1)
    wants(bank, "carla", 3)
    cleared(bank, at)
    assert got(bank, "carla") == 3
    assert (bank.free(bank.comune.it.schools), bank.free()) == (5, 2)


def test_the_bank_is_cleared_once_and_only_when_requests_are_over(bank, at):
    with pytest.raises(Refusal, match="end on"):
        clear_bank(bank.hr, month_id=bank.month_id)
    cleared(bank, at)
    with pytest.raises(Refusal):
        clear_bank(bank.hr, month_id=bank.month_id)


def test_only_who_keeps_the_employer_clears_and_publishes(bank, at):
    at(OVER)
    for who in ("anna", "diana", "chiara"):
        with pytest.raises(NotPermitted):
            clear_bank(bank.comune.actor(who), month_id=bank.month_id)
    clear_bank(bank.hr, month_id=bank.month_id)
    with pytest.raises(NotPermitted):
        publish_result(bank.comune.actor("diana"), month_id=bank.month_id)


def test_a_bank_nobody_asked_is_cleared_too(bank, at):
    give(bank, "anna", 1)
    made = cleared(bank, at)
    assert (made.request_count, made.awarded_days) == (0, 0)
    assert bank.free() == 1


def test_requests_taken_back_are_not_cleared(bank, at):
    from contempo.agile.actions.bank.asking import withdraw_request

    give(bank, "diana", 2)
    wants(bank, "anna", 1)
    withdraw_request(bank.comune.actor("anna"), month_id=bank.month_id)
    assert cleared(bank, at).request_count == 0


def test_what_the_month_counts_is_what_the_ledger_says(bank, at):
    give(bank, "diana", 2)
    wants(bank, "anna", 1)
    wants(bank, "bruno", 2)
    cleared(bank, at)
    for kind in EntryKind:
        counted = sum(MonthTally.objects.filter(month=bank.month_id, measure=kind).values_list("count", flat=True))
        assert counted == sum(Entry.objects.filter(month=bank.month_id, kind=kind).values_list("days", flat=True)), kind
    assert sum(MonthTally.objects.filter(month=bank.month_id, measure="asked").values_list("count", flat=True)) == 3


def test_who_asked_is_told_when_the_result_is_out(bank, at):
    wants(bank, "anna", 1)
    published(bank, at)
    deliver_pending()
    assert set(Notification.objects.values_list("person__full_name", flat=True)) == {
        bank.comune.it.people["anna"].full_name
    }


def test_an_upheld_appeal_is_cleared_with_its_correction_and_nobody_loses_a_planned_day(bank, at):
    give(bank, "diana", 2)
    wants(bank, "anna", 2)
    wants(bank, "bruno", 2)
    first = published(bank, at)
    winners = {name for name in ("anna", "bruno") if got(bank, name) == 1}
    assert winners == {"anna", "bruno"}
    spend(bank, "bruno", 9)
    made = appeal(bank.comune.actor("anna"), month_id=bank.month_id, text="Assisto mia madre.")
    with pytest.raises(Refusal, match="corrected something"):
        clear_again(bank.hr, month_id=bank.month_id, why="Ricorso")
    uphold(bank.hr, appeal_id=made.pk, answer="Verificato.", reason=Reason.CARE, days=2)
    second = clear_again(bank.hr, month_id=bank.month_id, why="Ricorso accolto")
    # Anna, now of a class before, would have both; but the day of Bruno is planned and stays.
    assert (got(bank, "anna"), got(bank, "bruno")) == (1, 1)
    assert bank.balance("bruno") == Balance(planned=9)
    assert (first.number, second.number) == (1, 2)
    assert Entry.objects.get(clearing=second, account=bank.account("bruno")).held == 1
    assert Entry.objects.get(clearing=second, account=bank.account("anna")).klass == 3
    assert owners(bank.month_id) == (56, 56)


def test_what_is_not_taken_up_yet_goes_to_whom_it_is_due(bank, at):
    give(bank, "diana", 2)
    wants(bank, "anna", 2)
    wants(bank, "bruno", 2)
    published(bank, at)
    made = appeal(bank.comune.actor("anna"), month_id=bank.month_id, text="Assisto mia madre.")
    uphold(bank.hr, appeal_id=made.pk, answer="Verificato.", reason=Reason.CARE)
    clear_again(bank.hr, month_id=bank.month_id, why="Ricorso accolto")
    assert (got(bank, "anna"), got(bank, "bruno")) == (2, 0)
    assert bank.balance("bruno") == Balance(available=8)
    assert Month.objects.get(pk=bank.month_id).state == "cleared"
    publish_result(bank.hr, month_id=bank.month_id)
    # A third one counts what the second corrected.
    again = appeal(bank.comune.actor("bruno"), month_id=bank.month_id, text="Anche io.")
    uphold(bank.hr, appeal_id=again.pk, answer="Sì.", reason=Reason.HEALTH, days=1)
    clear_again(bank.hr, month_id=bank.month_id, why="Secondo ricorso")
    assert (got(bank, "anna"), got(bank, "bruno")) == (1, 1)
    assert owners(bank.month_id) == (56, 56)


def test_a_worker_who_could_not_ask_gets_days_after_an_appeal(bank, at):
    give(bank, "diana", 2)
    published(bank, at)
    made = appeal(bank.comune.actor("anna"), month_id=bank.month_id, text="Ero in ospedale.")
    with pytest.raises(Refusal, match="Nothing was asked"):
        uphold(bank.hr, appeal_id=made.pk, answer="Vero.")
    uphold(bank.hr, appeal_id=made.pk, answer="Vero.", reason=Reason.HEALTH, days=2)
    clear_again(bank.hr, month_id=bank.month_id, why="Ricorso")
    assert got(bank, "anna") == 2


def test_days_drawn_in_an_emergency_stay_when_the_bank_is_cleared_again(bank, at):
    give(bank, "diana", 3)
    wants(bank, "anna", 1)
    wants(bank, "bruno", 1)
    published(bank, at)
    draw(bank.comune.actor("ugo"), month_id=bank.month_id, days=1)
    made = appeal(bank.comune.actor("anna"), month_id=bank.month_id, text="Due, non una.")
    uphold(bank.hr, appeal_id=made.pk, answer="Vero.", days=2, reason=Reason.CARE)
    clear_again(bank.hr, month_id=bank.month_id, why="Ricorso")
    assert (got(bank, "ugo"), got(bank, "anna"), got(bank, "bruno")) == (1, 2, 0)
    assert bank.free() == 0


def test_an_appeal_is_made_once_in_its_window_and_decided_by_somebody_else(bank, at):
    wants(bank, "anna", 1)
    cleared(bank, at)
    anna = bank.comune.actor("anna")
    with pytest.raises(Refusal):
        appeal(anna, month_id=bank.month_id, text="Troppo presto")
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)
    with pytest.raises(Refusal) as refused:
        appeal(anna, month_id=bank.month_id, text="   ")
    assert refused.value.field == "text"
    made = appeal(anna, month_id=bank.month_id, text="Rivedete")
    with pytest.raises(Refusal, match="already"):
        appeal(anna, month_id=bank.month_id, text="Ancora")
    with pytest.raises(NotPermitted):
        reject(bank.comune.actor("diana"), appeal_id=made.pk, answer="No")
    with pytest.raises(Refusal) as refused:
        reject(bank.hr, appeal_id=made.pk, answer=" ")
    assert refused.value.field == "answer"
    reject(bank.hr, appeal_id=made.pk, answer="La regola è stata applicata.")
    at("2026-11-29T18:00")
    with pytest.raises(Refusal, match="too late"):
        appeal(bank.comune.actor("bruno"), month_id=bank.month_id, text="Tardi")


def test_what_is_due_is_done_by_the_clock_and_twice_is_as_good_as_once(bank, at):
    give(bank, "anna", 1)
    wants(bank, "bruno", 1)
    for when, step in (("2026-11-23T09:00", Due.CLEAR), ("2026-11-24T09:00", Due.PUBLISH), (AFTER, Due.CLOSE)):
        at(when)
        assert months_due() == [(bank.month_id, step)]
        take_step(bank.month_id, step.value)
        take_step(bank.month_id, step.value)
        assert months_due() == []
    assert Clearing.objects.count() == 1
    assert bank.month.state == "closed"


def test_an_appeal_that_waits_keeps_the_month_open(bank, at):
    published(bank, at)
    made = appeal(bank.comune.actor("anna"), month_id=bank.month_id, text="Rivedete")
    at(AFTER)
    assert months_due() == []
    with pytest.raises(Refusal, match="1 appeals"):
        close_month(bank.hr, month_id=bank.month_id)
    reject(bank.hr, appeal_id=made.pk, answer="No.")
    close_month(bank.hr, month_id=bank.month_id)


def test_what_is_left_expires_and_comes_back_up_to_the_cap_in_the_month_after(bank, at):
    hr = bank.hr
    at("2026-12-09T10:00")
    january = prepare_month(hr, employer_id=bank.month.employer_id, first_day=date(2027, 1, 1))
    open_month(hr, month_id=january.pk)
    at(BANK)
    give(bank, "anna", 7)
    published(bank, at)
    at(AFTER)
    close_month(hr, month_id=bank.month_id)
    assert bank.balance("anna") == bank.balance("bruno") == Balance()
    assert owners(bank.month_id) == (56, 56)
    later = replace(bank, month_id=january.pk)
    # The cap of January is ten days for nineteen of work: nine and a half, rounded down.
    assert later.account("bruno").cap == 9
    assert (later.account("anna").carried, later.account("bruno").carried) == (1, 1)
    assert later.balance("bruno").available == 9
    assert owners(january.pk) == (56 + 6, 56 + 6)


def test_a_month_opened_after_the_one_before_was_closed_gets_the_same_days(bank, at):
    published(bank, at)
    at(AFTER)
    close_month(bank.hr, month_id=bank.month_id)
    windows = {name: moment(f"2027-01-{3 + number:02}T10:00") for number, name in enumerate(POLICY.moments)}
    january = prepare_month(bank.hr, employer_id=bank.month.employer_id, first_day=date(2027, 1, 1), windows=windows)
    open_month(bank.hr, month_id=january.pk)
    later = replace(bank, month_id=january.pk)
    assert later.account("bruno").carried == 1
    assert owners(january.pk) == (56 + 6, 56 + 6)


def test_rows_come_out_of_the_database_as_they_are(bank):
    columns = {"id": INT8, "entitled": INT2, "pseudonym": INT8}
    query = "SELECT id, entitled, pseudonym FROM agile_account WHERE month_id = %s ORDER BY id"
    rows = fetched(query, [bank.month_id], columns)
    with connection.cursor() as cursor:
        cursor.execute(query, [bank.month_id])
        assert [tuple(row) for row in cursor.fetchall()] == [tuple(map(int, row[list(columns)])) for row in rows]
    with pytest.raises(ValueError, match="column"):
        fetched("SELECT 1::int8 AS id, NULL::int2 AS entitled, 3::int8 AS pseudonym", [], columns)
    assert isinstance(rows, np.ndarray)
