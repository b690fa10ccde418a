"""The plans of the demo: that of Milan 2014-2016 whole, and an invented one of today with values, claims, revisions."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.db.models import Count, F, Sum
from pytest_django.plugin import DjangoDbBlocker

from contempo.config.demo import facts
from contempo.config.demo.cast import Cast
from contempo.config.demo.networks import Stage, opened
from contempo.config.demo.organisations import load_partners, load_signatories
from contempo.config.demo.plans import load_plans
from contempo.config.demo.requests import load_requests
from contempo.core.clock import ROME, replaying
from contempo.core.money import cents_written
from contempo.network.actions.reference import load_municipalities
from contempo.network.models import Organisation
from contempo.people.models import Notification
from contempo.people.public import SYSTEM
from contempo.programmes.models import Allocation, Claim, Expense, Measurement, Payment, Plan
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.findings import Severity
from contempo.programmes.rules.periods import MeasurementState, PeriodState

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=ROME)
ROWS = facts.rows("milano/plans/claims.csv")


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The network of Milan with its plans and without its desk, as it is on a Friday morning, for the whole module;
    that of Bergamo beside it.
    """
    with django_db_blocker.unblock(), transaction.atomic(), replaying(FRIDAY):
        load_municipalities(SYSTEM)
        cast = Cast()
        bergamo, stage = (opened(slug, cast) for slug in ("bergamo", "milano"))
        load_signatories(bergamo)
        load_plans(bergamo)
        load_signatories(stage)
        load_partners(stage)
        load_requests(stage)
        load_plans(stage)
        yield stage
        transaction.set_rollback(True)


@pytest.fixture
def milan(stage: Stage) -> Plan:
    """The plan of 2014-2016."""
    return Plan.objects.get(network_id=stage.id, key="piano-2014-2016")


@pytest.fixture
def today(stage: Stage) -> Plan:
    """The invented plan of 2025-2027."""
    return Plan.objects.get(network_id=stage.id, key="piano-2025-2027")


@pytest.mark.django_db
def test_a_network_without_plans_has_none() -> None:
    assert load_plans(Stage(1, "nowhere", Cast())) == 0


def test_bergamo_has_a_draft_in_which_something_is_missing(stage: Stage) -> None:
    plan = Plan.objects.get(network__slug="bergamo")
    assert plan.state == "draft"
    assert plan.findings.filter(rule="activity-responsible").count() == 1


def test_the_plan_of_milan_is_whole_and_closed(milan: Plan) -> None:
    assert milan.state == "closed"
    partners = milan.alliances.annotate(named=Count("partners")).order_by("position").values_list("named", flat=True)
    assert list(partners) == [23, 43]
    assert milan.indicators.count() == 27
    assert Allocation.objects.filter(plan=milan).aggregate(Sum("cents"))["cents__sum"] == 90_332_910


def test_the_plan_of_milan_names_only_organisations_the_registry_had(milan: Plan) -> None:
    assert not Organisation.objects.filter(network_id=milan.network_id, source__contains=milan.source_document).exists()


def test_nobody_measured_the_plan_of_milan(milan: Plan) -> None:
    assert not Measurement.objects.filter(indicator__plan=milan).exists()


def test_the_plan_of_milan_disagrees_with_itself_and_the_invented_one_does_not(milan: Plan, today: Plan) -> None:
    assert milan.findings.filter(severity=Severity.ERROR).count() >= 10
    assert not today.findings.exists()


def test_activities_of_today_are_in_every_state(today: Plan) -> None:
    states = set(today.activities.values_list("state", flat=True))
    assert states == {"planned", "under_way", "done", "suspended", "cancelled"}
    assert today.activities.filter(until__lte=FRIDAY.date(), state="under_way").exists()
    assert today.activities.filter(since__gt=FRIDAY.date(), state="planned").exists()


def test_three_half_years_are_sealed_and_the_fourth_is_open(today: Plan) -> None:
    periods = list(today.periods.order_by("position"))
    assert [period.state for period in periods[:4]] == [PeriodState.CLOSED] * 3 + [PeriodState.OPEN]
    assert all(period.seal for period in periods[:3])


