"""The values of a plan's indicators, period by period: sealed, entered, or counted now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from contempo.people.public import Actor
from contempo.programmes.access import may_read_findings
from contempo.programmes.models import Alliance, AllianceTarget, Indicator, Measurement, MonitoringPeriod, Plan
from contempo.programmes.models.counted import Asked, distinct, measured
from contempo.programmes.models.measuring import counting
from contempo.programmes.rules.forecast import Basis, Forecast, Point, forecast
from contempo.programmes.rules.periods import Origin, PeriodState
from contempo.programmes.rules.plan.measures import Method, Unit
from contempo.programmes.rules.publication import published
from contempo.programmes.rules.sources import (
    Breakdown,
    IndicatorSource,
    Measured,
    Scope,
    as_decimal,
    source_called,
    trouble_with,
)
from contempo.programmes.rules.values import (
    Against,
    Combined,
    Value,
    added_divisions,
    against,
    over_alliances,
    over_periods,
)

Of = tuple[int, int | None, int]
"""Indicator, alliance or None for the plan, period."""


@dataclass(frozen=True)
class Cell:
    """The value of an indicator in a period, of the plan or of one alliance.

    `origin` is empty where nobody measured; `live` tells a value counted just now. `measurement_id` is the version that
    counts, None for a live value. `reported` of `reporters` alliances have a value, where alliances report.
    """

    period: MonitoringPeriod
    value: Value | None
    origin: str = ""
    live: bool = False
    measurement_id: int | None = None
    version: int = 0
    breakdown: Breakdown = field(default_factory=dict)
    reported: int = 0
    reporters: int = 0
    hidden: bool = False
    running: bool = False

    @property
    def sealed(self) -> bool:
        """Whether the period is closed: then also that nobody measured is sealed."""
        return self.period.state == PeriodState.CLOSED


@dataclass(frozen=True)
class Row:
    """What an indicator reached in its periods: for the plan (`alliance` None), or for one alliance."""

    alliance: Alliance | None
    target: str
    cells: tuple[Cell, ...]
    total: Combined
    against: Against
    breakdown: Breakdown
    total_hidden: bool = False


@dataclass(frozen=True)
class Reading:
    """An indicator as its reader may read it: `whole`, or as everybody may.

    `trouble` is a message id: why it cannot be computed as it is defined; empty when it can.
    """

    indicator: Indicator
    plan: Row
    alliances: tuple[Row, ...]
    forecast: Forecast
    source: IndicatorSource | None
    trouble: str
    whole: bool

    @property
    def unit(self) -> Unit:
        return Unit(self.indicator.unit)

    @property
    def method(self) -> Method:
        return Method(self.indicator.method)


def readings(actor: Actor, plan: Plan, *, today: date, key: str = "") -> tuple[Reading, ...]:
    """The indicators of a plan as `actor` may read them, in their order; only the one called `key` when given.

    Five SQL, one more for all that is counted live together, and one (two for personal records) for each indicator
    counted without repetition.
    """
    indicators = list(Indicator.objects.filter(plan=plan, **({"key": key} if key else {})).order_by("position", "id"))
    if not indicators:
        return ()
    periods = list(MonitoringPeriod.objects.filter(plan=plan).order_by("position", "id"))
    alliances = list(Alliance.objects.filter(plan=plan).defer("document").order_by("position"))
    targets: dict[int, dict[int, str]] = {}
    for target in AllianceTarget.objects.filter(indicator__in=indicators):
        targets.setdefault(target.indicator_id, {})[target.alliance_id] = target.target
    kept = _kept(indicators, periods)
    live = _live(plan, indicators, periods, targets, kept, today)
    return tuple(
        _read(actor, plan, each, periods, alliances, targets.get(each.pk, {}), kept, live, today) for each in indicators
    )


def usable_source(indicator: Indicator) -> tuple[IndicatorSource | None, str]:
    """The source of an indicator, None when it is entered or its source cannot be used; and the trouble with it."""
    trouble = trouble_with(indicator.source, Unit(indicator.unit), indicator.filters, indicator.by)
    return (None if trouble else source_called(indicator.source)), trouble


def scope_of(plan: Plan, indicator: Indicator, period: MonitoringPeriod, alliance_id: int | None) -> Scope:
    """What is counted of an indicator in a period."""
    return Scope(plan.network_id, plan.pk, period.since, period.until, alliance_id, indicator.filters)


def reads_whole(actor: Actor, source: IndicatorSource | None) -> bool:
    """Whether `actor` reads small counts too: of personal records only who may open them does."""
    return bool(may_read_findings(actor)) and (source is None or not source.personal or source.may_open(actor))


def _kept(indicators: Sequence[Indicator], periods: Sequence[MonitoringPeriod]) -> dict[Of, Measurement]:
    ids = {each.pk for each in indicators}
    found = counting([period.pk for period in periods])
    return {(each.indicator_id, each.alliance_id, each.period_id): each for each in found if each.indicator_id in ids}


def _live(
    plan: Plan,
    indicators: Sequence[Indicator],
    periods: Sequence[MonitoringPeriod],
    targets: Mapping[int, Mapping[int, str]],
    kept: Mapping[Of, Measurement],
    today: date,
) -> dict[Of, Measured]:
    """What is counted now: computed indicators in the periods that have begun and are not closed."""
    wanted: list[tuple[Of, Asked]] = []
    begun = [period for period in periods if period.state != PeriodState.CLOSED and period.since <= today]
    for indicator in indicators:
        source, _trouble = usable_source(indicator)
        if source is None:
            continue
        reporting: list[int | None] = [None, *(targets.get(indicator.pk, {}) if source.by_alliance else ())]
        for period in begun:
            for alliance in reporting:
                of = (indicator.pk, alliance, period.pk)
                if of not in kept:
                    scope = scope_of(plan, indicator, period, alliance)
                    wanted.append((of, Asked(source, scope, tuple(indicator.by))))
    found = measured([asked for _of, asked in wanted])
    return {of: each for (of, _asked), each in zip(wanted, found, strict=True)}


def _read(
    actor: Actor,
    plan: Plan,
    indicator: Indicator,
    periods: Sequence[MonitoringPeriod],
    alliances: Sequence[Alliance],
    targets: Mapping[int, str],
    kept: Mapping[Of, Measurement],
    live: Mapping[Of, Measured],
    today: date,
) -> Reading:
    source, trouble = usable_source(indicator)
    unit, method = Unit(indicator.unit), Method(indicator.method)
    whole = reads_whole(actor, source)
    found = {of[1:]: _cell_of_row(row) for of, row in kept.items() if of[0] == indicator.pk}
    found |= {of[1:]: _cell_of_count(each) for of, each in live.items() if of[0] == indicator.pk}
    reporting = [each for each in alliances if each.pk in targets or any(of[0] == each.pk for of in found)]
    rows = []
    for alliance in reporting:
        cells = [_placed(found.get((alliance.pk, period.pk)), period, today) for period in periods]
        total = over_periods(unit, method, [cell.value for cell in cells], distinct=None)
        target = targets.get(alliance.pk, "")
        rows.append(Row(alliance, target, tuple(cells), total, against(unit, target, total.value), {}))
    cells = [
        _of_plan(found.get((None, period.pk)), [row.cells[place] for row in rows], period, unit, indicator, today)
        for place, period in enumerate(periods)
    ]
    if whole:
        own = _row_of_plan(plan, indicator, source, cells, unit, method)
        points = [Point(cell.period.since, cell.period.until, cell.value) for cell in cells]
        foreseen = forecast(unit, method, points, since=plan.since, until=plan.until, today=today)
        return Reading(indicator, own, tuple(rows), foreseen, source, trouble, True)
    return _as_published(plan, indicator, source, cells, trouble, today)


def _cell_of_row(row: Measurement) -> Cell:
    breakdown = {
        dimension: {key: (pair[0], pair[1]) for key, pair in counts.items()}
        for dimension, counts in row.breakdown.items()
    }
    value = Value(row.numerator, row.denominator, row.yes, row.text)
    return Cell(MonitoringPeriod(), value, row.origin, measurement_id=row.pk, version=row.version, breakdown=breakdown)


def _cell_of_count(found: Measured) -> Cell:
    empty = found.denominator == 0
    value = None if empty else Value(as_decimal(found.numerator), as_decimal(found.denominator))
    return Cell(MonitoringPeriod(), value, Origin.COMPUTED, live=True, breakdown=found.breakdown)


def _placed(cell: Cell | None, period: MonitoringPeriod, today: date) -> Cell:
    running = period.state != PeriodState.CLOSED and period.since <= today
    return replace(cell, period=period, running=running) if cell else Cell(period, None, running=running)


def _of_plan(
    own: Cell | None,
    reported: Sequence[Cell],
    period: MonitoringPeriod,
    unit: Unit,
    indicator: Indicator,
    today: date,
) -> Cell:
    """The cell of the plan: its own, or what its alliances reported, added."""
    cell = _placed(own, period, today)
    if indicator.source or not reported:
        return cell
    made = over_alliances(unit, cell.value if own else None, [each.value for each in reported])
    cell = replace(cell, reported=made.measured, reporters=made.of)
    if own or made.value is None:
        return cell
    breakdown = added_divisions(each.breakdown for each in reported if each.value is not None)
    return replace(cell, value=made.value, origin=Origin.ENTERED, breakdown=breakdown)


def _row_of_plan(
    plan: Plan,
    indicator: Indicator,
    source: IndicatorSource | None,
    cells: Sequence[Cell],
    unit: Unit,
    method: Method,
) -> Row:
    without_repetition = _without_repetition(plan, indicator, source, cells) if method is Method.DISTINCT else None
    begun = [cell for cell in cells if cell.running or cell.sealed]
    total = over_periods(unit, method, [cell.value for cell in begun], distinct=without_repetition)
    found = against(unit, indicator.target, total.value)
    return Row(None, indicator.target, tuple(cells), total, found, _division(cells, method))


def _without_repetition(
    plan: Plan, indicator: Indicator, source: IndicatorSource | None, cells: Sequence[Cell]
) -> Decimal | None:
    if source is None:
        return None
    live = [scope_of(plan, indicator, cell.period, None) for cell in cells if cell.live]
    sealed = [cell.measurement_id for cell in cells if cell.measurement_id and cell.origin == Origin.COMPUTED]
    return distinct(source, live, sealed)


def _division(cells: Sequence[Cell], method: Method) -> Breakdown:
    """The division of the plan's value: of the last period, or added over the periods; none where it would not add."""
    known = [cell for cell in cells if cell.value is not None]
    if not known:
        return {}
    if method is Method.LAST:
        return known[-1].breakdown
    return added_divisions(cell.breakdown for cell in known) if method is Method.SUM else {}


