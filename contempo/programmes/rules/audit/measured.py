"""What a plan makes of a measure, and the reasons why it makes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from contempo.core.money import Percentage, euro
from contempo.core.words import N_
from contempo.programmes.rules.audit.written import day_written

Thing = TypeVar("Thing")


class NotMeasured(Exception):
    """The plan makes nothing of a measure: `reason` is a message id with `params`."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


@dataclass(frozen=True)
class Measured:
    """What a plan makes of a measure: a number in `euro`, `count` or `percent`, or a `text`.

    `share` keeps what a percentage was made of; `shares` the percentages whose mean it is.
    """

    unit: str
    number: Decimal = Decimal(0)
    text: str = ""
    share: Percentage | None = None
    shares: tuple[Percentage, ...] = ()


def mean_of(shares: Iterable[Percentage]) -> Measured:
    """The mean of shares, each counting the same whatever its whole."""
    kept = tuple(shares)
    if not kept:
        raise NotMeasured(N_("There is nothing to take the mean of."))
    return Measured("percent", sum((share.percent for share in kept), Decimal(0)) / len(kept), shares=kept)


def share_of(part: Decimal, whole: Decimal) -> Measured:
    """`part` in per cent of `whole`."""
    if not whole:
        raise NotMeasured(N_("The whole of this share is zero."))
    share = Percentage(part, whole)
    return Measured("percent", share.percent, share=share)


def months_between(first: date, last: date) -> int:
    """The months from `first` to `last`, both included; a month that has begun counts whole."""
    after = last + timedelta(days=1)
    whole = (after.year - first.year) * 12 + after.month - first.month
    return whole + (after.day > first.day)


def count(number: int) -> Measured:
    """A number of things."""
    return Measured("count", Decimal(number))


def amount(cents: int) -> Measured:
    """An amount."""
    return Measured("euro", euro(cents))


def share_of_cents(part: int, whole: int) -> Measured:
    """An amount in per cent of another."""
    return share_of(euro(part), euro(whole))


def words(text: str) -> Measured:
    """A text; nothing is made of an empty one."""
    if not text:
        raise NotMeasured(N_("The plan does not say this."))
    return Measured("text", text=text)


def day(given: date | None) -> Measured:
    """A day; nothing is made of none."""
    return words(day_written(given) if given else "")


def known(things: Mapping[str, Thing], key: str) -> Thing:
    """What stands under a key. Raises NotMeasured when nothing does."""
    if key not in things:
        raise NotMeasured(N_("The plan has nothing with the key “%(key)s” there."), key=key)
    return things[key]
