"""Figures of findings as a person reads them, in Italian notation."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from contempo.core.money import decimals_of, in_euro, in_italian

PLAIN_BELOW = 10_000
"""Whole numbers of four digits are written without a point, as years are."""

LONGEST = 300
"""Characters of a figure or text: as many as the table of findings keeps."""


def euro_written(cents: int) -> str:
    """`90332910` as `903.329,10 €`."""
    return in_euro(cents).replace("-", "−")


def figure_written(number: Decimal, unit: str, *, decimals: int | None = None) -> str:
    """A number with the sign of its unit (`euro`, `count`, `percent`), which never stands on a line of its own.

    `decimals` are those of the figure beside it: a
    longer number is shown with two more, enough to see how it was rounded.
    """
    if decimals is not None and decimals_of(number) > decimals:
        number = _trimmed(number, decimals)
    if (
        number == number.to_integral_value()
        and abs(number) < PLAIN_BELOW
        and unit != "euro"
        and not decimals_of(number)
    ):
        text = f"{number:f}"
    else:
        text = in_italian(number)
    sign = {"euro": "\u00a0€", "percent": "\u00a0%"}.get(unit, "")
    return f"{text}{sign}".replace("-", "−")


def difference_written(difference: Decimal, unit: str, *, decimals: int | None = None) -> str:
    """A difference with its sign: `+605,00 €`."""
    text = figure_written(difference, unit, decimals=decimals)
    return f"+{text}" if difference > 0 else text


def day_written(day: date) -> str:
    """`30/06/2016`."""
    return f"{day:%d/%m/%Y}"


def days_written(first: date | None, last: date | None) -> str:
    """`01/11/2014 – 30/06/2016`, both days included; `…` stands for the one that is missing."""
    return f"{day_written(first) if first else '…'} – {day_written(last) if last else '…'}"


def shortened(text: str) -> str:
    """A text that fits beside a finding."""
    bare = " ".join(text.split())
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 1]}…"


def names_written(names: list[str] | tuple[str, ...]) -> str:
    """Names one after the other."""
    return shortened("; ".join(names))


def _trimmed(number: Decimal, decimals: int) -> Decimal:
    most = number.quantize(Decimal(1).scaleb(-decimals - 2), ROUND_HALF_UP)
    while decimals_of(most) > decimals and most == most.quantize(Decimal(1).scaleb(1 - decimals_of(most))):
        most = most.quantize(Decimal(1).scaleb(1 - decimals_of(most)))
    return most
