"""Numbers and periods of the monitoring as people read them."""

from datetime import date

from babel.dates import format_date
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.agile.rules.monitoring import Period, Share

_THOUSAND, _HUNDRED = 1000, 100


def count_text(count: int) -> str:
    """`6.581`."""
    return number_format(count, force_grouping=True)


def percent_text(percent: float) -> str:
    """`42,5 %`."""
    return _("%(number)s %%") % {"number": number_format(round(percent, 1), 1)}


def share_text(share: Share) -> str:
    """`92,2 %`; empty when there was nothing to have a share in."""
    return "" if share.percent is None else percent_text(share.percent)


def of_all(share: Share) -> str:
    """`83 of 90`."""
    return _("%(some)s of %(all)s") % {"some": count_text(share.numerator), "all": count_text(share.denominator)}


def km_text(metres: int) -> str:
    """`51,0 km`, `1.235 km`."""
    return _("%(number)s km") % {"number": _thousandth(metres)}


def kg_text(grams: int) -> str:
    """`6,7 kg`, `1.235 kg`."""
    return _("%(number)s kg") % {"number": _thousandth(grams)}


def _thousandth(number: int) -> str:
    """A thousandth of a number: with one decimal below a hundred, whole from there on."""
    decimals = 1 if number < _HUNDRED * _THOUSAND else 0
    return number_format(round(number / _THOUSAND, decimals), decimals, force_grouping=True)


def month_name(month: date) -> str:
    """`ottobre 2026`."""
    return format_date(month, "LLLL yyyy", locale=get_language() or "it")


def period_name(period: Period) -> str:
    """`ottobre 2026`, `ottobre-dicembre 2026` or `2026`."""
    if period.length == 1:
        return month_name(period.since)
    if period.is_year:
        return f"{period.since:%Y}"
    first = format_date(period.since, "LLLL", locale=get_language() or "it")
    return f"{first}-{month_name(period.months[-1])}"


def change_text(now: int, before: int, period: str) -> str:
    """How a count has changed since the period before, called `period`."""
    words = {"more": count_text(now - before), "fewer": count_text(before - now), "period": period}
    if now > before:
        return _("%(more)s more than before (%(period)s)") % words
    if now < before:
        return _("%(fewer)s fewer than before (%(period)s)") % words
    return _("As many as before (%(period)s)") % words


def before_text(text: str, period: str) -> str:
    """What it was in the period before; empty when it was not known."""
    return _("Before: %(before)s (%(period)s)") % {"before": text, "period": period} if text else ""
