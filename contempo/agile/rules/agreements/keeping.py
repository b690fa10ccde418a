"""How long agreements and what belongs to them are kept."""

from datetime import date, datetime, timedelta

from contempo.agile.rules.law import value
from contempo.core.clock import ROME

NEVER_SIGNED_KEPT = timedelta(days=365)
"""A draft given up, or a request refused, after its end."""
VERIFICATION_KEPT = timedelta(days=365)
"""A verified ground of priority after its end."""


def kept_until(signed_at: datetime, until: date) -> date:
    """The first day on which an agreement signed at `signed_at` and over since `until` may be erased.

    Five years from the signature (Ministerial decree 149/2022), and never while it still holds. Signed on 29 February
    it is kept to the end of that month.
    """
    signed = signed_at.astimezone(ROME).date()
    year = signed.year + value("keeping", max(signed, date(2022, 9, 1)))
    try:
        over = signed.replace(year=year)
    except ValueError:
        over = date(year, 3, 1)
    return max(over, until)
