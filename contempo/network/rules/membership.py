"""Membership: when a period of it may begin."""

from datetime import date

from contempo.core.verdict import Refusal
from contempo.core.words import N_


def check_beginning(since: date, *, today: date, last_until: date | None) -> None:
    """Refuse a membership from `since` that lies ahead, or reaches into the last one, which ended on `last_until`."""
    if since > today:
        raise Refusal(N_("A membership cannot begin in the future."), field="since")
    if last_until is not None and since < last_until:
        raise Refusal(N_("The organisation was a member already on this day: choose a later one."), field="since")
