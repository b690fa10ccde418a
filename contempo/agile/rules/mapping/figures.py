"""Who may ask for agile work, by one trait of the staff: exact for who keeps it, else without small cells."""

from collections.abc import Mapping
from dataclasses import dataclass

from contempo.core.small_cells import LEAST, hidden_together

UNKNOWN_AGE = "unknown"
"""The age class of those whose year of birth is not known."""


@dataclass(frozen=True)
class Counted:
    """Of so many people, how many are eligible."""

    staff: int = 0
    eligible: int = 0

    @property
    def others(self) -> int:
        return self.staff - self.eligible

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.staff + other.staff, self.eligible + other.eligible)


@dataclass(frozen=True)
class Told:
    """The counts of each key, None where they are hidden, and their total, None where that is."""

    rows: Mapping[str, Counted | None]
    total: Counted | None


def told(counts: Mapping[str, Counted], *, exact: bool) -> Told:
    """`counts` with their total: all of them when `exact`, else none from which fewer than five could be known.

    The eligible of a key and the others are told or hidden together, so that neither is found from the other; keys are
    hidden until what is left over from the totals hides each (docs/algorithms/small-cells.md). A total of which one
    side is small hides everything.
    """
    total = sum(counts.values(), Counted())
    if exact:
        return Told(dict(counts), total)
    if any(0 < each < LEAST for each in (total.eligible, total.others)):
        return Told(dict.fromkeys(counts), None)
    hidden = hidden_together({key: (each.eligible, each.others) for key, each in counts.items()})
    return Told({key: None if key in hidden else each for key, each in counts.items()}, total)
