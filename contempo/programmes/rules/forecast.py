"""Where an indicator will stand at the end of the plan if things go on as they did. Simple on purpose, and said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from contempo.core.words import N_
from contempo.programmes.rules.plan.measures import Method, Unit
from contempo.programmes.rules.values import Value

LEAST_ELAPSED = Decimal("0.1")
"""Before a tenth of the plan has been measured a forecast would be a guess."""


class Basis(StrEnum):
    """How a forecast is made, or why there is none."""

    PACE = "pace"
    LINE = "line"
    MEAN = "mean"
    OVER = "over"
    EARLY = "early"
    WORDS = "words"
    DISTINCT = "distinct"


BASIS_WORDS: dict[str, str] = {
    Basis.PACE: N_("At the pace of the periods measured so far, spread over all the days of the plan."),
    Basis.LINE: N_("Along the straight line that comes closest to the values of the periods measured so far."),
    Basis.MEAN: N_("If the average of the periods measured so far stays."),
    Basis.OVER: N_("The plan has ended: there is nothing to foresee."),
    Basis.EARLY: N_("Not enough was measured to say."),
    Basis.WORDS: N_("Nothing is foreseen for words."),
    Basis.DISTINCT: N_("Nothing is foreseen for counts without repetition."),
}


@dataclass(frozen=True)
class Point:
    """The value of a period, half-open."""

    since: date
    until: date
    value: Value | None


@dataclass(frozen=True)
class Forecast:
    """`number` at the end of the plan, per cent for a share; None when there is none. `basis` says how, or why not."""

    number: Decimal | None
    basis: Basis


def forecast(unit: Unit, method: Method, points: Sequence[Point], *, since: date, until: date, today: date) -> Forecast:
    """Where the value of a plan that runs from `since` to `until` (half-open) will stand at its end.

    - sum of counts: the total divided by the days measured, until yesterday at most, times the days of the plan; of
      shares: the share so far;
    - last: the least-squares line through the values at the ends of their periods (today, for one that runs), never
      below zero, a share never above 100 per cent; it needs two values;
    - average: the average so far.
    """
    if unit in (Unit.YES_NO, Unit.TEXT):
        return Forecast(None, Basis.WORDS)
    if today >= until:
        return Forecast(None, Basis.OVER)
    if method is Method.DISTINCT:
        return Forecast(None, Basis.DISTINCT)
    known = [(point, point.value) for point in points if point.value is not None and point.since <= today]
    days = sum((_end(point, today) - max(point.since, since)).days for point, _value in known)
    whole = (until - since).days
    if not known or Decimal(days) < LEAST_ELAPSED * whole:
        return Forecast(None, Basis.EARLY)
    if method is Method.AVERAGE:
        numbers = [value.number or Decimal(0) for _point, value in known]
        return Forecast(sum(numbers, Decimal(0)) / len(numbers), Basis.MEAN)
    if method is Method.SUM:
        numerator = sum((value.numerator or Decimal(0) for _point, value in known), Decimal(0))
        if unit is Unit.COUNT:
            return Forecast(numerator * whole / days, Basis.PACE)
        denominator = sum((value.denominator or Decimal(0) for _point, value in known), Decimal(0))
        return Forecast(numerator * 100 / denominator if denominator else None, Basis.MEAN)
    ends = [(Decimal((_end(point, today) - since).days), value.number or Decimal(0)) for point, value in known]
    return _along_the_line(ends, Decimal(whole), unit)


def _end(point: Point, today: date) -> date:
    """The day after the last one measured."""
    return min(point.until, max(today, point.since))


def _along_the_line(ends: Sequence[tuple[Decimal, Decimal]], at: Decimal, unit: Unit) -> Forecast:
    mean_day = sum((day for day, _number in ends), Decimal(0)) / len(ends)
    mean = sum((number for _day, number in ends), Decimal(0)) / len(ends)
    spread = sum(((day - mean_day) ** 2 for day, _number in ends), Decimal(0))
    if not spread:
        return Forecast(None, Basis.EARLY)
    slope = sum(((day - mean_day) * (number - mean) for day, number in ends), Decimal(0)) / spread
    found = max(mean + slope * (at - mean_day), Decimal(0))
    return Forecast(min(found, Decimal(100)) if unit is Unit.SHARE else found, Basis.LINE)
