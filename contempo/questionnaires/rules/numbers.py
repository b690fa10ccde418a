"""Numbers as people write them, in Italian (`1.234,5`) and in English (`1,234.5`)."""

import re
from decimal import Decimal
from typing import Any

from contempo.core.verdict import Refusal
from contempo.core.words import N_

_PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,12})?")
_ITALIAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d{1,12})?")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?")
_SPACES = re.compile(r"[\s'’_]+")
_MANY_DIGITS = 15
_SWAPPED = str.maketrans(",.", ".,")


def read_number(text: str, decimals: int, language: str = "it") -> Decimal:
    """The number written in `text`, with at most `decimals` places. Raises `Refusal`.

    Points and commas that can only divide thousands, or only decimals, are read so. Of “1.234”, with three digits after
    the only mark: it divides thousands where no three decimals are taken; else it is refused, as it could be either.
    """
    bare = _SPACES.sub("", text).replace("\u2212", "-").removesuffix("€").removesuffix("%")
    if not bare or sum(one.isdigit() for one in bare) > _MANY_DIGITS:
        raise Refusal(N_("Write a number, such as 12 or 3,5."))
    grouped = _ITALIAN.fullmatch(bare) or _ENGLISH.fullmatch(bare)
    if grouped is None and not _PLAIN.fullmatch(bare):
        raise Refusal(N_("Write a number, such as 12 or 3,5."))
    return _within(_decimal(bare, grouped is not None, decimals, language), decimals)


def number_told(value: Any, decimals: int, language: str = "it") -> str:
    """A number as it is written in the language: “1.234,5” in Italian, “1,234.5” in English."""
    try:
        text = f"{float(value):,.{max(decimals, 0)}f}"
    except (TypeError, ValueError):
        return str(value)
    return text if language == "en" else text.translate(_SWAPPED)


def bound_told(bound: float, language: str = "it") -> str:
    """A limit with as many decimals as it has."""
    text = f"{bound:.6f}".rstrip("0").rstrip(".")
    return number_told(bound, len(text.partition(".")[2]), language)


def _decimal(bare: str, grouped: bool, decimals: int, language: str) -> Decimal:
    marks = [one for one in bare if one in ".,"]
    if not grouped:
        return Decimal(bare.replace(",", "."))
    if len(marks) > 1:
        thousands = marks[0]
        return Decimal(bare.replace(thousands, "").replace(",", "."))
    if marks[0] == ("," if language == "en" else "."):
        if decimals < 3:
            return Decimal(bare.replace(marks[0], ""))
        raise Refusal(
            N_("“%(number)s” can be read in two ways: write thousands without a mark, decimals after a comma."),
            number=bare,
        )
    return Decimal(bare.replace(",", "."))


def _within(number: Decimal, decimals: int) -> Decimal:
    places = -int(number.normalize().as_tuple().exponent)
    if places > decimals:
        if not decimals:
            raise Refusal(N_("Write a whole number, without decimals."))
        raise Refusal(N_("Decimals taken: at most %(decimals)s."), decimals=decimals)
    return number
