"""Rows of plans, as small as they may be, and a plan with a bit of everything, for the tests of every context.

Rows are made directly, without the actions that make them in life; `plan_with_everything` says what stands together.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

import factory

from contempo.core.clock import ROME
from contempo.network.models import Network, Organisation
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import OrganisationFactory
from contempo.programmes.models import (
    Account,
    Activity,
    Alliance,
    AllianceTarget,
    Allocation,
    BudgetLine,
    BudgetRevision,
    Claim,
    Expense,
    Indicator,
    Measurement,
    MonitoringPeriod,
    Partner,
    Payment,
    Phase,
    Plan,
    PlanFinding,
    Responsible,
    RevisionChange,
    Source,
)
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.findings import Severity
from contempo.programmes.rules.periods import Origin
from contempo.programmes.rules.plan.measures import Method, Typology, Unit
from contempo.programmes.rules.plan.tree import Area, SourceKind

SINCE, UNTIL = date(2026, 1, 1), date(2029, 1, 1)
BEGINNING = datetime(2026, 1, 2, 9, tzinfo=ROME)

_claims = count(1)
_revisions = count(1)


class PlanFactory(factory.django.DjangoModelFactory):
    """A plan in force over 2026, 2027 and 2028."""

    class Meta:
        model = Plan

    key = factory.Sequence(lambda number: f"piano-{number}")
    title = factory.Sequence(lambda number: f"Piano territoriale {number}")
    state = PlanState.IN_FORCE.value
    since, until = SINCE, UNTIL
    shift_limit = 20
    created_at = BEGINNING


class AllianceFactory(factory.django.DjangoModelFactory):
    """An alliance; give `plan` and `lead`."""

    class Meta:
        model = Alliance

    key = factory.Sequence(lambda number: f"alleanza-{number}")
    position = factory.Sequence(lambda number: number % 30_000)
    name = factory.Sequence(lambda number: f"Alleanza {number}")
    since, until = SINCE, UNTIL


class PartnerFactory(factory.django.DjangoModelFactory):
    """Give `alliance` and `organisation`."""

    class Meta:
        model = Partner

    position = factory.Sequence(lambda number: number % 30_000)
    role = "Cura gli incontri con le famiglie."


class PhaseFactory(factory.django.DjangoModelFactory):
    """Give `alliance`."""

    class Meta:
        model = Phase

    key = factory.Sequence(lambda number: f"fase-{number}")
    number = factory.Sequence(lambda number: number % 30_000 + 1)
    title = "Avvio"


class ActivityFactory(factory.django.DjangoModelFactory):
    """A planned activity over March 2026; give `plan`, and `alliance` where it has one."""

    class Meta:
        model = Activity

    key = factory.Sequence(lambda number: f"attivita-{number}")
    position = factory.Sequence(lambda number: number)
    area = Area.ALLIANCE.value
    title = factory.Sequence(lambda number: f"Incontri con le imprese {number}")
    since, until = date(2026, 3, 1), date(2026, 4, 1)
    state_since = BEGINNING


class ResponsibleFactory(factory.django.DjangoModelFactory):
    """Give `activity` and `organisation`."""

    class Meta:
        model = Responsible

    position = 0


class SourceFactory(factory.django.DjangoModelFactory):
    """A fund; give `plan`."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda number: f"fonte-{number}")
    position = factory.Sequence(lambda number: number % 30_000)
    name = "Fondo regionale"
    kind = SourceKind.FUND.value


class BudgetLineFactory(factory.django.DjangoModelFactory):
    """Give `plan`, and `alliance` where it has one."""

    class Meta:
        model = BudgetLine

    key = factory.Sequence(lambda number: f"voce-{number}")
    position = factory.Sequence(lambda number: number % 30_000)
    title = "Personale"


class AllocationFactory(factory.django.DjangoModelFactory):
    """A thousand euro; give `plan`, `line`, `source`, and `partner` where it is set aside for one."""

    class Meta:
        model = Allocation

    cents = 100_000
    first_cents = factory.SelfAttribute("cents")


class RevisionFactory(factory.django.DjangoModelFactory):
    """A draft; give `plan`."""

    class Meta:
        model = BudgetRevision

    number = factory.LazyFunction(lambda: next(_revisions))
    title = "Dalla comunicazione al personale"
    reason = "Un incontro in meno."
    created_at = BEGINNING


class RevisionChangeFactory(factory.django.DjangoModelFactory):
    """Give `revision`, `line`, `source`, `cents`."""

    class Meta:
        model = RevisionChange


class IndicatorFactory(factory.django.DjangoModelFactory):
    """A count that is entered, last value, target 10; give `plan`."""

    class Meta:
        model = Indicator

    key = factory.Sequence(lambda number: f"indicatore-{number}")
    position = factory.Sequence(lambda number: number % 30_000)
    typology = Typology.ACTIONS.value
    name = "Incontri tenuti"
    unit = Unit.COUNT.value
    method = Method.LAST.value
    target = "10"


class AllianceTargetFactory(factory.django.DjangoModelFactory):
    """Give `indicator` and `alliance`."""

    class Meta:
        model = AllianceTarget

    target = "5"


class MonitoringPeriodFactory(factory.django.DjangoModelFactory):
    """The first half of 2026, open; give `plan`."""

    class Meta:
        model = MonitoringPeriod

    key = factory.Sequence(lambda number: f"periodo-{number}")
    position = factory.Sequence(lambda number: number % 30_000)
    title = "Primo semestre 2026"
    since, until = date(2026, 1, 1), date(2026, 7, 1)


class MeasurementFactory(factory.django.DjangoModelFactory):
    """An entered value waiting for approval; give `indicator` and `period`."""

    class Meta:
        model = Measurement

    version = 1
    origin = Origin.ENTERED.value
    numerator = 4
    entered_at = BEGINNING


