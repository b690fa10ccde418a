"""Estimates and their uncertainty, by the books. Pure; sources stand beside each function.

See docs/algorithms/survey-statistics.md.
"""

from contempo.questionnaires.rules.statistics.intervals import (
    Error,
    Interval,
    difference_of_means,
    difference_of_shares,
    effective,
    error_of_mean,
    mean_interval,
    share_interval,
)
from contempo.questionnaires.rules.statistics.spread import edges, quantile

__all__ = [
    "Error",
    "Interval",
    "difference_of_means",
    "difference_of_shares",
    "edges",
    "effective",
    "error_of_mean",
    "mean_interval",
    "quantile",
    "share_interval",
]
