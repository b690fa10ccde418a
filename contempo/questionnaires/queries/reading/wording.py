"""Numbers of results as people read them. A hyphen stands for what is not told."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contempo.questionnaires.rules.statistics import Interval

NOT_TOLD = "–"


def whole(count: float | None) -> str:
    """`6.581`."""
    return NOT_TOLD if count is None else number_format(round(count), 0)


def decimal(value: float | None, places: int = 1) -> str:
    """`12,3`; a whole number without places."""
    if value is None:
        return NOT_TOLD
    return number_format(round(value, places), 0 if float(value).is_integer() else places)


def percent(share: float | None) -> str:
    """`42,5 %` of a share from 0 to 1."""
    if share is None:
        return NOT_TOLD
    return together(_("%(number)s %%") % {"number": number_format(round(100 * share, 1), 1)})


def rounded(share: float | None) -> str:
    """`43 %` of a share from 0 to 1, for sentences."""
    if share is None:
        return NOT_TOLD
    return together(_("%(number)s %%") % {"number": number_format(round(100 * share), 0)})


def from_to(interval: Interval | None) -> str:
    """`36,1–50,0 %`, empty when there is no interval."""
    if interval is None:
        return ""
    low, high = (number_format(round(100 * end, 1), 1) for end in (interval.low, interval.high))
    return together(_("%(low)s–%(high)s %%") % {"low": low, "high": high})


def together(text: str) -> str:
    """A number that no line divides from its sign."""
    return text.replace(" ", "\u00a0")
