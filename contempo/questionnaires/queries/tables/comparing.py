"""A campaign beside the wave before it, and those who answered beside the population."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from contempo.questionnaires.models import Target
from contempo.questionnaires.queries.tables.counting import ORDERS
from contempo.questionnaires.queries.tables.frequency import frequency
from contempo.questionnaires.queries.tables.opened import Tables
from contempo.questionnaires.queries.tables.shapes import Base, Category, Frequency, Numbers
from contempo.questionnaires.rules.statistics import Interval, difference_of_means, difference_of_shares
from contempo.questionnaires.rules.tables import Source, Spec, Variable, fits

OF_UNITS = ("kind", "size", "sector", "municipality", "stratum")
"""Attributes that units of a population have too."""


@dataclass(frozen=True)
class Change:
    """One answer in two waves: shares from 0 to 1, and the difference (now less before) with its interval at 95 %.

    `certain`: the interval does not hold zero. None where a share is not told, or the answer was not offered.
    """

    key: str
    before: Category | None
    now: Category | None
    difference: float | None
    interval: Interval | None

    @property
    def certain(self) -> bool:
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


@dataclass(frozen=True)
class Comparison:
    """A question in two waves; `mean` is the change of the mean, when its answers are numbers."""

    before: Frequency
    now: Frequency
    changes: tuple[Change, ...]
    mean: float | None = None
    mean_interval: Interval | None = None


@dataclass(frozen=True)
class Composed:
    """One value of an attribute: so many concerned units have it, and so many of the responses; shares from 0 to 1.

    `difference` is the share among responses less that among units.
    """

    key: str
    units: int
    of_units: float
    responses: int | None
    of_responses: float | None
    difference: float | None


@dataclass(frozen=True)
class Composition:
    """An attribute among the units of the population and among the responses whose value is known (`base`)."""

    attribute: str
    units: int
    base: int | None
    lines: tuple[Composed, ...]


def compared(earlier: Tables, later: Tables, spec: Spec) -> Comparison | None:
    """The rows of `spec` in two campaigns, under its filters; None when the earlier one did not ask that.

    The two are taken as independent samples, each with the correction for its own population.
    """
    if not (fits(spec, earlier.book) and fits(spec, later.book)):
        return None
    before, now = frequency(earlier, spec), frequency(later, spec)
    old = {one.key: one for one in before.categories}
    new = {one.key: one for one in now.categories}
    keys = [*new, *(key for key in old if key not in new)]
    changes = tuple(_change(key, old.get(key), new.get(key), before.base, now.base) for key in keys)
    mean, interval = _means(before.numbers, now.numbers)
    return Comparison(before, now, changes, mean, interval)


def compositions(tables: Tables) -> tuple[Composition, ...]:
    """The attributes that tell units of the population apart. Five SQL, and one of DuckDB for each attribute."""
    units = Target.objects.filter(campaign=tables.campaign, eligible=True)
    found = []
    for attribute in OF_UNITS:
        held = units.values_list(attribute).annotate(count=Count("id")).order_by(attribute)
        counts = _in_order(attribute, {str(key): count for key, count in held if key})
        if len(counts) > 1:
            found.append(_composition(tables, attribute, counts))
    return tuple(found)


def _in_order(attribute: str, units: dict[str, int]) -> dict[str, int]:
    order = [key for key in ORDERS.get(attribute, ()) if key in units]
    return {key: units[key] for key in [*order, *(key for key in units if key not in order)]}


def _change(key: str, before: Category | None, now: Category | None, old: Base, new: Base) -> Change:
    if before is None or now is None or before.share is None or now.share is None:
        return Change(key, before, now, None, None)
    interval = None
    if old.size is not None and new.size is not None:
        interval = difference_of_shares(now.share, new.size, before.share, old.size)
    return Change(key, before, now, now.share - before.share, interval)


def _means(before: Numbers | None, now: Numbers | None) -> tuple[float | None, Interval | None]:
    if before is None or now is None or before.mean is None or now.mean is None:
        return None, None
    if before.error is None or now.error is None:
        return now.mean - before.mean, None
    return now.mean - before.mean, difference_of_means(now.mean, now.error, before.mean, before.error)


def _composition(tables: Tables, attribute: str, units: Mapping[str, int]) -> Composition:
    answered = frequency(tables, Spec(Variable(Source.ATTRIBUTE, attribute)))
    told = {one.key: one for one in answered.categories}
    whole = sum(units.values())
    lines = []
    for key, count in units.items():
        one = told.get(key, Category(key, None if tables.guarded else 0, None, None))
        share = 0.0 if one.share is None and one.count == 0 and answered.base.answered else one.share
        difference = share - count / whole if share is not None else None
        lines.append(Composed(key, count, count / whole, one.count, share, difference))
    return Composition(attribute, whole, answered.base.answered, tuple(lines))
