"""Indicators, a value that waits with its evidence, and a period that is closed, for the matrix to ask about.

The value is of the alliance that the organisation of the cast leads.
"""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core import files
from contempo.network.models import Network
from contempo.network.tests.factories import PDF
from contempo.people.models import Person
from contempo.programmes.models.indicators import EVIDENCE
from contempo.programmes.rules import seals
from contempo.programmes.rules.periods import PeriodState
from contempo.programmes.tests.factories import (
    BEGINNING,
    IndicatorFactory,
    MeasurementFactory,
    MonitoringPeriodFactory,
    PlanWorld,
)

Parts = dict[str, dict[str, object]]


def indicator_parts(network: Network, world: PlanWorld, cast: dict[str, Person]) -> Parts:
    """An entered and a computed indicator, a value with its evidence, an open and a closed period."""
    computed = IndicatorFactory(plan=world.plan, position=2, name="Soci della rete", source="network.members")
    value = MeasurementFactory(
        indicator=world.indicator, period=world.period, alliance=world.times, entered_by=cast["representative"]
    )
    paper = files.accept(
        SimpleUploadedFile("verbale.pdf", PDF),
        network_id=network.id,
        owner_kind=EVIDENCE,
        owner_id=value.pk,
        purpose="evidence",
        person_id=cast["representative"].id,
    )
    sealed = {"format": seals.FORMAT, "before": seals.FIRST, "measurements": [], "missing": [], "corrections": []}
    closed = MonitoringPeriodFactory(
        plan=world.plan,
        position=0,
        title="Anno 2025",
        since=date(2025, 1, 1),
        until=date(2026, 1, 1),
        state=PeriodState.CLOSED.value,
        closed_at=BEGINNING,
        seal=seals.seal_of(sealed),
        sealed=sealed,
    )
    plan = {"plan": world.plan.key}
    return {
        "plan_indicator": {**plan, "indicator": world.indicator.key},
        "plan_computed": {**plan, "indicator": computed.key},
        "plan_value": {**plan, "measurement_id": value.pk},
        "plan_evidence": {**plan, "measurement_id": value.pk, "attachment": paper.key},
        "plan_period": {**plan, "period": world.period.key},
        "plan_sealed": {**plan, "period": closed.key},
    }
