"""Values are entered with their evidence, and count when a second person approves them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.tests.factories import PDF
from contempo.programmes.actions.values import decide_value, recount_value
from contempo.programmes.models import MeasuredRecord, Measurement
from contempo.programmes.models.measuring import counting
from contempo.programmes.rules.values import Entry, Value


def paper(name="verbale.pdf"):
    return SimpleUploadedFile(name, PDF)


def test_a_value_counts_once_a_second_person_approves_it(measuring):
    value = measuring.enter(7)
    assert not counting([measuring.first.pk])
    measuring.approve(value, measuring.bianca)
    assert [each.numerator for each in counting([measuring.first.pk])] == [7]


def test_who_entered_a_value_does_not_approve_it(measuring):
    value = measuring.enter(7)
    with pytest.raises(NotPermitted):
        measuring.approve(value, measuring.world.marta)


def test_zero_is_a_value_and_nothing_is_not(measuring):
    measuring.approve(measuring.enter(0))
    assert [each.numerator for each in counting([measuring.first.pk])] == [0]
    with pytest.raises(Refusal) as refused:
        measuring.enter(None)
    assert refused.value.field == "numerator"


def test_a_refused_value_does_not_count_and_its_reason_is_kept(measuring):
    value = measuring.enter(7)
    giulio = measuring.world.actor(measuring.world.giulio)
    with pytest.raises(Refusal):
        decide_value(giulio, measurement_id=value.pk, approve=False)
    decided = decide_value(giulio, measurement_id=value.pk, approve=False, note="Sono incontri del 2025.")
    assert (decided.state, decided.decision_note) == ("refused", "Sono incontri del 2025.")
    assert not counting([measuring.first.pk])


def test_a_newer_approved_value_takes_the_place_of_the_older(measuring):
    measuring.approve(measuring.enter(7))
    newer = measuring.enter(8)
    assert [each.numerator for each in counting([measuring.first.pk])] == [7]
    measuring.approve(newer)
    assert [each.numerator for each in counting([measuring.first.pk])] == [8]


def test_evidence_is_needed_where_the_indicator_asks_for_it(measuring):
    what = measuring.indicator(evidence="Verbali degli incontri")
    with pytest.raises(Refusal) as refused:
        measuring.enter(3, indicator=what.key)
    assert refused.value.field == "documents"
    assert not Measurement.objects.exists()
    assert measuring.enter(3, indicator=what.key, documents=[paper()]).pk


def test_the_lead_enters_for_its_alliance_and_for_no_other(measuring):
    chiara = measuring.world.chiara
    assert measuring.enter(3, who=chiara, alliance=measuring.times.key).alliance == measuring.times
    for elsewhere in (measuring.homes.key, ""):
        with pytest.raises(NotPermitted):
            measuring.enter(3, who=chiara, alliance=elsewhere)


def test_the_value_of_somebody_else_that_waits_is_not_overwritten(measuring):
    first = measuring.enter(3)
    assert measuring.enter(4).pk == first.pk
    with pytest.raises(Refusal):
        measuring.enter(5, who=measuring.world.giulio)


def test_values_of_a_draft_or_of_a_period_to_come_are_not_entered(measuring):
    measuring.plan.state = "draft"
    measuring.plan.save()
    with pytest.raises(Refusal):
        measuring.enter(3)
    measuring.plan.state = "in_force"
    measuring.plan.save()
    measuring.second.since, measuring.second.until = date(2027, 1, 1), date(2027, 7, 1)
    measuring.second.save()
    with pytest.raises(Refusal) as refused:
        measuring.enter(3, period=measuring.second.key)
    assert refused.value.field == "period"


def test_a_correction_after_the_closing_is_a_new_version_with_its_reason_and_its_own_seal(measuring):
    measuring.approve(measuring.enter(7))
    period = measuring.close()
    with pytest.raises(Refusal) as refused:
        measuring.enter(8)
    assert refused.value.field == "reason"
    correction = measuring.approve(measuring.enter(8, reason="Un verbale è arrivato tardi."))
    first, second = Measurement.objects.order_by("version")
    assert (first.state, first.numerator, second.state, second.numerator) == ("sealed", 7, "sealed", 8)
    assert second == correction
    assert (second.sealed["corrects"], second.sealed["period_seal"]) == (first.seal, period.seal)
    assert [each.numerator for each in counting([period.pk])] == [8]


def test_a_computed_indicator_is_corrected_by_counting_again(measuring):
    what = measuring.indicator(source="network.members", target="20")
    measuring.close()
    sealed = Measurement.objects.get(indicator=what)
    marta = measuring.world.actor(measuring.world.marta)
    asked = {"plan_id": measuring.plan.pk, "indicator": what.key, "period": measuring.first.key}
    with pytest.raises(Refusal):
        recount_value(marta, **asked, reason="")
    again = recount_value(marta, **asked, reason="Un socio era stato scritto due volte.")
    assert again.state == "proposed"
    measuring.approve(again)
    again.refresh_from_db()
    assert (again.state, again.version, again.sealed["corrects"]) == ("sealed", 2, sealed.seal)
    assert again.records.count() == again.numerator == 1


def test_the_database_keeps_what_is_sealed(measuring):
    measuring.indicator(source="network.members")
    measuring.approve(measuring.enter(7))
    period = measuring.close()
    sealed, record = Measurement.objects.filter(origin="computed").get(), MeasuredRecord.objects.get()
    for change in (
        lambda: Measurement.objects.filter(pk=sealed.pk).update(numerator=Decimal(9)),
        lambda: Measurement.objects.filter(pk=sealed.pk).update(state="approved"),
        lambda: MeasuredRecord.objects.filter(pk=record.pk).update(label="altro"),
        lambda: MeasuredRecord.objects.filter(pk=record.pk).delete(),
        lambda: MeasuredRecord.objects.create(measurement=sealed, position=9, key="9", label="nove"),
        lambda: sealed.delete(),
        lambda: type(period).objects.filter(pk=period.pk).update(seal="0" * 64),
        lambda: type(period).objects.filter(pk=period.pk).update(state="open"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_division_that_does_not_add_up_is_refused_beside_its_field(measuring):
    what = measuring.indicator(by=["sex"])
    entry = Entry(Value(Decimal(5)), {"sex": {"women": (3, 3), "men": (1, 1)}})
    with pytest.raises(Refusal) as refused:
        measuring.enter(indicator=what.key, entry=entry)
    assert refused.value.field == "by_sex"
    right = Entry(Value(Decimal(5)), {"sex": {"women": (3, 3), "men": (2, 2)}})
    assert measuring.enter(indicator=what.key, entry=right).breakdown == {"sex": {"women": [3, 3], "men": [2, 2]}}
