"""Does a printed figure agree with another one? Rounding, “about”, “at least”: every tolerance of the auditor is here.

A figure without qualifier agrees when it is the other one rounded to its own last digit. Cut off or rounded up it does
not, but the rounding explains it: a note. *About* allows 5 per cent of the other figure on either side; *nearly* up to
10 per cent less than printed; *at least* and *more than* from the printed figure to twice as much.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from contempo.core.money import decimals_of, number_written, rounding_between
from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.programmes.rules.findings import Severity
from contempo.programmes.rules.plan.measures import Declaration, Qualifier

ABOUT = Decimal("0.05")
NEARLY = Decimal("0.1")
TWICE = 2

_RANGE = re.compile(r"\s*([\d.,]+)\s*(?:/|-|–|—|÷)\s*([\d.,]+)\s*%?\s*")


@dataclass(frozen=True)
class Judgement:
    """How two figures disagree: `explanation` is a message id."""

    severity: Severity
    explanation: str


@dataclass(frozen=True)
class Span:
    """Where the true figure may be: from `low` (left out when `open_low`) to `high` (left out when `open_high`)."""

    low: Decimal
    high: Decimal
    open_low: bool = False
    open_high: bool = False

    def meets(self, other: "Span") -> bool:
        """Is there a figure in both?"""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low < high:
            return True
        return low == high and not any(
            (span.open_low and low == span.low) or (span.open_high and high == span.high) for span in (self, other)
        )


ROUNDED: dict[str, str] = {
    ROUND_DOWN: N_("The figure is cut off, not rounded."),
    ROUND_UP: N_("The figure is rounded up, not to the nearest."),
}
"""Roundings that explain a difference and are not the usual one."""

_OUTSIDE: dict[Qualifier, str] = {
    Qualifier.ABOUT: N_("“About” allows five per cent more or less; the difference is larger."),
    Qualifier.NEARLY: N_("“Nearly” allows up to ten per cent less than the figure, and not more than it."),
    Qualifier.AT_LEAST: N_("“At least” allows the figure or more; the plan has less."),
    Qualifier.MORE_THAN: N_("“More than” allows more than the figure; the plan does not have it."),
}


def judged(written: Decimal, computed: Decimal, qualifier: Qualifier, explanation: str) -> Judgement | None:
    """How a printed figure disagrees with what it should be; None when it agrees. `explanation` is what is said of a
    plain difference.
    """
    if qualifier is Qualifier.EXACT:
        way = rounding_between(computed, written)
        if way is None:
            return Judgement(Severity.ERROR, explanation)
        return Judgement(Severity.NOTE, ROUNDED[way]) if way in ROUNDED else None
    if qualifier in {Qualifier.AT_LEAST, Qualifier.MORE_THAN}:
        if computed < written or (computed == written and qualifier is Qualifier.MORE_THAN):
            return Judgement(Severity.WARNING, _OUTSIDE[qualifier])
        if computed > written * TWICE:
            return Judgement(Severity.NOTE, N_("The plan has more than twice the figure."))
        return None
    if span_of(written, qualifier, of=computed).meets(Span(computed, computed)):
        return None
    return Judgement(Severity.WARNING, _OUTSIDE[qualifier])


def span_of(written: Decimal, qualifier: Qualifier, *, of: Decimal | None = None) -> Span:
    """The figures that a printed one may stand for. `of` is the figure that “about” takes its five per cent of; without
    it, the printed one.
    """
    if qualifier is Qualifier.ABOUT:
        slack = abs(written if of is None else of) * ABOUT
        return Span(written - slack, written + slack)
    if qualifier is Qualifier.NEARLY:
        return Span(written - abs(written) * NEARLY, written)
    if qualifier in {Qualifier.AT_LEAST, Qualifier.MORE_THAN}:
        return Span(written, max(written, written * TWICE), open_low=qualifier is Qualifier.MORE_THAN)
    half = last_digit(written) / 2
    return Span(written - half, written + half, open_high=True)


def cut_span(written: Decimal) -> Span:
    """The figures that a printed one may stand for when it was cut off."""
    return Span(written, written + last_digit(written), open_high=True)


def last_digit(written: Decimal) -> Decimal:
    """What the last printed digit is worth: 0.01 for 25,88."""
    return Decimal(1).scaleb(-decimals_of(written))


def thousands_digit(written: Decimal) -> Decimal:
    """What the last digit is worth if a count printed in whole thousands was rounded to them."""
    if written and not decimals_of(written) and not written % 1000:
        return Decimal(1000)
    return last_digit(written)


def tolerance(parts: Iterable[Decimal], *, counts: bool = False) -> Decimal:
    """How far the sum of rounded figures may be from the rounded sum: half of each last digit. `counts` takes figures
    in whole thousands for rounded to thousands.
    """
    worth = thousands_digit if counts else last_digit
    return sum((worth(part) for part in parts), Decimal(0)) / 2


def range_written(text: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of `25/30` or `25-30`; None for another text."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    try:
        low, high = (number_written(part) for part in found.groups())
    except ValueError:
        return None
    return (low, high) if low < high else None


def statement(declaration: Declaration) -> Span | str:
    """What a declared figure says: where the true one may be; or its words, when it is no number."""
    if declaration.unit != "text":
        return span_of(declaration.number, declaration.qualifier)
    ends = range_written(declaration.value)
    return Span(*ends) if ends else normalise(declaration.value)
