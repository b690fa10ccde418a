"""What will not be spent of an allocation by the end of the plan. Pure.

The forecast is a straight line: what was accepted or waits for its control, divided by the days gone by, times all the
days of the plan. It is told from a quarter of the plan on; before, a single invoice would move it too much. After the
end nothing is forecast: what was neither accepted nor waits is unspent.
"""

from dataclasses import dataclass
from datetime import date

EARLIEST = 4
"""A forecast needs one part in this many of the days of the plan."""


@dataclass(frozen=True)
class Outlook:
    """Cents. `expected` is what will have been spent at the end, never more than `allocated`; None when it is too early
    to tell.
    """

    allocated: int
    accepted: int
    waiting: int
    expected: int | None

    @property
    def spent(self) -> int:
        """Accepted, or waiting for its control."""
        return self.accepted + self.waiting

    @property
    def unspent(self) -> int | None:
        """What is forecast to remain; None when it is too early to tell."""
        return None if self.expected is None else self.allocated - self.expected

    def __add__(self, other: "Outlook") -> "Outlook":
        expected = None
        if self.expected is not None and other.expected is not None:
            expected = self.expected + other.expected
        return Outlook(
            self.allocated + other.allocated, self.accepted + other.accepted, self.waiting + other.waiting, expected
        )


def outlook(*, allocated: int, accepted: int, waiting: int, since: date, until: date, today: date) -> Outlook:
    """The forecast for an allocation of a plan that lasts from `since` to `until` (not included).

    What waits beyond the allocation cannot be accepted, and is not expected. Fractions of a cent are left out.
    """
    spent = accepted + waiting
    days = (until - since).days
    gone = min(max((today - since).days, 0), days)
    if gone == days:
        expected: int | None = min(allocated, spent)
    elif EARLIEST * gone < days:
        expected = None
    else:
        expected = min(allocated, spent * days // gone)
    return Outlook(allocated, accepted, waiting, expected)
