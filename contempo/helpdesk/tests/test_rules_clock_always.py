"""What holds of the clock whatever happens: random stories, random policies, both changes of the clock."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from contempo.core.calendar import Calendar, Window, calendar_of, working_time_between
from contempo.core.clock import ROME
from contempo.helpdesk.rules.clock import (
    Move,
    Policy,
    Promised,
    due_at,
    open_pause,
    outcome_of,
    pauses_of,
    promises_of,
    share_reached_at,
    spent_share,
    time_to_answer,
)
from contempo.helpdesk.rules.questions import DESK, UNANSWERED, State, Who

MILAN = calendar_of("Milano", "MI")
ITALY = Calendar()
PLAN = Policy()


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


moments = st.integers(0, 60 * 24 * 900).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
near = st.sampled_from(
    ["2026-03-29", "2026-10-25", "2026-04-06", "2026-12-07", "2025-10-04", "2026-10-04", "2027-10-04"]
)
received = moments | st.tuples(near, st.integers(-7200, 1440)).map(
    lambda drawn: (rome(f"{drawn[0]}T12:00") + timedelta(minutes=drawn[1])).astimezone(UTC)
)
policies = st.builds(
    Policy,
    promised=st.sampled_from(Promised),
    elapsed_hours=st.sampled_from([1, 24, 48, 72]),
    max_pauses=st.integers(0, 4),
    pause_days=st.integers(1, 7),
    windows=st.sampled_from(
        [PLAN.windows, tuple(Window(day, 0, 1440) for day in range(7)), (Window(1, 540, 780), Window(4, 870, 1020))]
    ),
)
calendars = st.sampled_from([MILAN, ITALY])


@st.composite
def histories(draw: st.DrawFn) -> list[Move]:
    """A walk through the desk from the receipt of a question, time never going back."""
    instant = draw(received)
    moves, state = [Move(State.OPEN, instant)], State.OPEN
    for _step in range(draw(st.integers(0, 14))):
        steps = DESK.available(state, frozenset(Who))
        going_on = [step for step in steps if step.target in (*UNANSWERED, State.ANSWERED)]
        if not steps:
            break
        state = draw(st.sampled_from(going_on or steps) | st.sampled_from(steps)).target
        instant += timedelta(minutes=draw(st.integers(0, 60) | st.integers(0, 60 * 24 * 12)))
        moves.append(Move(state, instant))
    return moves


def asked_at(draw_from: list[Move], minutes: int) -> datetime:
    return draw_from[-1].at + timedelta(minutes=minutes)


later = st.integers(0, 60 * 24 * 20)


@given(histories(), policies, later)
def test_pauses_are_few_short_and_never_overlap(moves, policy, minutes):
    now = asked_at(moves, minutes)
    for promise in promises_of(moves):
        pauses = pauses_of(promise.moves, policy, now)
        assert len(pauses) <= policy.max_pauses
        assert all(pause.length(now) <= policy.longest_pause for pause in pauses)
        assert all(pause.end is not None for pause in pauses[:-1])
        assert all(one.end <= other.start for one, other in pairwise(pauses))


@given(histories(), policies, calendars, later)
def test_the_deadline_by_the_clock_is_the_hours_promised_and_the_pauses_that_began_before_it(
    moves, policy, calendar, minutes
):
    for promise in promises_of(moves):
        pauses = pauses_of(promise.moves, policy, asked_at(moves, minutes))
        due = promise.started_at + policy.elapsed
        for pause in pauses:
            if pause.start < due and pause.end:
                due += pause.end - pause.start
        assert due_at(promise.started_at, policy, pauses, calendar).elapsed_at == due


@given(histories(), policies, calendars, later)
def test_the_working_time_outside_the_pauses_until_the_deadline_is_what_was_promised(moves, policy, calendar, minutes):
    for promise in promises_of(moves):
        pauses = pauses_of(promise.moves, policy, asked_at(moves, minutes))
        due = due_at(promise.started_at, policy, pauses, calendar).working_at
        stood = [pause for pause in pauses if pause.end and pause.start < due]
        open_time = working_time_between(promise.started_at, due, policy.windows, calendar)
        for pause in stood:
            open_time -= working_time_between(pause.start, min(pause.end, due), policy.windows, calendar)
        assert open_time == policy.working


@given(histories(), policies, calendars, later, later)
def test_the_deadline_never_comes_nearer_as_time_goes_by(moves, policy, calendar, minutes, more):
    promise = promises_of(moves)[-1]
    sooner, after = asked_at(moves, minutes), asked_at(moves, minutes + more)
    before = due_at(promise.started_at, policy, pauses_of(promise.moves, policy, sooner), calendar)
    then = due_at(promise.started_at, policy, pauses_of(promise.moves, policy, after), calendar)
    assert then.elapsed_at >= before.elapsed_at
    assert then.working_at >= before.working_at


@given(histories(), policies, calendars, st.integers(1, 60 * 24 * 12), later)
def test_a_pause_never_brings_the_deadline_nearer(moves, policy, calendar, minutes, rest):
    assume(moves[-1].state != State.AWAITING_DETAILS)
    promise = promises_of(moves)[-1]
    now = asked_at(moves, minutes + rest)
    more = (Move(State.AWAITING_DETAILS, moves[-1].at), Move(State.OPEN, asked_at(moves, minutes)))
    without = due_at(promise.started_at, policy, pauses_of(promise.moves, policy, now), calendar)
    paused = due_at(promise.started_at, policy, pauses_of((*promise.moves, *more), policy, now), calendar)
    assert paused.elapsed_at >= without.elapsed_at
    assert paused.working_at >= without.working_at


@given(received, policies, calendars, st.lists(st.integers(0, 5000), min_size=2, max_size=8))
def test_a_later_receipt_is_never_due_sooner(start, policy, calendar, minutes):
    dues = [due_at(start + timedelta(minutes=shift), policy, (), calendar) for shift in sorted(minutes)]
    assert dues == sorted(dues, key=lambda due: due.elapsed_at)
    assert dues == sorted(dues, key=lambda due: due.working_at)


@given(histories(), policies, calendars, later)
def test_the_promise_is_spent_exactly_from_the_deadline_on(moves, policy, calendar, minutes):
    now = asked_at(moves, minutes)
    promise = promises_of(moves)[-1]
    pauses = pauses_of(promise.moves, policy, now)
    assume(open_pause(pauses) is None)
    due = due_at(promise.started_at, policy, pauses, calendar).promised(policy)
    share = spent_share(now, promise.started_at, policy, pauses, calendar)
    assert (share >= 1) == (now >= due)


@given(histories(), policies, calendars, later, later)
def test_what_is_spent_only_grows(moves, policy, calendar, minutes, more):
    promise = promises_of(moves)[-1]

    def share(after: int):
        now = asked_at(moves, after)
        return spent_share(now, promise.started_at, policy, pauses_of(promise.moves, policy, now), calendar)

    assert 0 <= share(minutes) <= share(minutes + more)


@given(histories(), policies, calendars, later, st.sampled_from([50, 75]))
def test_a_share_is_reached_before_the_deadline_and_not_before_the_receipt(moves, policy, calendar, minutes, percent):
    promise = promises_of(moves)[-1]
    pauses = pauses_of(promise.moves, policy, asked_at(moves, minutes))
    when = share_reached_at(percent, promise.started_at, policy, pauses, calendar)
    assert promise.started_at <= when <= due_at(promise.started_at, policy, pauses, calendar).promised(policy)


@given(histories(), st.randoms())
def test_the_order_in_which_the_story_is_read_does_not_matter(moves, random):
    assume(len({move.at for move in moves}) == len(moves))
    assert promises_of(random.sample(moves, len(moves))) == promises_of(moves)


@given(histories())
def test_there_is_one_promise_for_the_receipt_and_one_for_every_reopening(moves):
    reopened = sum(one.state == State.ANSWERED and other.state == State.OPEN for one, other in pairwise(moves))
    promises = promises_of(moves)
    assert len(promises) == 1 + reopened
    assert sum(len(promise.moves) for promise in promises) == len(moves)
    assert all(not promise.running for promise in promises[:-1])


@given(histories(), policies, calendars, later)
def test_a_broken_promise_stays_broken_whatever_comes_after(moves, policy, calendar, minutes):
    for length in range(1, len(moves) + 1):
        told = promises_of(moves[:length])[-1]
        outcome = outcome_of(told, policy, calendar, moves[length - 1].at)
        if outcome.breached_at:
            whole = promises_of(moves)[told.number - 1]
            at_last = outcome_of(whole, policy, calendar, asked_at(moves, minutes))
            assert at_last.breached_at == outcome.breached_at


@given(histories(), st.integers(0, 60 * 24 * 5))
def test_the_time_to_answer_is_never_longer_than_the_time_that_passed(moves, minutes):
    promise = promises_of(moves)[0]
    answered = asked_at(moves, minutes)
    took = time_to_answer(promise.started_at, answered, pauses_of(promise.moves, PLAN, answered))
    assert 0 <= took <= (answered - promise.started_at) // timedelta(minutes=1)
