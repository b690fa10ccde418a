"""Weights by strata: each response stands for the units of its stratum that it was drawn from. Pure.

The weight of a response in stratum h is N_h / n_h: the units of the population there over the responses there (the
estimator of a stratified sample, W. G. Cochran, Sampling Techniques, 3rd ed., Wiley 1977, ch. 5; as a correction for
who did not answer it assumes that in a stratum they are like who did).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Weights:
    """The weight of each stratum that has units and responses. `empty` are strata with units and no response: nothing
    stands for their `lost` units. `outside` are responses of no stratum that has units: they are not weighed, and left
    out of what is.
    """

    by: Mapping[str, float] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    lost: int = 0
    outside: int = 0


def weights(units: Mapping[str, int], responses: Mapping[str, int]) -> Weights:
    """The weights of a campaign: concerned units of the population and counted responses, by stratum ("" is none)."""
    held = {stratum: count for stratum, count in units.items() if count > 0}
    by = {stratum: held[stratum] / n for stratum, n in responses.items() if n > 0 and stratum in held}
    empty = tuple(sorted(held.keys() - by.keys()))
    outside = sum(n for stratum, n in responses.items() if stratum not in held)
    return Weights(by, empty, sum(held[one] for one in empty), outside)
