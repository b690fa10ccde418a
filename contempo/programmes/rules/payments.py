"""What a partner gets for a claim that was accepted, less the advance it had."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settlement:
    """How a claim is settled, in cents: `payable` is `recovered`, which the partner had already, and `paid`."""

    payable: int
    recovered: int

    @property
    def paid(self) -> int:
        return self.payable - self.recovered


def settlement(accepted_of_funds: int, open_advance: int) -> Settlement:
    """The settlement of what was accepted out of funds: the whole open advance is kept back first, as far as it goes.

    Only funds are paid out; the partner's own money is accepted and never paid. Raises ValueError for negative amounts.
    """
    if accepted_of_funds < 0 or open_advance < 0:
        raise ValueError("amounts are never negative")
    return Settlement(accepted_of_funds, min(accepted_of_funds, open_advance))
