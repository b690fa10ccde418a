"""A plan that measures, and the people who do."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from contempo.network.models import Organisation
from contempo.network.tests.factories import OrganisationFactory, World, make_world
from contempo.people.models import Person
from contempo.people.public import SYSTEM, NetworkRole
from contempo.people.tests.factories import person
from contempo.programmes.actions.periods import request_closing, seal_rest
from contempo.programmes.actions.values import decide_value, enter_value
from contempo.programmes.models import Alliance, Indicator, Measurement, MonitoringPeriod, Plan
from contempo.programmes.rules.values import Entry, Value
from contempo.programmes.tests.factories import IndicatorFactory, MonitoringPeriodFactory, plan_with_everything


@dataclass(frozen=True)
class Measuring:
    """The plan of Milan from 2026 to 2028, by half years; the municipality leads its second alliance.

    Marta and Giulio coordinate, Bianca evaluates, Elena observes, Chiara works for the lead of `times`.
    """

    world: World
    plan: Plan
    homes: Alliance
    times: Alliance
    lead: Organisation
    first: MonitoringPeriod
    second: MonitoringPeriod
    entered: Indicator
    bianca: Person

    def indicator(self, **given: object) -> Indicator:
        """Another indicator of the plan."""
        return IndicatorFactory(plan=self.plan, **given)

    def enter(self, number: int | None = None, **given: object) -> Measurement:
        """Marta enters a count in the first period."""
        asked: dict[str, object] = {
            "plan_id": self.plan.pk,
            "indicator": self.entered.key,
            "period": self.first.key,
            "entry": Entry(Value(None if number is None else Decimal(number))),
        }
        who = given.pop("who", self.world.marta)
        return enter_value(self.world.actor(who), **{**asked, **given})

    def approve(self, measurement: Measurement, who: Person | None = None) -> Measurement:
        """Giulio approves a value."""
        return decide_value(self.world.actor(who or self.world.giulio), measurement_id=measurement.pk, approve=True)

    def close(self, period: MonitoringPeriod | None = None) -> MonitoringPeriod:
        """Marta closes a period to its end, whatever is missing."""
        which = period or self.first
        request_closing(self.world.actor(self.world.marta), period_id=which.pk, without_missing=True)
        seal_rest(SYSTEM, period_id=which.pk)
        which.refresh_from_db()
        return which


def make_measuring() -> Measuring:
    """The plan and its people."""
    world = make_world()
    lead = OrganisationFactory(network=world.milano, name="Municipio 3")
    parts = plan_with_everything(world.milano, lead=lead, partner=world.comune)
    bianca = person("Bianca", "Riva", (NetworkRole.EVALUATOR, world.milano.id, None))
    second = MonitoringPeriodFactory(
        plan=parts.plan, position=2, title="Secondo semestre 2026", since="2026-07-01", until="2027-01-01"
    )
    second.refresh_from_db()
    return Measuring(world, parts.plan, parts.homes, parts.times, lead, parts.period, second, parts.indicator, bianca)


@pytest.fixture
def measuring(db: None, at) -> Measuring:
    """In November 2026: the first half of the year has ended, the second runs."""
    at("2026-11-20T10:00")
    return make_measuring()
