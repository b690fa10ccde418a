"""What of single responses leaves with a data set when answers are not with name: coarse enough that no attribute, and
no number, stands for fewer than `LEAST` of them. See docs/algorithms/survey-data-set.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from contempo.core.small_cells import LEAST
from contempo.questionnaires.rules.document import Kind, Question
from contempo.questionnaires.rules.states import Mode, Origin

ATTRIBUTES = ("kind", "size", "stratum", "sector", "directorate", "municipality")
"""The attributes of a unit, the ones given up last first."""

_NAMING = frozenset({Kind.TEXT, Kind.FILE, Kind.ORGANISATION})

Combination = tuple[str | None, ...]
"""A value for each attribute, None for what is not told."""

K = TypeVar("K")


def is_coarse(mode: str, origin: str) -> bool:
    """Whether the data set of such a campaign is made coarse: unless answers are with name, or came from outside
    as they are.
    """
    return mode != Mode.IDENTIFIED and origin == Origin.HERE


def is_left_out(question: Question) -> bool:
    """Whether a coarse data set has no column for `question`: what is written freely, files, organisations, and what
    its author marked as personal can name who answers.
    """
    return question.personal or question.kind in _NAMING


def coarsened(counts: Mapping[Combination, int], least: int = LEAST) -> dict[Combination, Combination]:
    """For each combination of attributes the one that is told in its place, so that each told one stands for `least`
    responses at least, or all are blank.

    Attributes are given up from the last to the first, only by those whose combination is still rare; where the wholly
    blank ones are few, the rarest others join them. Local suppression to k-anonymity: L. Sweeney, Achieving k-anonymity
    privacy protection using generalization and suppression, Int. J. Uncertain. Fuzziness 10 (2002) 571-588.
    """
    told = {combination: combination for combination in counts}
    width = max((len(combination) for combination in counts), default=0)
    for kept in range(width, -1, -1):
        standing = _standing(told, counts)
        for combination, shown in told.items():
            if standing[shown] < least:
                told[combination] = (*shown[:kept], *(None,) * (width - kept))
    blank: Combination = (None,) * width
    while 0 < _standing(told, counts)[blank] < least and (
        others := {shown: count for shown, count in _standing(told, counts).items() if shown != blank}
    ):
        rarest = min(others, key=lambda shown: (others[shown], [value or "" for value in shown]))
        told = {combination: blank if shown == rarest else shown for combination, shown in told.items()}
    return told


def _standing(told: Mapping[Combination, Combination], counts: Mapping[Combination, int]) -> Counter[Combination]:
    standing: Counter[Combination] = Counter()
    for combination, shown in told.items():
        standing[shown] += counts[combination]
    return standing


def rare(counts: Mapping[K, int], least: int = LEAST) -> frozenset[K]:
    """The values given by fewer than `least`: in their place nothing is told. Where that would leave only one out that
    the total gives back, the next rarest goes too.
    """
    few = {value for value, count in counts.items() if 0 < count < least}
    others = sorted((value for value in counts if value not in few), key=lambda value: (counts[value], str(value)))
    while few and sum(counts[value] for value in few) < least and others:
        few.add(others.pop(0))
    return frozenset(few)


def averaged(counts: Mapping[float, int], least: int = LEAST) -> dict[float, float | None]:
    """For each number given the mean of at least `least` neighbouring ones; None when fewer gave any.

    Sums and means stay what they are. Univariate microaggregation: J. Domingo-Ferrer and J. M. Mateo-Sanz, Practical
    data-oriented microaggregation for statistical disclosure control, IEEE TKDE 14 (2002) 189-201.
    """
    if sum(counts.values()) < least:
        return dict.fromkeys(counts)
    groups: list[list[float]] = [[]]
    for value in sorted(counts):
        if sum(counts[one] for one in groups[-1]) >= least:
            groups.append([])
        groups[-1].append(value)
    if len(groups) > 1 and sum(counts[one] for one in groups[-1]) < least:
        last: Sequence[float] = groups.pop()
        groups[-1].extend(last)
    found: dict[float, float | None] = {}
    for group in groups:
        mean = sum(value * counts[value] for value in group) / sum(counts[value] for value in group)
        found |= dict.fromkeys(group, mean)
    return found
