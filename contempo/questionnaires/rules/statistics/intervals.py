"""Intervals of confidence at 95 %, with the correction for a finite population."""

from dataclasses import dataclass
from math import exp, inf, lgamma, log, sqrt

Z = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


@dataclass(frozen=True)
class Interval:
    """Both ends, in the unit of what is estimated."""

    low: float
    high: float


def effective(responses: int, weight: float, squares: float, population: int | None) -> float:
    """The size of the simple random sample, from a population without end, that would tell as much.

    `weight` and `squares` are the sums of the weights of the responses and of their squares (Kish's n = (Σw)² / Σw²: L.
    Kish, Survey Sampling, Wiley 1965, § 11.7). Drawn without repetition from `population` units it tells more: n(N-1)/
    (N-n), infinitely much when all have answered (W. G. Cochran, Sampling Techniques, 3rd ed., Wiley 1977, § 2.6: the
    variance is smaller by the factor (N-n)/(N-1)). With None, or fewer units than responses, there is no correction.
    """
    if not responses or not squares:
        return 0.0
    kish = weight * weight / squares
    if population is None or population < responses:
        return kish
    if population == responses:
        return inf
    return kish * (population - 1) / (population - responses)


def share_interval(share: float, size: float) -> Interval:
    """Of a share estimated from `size` responses, the effective ones: that of E. B. Wilson, Probable inference, the
    law of succession, and statistical inference, Journal of the American Statistical Association 22 (1927) 209-212.
    """
    if size == inf:
        return Interval(share, share)
    if size <= 0:
        return Interval(0.0, 1.0)
    z = Z * Z / size
    middle = (share + z / 2) / (1 + z)
    half = Z / (1 + z) * sqrt(share * (1 - share) / size + z / (4 * size))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def mean_interval(mean: float, deviation: float, size: float, kish: float) -> Interval | None:
    """Of a mean with the standard deviation of the sample: mean ± t·s/√size (Cochran 1977, § 2.7), `size` being the
    effective one, and t that of Student with `kish` - 1 degrees of freedom, `kish` being that without the correction
    for a finite population. None when that is below two.
    """
    if size == inf:
        return Interval(mean, mean)
    if kish < 2:
        return None
    half = _student(kish - 1) * deviation / sqrt(size)
    return Interval(mean - half, mean + half)


def difference_of_shares(share: float, size: float, other: float, other_size: float) -> Interval:
    """Of `share` less `other`, of independent samples: the hybrid of Wilson's intervals (R. G. Newcombe, Interval
    estimation for the difference between independent proportions, Statistics in Medicine 17 (1998) 873-890, method 10).
    """
    mine, theirs = share_interval(share, size), share_interval(other, other_size)
    difference = share - other
    low = sqrt((share - mine.low) ** 2 + (theirs.high - other) ** 2)
    high = sqrt((mine.high - share) ** 2 + (other - theirs.low) ** 2)
    return Interval(difference - low, difference + high)


@dataclass(frozen=True)
class Error:
    """How far a mean may be off: the `variance` of its estimate (zero when everybody answered) and its degrees of
    `freedom`.
    """

    variance: float
    freedom: float


def error_of_mean(deviation: float, size: float, kish: float) -> Error | None:
    """The error of a mean, `size` and `kish` being as in `mean_interval`. None with fewer than two responses."""
    return Error(0.0 if size == inf else deviation**2 / size, kish - 1) if kish >= 2 else None


def difference_of_means(mean: float, error: Error, other: float, other_error: Error) -> Interval:
    """Of `mean` less `other`, of independent samples whose spread may differ (B. L. Welch, The generalization of
    “Student’s” problem when several different population variances are involved, Biometrika 34 (1947) 28-35).
    """
    variance = error.variance + other_error.variance
    if not variance:
        return Interval(mean - other, mean - other)
    below = error.variance**2 / error.freedom + other_error.variance**2 / other_error.freedom
    half = _student(variance**2 / below) * sqrt(variance)
    return Interval(mean - other - half, mean - other + half)


def _student(freedom: float) -> float:
    """The 97.5th percentile of Student's t, found by halving from its distribution function."""
    low, high = Z, 13.0  # with one degree it is 12.7
    for _ in range(60):
        middle = (low + high) / 2
        if 1 - _beta(freedom / (freedom + middle * middle), freedom / 2, 0.5) / 2 < 0.975:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (W. J. Lentz 1976; NIST Digital
    Library of Mathematical Functions, § 8.17(v)).
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    tiny = 1e-300
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    found = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / ((1 + step * d) or tiny)
            c = (1 + step / c) or tiny
            found *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return front * found
