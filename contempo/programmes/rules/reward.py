"""The reward quota: extra funds on results, by a published formula. See docs/algorithms/reward-quota.md. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from contempo.core.money import shared_out
from contempo.programmes.rules.plan.measures import Unit, target_of
from contempo.programmes.rules.values import Value

FORMAT = "contempo-reward/1"


@dataclass(frozen=True)
class Attained:
    """One indicator that counts: its `weight`, and the part of its target that is `reached` (1 is whole); None when it
    has not been measured, which counts as nothing.
    """

    indicator: str
    weight: int
    reached: Fraction | None

    @property
    def counted(self) -> Fraction:
        """What enters the average: never more than the whole target."""
        return min(max(self.reached or Fraction(0), Fraction(0)), Fraction(1))


@dataclass(frozen=True)
class Quota:
    """What is earned of `amount` (cents), and how alliances share it; `average` is exact, `threshold` per cent."""

    amount: int
    threshold: Decimal
    average: Fraction
    earned: int
    split: Mapping[str, int]

    @property
    def below_threshold(self) -> bool:
        """Whether the average is too low for anything to be earned."""
        return 100 * self.average < Fraction(self.threshold)


def average(attained: Sequence[Attained]) -> Fraction:
    """The weighted average of what was reached; nothing when nothing counts."""
    whole = sum(each.weight for each in attained)
    return sum((each.weight * each.counted for each in attained), Fraction(0)) / whole if whole else Fraction(0)


def quota(
    *, amount: int, threshold: Decimal, attained: Sequence[Attained], funds: Mapping[str, int] | None = None
) -> Quota:
    """The quota earned, in cents, and its split.

    Earned is `amount` times the average, cut to the cent, or nothing when the average is below `threshold` per cent.
    Alliances share it in proportion to their `funds`: their present cents of the sources that are paid out.
    """
    reached = average(attained)
    earned = floor(amount * reached) if 100 * reached >= Fraction(threshold) else 0
    split = shared_out(earned, funds) if funds and any(funds.values()) else {}
    return Quota(amount, threshold, reached, earned, split)


def part_reached(unit: Unit, target: str, value: Value | None) -> Fraction | None:
    """The part of a target that a value has reached, exact; None without value, or without a target in numbers.

    Yes or no is whole or nothing; a target of zero is reached by any value.
    """
    wanted = target_of(unit, target)
    if value is None or wanted is None or isinstance(wanted, str):
        return None
    if isinstance(wanted, bool):
        return Fraction(value.yes is wanted)
    if value.numerator is None:
        return None
    number = Fraction(value.numerator)
    if unit is Unit.SHARE:
        if not value.denominator:
            return None
        number = number * 100 / Fraction(value.denominator)
    return number / Fraction(wanted) if wanted else Fraction(1)


def as_file(
    *, amount: int, threshold: Decimal, attained: Sequence[Attained], funds: Mapping[str, int]
) -> dict[str, Any]:
    """Everything the quota is made of, and the quota, as JSON holds it: `redone` makes the same from the first part.

    Amounts are cents, parts fractions such as "3/4", null what has not been measured.
    """
    made = quota(amount=amount, threshold=threshold, attained=attained, funds=funds)
    return {
        "format": FORMAT,
        "amount": amount,
        "threshold": f"{threshold:f}",
        "indicators": [_attained(each) for each in attained],
        "funds": dict(funds),
        "result": _result(made),
    }


def redone(file: Mapping[str, Any]) -> dict[str, Any]:
    """The result, made again from what a file of `as_file` says. Raises ValueError for a file of another format."""
    if file.get("format") != FORMAT:
        raise ValueError("not a file of the reward quota")
    made = quota(
        amount=file["amount"],
        threshold=Decimal(file["threshold"]),
        attained=[_read(each) for each in file["indicators"]],
        funds=file["funds"],
    )
    return _result(made)


def _attained(each: Attained) -> dict[str, Any]:
    reached = None if each.reached is None else str(each.reached)
    return {"indicator": each.indicator, "weight": each.weight, "reached": reached}


def _read(each: Mapping[str, Any]) -> Attained:
    reached = None if each["reached"] is None else Fraction(each["reached"])
    return Attained(each["indicator"], each["weight"], reached)


def _result(made: Quota) -> dict[str, Any]:
    return {"average": str(made.average), "earned": made.earned, "split": dict(made.split)}
