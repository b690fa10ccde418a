"""Figures of the desk: periods, shares with their interval, percentiles. Exact; what is missing is not zero."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import NormalDist

from contempo.core.clock import ROME

CONFIDENCE = 0.95
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
MONTHS_OF_A_YEAR, MONTHS_OF_A_QUARTER = 12, 3


def is_month(text: str) -> bool:
    """Whether `text` is a month, `YYYY-MM`."""
    return _MONTH.fullmatch(text) is not None


def month_of(moment: datetime) -> str:
    """The month, by the calendar of Italy, of an aware instant."""
    return f"{moment.astimezone(ROME):%Y-%m}"


def month_after(month: str, months: int) -> str:
    """The month so many `months` after another; before it, when negative."""
    year, number = divmod(int(month[:4]) * MONTHS_OF_A_YEAR + int(month[5:]) - 1 + months, MONTHS_OF_A_YEAR)
    return f"{year:04d}-{number + 1:02d}"


def _begins(month: str) -> datetime:
    return datetime(int(month[:4]), int(month[5:]), 1, tzinfo=ROME)


@dataclass(frozen=True)
class Period:
    """Whole months, `YYYY-MM`, the first and the last included."""

    since: str
    until: str

    @property
    def months(self) -> tuple[str, ...]:
        """Every month of it, in order."""
        return tuple(month_after(self.since, number) for number in range(self.length))

    @property
    def length(self) -> int:
        """How many months; none when it ends before it begins."""
        first, last = (int(month[:4]) * MONTHS_OF_A_YEAR + int(month[5:]) for month in (self.since, self.until))
        return max(last - first + 1, 0)

    @property
    def before(self) -> "Period":
        """As many months, just before."""
        return Period(month_after(self.since, -self.length), month_after(self.since, -1))

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Its beginning and the instant after its end, `[)`, by the clocks of Italy."""
        return _begins(self.since), _begins(month_after(self.until, 1))


def year_of(month: str) -> Period:
    """The calendar year of a month."""
    return Period(f"{month[:4]}-01", f"{month[:4]}-12")


def quarter_of(month: str) -> Period:
    """The calendar quarter of a month."""
    first = (int(month[5:]) - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1
    since = f"{month[:4]}-{first:02d}"
    return Period(since, month_after(since, MONTHS_OF_A_QUARTER - 1))


@dataclass(frozen=True)
class Share:
    """`numerator` of `denominator`; both kept, because a percentage alone hides how many it speaks of."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """0-100; None when there was nothing to have a share in."""
        return 100 * self.numerator / self.denominator if self.denominator else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Percentages between which the share lies with `CONFIDENCE`; None without observations."""
        if not self.denominator:
            return None
        low, high = wilson(self.numerator, self.denominator)
        return 100 * low, 100 * high


def wilson(successes: int, trials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The score interval of a proportion, both ends in 0-1; `trials` at least one.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212;
    chosen, for few observations too, by L. D. Brown, T. T. Cai, A. DasGupta, Interval estimation for a binomial
    proportion, Statistical Science 16 (2001) 101-133.
    """
    if not 0 <= successes <= trials or trials < 1:
        raise ValueError(f"{successes} of {trials} is no proportion")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = successes / trials, z * z / trials
    centre = (share + weight / 2) / (1 + weight)
    reach = z * sqrt(share * (1 - share) / trials + weight / trials / 4) / (1 + weight)
    # At the ends the interval touches 0 or 1 exactly; rounding of binary fractions must not pass them.
    low = 0.0 if successes == 0 else max(0.0, centre - reach)
    high = 1.0 if successes == trials else min(1.0, centre + reach)
    return low, high


def percentile(histogram: Mapping[int, int], percent: int) -> float | None:
    """The value that `percent` of the observations do not exceed; None without observations.

    `histogram` counts observations by value. Exact: where the rank falls between two observations their mean, so that
    the median of an even number is the usual one. Source: R. J. Hyndman, Y. Fan, Sample quantiles in statistical
    packages, The American Statistician 50 (1996) 361-365, definition 2.
    """
    total = sum(histogram.values())
    if not total:
        return None
    rank, between = divmod(total * percent, 100)
    wanted = (rank + 1, rank + 1) if between else (max(rank, 1), min(rank + 1, total))
    found: list[int] = []
    seen = 0
    for value in sorted(histogram):
        seen += histogram[value]
        found += [value] * sum(each <= seen for each in wanted[len(found) :])
        if len(found) == len(wanted):
            break
    return (found[0] + found[1]) / 2
