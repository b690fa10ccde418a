"""Who downloads their own data finds what they did in plans, and nothing of what others did."""

import json
from datetime import date, datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder

from contempo.core.clock import ROME
from contempo.people.rules import further_personal_data
from contempo.programmes.actions.claims.control import give_back
from contempo.programmes.actions.payments import advance
from contempo.programmes.actions.revisions import approve_revision
from contempo.programmes.models import PlanUpload, PlanVersion
from contempo.programmes.queries.personal import personal_data
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.periods import MeasurementState
from contempo.programmes.tests.claims.conftest import money as claims
from contempo.programmes.tests.factories import IndicatorFactory, MeasurementFactory, MonitoringPeriodFactory
from contempo.programmes.tests.money.factories import make_money

__all__ = ["claims"]

NOON = datetime(2026, 11, 20, 12, tzinfo=ROME)
TOLD = {
    "claims",
    "claim_steps",
    "payments_recorded",
    "values",
    "periods_closed",
    "budget_revisions",
    "plans_loaded",
    "plan_files_waiting",
}


def test_whoever_sends_a_claim_finds_it_with_every_step_and_who_controls_it_with_theirs(claims) -> None:
    claim = claims.claim(ClaimState.IN_CONTROL)
    give_back(claims.lia, claim_id=claim.pk, reason="Manca la quietanza.")
    sent = personal_data(claims.people["carla"].pk)
    assert [(row["number"], row["sent_by_me"], row["controlled_by_me"]) for row in sent["claims"]] == [(1, True, False)]
    assert [row["transition"] for row in sent["claim_steps"]] == ["draft", "submit"]
    controlled = personal_data(claims.people["lia"].pk)
    assert "Manca la quietanza." in [row["text"] for row in controlled["claim_steps"]]
    assert personal_data(claims.people["sara"].pk) == {name: [] for name in TOLD}


def test_whoever_records_a_payment_finds_it(claims) -> None:
    advance(
        claims.marta,
        plan_id=claims.plan.pk,
        organisation_id=claims.coop.pk,
        alliance_id=claims.alliance.pk,
        cents=10_000,
        reference="Mandato 7",
        paid_on=date(2026, 11, 20),
    )
    (row,) = personal_data(claims.people["marta"].pk)["payments_recorded"]
    assert (row["reference"], row["cents"]) == ("Mandato 7", 10_000)
    assert personal_data(claims.people["giulio"].pk)["payments_recorded"] == []


@pytest.mark.django_db
def test_revisions_are_told_to_who_proposed_and_to_who_decided() -> None:
    money = make_money()
    revision = money.proposed(*money.shift(10_000))
    approve_revision(money.actor(money.world.giulio), revision_id=revision.pk)
    (proposed,) = personal_data(money.world.marta.pk)["budget_revisions"]
    (decided,) = personal_data(money.world.giulio.pk)["budget_revisions"]
    assert (proposed["proposed_by_me"], proposed["decided_by_me"]) == (True, False)
    assert (decided["proposed_by_me"], decided["decided_by_me"]) == (False, True)


def test_values_periods_and_files_of_plans_are_told_as_the_download_writes_them(claims) -> None:
    mine, other = claims.people["marta"], claims.people["giulio"]
    indicator = IndicatorFactory(plan=claims.plan)
    period = MonitoringPeriodFactory(plan=claims.plan, closed_by=mine)
    MeasurementFactory(
        indicator=indicator, period=period, entered_by=mine, decided_by=other, state=MeasurementState.APPROVED.value
    )
    PlanVersion.objects.create(plan=claims.plan, number=1, filename="piano.yaml", loaded_at=NOON, loaded_by=mine)
    PlanUpload.objects.create(
        network=claims.network, person=mine, filename="nuovo.yaml", text="key: x", uploaded_at=NOON
    )
    told = json.loads(json.dumps(further_personal_data(mine.pk)["programmes"], cls=DjangoJSONEncoder))
    assert set(told) == TOLD
    assert [(row["entered_by_me"], row["decided_by_me"]) for row in told["values"]] == [(True, False)]
    assert [row["title"] for row in told["periods_closed"]] == [period.title]
    assert [row["filename"] for row in told["plans_loaded"]] == ["piano.yaml"]
    assert [row["filename"] for row in told["plan_files_waiting"]] == ["nuovo.yaml"]
    assert [row["decided_by_me"] for row in personal_data(other.pk)["values"]] == [True]


def test_the_download_takes_eight_statements(claims, django_assert_num_queries) -> None:
    with django_assert_num_queries(8):
        personal_data(claims.people["carla"].pk)


def test_every_table_that_names_a_person_says_how_long_it_is_kept() -> None:
    person = get_user_model()
    naming = [
        model
        for model in apps.get_app_config("programmes").get_models()
        if not model.__name__.endswith("History")
        and any(field.related_model is person for field in model._meta.concrete_fields)
    ]
    assert {model.__name__ for model in naming} == {
        "BudgetRevision",
        "Claim",
        "ClaimMove",
        "Measurement",
        "MonitoringPeriod",
        "Payment",
        "PlanUpload",
        "PlanVersion",
    }
    for model in naming:
        told = " ".join((model.__doc__ or "").split())
        assert "Personal data: who" in told, model
        assert "kept as long as the" in told or "It is erased when" in told, model
