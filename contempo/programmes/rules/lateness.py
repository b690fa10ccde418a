"""When an activity is late, and when it comes next. Days are half-open: `until` is the day after the last."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.programmes.rules.activities import OPEN, ActivityState

SOON = timedelta(days=30)
"""How far ahead somebody who looks at the calendar wants to see."""


class Timing(StrEnum):
    """How an open activity stands to today: two ways of being late, two of coming next."""

    OVERDUE = "overdue"
    NOT_BEGUN = "not_begun"
    BEGINNING = "beginning"
    ENDING = "ending"


LATE = frozenset({Timing.OVERDUE, Timing.NOT_BEGUN})

TIMING_LOOKS: Mapping[Timing, Look] = {
    Timing.OVERDUE: Look(N_("Late"), "danger", "it-warning-circle"),
    Timing.NOT_BEGUN: Look(N_("Late"), "danger", "it-warning-circle"),
    Timing.BEGINNING: Look(N_("Next"), "warning", "it-clock"),
    Timing.ENDING: Look(N_("Next"), "warning", "it-clock"),
}


def timing(state: str, since: date | None, until: date | None, *, today: date) -> Timing | None:
    """How an activity stands to `today`; None when it is neither late nor next, or is over.

    Late: its last day has passed, or its first has and nothing has begun. Next: it begins, or ends, within `SOON`.
    """
    if state not in OPEN:
        return None
    if until is not None and until <= today:
        return Timing.OVERDUE
    if state == ActivityState.PLANNED and since is not None and since <= today + SOON:
        return Timing.NOT_BEGUN if since < today else Timing.BEGINNING
    if until is not None and until <= today + SOON:
        return Timing.ENDING
    return None
