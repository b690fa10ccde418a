"""The share of a worker's time that can be done remotely, and who may therefore ask for agile work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contempo.agile.rules.mapping.assessing import Remoteness
from contempo.core.verdict import Refusal
from contempo.core.words import N_

WHOLE = 100
"""The whole of a worker's time, in per cent."""

HALVES: dict[str, int] = {Remoteness.REMOTE: 2, Remoteness.PARTLY: 1, Remoteness.NOT: 0}
"""How much of an activity counts as remote, in halves."""


@dataclass(frozen=True)
class Part:
    """The `percent` of a worker's time that goes to an activity; `result` is empty while it is not assessed.

    Shares in activities that are over stay as they were and count nothing.
    """

    percent: int
    result: str
    over: bool = False

    @property
    def counts(self) -> bool:
        return not self.over and bool(self.result)

    @property
    def half_points(self) -> int:
        """What it adds, in halves of a per cent."""
        return self.percent * HALVES[self.result] if self.counts else 0


@dataclass(frozen=True)
class Standing:
    """What the shares of a worker say. `shared` and `unassessed` are per cent of the time; `remote` None: not known.

    `half_points` is the exact sum, twice `remote` before it was cut.
    """

    remote: int | None
    half_points: int
    shared: int
    unassessed: int
    eligible: bool

    @property
    def missing(self) -> int:
        """The part of the time no activity is named for."""
        return max(WHOLE - self.shared, 0)


def remote_percent(parts: Sequence[Part]) -> int | None:
    """The share of working time that can be done remotely, cut to whole per cents; None when no activity is assessed.

    Cutting changes nobody's eligibility, because thresholds are whole. What has no share, or is not assessed yet,
    counts as work that cannot be done remotely.
    """
    if not any(each.counts for each in parts):
        return None
    return sum(each.half_points for each in parts) // 2


def is_eligible(remote: int | None, threshold: int | None) -> bool:
    """Whether a worker with this share may ask for agile work; `threshold` None: no criteria are published."""
    return remote is not None and threshold is not None and remote >= threshold


def standing(parts: Sequence[Part], threshold: int | None) -> Standing:
    """All that the shares of a worker say together."""
    remote = remote_percent(parts)
    return Standing(
        remote=remote,
        half_points=sum(each.half_points for each in parts),
        shared=sum(each.percent for each in parts if not each.over),
        unassessed=sum(each.percent for each in parts if not each.over and not each.result),
        eligible=is_eligible(remote, threshold),
    )


def checked_shares(shares: Mapping[int, int]) -> dict[int, int]:
    """Shares by activity, those of zero left out.

    Raises `Refusal` where one is not between 0 and 100, or all together are more than the whole time.
    """
    for activity, percent in shares.items():
        if not 0 <= percent <= WHOLE:
            raise Refusal(N_("A share is between 0 and 100 per cent."), field=f"share_{activity}")
    if (total := sum(shares.values())) > WHOLE:
        raise Refusal(
            N_("Together the shares make %(total)s per cent: take away %(excess)s."),
            total=total,
            excess=total - WHOLE,
        )
    return {activity: percent for activity, percent in shares.items() if percent}
