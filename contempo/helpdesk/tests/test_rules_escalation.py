"""Who is called as the time promised goes by: each once, in time, and nobody in vain."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.core.calendar import calendar_of
from contempo.helpdesk.rules.clock import Move, Policy, Promised, due_at, outcome_of, pauses_of, promises_of
from contempo.helpdesk.rules.escalation import Level, check
from contempo.helpdesk.rules.questions import ENDED, State

MILAN = calendar_of("Milano", "MI")
PLAN = Policy()
RECEIVED = datetime(2026, 11, 16, 9, tzinfo=UTC)


def after(hours: float) -> datetime:
    return RECEIVED + timedelta(hours=hours)


def promise(*moves: tuple[str, float]):
    return promises_of([Move(State.OPEN, RECEIVED), *(Move(state, after(hours)) for state, hours in moves)])[-1]


def looked(told, hours: float, reached: int = 0):
    return check(told, PLAN, MILAN, reached, after(hours))


def test_nobody_is_called_in_the_first_half():
    assert looked(promise(), 23.9).steps == ()
    assert looked(promise(), 0).next_at == after(24)


@pytest.mark.parametrize(
    ("hours", "reached", "step", "next_hours"),
    [
        (24, Level.NONE, Level.SECOND_EXPERT, 36),
        (36, Level.SECOND_EXPERT, Level.COORDINATOR, 48),
        (48, Level.COORDINATOR, Level.BREACH, None),
    ],
)
def test_each_is_called_at_its_time(hours, reached, step, next_hours):
    seen = looked(promise(), hours, reached)
    assert (seen.steps, seen.reached) == ((step,), step)
    assert seen.next_at == (after(next_hours) if next_hours else None)


def test_none_is_called_twice():
    for hours, reached in ((30, Level.SECOND_EXPERT), (40, Level.COORDINATOR), (500, Level.BREACH)):
        assert looked(promise(), hours, reached).steps == ()


def test_after_a_short_stop_both_are_called_while_they_can_still_help():
    assert looked(promise(), 40).steps == (Level.SECOND_EXPERT, Level.COORDINATOR)


def test_after_a_long_stop_only_the_breach_is_told():
    seen = looked(promise(), 240)
    assert (seen.steps, seen.reached, seen.next_at) == ((Level.BREACH,), Level.BREACH, None)


@pytest.mark.parametrize("end", [State.ANSWERED, *ENDED])
def test_nobody_is_called_once_no_answer_is_owed(end):
    for hours in (21, 25, 500):
        assert looked(promise((end, 20)), hours).steps == ()
    assert looked(promise((end, 20)), 500).next_at is None


def test_nobody_is_called_while_the_asker_is_awaited():
    told = promise((State.TAKEN, 1), (State.AWAITING_DETAILS, 2))
    seen = looked(told, 60)
    assert (seen.steps, seen.next_at) == ((), after(2 + 5 * 24))


def test_when_the_longest_pause_is_over_the_clock_runs_on_by_itself():
    told = promise((State.AWAITING_DETAILS, 2))
    assert looked(told, 122).steps == ()
    assert looked(told, 122).next_at == after(24 + 120)
    assert looked(told, 24 + 120).steps == (Level.SECOND_EXPERT,)


def test_asking_for_details_too_late_does_not_hide_the_breach():
    told = promise((State.TAKEN, 1), (State.AWAITING_DETAILS, 50))
    assert looked(told, 60, Level.COORDINATOR).steps == (Level.BREACH,)


def test_a_reopened_question_is_escalated_anew():
    told = promise((State.ANSWERED, 10), (State.OPEN, 200))
    assert looked(told, 210).next_at == after(224)
    assert looked(told, 224).steps == (Level.SECOND_EXPERT,)


STATES = st.sampled_from([State.TAKEN, State.OPEN, State.AWAITING_DETAILS, State.ANSWERED, State.WITHDRAWN])


@st.composite
def stories(draw: st.DrawFn):
    """One promise, told to its end, under some policy."""
    moves, instant = [Move(State.OPEN, RECEIVED)], RECEIVED
    for _step in range(draw(st.integers(0, 8))):
        instant += timedelta(minutes=draw(st.integers(1, 60 * 24 * 3)))
        moves.append(Move(draw(STATES), instant))
        if moves[-1].state in (State.ANSWERED, State.WITHDRAWN):
            break
    policy = Policy(promised=draw(st.sampled_from(Promised)), pause_days=draw(st.integers(1, 5)))
    return moves, policy


def told_by(moves: list[Move], now: datetime):
    return promises_of([move for move in moves if move.at <= now])[-1]


def run(moves: list[Move], policy: Policy, times: list[datetime]) -> list[tuple[datetime, Level]]:
    """What a job does that looks at the given times, of what had happened by then."""
    done, reached = [], 0
    for now in times:
        seen = check(told_by(moves, now), policy, MILAN, reached, now)
        done += [(now, step) for step in seen.steps]
        reached = seen.reached
    return done


@given(stories(), st.lists(st.integers(0, 60 * 24 * 40), max_size=30))
def test_however_often_it_looks_each_step_is_taken_once_and_in_order(story, minutes):
    moves, policy = story
    times = [RECEIVED + timedelta(minutes=count) for count in sorted(minutes)]
    steps = [step for _now, step in run(moves, policy, times)]
    assert steps == sorted(set(steps))


@given(stories(), st.lists(st.integers(0, 60 * 24 * 40), max_size=30))
def test_no_warning_comes_after_the_breach_and_no_breach_without_its_reason(story, minutes):
    moves, policy = story
    for now, step in run(moves, policy, [RECEIVED + timedelta(minutes=count) for count in sorted(minutes)]):
        outcome = outcome_of(told_by(moves, now), policy, MILAN, now)
        assert (outcome.met is False) == (step == Level.BREACH)
        assert told_by(moves, now).running


@given(stories())
def test_looking_only_when_something_is_due_misses_nothing(story):
    moves, policy = story
    horizon = RECEIVED + timedelta(days=60)
    now, reached, steps = RECEIVED, 0, []
    upcoming = [move.at for move in moves[1:]]
    while now <= horizon:
        seen = check(told_by(moves, now), policy, MILAN, reached, now)
        assert seen.next_at is None or seen.next_at > now
        reached, steps = seen.reached, [*steps, *seen.steps]
        later = [when for when in (*upcoming, seen.next_at) if when and when > now]
        if not later:
            break
        now = min(later)
    told = promises_of(moves)[-1]
    outcome = outcome_of(told, policy, MILAN, horizon)
    assert (Level.BREACH in steps) == (outcome.met is False)
    due = due_at(RECEIVED, policy, pauses_of(told.moves, policy, horizon), MILAN).promised(policy)
    if outcome.breached_at:
        assert outcome.breached_at == due
