"""Numbers of the figures as people read them."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contempo.helpdesk.rules.figures import Share

_HOUR = 60


def count_text(count: int) -> str:
    """`6.581`."""
    return number_format(count)


def percent_text(percent: float) -> str:
    """`42,5 %`."""
    return _("%(number)s %%") % {"number": number_format(round(percent, 1), 1)}


def share_text(share: Share) -> str:
    """`92,2 %`; empty when there was nothing to have a share in."""
    return "" if share.percent is None else percent_text(share.percent)


def duration(minutes: float) -> str:
    """`31 h 20 min`, `45 min`; half minutes rounded up."""
    hours, left = divmod(int(minutes + 0.5), _HOUR)
    if not hours:
        return _("%(minutes)s min") % {"minutes": left}
    if not left:
        return _("%(hours)s h") % {"hours": number_format(hours)}
    return _("%(hours)s h %(minutes)s min") % {"hours": number_format(hours), "minutes": left}


def change_text(now: int, before: int, period: str) -> str:
    """How a count has changed since the period before, called `period`."""
    words = {"more": count_text(now - before), "fewer": count_text(before - now), "period": period}
    if now > before:
        return _("%(more)s more than before (%(period)s)") % words
    if now < before:
        return _("%(fewer)s fewer than before (%(period)s)") % words
    return _("As many as before (%(period)s)") % words


def share_change_text(now: Share, before: Share, period: str) -> str:
    """How a share has changed, in points; empty when one of the two is not known."""
    if now.percent is None or before.percent is None:
        return ""
    return _("Before: %(before)s (%(period)s)") % {"before": share_text(before), "period": period}


def of_all(share: Share) -> str:
    """`83 of 90`."""
    return _("%(some)s of %(all)s") % {"some": count_text(share.numerator), "all": count_text(share.denominator)}


def interval_text(share: Share) -> str:
    """Between what the share lies; empty without observations."""
    if share.interval is None:
        return ""
    low, high = share.interval
    return _("between %(low)s and %(high)s, with a confidence of 95 %%") % {
        "low": percent_text(low),
        "high": percent_text(high),
    }