class ClaimFactory(factory.django.DjangoModelFactory):
    """A draft; give `plan`, `organisation`, and `alliance` where it has one. No sum follows by itself."""

    class Meta:
        model = Claim

    number = factory.LazyFunction(lambda: next(_claims))
    title = "Primo semestre"
    state_since = BEGINNING
    created_at = BEGINNING


class ExpenseFactory(factory.django.DjangoModelFactory):
    """An invoice of 100 € plus VAT, claimed whole; give `claim` and `allocation`."""

    class Meta:
        model = Expense

    plan = factory.SelfAttribute("claim.plan")
    alliance = factory.SelfAttribute("claim.alliance")
    organisation = factory.SelfAttribute("claim.organisation")
    line = factory.SelfAttribute("allocation.line")
    source = factory.SelfAttribute("allocation.source")
    stage = factory.SelfAttribute("claim.state")
    position = factory.Sequence(lambda number: number)
    kind = "invoice"
    number = factory.Sequence(lambda number: f"{number}/2026")
    dated_on = paid_on = date(2026, 3, 10)
    supplier = "Tipografia Lambro srl"
    description = "Locandine degli incontri"
    net_cents, vat_cents, claimed_cents = 10_000, 2_200, 12_200
    payment = "Bonifico del 10 marzo 2026"
    fingerprint = factory.Sequence(lambda number: f"{number:064d}")


class AccountFactory(factory.django.DjangoModelFactory):
    """An account without advances; give `plan`, `organisation`, and `alliance` where it has one."""

    class Meta:
        model = Account


class PaymentFactory(factory.django.DjangoModelFactory):
    """Fifty euro; give `plan`, `account`, and `claim` unless it is an advance."""

    class Meta:
        model = Payment

    cents = 5_000
    paid_on = date(2026, 6, 1)
    reference = "Mandato 12"
    recorded_at = BEGINNING


class FindingFactory(factory.django.DjangoModelFactory):
    """Give `plan`."""

    class Meta:
        model = PlanFinding

    position = factory.Sequence(lambda number: number)
    rule = "total"
    severity = Severity.ERROR.value
    place = "Tabella 12"
    path = "budget.cells[0]"
    declared, computed, difference = "100,00 €", "99,00 €", "1,00 €"
    explanation = "The total is not the sum of its parts."


@dataclass(frozen=True)
class PlanWorld:
    """A plan with a bit of everything.

    Two alliances: `homes`, led by `lead` with `partner` and `second` in it, and `times`, led by `partner` alone. The
    budget has a line for each alliance and one of the plan itself, a fund and own resources.
    """

    plan: Plan
    lead: Organisation
    partner: Organisation
    second: Organisation
    homes: Alliance
    times: Alliance
    phase: Phase
    activity: Activity
    own_activity: Activity
    fund: Source
    own: Source
    line: BudgetLine
    times_line: BudgetLine
    plan_line: BudgetLine
    allocation: Allocation
    set_aside: Allocation
    cofinancing: Allocation
    indicator: Indicator
    period: MonitoringPeriod


def plan_with_everything(
    network: Network, *, lead: Organisation, partner: Organisation, key: str = "piano"
) -> PlanWorld:
    """The world of a plan in a network, with `lead` and `partner` of its registry."""
    plan = PlanFactory(network=network, key=key, title=f"Piano territoriale di {network.short_name}")
    second = OrganisationFactory(
        network=network, name=f"Cooperativa Verde {network.slug}", kind=OrganisationKind.COMPANY
    )
    homes = AllianceFactory(plan=plan, key="case-e-tempi", name="Case e tempi", lead=lead, position=1)
    times = AllianceFactory(plan=plan, key="orari-amici", name="Orari amici", lead=partner, position=2)
    PartnerFactory(alliance=homes, organisation=partner, position=1)
    PartnerFactory(alliance=homes, organisation=second, position=2, role="Mette gli spazi.")
    phase = PhaseFactory(alliance=homes, number=1, since=date(2026, 1, 1), until=date(2026, 7, 1))
    activity = ActivityFactory(plan=plan, alliance=homes, phase=phase, position=1, title="Incontri con le imprese")
    ResponsibleFactory(activity=activity, organisation=partner)
    own_activity = ActivityFactory(
        plan=plan, area=Area.COMMUNICATION.value, position=2, title="Sito del piano", since=None, until=None
    )
    fund, own = (
        SourceFactory(plan=plan, position=1),
        SourceFactory(plan=plan, position=2, name="Risorse proprie", kind=SourceKind.OWN_RESOURCES.value),
    )
    line = BudgetLineFactory(plan=plan, alliance=homes, position=1)
    times_line = BudgetLineFactory(plan=plan, alliance=times, position=2, title="Consulenze")
    plan_line = BudgetLineFactory(plan=plan, position=3, title="Comunicazione")
    return PlanWorld(
        plan=plan,
        lead=lead,
        partner=partner,
        second=second,
        homes=homes,
        times=times,
        phase=phase,
        activity=activity,
        own_activity=own_activity,
        fund=fund,
        own=own,
        line=line,
        times_line=times_line,
        plan_line=plan_line,
        allocation=AllocationFactory(plan=plan, line=line, source=fund, cents=1_000_000),
        set_aside=AllocationFactory(plan=plan, line=line, source=fund, partner=partner, cents=500_000),
        cofinancing=AllocationFactory(plan=plan, line=line, source=own, partner=partner, cents=250_000),
        indicator=IndicatorFactory(plan=plan, position=1),
        period=MonitoringPeriodFactory(plan=plan, position=1),
    )
