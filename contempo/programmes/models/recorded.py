"""What of a plan has records, for the rules to say what a file may change."""

from contempo.programmes.models.budgets import Allocation, BudgetRevision, RevisionChange
from contempo.programmes.models.claims import Account, Claim
from contempo.programmes.models.indicators import Measurement, MonitoringPeriod
from contempo.programmes.models.plans import Plan
from contempo.programmes.rules.budgets import RevisionState
from contempo.programmes.rules.periods import PeriodState
from contempo.programmes.rules.plan.amending import Records


def records_of(plan: Plan) -> Records:
    """The keys of what has values, claims, expenses or revisions. As many SQL for any size."""
    measured = list(
        Measurement.objects.filter(indicator__plan=plan)
        .order_by()
        .values_list("indicator__key", "alliance__key", "period__key")
        .distinct()
    )
    claiming = {
        (alliance or "", slug)
        for model in (Claim, Account)
        for alliance, slug in model.objects.filter(plan=plan)
        .order_by()
        .values_list("alliance__key", "organisation__slug")
        .distinct()
    }
    cells = {
        (line, source, partner or "")
        for line, source, partner in Allocation.objects.filter(plan=plan, expenses__isnull=False)
        .order_by()
        .values_list("line__key", "source__key", "partner__slug")
        .distinct()
    }
    moved = set(
        RevisionChange.objects.filter(revision__plan=plan).order_by().values_list("line__key", "source__key").distinct()
    )
    return Records(
        measured=frozenset(indicator for indicator, _alliance, _period in measured),
        periods=frozenset(period for _indicator, _alliance, period in measured),
        closed=frozenset(
            MonitoringPeriod.objects.filter(plan=plan).exclude(state=PeriodState.OPEN).values_list("key", flat=True)
        ),
        alliances=frozenset(
            {alliance for _indicator, alliance, _period in measured if alliance} | {key for key, _slug in claiming}
        )
        - {""},
        claiming=frozenset(claiming),
        lines=frozenset({line for line, _source, _partner in cells} | {line for line, _source in moved}),
        sources=frozenset({source for _line, source, _partner in cells} | {source for _line, source in moved}),
        cells=frozenset(cells),
        revised=BudgetRevision.objects.filter(plan=plan, state=RevisionState.APPROVED).exists(),
    )
