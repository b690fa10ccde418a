"""The reward quota: extra funds on results, by a published formula. See docs/algorithms/reward-quota.md. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, lcm
from typing import Any

from contempo.core.money import shared_out

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
class OfAlliance:
    """An alliance in the split: its `funds` (cents, at present, of the sources that are paid out), and what it reached
    of its own targets, for the indicators that count.
    """

    alliance: str
    funds: int
    attained: tuple[Attained, ...] = ()


@dataclass(frozen=True)
class Quota:
    """What is earned of `amount` (cents), and how it is split; `average` is exact, `threshold` per cent."""

    amount: int
    threshold: Decimal
    average: Fraction
    earned: int
    weights: Mapping[str, Fraction]
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
    *, amount: int, threshold: Decimal, attained: Sequence[Attained], alliances: Sequence[OfAlliance] = ()
) -> Quota:
    """The quota earned, in cents, and its split between the alliances.

    Earned is `amount` times the average, cut to the cent, or nothing when the average is below `threshold`. An alliance
    weighs its funds times its own average, or times that of the plan when it has no target of its own; when all weigh
    nothing, their funds alone.
    """
    reached = average(attained)
    earned = floor(amount * reached) if 100 * reached >= Fraction(threshold) else 0
    weights = {each.alliance: each.funds * (average(each.attained) if each.attained else reached) for each in alliances}
    if not any(weights.values()):
        weights = {each.alliance: Fraction(each.funds) for each in alliances}
    common = lcm(*(weight.denominator for weight in weights.values()))
    whole = {key: int(weight * common) for key, weight in weights.items()}
    split = shared_out(earned, whole) if any(whole.values()) else {}
    return Quota(amount, threshold, reached, earned, weights, split)


def as_file(
    *, amount: int, threshold: Decimal, attained: Sequence[Attained], alliances: Sequence[OfAlliance]
) -> dict[str, Any]:
    """Everything the quota is made of, and the quota, as JSON holds it: `redone` makes the same from the first part.

    Amounts are cents, parts fractions such as "3/4", null what has not been measured.
    """
    made = quota(amount=amount, threshold=threshold, attained=attained, alliances=alliances)
    return {
        "format": FORMAT,
        "amount": amount,
        "threshold": f"{threshold:f}",
        "indicators": [_attained(each) for each in attained],
        "alliances": [
            {
                "alliance": each.alliance,
                "funds": each.funds,
                "indicators": [_attained(one) for one in each.attained],
            }
            for each in alliances
        ],
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
        alliances=[
            OfAlliance(each["alliance"], each["funds"], tuple(_read(one) for one in each["indicators"]))
            for each in file["alliances"]
        ],
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
