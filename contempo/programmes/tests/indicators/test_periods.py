"""Periods close step by step, whoever stays to look; what is sealed follows what was sealed before."""

from datetime import date

import pytest

from contempo.core.clock import now
from contempo.core.outbox import deliver_pending
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.public import SYSTEM
from contempo.programmes.actions.periods import request_closing, seal_next, seal_rest
from contempo.programmes.jobs import finish_closings
from contempo.programmes.models import MeasuredRecord, Measurement
from contempo.programmes.queries.indicators.desk import cards
from contempo.programmes.queries.indicators.periods import verification
from contempo.programmes.queries.opened import opened
from contempo.programmes.rules import seals
from contempo.programmes.rules.periods import PeriodState


def ask_closing(measuring, **given):
    return request_closing(measuring.world.actor(measuring.world.marta), period_id=measuring.first.pk, **given)


def test_a_period_is_not_closed_while_values_wait_or_are_missing_unknown(measuring):
    value = measuring.enter(7)
    with pytest.raises(Refusal) as refused:
        ask_closing(measuring, without_missing=True)
    assert refused.value.field is None
    measuring.approve(value)
    measuring.indicator()
    with pytest.raises(Refusal) as refused:
        ask_closing(measuring)
    assert refused.value.field == "without_missing"
    assert ask_closing(measuring, without_missing=True).state == PeriodState.CLOSING


def test_a_period_is_not_closed_before_its_end_nor_before_the_one_before_it(measuring, at):
    actor = measuring.world.actor(measuring.world.marta)
    for moment in ("2026-11-20T10:00", "2027-01-04T10:00"):
        at(moment)
        with pytest.raises(Refusal):
            request_closing(actor, period_id=measuring.second.pk, without_missing=True)
    measuring.close()
    assert measuring.close(measuring.second).sealed["before"] == measuring.first.seal


def test_only_who_decides_values_closes_periods(measuring):
    for who in (measuring.world.elena, measuring.world.renato, measuring.world.chiara):
        with pytest.raises(NotPermitted):
            request_closing(measuring.world.actor(who), period_id=measuring.first.pk, without_missing=True)
    assert request_closing(measuring.world.actor(measuring.bianca), period_id=measuring.first.pk, without_missing=True)


def test_the_closing_goes_on_step_by_step_and_tells_how_far_it_is(measuring):
    for _number in range(3):
        measuring.indicator(source="network.members")
    ask_closing(measuring, without_missing=True)
    seen = []
    while seal_next(SYSTEM, period_id=measuring.first.pk):
        measuring.first.refresh_from_db()
        seen.append((measuring.first.progress, measuring.first.progress_of))
    assert seen == [(1, 4), (2, 4), (3, 4)]
    measuring.first.refresh_from_db()
    assert measuring.first.state == PeriodState.CLOSED


def test_a_closing_that_stopped_goes_on_and_one_that_is_done_does_nothing(measuring):
    measuring.indicator(source="network.members")
    measuring.approve(measuring.enter(7))
    ask_closing(measuring)
    seal_next(SYSTEM, period_id=measuring.first.pk)
    finish_closings(timestamp=0)
    measuring.first.refresh_from_db()
    seal, rows = measuring.first.seal, Measurement.objects.count()
    finish_closings(timestamp=0)
    seal_rest(SYSTEM, period_id=measuring.first.pk)
    measuring.first.refresh_from_db()
    assert (measuring.first.seal, Measurement.objects.count()) == (seal, rows)
    assert MeasuredRecord.objects.count() == 1


def test_no_value_is_entered_or_decided_while_the_period_is_being_closed(measuring):
    ask_closing(measuring, without_missing=True)
    with pytest.raises(Refusal):
        measuring.enter(7)


def test_what_nobody_measured_is_sealed_as_missing_and_zero_is_not(measuring):
    zero = measuring.indicator()
    measuring.approve(measuring.enter(0, indicator=zero.key))
    period = measuring.close()
    assert period.sealed["missing"] == [{"indicator": measuring.entered.key, "alliance": ""}]
    assert len(period.sealed["measurements"]) == 1


def test_the_seal_verifies_also_after_corrections_and_the_next_period_names_them(measuring, at):
    measuring.indicator(source="network.members", by=["kind"])
    measuring.approve(measuring.enter(7))
    measuring.close()
    correction = measuring.approve(measuring.enter(8, reason="Un verbale è arrivato tardi."))
    plan = opened(measuring.world.actor(None), measuring.plan.key)
    assert verification(plan, measuring.first.key).problems == ()
    at("2027-01-04T10:00")
    second = measuring.close(measuring.second)
    assert second.sealed["corrections"] == [correction.seal]
    found = verification(plan, second.key)
    assert found.problems == ()
    assert [line.seal for line in found.chain] == [measuring.first.seal, second.seal]


def test_the_first_period_follows_nothing(measuring):
    assert measuring.close().sealed["before"] == seals.FIRST


def test_the_desk_tells_who_decides_what_waits(measuring):
    measuring.enter(7)
    told = {
        who.full_name: [(card.count, card.title) for card in cards(measuring.world.actor(who), now())]
        for who in (measuring.world.marta, measuring.world.giulio, measuring.bianca, measuring.world.elena)
    }
    title = measuring.plan.title
    to_close, to_approve = (1, f"Periodi da chiudere: {title}"), (1, f"Valori da approvare: {title}")
    assert list(told.values()) == [[to_close], [to_approve, to_close], [to_approve], []]


def test_the_outbox_carries_a_closing_to_its_end(measuring):
    measuring.indicator(source="network.members")
    ask_closing(measuring, without_missing=True)
    deliver_pending()
    measuring.first.refresh_from_db()
    assert measuring.first.state == PeriodState.CLOSED
    assert measuring.first.closed_by_id == measuring.world.marta.pk
    assert measuring.first.since == date(2026, 1, 1)
