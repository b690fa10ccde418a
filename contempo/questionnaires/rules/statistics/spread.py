"""Quantiles and the edges of a histogram."""

from collections.abc import Iterable
from math import ceil, floor, log2, log10

NEAR = 1e-9
"""Sums of weights that differ by so little, of their total, are the same."""


def quantile(values: Iterable[tuple[float, float]], share: float) -> float | None:
    """The value below which `share` of the weight lies, of values with their weights; None without any.

    The inverse of the distribution function, in the middle of its step where it has one: the ordinary median, and for
    weights of one definition 2 of R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American
    Statistician 50 (1996) 361-365.
    """
    held = sorted((value, weight) for value, weight in values if weight > 0)
    if not held:
        return None
    total = sum(weight for _value, weight in held)
    wanted, near, reached = share * total, NEAR * total, 0.0
    for place, (value, weight) in enumerate(held):
        reached += weight
        if reached > wanted + near or place == len(held) - 1:
            return value
        if reached >= wanted - near:
            return (value + held[place + 1][0]) / 2
    return None


def edges(least: float, most: float, count: int) -> tuple[float, ...]:
    """Round edges of the bars of a histogram of `count` values between two: at least one bar, each `[low, high)`.

    As many as Sturges' rule asks (H. A. Sturges, The choice of a class interval, Journal of the American Statistical
    Association 21 (1926) 65-66), about: their width is 1, 2 or 5 times a power of ten.
    """
    if least >= most:
        low = float(floor(least))
        return (low, low + 1)
    wanted = (most - least) / (ceil(log2(max(count, 2))) + 1)
    power = 10.0 ** floor(log10(wanted))
    width = next(power * step for step in (1, 2, 5, 10) if power * step >= wanted)
    first, last = floor(least / width), floor(most / width) + 1
    return tuple(round(place * width, 10) for place in range(first, last + 1))
