"""Figures as they may be read: whole by the coordinators at their desk, published everywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass

from contempo.core.small_cells import LEAST, is_small
from contempo.helpdesk.queries.figures.counting import (
    HOLDER,
    MONTH,
    NO,
    QUARTER,
    UNKNOWN,
    YES,
    Filters,
    counted,
    minutes_of,
    parts_of,
)
from contempo.helpdesk.rules.figures import Period, Share, percentile, quarter_of, year_of
from contempo.helpdesk.rules.publication import (
    Counts,
    Told,
    may_tell_percentile,
    published,
    published_part,
    whole,
)

PERCENTILES = (50, 90)
_HOUR = 60


@dataclass(frozen=True)
class Asked:
    """Which figures are asked for: a period, its quarter when only that, what narrows the questions."""

    period: Period
    filters: Filters
    quarter: str = ""

    @property
    def shown(self) -> Period:
        """The months the figures are about."""
        return quarter_of(self.quarter) if self.quarter else self.period


@dataclass(frozen=True)
class Reading:
    """What is read of a period. `told` are the counts, `before` those of the period before, None when they have none.

    `times` are minutes by percentile; a percentile that is not told is left out, one without answers is None.
    `deflected` and `misses` are None when they are not told, or not counted with these filters (`countable`).
    """

    asked: Asked
    told: Told
    before: Told | None
    times: Mapping[int, float | None]
    times_before: Mapping[int, float | None]
    deflected: int | None
    misses: int | None
    countable: frozenset[str]
    whole: bool
    pauses: int = 0
    paused_minutes: int = 0

    def share(self, measure: str, *, of_all: bool = False) -> Share | None:
        """The share with `measure`, of those of which it is known or `of_all`; None when it is not told."""
        return share_of(self.told, measure, of_all=of_all)

    def bounds(self, measure: str) -> tuple[Share, Share] | None:
        """Where a share that is not told has fewer than five on one side: the least and the most it can be."""
        few, most = self.told.few.get(measure), LEAST - 1
        if self.told.total is None or few not in (YES, NO):
            return None
        other = self.told.count(measure, NO if few == YES else YES)
        if other is None:
            unknown = self.told.count(measure, UNKNOWN)
            if unknown is None:
                return None
            known = self.told.total - unknown
            return (
                (Share(1, known), Share(most, known))
                if few == YES
                else (
                    Share(known - most, known),
                    Share(known - 1, known),
                )
            )
        if few == YES:
            return Share(1, other + 1), Share(most, other + most)
        return Share(other, other + most), Share(other, other + 1)


def share_of(told: Told, measure: str, *, of_all: bool = False) -> Share | None:
    """The share of questions with `measure` among those of which it is known, or `of_all`; None when it is not told."""
    yes, no = told.count(measure, YES), told.count(measure, NO)
    if yes is None or no is None or told.total is None:
        return None
    return Share(yes, told.total if of_all else yes + no)


def read_whole(network_id: int, asked: Asked) -> Reading:
    """Every figure, for the coordinators. Two SQL, three with filters."""
    now, before = counted(network_id, asked.period, asked.filters)
    return Reading(
        asked=asked,
        told=whole(now.counts),
        before=whole(before.counts),
        times={each: percentile(now.minutes, each) for each in PERCENTILES},
        times_before={each: percentile(before.minutes, each) for each in PERCENTILES},
        deflected=sum(now.deflected.values()),
        misses=now.misses,
        countable=_countable(asked.filters),
        whole=True,
        pauses=now.pauses,
        paused_minutes=now.paused_minutes,
    )


def read_published(network_id: int, asked: Asked) -> Reading:
    """The figures that may leave the coordinators' desk, safe beside all others of the same period. At most three SQL.

    The last filter, or the quarter, makes a part of the period's questions; any filter before it narrows them all.
    """
    if asked.quarter:
        return _part(network_id, asked, {}, QUARTER, asked.quarter)
    if asked.filters:
        *others, last = asked.filters.items()
        return _part(network_id, asked, dict(others), *last)
    now, before = counted(network_id, asked.period, {})
    told = published(_for_others(now.counts))
    earlier = published(_for_others(before.counts)) if asked.period == year_of(asked.period.since) else None
    return Reading(
        asked=asked,
        told=told,
        before=earlier,
        times=_times(now.minutes, told),
        times_before=_times(before.minutes, earlier) if earlier else {},
        deflected=_told_sum(now.deflected),
        misses=None if is_small(now.misses or 0) else now.misses,
        countable=_countable({}),
        whole=False,
    )


def _part(network_id: int, asked: Asked, others: Filters, by: str, chosen: str) -> Reading:
    parts = {name: _for_others(counts) for name, counts in parts_of(network_id, asked.period, others, by).items()}
    told = published_part(parts, by, chosen)
    narrower = {**others, by: chosen} if by != QUARTER else others
    minutes = minutes_of(network_id, asked.shown, narrower) if told.total else {}
    return Reading(
        asked=asked,
        told=told,
        before=None,
        times=_times(minutes, told),
        times_before={},
        deflected=None,
        misses=None,
        countable=frozenset(),
        whole=False,
    )


def _for_others(counts: Counts) -> Counts:
    """The measures that may leave the desk: by quarter, whose sums months would tell, and never by expert."""
    quarters: dict[str, int] = {}
    for month, count in counts.get(MONTH, {}).items():
        quarter = quarter_of(month).since
        quarters[quarter] = quarters.get(quarter, 0) + count
    kept = {measure: keys for measure, keys in counts.items() if measure not in (MONTH, HOLDER)}
    return {**kept, QUARTER: quarters}


def _times(minutes: Mapping[int, int], told: Told) -> dict[int, float | None]:
    """The percentiles that are told, in whole hours rounded up: a time to the minute would be that of one question."""
    answered = told.count("answered", YES)
    found: dict[int, float | None] = {}
    for each in PERCENTILES:
        if answered == 0:
            found[each] = None
        elif may_tell_percentile(answered, each) and (value := percentile(minutes, each)) is not None:
            found[each] = -(-value // _HOUR) * _HOUR
    return found


def _told_sum(counts: Mapping[str, int]) -> int | None:
    total = sum(counts.values())
    return None if is_small(total) else total


def _countable(filters: Filters) -> frozenset[str]:
    """What can be counted with these filters: searches have none of them."""
    return frozenset({"deflected"} if filters else {"deflected", "misses"})
