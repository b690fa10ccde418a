"""How money, shares and periods are told."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.core.money import Percentage, in_italian


def percent_text(share: Percentage | None) -> str:
    """`25,89 %`; empty for a share of nothing."""
    return f"{in_italian(share.rounded())}\u00a0%" if share else ""


def period_text(key: str) -> str:
    """`marzo 2026` for a month, `primo semestre 2026` for a half-year."""
    year, part = key.split("-")
    if part == "s1":
        return _("first half of %(year)s") % {"year": year}
    if part == "s2":
        return _("second half of %(year)s") % {"year": year}
    return format_date(date(int(year), int(part), 1), "LLLL y", locale=get_language() or "it")
