"""The clock of the desk: what is promised, when it pauses, by when to answer. See docs/algorithms/desk-clock.md.

The promise is that of the territorial plan: an answer within 48 hours. Two deadlines are always kept, one by the
clock on the wall and one by the opening hours of the desk; the policy of a network says which of the two it promises.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from contempo.core.calendar import Calendar, Window, add_working_time, rows_of, windows_of, working_time_between
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.helpdesk.rules.questions import State

MINUTE = timedelta(minutes=1)
HOURS_OF_A_DAY = 24
OFFICE_HOURS = tuple(Window(day, opens, closes) for day in range(5) for opens, closes in ((540, 780), (840, 1080)))
"""Monday to Friday, 9-13 and 14-18."""

MOST_HOURS = 720
MOST_PAUSES = 10
MOST_PAUSE_DAYS = 30


class Promised(StrEnum):
    """Which of the two deadlines a network promises."""

    ELAPSED = "elapsed"
    WORKING = "working"


@dataclass(frozen=True)
class Policy:
    """What a desk promises, and how far the promise may be stretched.

    `elapsed_hours` run by the clock on the wall, nights and holidays included. `max_pauses` is the number of pauses
    that count in one promise, `pause_days` the length of each, in days of 24 hours. `windows` are the opening hours.
    """

    promised: Promised = Promised.ELAPSED
    elapsed_hours: int = 48
    max_pauses: int = 3
    pause_days: int = 5
    windows: tuple[Window, ...] = OFFICE_HOURS

    @property
    def elapsed(self) -> timedelta:
        """The promise by the clock on the wall."""
        return timedelta(hours=self.elapsed_hours)

    @property
    def working(self) -> timedelta:
        """The same promise in opening hours: for every 24 hours one working day, as long as a day open is on average.

        48 hours are two working days: sixteen hours of a desk open for eight. Rounded up to the minute.
        """
        days_open = len({window.weekday for window in self.windows})
        minutes = sum(window.minutes for window in self.windows)
        return MINUTE * -(-self.elapsed_hours * minutes // (HOURS_OF_A_DAY * days_open))

    @property
    def longest_pause(self) -> timedelta:
        """How long one pause may stop the clock."""
        return timedelta(days=self.pause_days)

    def terms(self) -> dict[str, object]:
        """The policy as it is kept with a promise, so that a later policy does not change promises already given."""
        return {
            "promised": str(self.promised),
            "elapsed_hours": self.elapsed_hours,
            "max_pauses": self.max_pauses,
            "pause_days": self.pause_days,
            "windows": rows_of(self.windows),
        }


def policy_of(terms: Mapping[str, object]) -> Policy:
    """The policy kept as `terms`; Refusal, with its field, when it is none."""
    try:
        windows = windows_of(terms["windows"])  # type: ignore[arg-type]
    except (TypeError, ValueError) as wrong:
        raise Refusal(
            N_("Write every opening with a start before its end, such as 09:00 and 13:00, and no two that overlap."),
            field="windows",
        ) from wrong
    policy = Policy(
        promised=Promised(str(terms["promised"])),
        elapsed_hours=int(str(terms["elapsed_hours"])),
        max_pauses=int(str(terms["max_pauses"])),
        pause_days=int(str(terms["pause_days"])),
        windows=windows,
    )
    check_policy(policy)
    return policy


def check_policy(policy: Policy) -> None:
    """Refuse a policy no desk could keep."""
    if not policy.windows:
        raise Refusal(N_("The desk must be open for some hours of the week."), field="windows")
    for field, value, least, most in (
        ("elapsed_hours", policy.elapsed_hours, 1, MOST_HOURS),
        ("max_pauses", policy.max_pauses, 0, MOST_PAUSES),
        ("pause_days", policy.pause_days, 1, MOST_PAUSE_DAYS),
    ):
        if not least <= value <= most:
            raise Refusal(N_("Write a number between %(least)s and %(most)s."), field=field, least=least, most=most)


@dataclass(frozen=True)
class Move:
    """One change of state of a question: into `state`, `at` an aware instant, with the reason given."""

    state: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Pause:
    """Time in which the clock stands still, `[start, end)`, and why; no end while the details are still awaited."""

    start: datetime
    end: datetime | None
    reason: str = ""

    def length(self, until: datetime) -> timedelta:
        """How long it has lasted by `until`."""
        return max(min(self.end or until, until) - self.start, timedelta())


@dataclass(frozen=True)
class Due:
    """The two deadlines of one promise, in UTC."""

    elapsed_at: datetime
    working_at: datetime

    def promised(self, policy: Policy) -> datetime:
        """The one the policy promises."""
        return self.elapsed_at if policy.promised == Promised.ELAPSED else self.working_at


def pauses_of(moves: Iterable[Move], policy: Policy, now: datetime) -> tuple[Pause, ...]:
    """The pauses of one promise, rebuilt from its moves up to `now`, in order.

    A pause begins when details are asked for and ends with the next move, or by itself after the longest time the
    policy allows. Those beyond the number allowed stop nothing. Only the last can be open.
    """
    told = [move for move in sorted(moves, key=lambda move: move.at) if move.at <= now]
    pauses: list[Pause] = []
    for place, move in enumerate(told):
        if move.state != State.AWAITING_DETAILS or (place and told[place - 1].state == State.AWAITING_DETAILS):
            continue
        left = next((later.at for later in told[place + 1 :] if later.state != State.AWAITING_DETAILS), None)
        latest = move.at + policy.longest_pause
        end = min(left, latest) if left else (latest if latest <= now else None)
        pauses.append(Pause(move.at, end, move.reason))
    return tuple(pauses[: policy.max_pauses])


def open_pause(pauses: Sequence[Pause]) -> Pause | None:
    """The pause under way; None when the clock runs."""
    return pauses[-1] if pauses and pauses[-1].end is None else None


@dataclass(frozen=True)
class _Clock:
    """One of the two clocks: how much of it runs in all, how much between two instants, and when some has run."""

    promised: Promised
    policy: Policy
    calendar: Calendar

    @property
    def allowance(self) -> timedelta:
        return self.policy.elapsed if self.promised == Promised.ELAPSED else self.policy.working

    def between(self, start: datetime, end: datetime) -> timedelta:
        if self.promised == Promised.ELAPSED:
            return max(end.astimezone(UTC) - start.astimezone(UTC), timedelta())
        return working_time_between(start, end, self.policy.windows, self.calendar)

    def after(self, start: datetime, amount: timedelta) -> datetime:
        if self.promised == Promised.ELAPSED:
            return start.astimezone(UTC) + amount
        return add_working_time(start, amount, self.policy.windows, self.calendar)

    def reached_at(self, received: datetime, amount: timedelta, pauses: Iterable[Pause]) -> datetime:
        cursor, left = received, amount
        for pause in pauses:
            run = self.between(cursor, pause.start)
            if run >= left or pause.end is None:
                break
            cursor, left = pause.end, left - run
        return self.after(cursor, left)

    def spent(self, received: datetime, now: datetime, pauses: Iterable[Pause]) -> timedelta:
        cursor, spent = received, timedelta()
        for pause in pauses:
            if pause.start >= now:
                break
            spent += self.between(cursor, pause.start)
            if spent >= self.allowance:
                # A desk already late wins no time by asking: this pause, and any later one, stops nothing.
                return spent + self.between(pause.start, now)
            cursor = min(pause.end or now, now)
        return spent + self.between(cursor, now)


def due_at(received: datetime, policy: Policy, pauses: Sequence[Pause], calendar: Calendar) -> Due:
    """By when a question received at `received` must be answered: both deadlines, moved on by the pauses that ended.

    A pause counts only when it begins before the deadline it would move: a desk already late wins no time by asking for
    details. A pause under way has moved nothing yet; when it ends, the deadline is found again.
    """
    elapsed, working = (_Clock(which, policy, calendar) for which in (Promised.ELAPSED, Promised.WORKING))
    return Due(
        elapsed.reached_at(received, elapsed.allowance, pauses), working.reached_at(received, working.allowance, pauses)
    )


def share_reached_at(
    percent: int, received: datetime, policy: Policy, pauses: Sequence[Pause], calendar: Calendar
) -> datetime:
    """When `percent` of the promise is spent, as far as pauses are known: for 100 the promised deadline."""
    clock = _Clock(policy.promised, policy, calendar)
    return clock.reached_at(received, clock.allowance * percent / 100, pauses)


def spent_share(
    now: datetime, received: datetime, policy: Policy, pauses: Sequence[Pause], calendar: Calendar
) -> Fraction:
    """The part of the promise spent at `now`, without its pauses: 1 at the deadline, more after it."""
    clock = _Clock(policy.promised, policy, calendar)
    return Fraction(clock.spent(received, now, pauses) // _TICK, clock.allowance // _TICK)


_TICK = timedelta(microseconds=1)


def time_to_answer(received: datetime, answered_at: datetime, pauses: Iterable[Pause]) -> int:
    """Whole minutes from the receipt to the answer, by the clock on the wall, without the pauses."""
    stood = sum((pause.length(answered_at) for pause in pauses), timedelta())
    return max(answered_at.astimezone(UTC) - received.astimezone(UTC) - stood, timedelta()) // MINUTE


@dataclass(frozen=True)
class Promise:
    """One promise to the asker: its number, when it began, the moves made under it, the answer that ended it."""

    number: int
    started_at: datetime
    moves: tuple[Move, ...]
    answered_at: datetime | None
    ended_at: datetime | None

    @property
    def running(self) -> bool:
        """Whether an answer is still owed under it."""
        return self.ended_at is None


_END = frozenset(
    {State.ANSWERED, State.WITHDRAWN, State.DEFLECTED, State.OUT_OF_SCOPE, State.MERGED, State.TRANSFERRED}
)


def promises_of(history: Iterable[Move]) -> tuple[Promise, ...]:
    """The promises of a question, from all its moves: one at the receipt, another at every reopening.

    A reopening begins a promise of its own, with its own pauses, and changes nothing of those before. A promise ends
    with the answer, or with any other move after which none is owed.
    """
    given: list[Promise] = []
    moves: list[Move] = []
    for move in sorted(history, key=lambda move: move.at):
        if not moves or (given and not given[-1].running and move.state == State.OPEN):
            moves = []
            given.append(Promise(len(given) + 1, move.at, (), None, None))
        moves.append(move)
        last = given[-1]
        ended = last.ended_at or (move.at if move.state in _END else None)
        answered = last.answered_at or (move.at if move.state == State.ANSWERED else None)
        given[-1] = Promise(last.number, last.started_at, tuple(moves), answered, ended)
    return tuple(given)


@dataclass(frozen=True)
class Outcome:
    """How a promise stands: kept, broken at a moment, or, when `met` is None, not known (yet)."""

    due: Due
    met: bool | None
    breached_at: datetime | None


def outcome_of(promise: Promise, policy: Policy, calendar: Calendar, now: datetime) -> Outcome:
    """How `promise` stands at `now`: an answer keeps it when it comes before the deadline promised.

    A promise that ended without an answer (withdrawn, out of scope …) is neither kept nor broken, unless its deadline
    had gone by. It breaks at the deadline, whenever that is found out.
    """
    until = promise.ended_at or now
    pauses = pauses_of(promise.moves, policy, until)
    due = due_at(promise.started_at, policy, pauses, calendar)
    if spent_share(until, promise.started_at, policy, pauses, calendar) >= 1:
        return Outcome(due, False, due.promised(policy))
    return Outcome(due, True if promise.answered_at else None, None)
