"""Money and shares: integer cents inside, euro at the edges, percentages that keep what they were made of. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from contempo.core.words import N_

MOST_CENTS = 10**15
"""Ten thousand billion euro: more is a slip of the keyboard."""

_ITALIAN = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
_MACHINE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_DRESS = str.maketrans("", "", "€\u00a0\u202f ’'")


def number_written(text: str) -> Decimal:
    """The number written in `text`, as Italians write it (`1.234,56`) or as machines do (`1234.56`, `1,234.56`).

    A euro sign and spaces may stand around it. A point or comma followed by exactly three digits and by nothing else is
    read as Italians do: `1.234` is one thousand two hundred thirty-four, `1,234` has three decimals. Decimals are kept
    as written: `25,80` has two. Raises ValueError, with a message id, for what is not a number.
    """
    bare = text.translate(_DRESS).replace("−", "-")
    if _ITALIAN.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _MACHINE.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    raise ValueError(N_("This is not a number: write it like 1.234,56 or 1234.56."))


def cents_written(text: str) -> int:
    """The cents of the amount written in `text`; ValueError, with a message id, for what is not an amount of euro."""
    amount = number_written(re.sub(r"(?i)eur(o)?", "", text))
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(N_("An amount of euro has two decimals at most."))
    if abs(cents) > MOST_CENTS:
        raise ValueError(N_("This amount is too large to be true."))
    return int(cents)


def euro(cents: int) -> Decimal:
    """Cents as euro with two decimals."""
    return Decimal(cents).scaleb(-2)


def in_italian(number: Decimal) -> str:
    """`903329.10` as `903.329,10`: the decimals stay as many as they are."""
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def in_euro(cents: int) -> str:
    """Cents as people read them: `1.234,56 €`, the sign of the euro never on a line of its own."""
    return f"{in_italian(euro(cents))}\u00a0€"


@dataclass(frozen=True)
class Percentage:
    """A part of a whole, both kept, in any one unit. The whole is not zero."""

    numerator: Decimal
    denominator: Decimal

    def __post_init__(self) -> None:
        if not self.denominator:
            raise ValueError("a share of nothing")

    @property
    def percent(self) -> Decimal:
        """The percentage, exact to 28 digits."""
        return self.numerator * 100 / self.denominator

    def rounded(self, decimals: int = 2) -> Decimal:
        """The percentage as it is printed: half is rounded up."""
        return self.percent.quantize(_unit(decimals), ROUND_HALF_UP)


ROUNDINGS: Mapping[str, str] = {
    ROUND_HALF_UP: N_("rounded to the nearest"),
    ROUND_HALF_EVEN: N_("rounded to the nearest, half to even"),
    ROUND_DOWN: N_("cut off, not rounded"),
    ROUND_UP: N_("rounded up"),
}
"""Ways of rounding and their names, the usual ones first."""


def rounding_between(computed: Decimal, written: Decimal) -> str | None:
    """The way of rounding that turns `computed` into `written` at the decimals `written` has; None when none does."""
    unit = _unit(decimals_of(written))
    return next((way for way in ROUNDINGS if computed.quantize(unit, way) == written), None)


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def shared_out(cents: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`cents` divided by `weights` without losing one: largest remainders first (Hamilton's method), then by key.

    Raises ValueError when the weights are negative or add up to nothing.
    """
    whole = sum(weights.values())
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("weights of nothing")
    shares = {key: divmod(cents * weight, whole) for key, weight in weights.items()}
    missing = cents - sum(part for part, _rest in shares.values())
    first = sorted(shares, key=lambda key: (-shares[key][1], key))[:missing]
    return {key: part + (key in first) for key, (part, _rest) in shares.items()}


def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)