def test_values_are_decided_by_a_second_person_and_one_still_waits(today: Plan) -> None:
    values = Measurement.objects.filter(indicator__plan=today, origin="entered")
    assert values.filter(decided_by=F("entered_by")).count() == 0
    assert values.filter(state=MeasurementState.PROPOSED).count() == 1
    assert values.filter(state=MeasurementState.REFUSED).exclude(decision_note="").count() == 1


def test_a_late_correction_is_a_new_version_with_its_reason(today: Plan) -> None:
    correction = Measurement.objects.exclude(reason="").get(indicator__plan=today)
    before = Measurement.objects.get(
        indicator=correction.indicator, alliance=correction.alliance, period=correction.period, version=1
    )
    assert (before.numerator, correction.numerator, correction.version) == (142, 147, 2)
    assert before.state == correction.state == MeasurementState.SEALED


def test_what_nobody_measured_is_not_zero(today: Plan) -> None:
    first = Measurement.objects.filter(indicator__plan=today, period__key="2025-1")
    assert not first.filter(indicator__key="famiglie-soddisfatte").exists()
    assert first.get(indicator__key="imprese-check-up").numerator == 0


def test_claims_are_in_every_state(today: Plan) -> None:
    assert set(today.claims.values_list("state", flat=True)) == set(ClaimState)
    assert Expense.objects.filter(plan=today).count() == len(ROWS) > 70


def test_of_every_decided_claim_as_much_is_accepted_as_the_file_says(today: Plan) -> None:
    told = {claim["key"]: claim["title"] for claim in facts.toml("milano/plans/claims.toml")["claims"]}
    for claim in today.claims.exclude(accepted_cents=None).select_related("organisation"):
        keys = [key for key, title in told.items() if title == claim.title]
        rows = [row for row in ROWS if row["claim"] in keys and _of(row, claim)]
        assert claim.accepted_cents == sum(cents_written(row["accepted"] or row["claimed"]) for row in rows)


def _of(row: dict[str, str], claim: Claim) -> bool:
    return claim.expenses.filter(number=row["number"], supplier=row["supplier"]).exists()


def test_only_funds_are_paid_and_advances_are_kept_back(today: Plan) -> None:
    for payment in Payment.objects.filter(plan=today).exclude(claim=None).select_related("claim"):
        assert payment.claim is not None
        funds = payment.claim.expenses.filter(source__kind="fund").aggregate(Sum("accepted_cents"))
        assert payment.cents + payment.recovered_cents == funds["accepted_cents__sum"]
    assert Payment.objects.filter(plan=today, recovered_cents__gt=0).exists()
    assert today.accounts.filter(advanced_cents__gt=F("recovered_cents")).exists()


def test_one_invoice_is_claimed_by_two_partners(today: Plan) -> None:
    twice = Expense.objects.filter(plan=today).values("fingerprint").annotate(times=Count("id")).filter(times__gt=1)
    assert twice.get()["times"] == 2
    both = Expense.objects.filter(fingerprint=twice.get()["fingerprint"])
    assert len(set(both.values_list("organisation_id", flat=True))) == 2


def test_the_steering_group_decided_one_revision_and_has_another_before_it(today: Plan) -> None:
    first, second = today.revisions.order_by("number")
    assert (first.state, first.over_limit, first.decided_by.full_name) == ("approved", True, "Renato Cislaghi")
    assert (second.state, second.over_limit, second.decided_at) == ("proposed", True, None)
    sums = Allocation.objects.filter(plan=today).aggregate(now=Sum("cents"), first=Sum("first_cents"))
    assert sums["now"] == sums["first"] == 57_140_000


def test_only_the_news_of_the_last_days_are_still_to_be_read(today: Plan) -> None:
    news = Notification.objects.filter(network_id=today.network_id, url__contains="/piani/")
    assert news.filter(read_at=None).exists()
    assert not news.filter(read_at=None, at__lt=datetime(2026, 11, 10, tzinfo=ROME)).exists()
