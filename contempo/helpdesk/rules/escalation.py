"""Escalation: who is called as the time promised goes by. Pure; carried out by a job that may run late or twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from fractions import Fraction

from contempo.core.calendar import Calendar
from contempo.helpdesk.rules.clock import (
    Pause,
    Policy,
    Promise,
    open_pause,
    pauses_of,
    share_reached_at,
    spent_share,
)


class Level(IntEnum):
    """How far a question was escalated, by the percentage of the promise spent; `NONE` at its beginning."""

    NONE = 0
    SECOND_EXPERT = 50
    COORDINATOR = 75
    BREACH = 100


_CALLS = (Level.SECOND_EXPERT, Level.COORDINATOR)


def steps_due(share: Fraction, reached: int, *, running: bool, paused: bool) -> tuple[Level, ...]:
    """The steps to carry out now, lowest first, when `reached` is the highest carried out so far under this promise.

    Each is due once. When several are due at last, after a stop of the machine, both calls are still of use while the
    promise can be kept; once it is broken only the breach is told, and the warnings that came too late are left out. An
    answered question calls nobody, nor does one that waits for the asker.
    """
    if not running or paused:
        return ()
    if share >= 1:
        return () if reached >= Level.BREACH else (Level.BREACH,)
    return tuple(level for level in _CALLS if reached < level <= share * 100)


@dataclass(frozen=True)
class Check:
    """What is due at a moment, and the next moment at which something may be; none when nothing will."""

    steps: tuple[Level, ...]
    reached: int
    next_at: datetime | None


def check(promise: Promise, policy: Policy, calendar: Calendar, reached: int, now: datetime) -> Check:
    """Look at one promise at `now`: idempotent, and the same whether asked every five minutes or after ten days.

    The next moment is that of the next level, or the end of the longest pause allowed while one is under way.
    """
    if not promise.running:
        return Check((), reached, None)
    pauses = pauses_of(promise.moves, policy, now)
    pause = open_pause(pauses)
    share = spent_share(now, promise.started_at, policy, pauses, calendar)
    # A pause that began when the promise was broken already stops nothing.
    paused = pause is not None and share < 1
    steps = steps_due(share, reached, running=True, paused=paused)
    after = max((reached, *steps))
    if pause is not None and paused:
        return Check(steps, after, pause.start + policy.longest_pause)
    return Check(steps, after, _next_level_at(after, share, promise.started_at, policy, pauses, calendar))


def _next_level_at(
    reached: int,
    share: Fraction,
    started_at: datetime,
    policy: Policy,
    pauses: Sequence[Pause],
    calendar: Calendar,
) -> datetime | None:
    for level in (*_CALLS, Level.BREACH):
        if level > reached and level > share * 100:
            return share_reached_at(level, started_at, policy, pauses, calendar)
    return None
