"""Values of indicators: what may be entered, how periods and alliances make one, how far from the target it is.

Zero is a value; what nobody measured is None, and never counted as zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.programmes.rules.plan.measures import Dimension, Method, Unit, target_of
from contempo.programmes.rules.sources import Breakdown, Counts

MOST = Decimal(10) ** 12
"""More is a slip of the keyboard."""

_DECIMALS = 4


@dataclass(frozen=True)
class Value:
    """A count (`numerator`), a share (with `denominator`), yes or no (`yes`), or a `text`."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    yes: bool | None = None
    text: str = ""

    @property
    def percent(self) -> Decimal | None:
        """A share in per cent, exact to 28 digits; None for what is no share."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator * 100 / self.denominator

    @property
    def number(self) -> Decimal | None:
        """What is drawn and compared: per cent for a share, the count itself; None for words."""
        return self.percent if self.denominator else self.numerator


@dataclass(frozen=True)
class Entry:
    """A value as somebody enters it. `breakdown` maps dimensions to keys to (counted, of how many)."""

    value: Value
    breakdown: Breakdown = field(default_factory=dict)
    note: str = ""


def check_entry(entry: Entry, unit: Unit, by: Iterable[str]) -> None:
    """Refuse a value that is none in this unit, or a division that does not add up to it, beside the field."""
    value = entry.value
    if unit is Unit.TEXT:
        if not value.text.strip():
            raise Refusal(N_("Write what was found."), field="text")
    elif unit is Unit.YES_NO:
        if value.yes is None:
            raise Refusal(N_("Choose yes or no."), field="yes")
    else:
        _check_numbers(value, unit)
    _check_division(entry, unit, frozenset(by))


def _check_numbers(value: Value, unit: Unit) -> None:
    numerator, denominator = value.numerator, value.denominator
    if numerator is None:
        raise Refusal(N_("Write the value: zero, too, is a value."), field="numerator")
    _check_number(numerator, "numerator")
    if unit is Unit.COUNT:
        if numerator != numerator.to_integral_value():
            raise Refusal(N_("A count is a whole number."), field="numerator")
        return
    if denominator is None:
        raise Refusal(N_("Write of how many: a share needs its whole."), field="denominator")
    _check_number(denominator, "denominator")
    if not denominator:
        raise Refusal(
            N_("There is no share of nothing: if there was nothing, leave it unmeasured."), field="denominator"
        )
    if numerator > denominator:
        raise Refusal(N_("The part cannot be larger than the whole."), field="numerator")


def _check_number(number: Decimal, name: str) -> None:
    if number < 0:
        raise Refusal(N_("A value is not negative."), field=name)
    if number > MOST:
        raise Refusal(N_("This number is too large to be true."), field=name)
    if number != round(number, _DECIMALS):
        raise Refusal(N_("Four decimals at most."), field=name)


def _check_division(entry: Entry, unit: Unit, by: frozenset[str]) -> None:
    for dimension, counts in entry.breakdown.items():
        name = f"by_{dimension}"
        if dimension not in by:
            raise Refusal(N_("This indicator is not divided like this."), field=name)
        if unit not in (Unit.COUNT, Unit.SHARE):
            raise Refusal(N_("Only numbers can be divided."), field=name)
        if any(part < 0 or whole < part for part, whole in counts.values()):
            raise Refusal(N_("Each part is a number, zero or more, and no larger than its whole."), field=name)
        parts = sum(part for part, _whole in counts.values())
        if parts != entry.value.numerator:
            raise Refusal(
                N_("The parts add up to %(sum)s, the value is %(value)s: they must be the same."),
                field=name,
                sum=parts,
                value=f"{entry.value.numerator:f}",
            )
        wholes = sum(whole for _part, whole in counts.values())
        if unit is Unit.SHARE and wholes != entry.value.denominator:
            raise Refusal(
                N_("The wholes add up to %(sum)s, the value is out of %(value)s: they must be the same."),
                field=name,
                sum=wholes,
                value=f"{entry.value.denominator:f}",
            )


@dataclass(frozen=True)
class Combined:
    """A value made of several: of `of` periods or alliances, `measured` had one. `value` is None when none had."""

    value: Value | None
    measured: int
    of: int


def over_periods(
    unit: Unit, method: Method, values: Sequence[Value | None], *, distinct: Decimal | None = None
) -> Combined:
    """The value of the plan from those of its periods, in their order.

    - sum: numerators, and for shares denominators, are added;
    - last: the last one measured;
    - distinct: `distinct`, the number of different records over all periods. Without records (entered values) the sum:
      who enters them counts only who was not counted before;
    - average: the mean of the measured periods; for a share the mean of its percentages, out of 100.
    """
    known = [value for value in values if value is not None]
    if not known:
        return Combined(None, 0, len(values))
    if method is Method.LAST or unit in (Unit.YES_NO, Unit.TEXT):
        made = known[-1]
    elif method is Method.AVERAGE:
        mean = sum((value.number or Decimal(0) for value in known), Decimal(0)) / len(known)
        made = Value(mean, Decimal(100) if unit is Unit.SHARE else None)
    elif method is Method.DISTINCT and distinct is not None:
        made = Value(distinct)
    else:
        made = added(known)
    return Combined(made, len(known), len(values))


def added(values: Sequence[Value]) -> Value:
    """The sum of counts; of shares, numerators and denominators are added apart."""
    numerator = sum((value.numerator or Decimal(0) for value in values), Decimal(0))
    if not any(value.denominator for value in values):
        return Value(numerator)
    return Value(numerator, sum((value.denominator or Decimal(0) for value in values), Decimal(0)))


def over_alliances(unit: Unit, own: Value | None, values: Sequence[Value | None]) -> Combined:
    """The value of the plan in one period: its `own` when it has one, else the sum of those of the alliances.

    Words are not added: for yes or no, and for texts, without one of its own the plan has none.
    """
    known = [value for value in values if value is not None]
    if own is not None:
        return Combined(own, len(known), len(values))
    if not known or unit in (Unit.YES_NO, Unit.TEXT):
        return Combined(None, len(known), len(values))
    return Combined(added(known), len(known), len(values))


def added_divisions(divisions: Iterable[Breakdown]) -> dict[str, Counts]:
    """Divisions added key by key; a dimension that one of them lacks is left out, because it would not add up."""
    found = list(divisions)
    if not found:
        return {}
    shared = set.intersection(*(set(each) for each in found))
    made: dict[str, Counts] = {}
    for dimension in (name for name in found[0] if name in shared):
        counts: dict[str, tuple[int, int]] = {}
        for each in found:
            for key, (part, whole) in each[dimension].items():
                before = counts.get(key, (0, 0))
                counts[key] = (before[0] + part, before[1] + whole)
        made[dimension] = counts
    return made


@dataclass(frozen=True)
class Against:
    """A value against its target: `percent` of the target, and whether it is `reached`.

    Both None without target or value, and for texts, which people judge.
    """

    percent: Decimal | None
    reached: bool | None


def against(unit: Unit, target: str, value: Value | None) -> Against:
    """How far `value` is from a target as the plan writes it. A target of zero is reached by any value."""
    wanted = target_of(unit, target)
    if wanted is None or value is None or unit is Unit.TEXT:
        return Against(None, None)
    if unit is Unit.YES_NO:
        return Against(None, value.yes is wanted)
    reached = value.number
    if reached is None or not isinstance(wanted, Decimal):
        return Against(None, None)
    if not wanted:
        return Against(None, True)
    return Against(reached * 100 / wanted, reached >= wanted)


def dimensions_of(by: Iterable[str]) -> tuple[Dimension, ...]:
    """Dimensions by their keys, unknown ones left out."""
    return tuple(Dimension(each) for each in by if each in set(Dimension))
