"""Reminders by plan: so many days after the invitation was sent, never to who answered or said no. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from contempo.core.clock import ROME
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.states import InvitationState

REMINDED = (InvitationState.SENT, InvitationState.OPENED, InvitationState.BEGUN)
"""The states of those who may be reminded: invited and not done, neither refusing nor replaced."""

HOUR = time(9)
"""Reminders of a day leave from nine in the morning, Italian time."""

LEAST_DAYS = 2
"""Days that lie at least between two letters to the same contact."""

MOST = 5
"""Reminders a plan may have at most."""


def check_plan(days: Sequence[int]) -> tuple[int, ...]:
    """The plan `days` (after sending) in order. Raises `Refusal` for letters too close or too many."""
    plan = tuple(sorted(days))
    if len(plan) > MOST:
        raise Refusal(N_("At most %(most)s reminders: more are a nuisance."), field="reminders", most=MOST)
    for before, day in zip((0, *plan), plan, strict=False):
        if day - before < LEAST_DAYS:
            raise Refusal(
                N_("Leave at least %(days)s days between one letter and the next."), field="reminders", days=LEAST_DAYS
            )
    return plan


@dataclass(frozen=True)
class Due:
    """Whom reminder `number` (from 1) of a plan reaches by a day: those who had `number` - 1 reminders, were invited by
    the day `sent_by` and had the last reminder by the day `reminded_by` (None: there was none before).
    """

    number: int
    sent_by: date
    reminded_by: date | None


def due_by(plan: Sequence[int], day: date) -> tuple[Due, ...]:
    """Whom each reminder of `plan` reaches on `day` or earlier. A reminder that left late pushes those after it."""
    found = []
    for place, after in enumerate(plan):
        gap = timedelta(days=after - plan[place - 1]) if place else None
        found.append(Due(place + 1, day - timedelta(days=after), day - gap if gap is not None else None))
    return tuple(found)


def reminder_day(plan: Sequence[int], *, reminders: int, sent: date, reminded: date | None) -> date | None:
    """The day on which an invitation sent on a day, with so many `reminders` behind it, is reminded next.

    None after the last.
    """
    if reminders >= len(plan):
        return None
    planned = sent + timedelta(days=plan[reminders])
    if not reminders or reminded is None:
        return planned
    return max(planned, reminded + timedelta(days=plan[reminders] - plan[reminders - 1]))


def leaves_at(day: date) -> datetime:
    """When reminders of `day` begin to leave."""
    return datetime.combine(day, HOUR, tzinfo=ROME)


def end_of(day: date) -> datetime:
    """The first instant after `day`, Italian time: what happened on the day came before."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=ROME)


def may_write_again(last: datetime | None, now: datetime) -> bool:
    """Whether a letter asked for by hand may follow the `last` one already."""
    return last is None or now - last >= timedelta(days=LEAST_DAYS)