def _as_published(
    plan: Plan,
    indicator: Indicator,
    source: IndicatorSource | None,
    cells: Iterable[Cell],
    trouble: str,
    today: date,
) -> Reading:
    """The indicator as everybody reads it: sealed periods, small cells and their complements left out."""
    unit, method = Unit(indicator.unit), Method(indicator.method)
    known = [cell if cell.sealed else replace(_emptied(cell), running=cell.running) for cell in cells]
    sealed = [cell for cell in known if cell.sealed]
    told = published(unit, method, [cell.value for cell in sealed])
    row = _row_of_plan(plan, indicator, source, sealed, unit, method)
    shown = {
        cell.period.pk: cell if each else replace(_emptied(cell), hidden=True)
        for cell, each in zip(sealed, told.told, strict=True)
    }
    row = replace(row, cells=tuple(shown.get(cell.period.pk, cell) for cell in known))
    if not told.total:
        nothing: dict[str, Any] = {"against": Against(None, None), "breakdown": {}, "total_hidden": True}
        row = replace(row, total=replace(row.total, value=None), **nothing)
    foreseen = Forecast(None, Basis.EARLY)
    if told.whole:
        points = [Point(cell.period.since, cell.period.until, cell.value) for cell in row.cells]
        foreseen = forecast(unit, method, points, since=plan.since, until=plan.until, today=today)
    return Reading(indicator, row, (), foreseen, source, trouble, False)


def _emptied(cell: Cell) -> Cell:
    """A period of which nothing is told."""
    return Cell(cell.period, None)
