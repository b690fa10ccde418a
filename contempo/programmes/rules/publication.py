"""What of the values of an indicator everybody may read: sealed periods only, small cells and complements left out.

See docs/algorithms/small-cells.md. Words (yes or no, texts) are read whole: somebody approved them to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contempo.core.small_cells import LEAST, hidden_together
from contempo.programmes.rules.plan.measures import Method, Unit
from contempo.programmes.rules.sources import Counts
from contempo.programmes.rules.values import Value

Parts = tuple[Decimal | int, ...]


@dataclass(frozen=True)
class Published:
    """Which of the values of the periods are told, by their place, and whether the value of the plan is."""

    told: tuple[bool, ...]
    total: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden: only then more may be made of the values, a forecast for instance."""
        return self.total and all(self.told)


def published(unit: Unit, method: Method, values: Sequence[Value | None]) -> Published:
    """What is told of the `values` of sealed periods, None where nobody measured (which is told).

    Summed values stand beside their sum: with a small one another is hidden. Where the value of the plan is the last
    one, each is told by itself. An average, and a count without repetition, are told when every value is.
    """
    if unit in (Unit.YES_NO, Unit.TEXT):
        return Published((True,) * len(values), True)
    parts = {f"{place:06d}": _parts(value) for place, value in enumerate(values) if value is not None}
    if method is Method.SUM:
        hidden = hidden_together(parts)
        told = tuple(f"{place:06d}" not in hidden for place in range(len(values)))
        return Published(told, not _small_sum(list(parts.values())))
    told = tuple(value is None or not _is_small(_parts(value)) for value in values)
    if method is Method.LAST:
        known = [place for place, value in enumerate(values) if value is not None]
        return Published(told, not known or told[known[-1]])
    return Published(told, all(told))


def told_counts(unit: Unit, counts: Counts) -> tuple[dict[str, tuple[int, int]], tuple[int, int] | None]:
    """The division of a told value as everybody reads it, and what is hidden in it, together; None for nothing."""
    shares = unit is Unit.SHARE
    hidden = hidden_together(
        {key: (part, whole - part) if shares else (part,) for key, (part, whole) in counts.items()}
    )
    told = {key: pair for key, pair in counts.items() if key not in hidden}
    if not hidden:
        return told, None
    return told, (sum(counts[key][0] for key in hidden), sum(counts[key][1] for key in hidden))


def _parts(value: Value) -> Parts:
    numerator = value.numerator or Decimal(0)
    return (numerator, value.denominator - numerator) if value.denominator is not None else (numerator,)


def _is_small(parts: Parts) -> bool:
    return any(0 < part < LEAST for part in parts)


def _small_sum(found: Sequence[Parts]) -> bool:
    return bool(found) and _is_small(tuple(sum(each) for each in zip(*found, strict=True)))
