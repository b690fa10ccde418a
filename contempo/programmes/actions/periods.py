"""Closing a monitoring period: asked for by a person, carried out step by step, sealed at its end."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.programmes.access import may_decide_values, may_run_installation, visible_plans
from contempo.programmes.actions.sealing import count_now, seal, source_of
from contempo.programmes.events import PeriodClosed, PeriodClosing
from contempo.programmes.models import Alliance, Indicator, Measurement, MonitoringPeriod, Plan
from contempo.programmes.models.measuring import counting, watched
from contempo.programmes.rules import measuring, seals
from contempo.programmes.rules.periods import MeasurementState, PeriodState


@action
def request_closing(actor: Actor, *, period_id: int, without_missing: bool = False) -> MonitoringPeriod:
    """Have a period closed: its values are counted and sealed in the background, whoever stays to look or not.

    Raises Refusal while values wait, before its end, before the period that precedes it, and beside `without_missing`
    when values are missing and that was not accepted; NotPermitted for who does not decide values.
    """
    plans = visible_plans(actor, Plan.objects.all())
    period = MonitoringPeriod.objects.select_for_update().filter(pk=period_id, plan__in=plans).first()
    if period is None:
        raise Refusal(N_("There is no such period."))
    require(may_decide_values(actor, period.plan))
    earlier = MonitoringPeriod.objects.filter(plan=period.plan, position__lt=period.position)
    indicators = watched(period.plan_id)
    known = [(each.indicator_id, each.alliance_id) for each in counting([period.pk])]
    known += [(each.id, alliance) for each in indicators if each.computed for alliance in (None, *each.alliances)]
    measuring.check_closing(
        state=period.state,
        until=period.until,
        today=clock.today(),
        earlier_open=earlier.exclude(state=PeriodState.CLOSED).exists(),
        waiting=Measurement.objects.filter(period=period, state=MeasurementState.PROPOSED).count(),
        missing=len(measuring.missing(indicators, known)),
        without_missing=without_missing,
    )
    period.state, period.closed_by_id = PeriodState.CLOSING, actor.person_id
    period.progress, period.progress_of = 0, len(measuring.units(indicators))
    period.save()
    publish(PeriodClosing(period_id=period.pk), network_id=period.plan.network_id)
    return period


@action
def seal_next(actor: Actor, *, period_id: int, steps: int = 1) -> bool:
    """Count and seal what comes next in a period being closed; with nothing left, seal the period.

    Gives whether there is more to do. Called twice, or by two at once, it goes on where the other stopped.
    """
    require(may_run_installation(actor))
    found = MonitoringPeriod.objects.select_for_update(of=("self",)).select_related("plan__network")
    period = found.filter(pk=period_id, state=PeriodState.CLOSING).first()
    if period is None:
        return False
    indicators = watched(period.plan_id)
    units = measuring.units(indicators)
    for indicator_id, alliance_id in units[period.progress : period.progress + steps]:
        _seal_unit(period, indicator_id, alliance_id)
    period.progress, period.progress_of = min(period.progress + steps, len(units)), len(units)
    if period.progress < len(units):
        period.save(update_fields=["progress", "progress_of"])
        return True
    _close(period, indicators)
    return False


@action
def go_on_closing(actor: Actor, *, period_id: int) -> None:
    """Seal what comes next in a period being closed, and ask for the step after it."""
    if seal_next(actor, period_id=period_id):
        network_id = MonitoringPeriod.objects.values_list("plan__network_id", flat=True).get(pk=period_id)
        publish(PeriodClosing(period_id=period_id), network_id=network_id)


def seal_rest(actor: Actor, *, period_id: int) -> None:
    """Carry a closing out to its end, one transaction a step."""
    while seal_next(actor, period_id=period_id):
        pass


def closing_periods() -> Sequence[int]:
    """The periods that are being closed."""
    return list(MonitoringPeriod.objects.filter(state=PeriodState.CLOSING).values_list("id", flat=True))


def _seal_unit(period: MonitoringPeriod, indicator_id: int, alliance_id: int | None) -> None:
    """Seal what counts of an indicator; count it first when it is computed. Nothing, when it was sealed before."""
    versions = Measurement.objects.filter(period=period, indicator_id=indicator_id, alliance_id=alliance_id)
    if versions.filter(state=MeasurementState.SEALED).exists():
        return
    indicator = Indicator.objects.get(pk=indicator_id)
    indicator.plan = period.plan
    measurement = versions.filter(state=MeasurementState.APPROVED).order_by("-version").first()
    if indicator.source:
        source = source_of(indicator)
        if source is None:
            return
        alliance = Alliance.objects.get(pk=alliance_id) if alliance_id else None
        version = (measurement.version if measurement else 0) + 1
        made = Measurement(indicator=indicator, alliance=alliance, period=period, version=version)
        made.state = MeasurementState.APPROVED
        measurement = count_now(made, source, at=clock.now())
    if measurement is not None:
        measurement.indicator, measurement.period = indicator, period
        seal(measurement)


def _close(period: MonitoringPeriod, indicators: Sequence[measuring.Watched]) -> None:
    for each in counting([period.pk]):
        if each.state != MeasurementState.SEALED:
            _seal_unit(period, each.indicator_id, each.alliance_id)
    sealed = Measurement.objects.filter(period=period, state=MeasurementState.SEALED)
    rows = list(
        sealed.order_by("indicator__key", "alliance__key", "version").values_list("indicator_id", "alliance_id", "seal")
    )
    missing = measuring.missing(indicators, [(indicator, alliance) for indicator, alliance, _seal in rows])
    period.closed_at = clock.now()
    period.sealed = {
        "format": seals.FORMAT,
        "network": period.plan.network.slug,
        "plan": period.plan.key,
        "key": period.key,
        "title": period.title,
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "closed_at": period.closed_at.isoformat(timespec="seconds"),
        "before": _seal_before(period),
        "measurements": [seal for _indicator, _alliance, seal in rows],
        "missing": _named(period.plan, missing),
        "corrections": _corrections_since(period.plan),
    }
    period.seal = seals.seal_of(period.sealed)
    period.state = PeriodState.CLOSED
    period.save()
    publish(PeriodClosed(period_id=period.pk), network_id=period.plan.network_id)


def _seal_before(period: MonitoringPeriod) -> str:
    earlier = MonitoringPeriod.objects.filter(plan=period.plan, position__lt=period.position)
    before = earlier.order_by("-position").values_list("seal", flat=True).first()
    return before or seals.FIRST


def _named(plan: Plan, units: Iterable[measuring.Unit]) -> list[dict[str, str]]:
    indicators = dict(Indicator.objects.filter(plan=plan).values_list("id", "key"))
    alliances: dict[int | None, str] = dict(Alliance.objects.filter(plan=plan).values_list("id", "key"))
    return [{"indicator": indicators[each], "alliance": alliances.get(alliance, "")} for each, alliance in units]


def _corrections_since(plan: Plan) -> list[str]:
    """The seals of corrections that no closed period has sealed yet, so that none can be taken away unseen."""
    closed = MonitoringPeriod.objects.filter(plan=plan, state=PeriodState.CLOSED)
    known = {seal for sealed in closed.values_list("sealed", flat=True) for seal in sealed.get("corrections", ())}
    corrections = Measurement.objects.filter(~Q(reason=""), period__in=closed, state=MeasurementState.SEALED)
    return [
        seal for seal in corrections.order_by("decided_at", "id").values_list("seal", flat=True) if seal not in known
    ]
