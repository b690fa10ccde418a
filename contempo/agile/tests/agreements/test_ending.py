"""How agreements end: withdrawal of either side, replacement, the last day, evaluation."""

from datetime import date

import pytest

from contempo.agile.actions.agreements import ending, upkeep
from contempo.agile.actions.agreements.priorities import end_verification, verify
from contempo.agile.models import Agreement, Communication, Worker
from contempo.agile.rules.agreements import AgreementState, Ground, Told
from contempo.agile.tests.conftest import Comune
from contempo.core.verdict import NotPermitted, Refusal
from contempo.people.public import SYSTEM

OPEN = {"term": "open", "until": None, "starts_on": date(2026, 11, 20)}


def agile(comune: Comune) -> bool:
    return Worker.objects.get(pk=comune.it.anna.pk).agile


def turn() -> None:
    """What the nightly job does."""
    for agreement_id in upkeep.over_today(upkeep.clock.today()):
        upkeep.end_over(SYSTEM, agreement_id=agreement_id)
    upkeep.mirror_all(SYSTEM)


def test_a_worker_withdraws_with_thirty_days_of_notice(comune, signed, at) -> None:
    made = signed(**OPEN)
    left = ending.withdraw(comune.actor("anna"), agreement_id=made.pk, justified=False)
    assert (left.state, left.until, left.withdrawn_by) == (AgreementState.WITHDRAWN, date(2026, 12, 21), "worker")
    assert agile(comune), "until the last day of the notice"
    owed = Communication.objects.get(kind=Told.ENDED)
    assert (owed.happened_on, owed.due_on) == (date(2026, 12, 20), date(2027, 1, 20))
    at("2026-12-21T01:00")
    turn()
    assert not agile(comune)


def test_the_employer_gives_ninety_days_to_who_has_a_disability(comune, signed) -> None:
    made = signed(**OPEN)
    verify(
        comune.actor("paolo"),
        employer_id=comune.it.employer.pk,
        number="000103",
        ground=Ground.TARGETED_PLACEMENT,
        verified_on=date(2026, 11, 1),
    )
    left = ending.withdraw(comune.actor("ugo"), agreement_id=made.pk, justified=False)
    assert (left.until, left.withdrawn_by) == (date(2027, 2, 19), "manager")


def test_an_ended_verification_does_not_lengthen_the_notice(comune, signed, at) -> None:
    made = signed(**OPEN)
    found = verify(
        comune.actor("paolo"),
        employer_id=comune.it.employer.pk,
        number="000103",
        ground=Ground.TARGETED_PLACEMENT,
        verified_on=date(2026, 11, 1),
    )
    end_verification(comune.actor("paolo"), verification_id=found.pk)
    assert ending.withdraw(comune.actor("ugo"), agreement_id=made.pk, justified=False).until == date(2026, 12, 21)


def test_a_justified_reason_ends_it_at_once_and_is_written(comune, signed) -> None:
    made = signed(starts_on=date(2026, 11, 20))
    anna = comune.actor("anna")
    with pytest.raises(Refusal) as refused:
        ending.withdraw(anna, agreement_id=made.pk, justified=False)
    assert refused.value.field == "justified"
    with pytest.raises(Refusal) as refused:
        ending.withdraw(anna, agreement_id=made.pk, justified=True, reason="  ")
    assert refused.value.field == "reason"
    left = ending.withdraw(anna, agreement_id=made.pk, justified=True, reason="Cambio di mansioni")
    assert (left.until, left.justified_reason) == (date(2026, 11, 21), "Cambio di mansioni")


def test_a_last_day_that_changed_meanwhile_is_shown_again(comune, signed, at) -> None:
    made = signed(**OPEN)
    at("2026-11-21T09:00")
    with pytest.raises(Refusal, match="look at it again"):
        ending.withdraw(comune.actor("anna"), agreement_id=made.pk, justified=False, expected=date(2026, 12, 20))
    assert Agreement.objects.get().state == AgreementState.IN_FORCE


def test_a_revision_replaces_the_old_agreement_on_its_day(comune, signed, at) -> None:
    first = signed(starts_on=date(2026, 11, 20))
    second = signed(previous=first.number, days_per_month=4, starts_on=date(2027, 1, 11))
    first.refresh_from_db()
    assert (first.state, first.until) == (AgreementState.IN_FORCE, date(2027, 1, 11))
    assert second.previous_id == first.pk
    assert not Communication.objects.filter(agreement=second).exists(), "the term is the same"
    at("2027-01-11T01:00")
    turn()
    first.refresh_from_db()
    assert first.state == AgreementState.REPLACED
    assert agile(comune)


def test_a_renewal_goes_on_without_a_gap_and_is_told_as_a_change(comune, signed, at) -> None:
    first = signed(starts_on=date(2026, 11, 20), until=date(2027, 1, 1))
    at("2026-12-15T09:00")
    signed(previous=first.number, starts_on=date(2027, 1, 1), until=date(2027, 7, 1))
    owed = Communication.objects.get(kind=Told.CHANGED)
    assert (owed.happened_on, owed.due_on) == (date(2026, 12, 15), date(2027, 1, 20))
    at("2027-01-01T01:00")
    turn()
    assert Agreement.objects.get(pk=first.pk).state == AgreementState.REPLACED


def test_an_agreement_ends_after_its_last_day_and_turning_twice_changes_nothing(comune, signed, at) -> None:
    made = signed(starts_on=date(2026, 11, 20), until=date(2027, 1, 1))
    at("2027-01-01T00:30")
    turn()
    turn()
    made.refresh_from_db()
    assert made.state == AgreementState.ENDED
    assert made.moves.filter(transition="end").count() == 1
    assert not agile(comune)
    assert not Communication.objects.exclude(kind=Told.STARTED).exists(), "the end was told at the beginning"


def test_the_agreement_of_who_leaves_ends_with_the_employment(comune, signed, at) -> None:
    made = signed(starts_on=date(2026, 11, 20))
    Worker.objects.filter(pk=comune.it.anna.pk).update(until=date(2026, 12, 10), present=False)
    at("2026-12-11T01:00")
    turn()
    made.refresh_from_db()
    assert (made.state, made.until) == (AgreementState.ENDED, date(2026, 12, 10))


def test_both_sides_evaluate_objective_by_objective(comune, signed, at) -> None:
    made = signed(starts_on=date(2026, 11, 20), until=date(2027, 1, 1))
    anna, ugo = comune.actor("anna"), comune.actor("ugo")
    with pytest.raises(Refusal, match="last thirty days"):
        ending.evaluate(anna, agreement_id=made.pk, marks=["reached", "partly"])
    at("2026-12-20T09:00")
    with pytest.raises(Refusal, match="each objective"):
        ending.evaluate(anna, agreement_id=made.pk, marks=["reached"])
    ending.evaluate(anna, agreement_id=made.pk, marks=["reached", "partly"], note="Bene")
    kept = ending.evaluate(ugo, agreement_id=made.pk, marks=["reached", "reached"])
    assert kept.self_evaluation["objectives"][1]["mark"] == "partly"
    assert kept.evaluated_at is not None
    with pytest.raises(Refusal, match="already"):
        ending.evaluate(anna, agreement_id=made.pk, marks=["missed", "missed"])


def test_a_colleague_neither_withdraws_nor_finds_it(comune, signed) -> None:
    made = signed(**OPEN)
    with pytest.raises((Refusal, NotPermitted)):
        ending.withdraw(comune.actor("bruno"), agreement_id=made.pk, justified=False)
