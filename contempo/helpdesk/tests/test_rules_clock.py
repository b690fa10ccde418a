"""The clock of the desk: docs/algorithms/desk-clock.md."""

from datetime import datetime, timedelta

import pytest

from contempo.core.calendar import Calendar, calendar_of, windows_of
from contempo.core.clock import ROME
from contempo.core.verdict import Refusal
from contempo.helpdesk.rules.clock import (
    Move,
    Pause,
    Policy,
    Promised,
    due_at,
    open_pause,
    outcome_of,
    pauses_of,
    policy_of,
    promises_of,
    spent_share,
    time_to_answer,
)
from contempo.helpdesk.rules.questions import DESK, ENDED, State, Who

MILAN = calendar_of("Milano", "MI")
ITALY = Calendar()
PLAN = Policy()
WORKING = Policy(promised=Promised.WORKING)
HOUR = timedelta(hours=1)


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def story(*moves: tuple[str, str]) -> list[Move]:
    """Moves into a state, each at a time by the clocks of Italy."""
    return [Move(state, rome(when)) for state, when in moves]


def waits(start: str, end: str | None) -> Pause:
    return Pause(rome(start), rome(end) if end else None)


def test_the_plan_promises_forty_eight_hours_by_the_clock_on_the_wall():
    due = due_at(rome("2026-11-20T16:30"), PLAN, (), MILAN)
    assert due.promised(PLAN) == due.elapsed_at == rome("2026-11-22T16:30")


def test_the_same_promise_in_opening_hours_is_two_working_days():
    assert PLAN.working == 16 * HOUR
    due = due_at(rome("2026-11-20T16:30"), WORKING, (), MILAN)
    assert due.promised(WORKING) == due.working_at == rome("2026-11-24T16:30")


def test_both_deadlines_are_kept_whichever_is_promised():
    received = rome("2026-11-18T10:00")
    assert due_at(received, PLAN, (), MILAN) == due_at(received, WORKING, (), MILAN)


@pytest.mark.parametrize(
    ("windows", "hours", "minutes"),
    [
        ([[0, "09:00", "13:00"], [1, "09:00", "13:00"]], 48, 480),
        ([[0, "09:00", "13:00"], [1, "09:00", "12:00"]], 48, 420),
        ([[0, "09:00", "10:00"], [1, "09:00", "10:00"], [2, "09:00", "09:20"]], 24, 47),
        ([[day, "00:00", "24:00"] for day in range(7)], 48, 48 * 60),
    ],
)
def test_a_working_day_is_as_long_as_the_desk_is_open_on_average(windows, hours, minutes):
    policy = Policy(windows=windows_of(windows), elapsed_hours=hours)
    assert policy.working == timedelta(minutes=minutes)


def test_forty_eight_hours_over_the_change_of_the_clock_are_forty_eight_hours():
    forward = due_at(rome("2026-03-28T10:00"), PLAN, (), MILAN)
    back = due_at(rome("2026-10-24T10:00"), PLAN, (), MILAN)
    assert forward.elapsed_at == rome("2026-03-30T11:00")
    assert back.elapsed_at == rome("2026-10-26T09:00")


def test_opening_hours_are_those_of_the_wall_on_both_sides_of_the_change():
    assert due_at(rome("2026-03-27T10:00"), PLAN, (), MILAN).working_at == rome("2026-03-31T10:00")
    assert due_at(rome("2026-10-23T10:00"), PLAN, (), MILAN).working_at == rome("2026-10-27T10:00")


def test_easter_monday_is_no_working_day():
    assert due_at(rome("2026-04-03T10:00"), PLAN, (), MILAN).working_at == rome("2026-04-08T10:00")


def test_the_seventh_of_december_is_none_in_milan():
    received = rome("2026-12-04T10:00")
    assert due_at(received, PLAN, (), MILAN).working_at == rome("2026-12-10T10:00")
    assert due_at(received, PLAN, (), ITALY).working_at == rome("2026-12-09T10:00")


def test_the_fourth_of_october_is_none_from_2026():
    every_day = Policy(windows=windows_of([[day, "09:00", "17:00"] for day in range(7)]))
    assert due_at(rome("2025-10-03T09:00"), every_day, (), ITALY).working_at == rome("2025-10-04T17:00")
    assert due_at(rome("2026-10-03T09:00"), every_day, (), ITALY).working_at == rome("2026-10-05T17:00")
    assert due_at(rome("2027-10-01T10:00"), PLAN, (), ITALY).working_at == rome("2027-10-06T10:00")


def test_a_pause_moves_the_deadline_by_its_length():
    moves = story(
        (State.OPEN, "2026-11-16T10:00"), ("awaiting_details", "2026-11-16T15:00"), ("open", "2026-11-17T09:30")
    )
    pauses = pauses_of(moves, PLAN, rome("2026-11-18T10:00"))
    assert pauses == (waits("2026-11-16T15:00", "2026-11-17T09:30"),)
    assert due_at(moves[0].at, PLAN, pauses, MILAN).elapsed_at == rome("2026-11-19T04:30")


def test_a_pause_by_night_takes_no_working_hours():
    pauses = (waits("2026-11-16T18:00", "2026-11-17T09:00"),)
    assert due_at(rome("2026-11-16T10:00"), PLAN, pauses, MILAN).working_at == rome("2026-11-18T10:00")


def test_the_reason_of_a_pause_is_kept():
    moves = [
        Move("open", rome("2026-11-16T10:00")),
        Move("awaiting_details", rome("2026-11-16T11:00"), "Which contract?"),
    ]
    assert pauses_of(moves, PLAN, rome("2026-11-16T12:00"))[0].reason == "Which contract?"


def test_a_pause_under_way_has_no_end_and_has_moved_nothing_yet():
    moves = story(("open", "2026-11-16T10:00"), ("taken", "2026-11-16T10:30"), ("awaiting_details", "2026-11-16T15:00"))
    pauses = pauses_of(moves, PLAN, rome("2026-11-20T10:00"))
    assert open_pause(pauses) == waits("2026-11-16T15:00", None)
    assert due_at(moves[0].at, PLAN, pauses, MILAN) == due_at(moves[0].at, PLAN, (), MILAN)


def test_while_it_pauses_nothing_more_is_spent():
    received = rome("2026-11-16T10:00")
    pauses = (waits("2026-11-16T22:00", None),)
    for now in ("2026-11-16T22:00", "2026-11-18T10:00", "2026-11-20T10:00"):
        assert spent_share(rome(now), received, PLAN, pauses, MILAN) == 12 / 48


def test_a_pause_ends_by_itself_after_the_days_the_policy_allows():
    moves = story(("open", "2026-11-02T10:00"), ("awaiting_details", "2026-11-02T15:00"))
    ends = rome("2026-11-07T15:00")
    assert open_pause(pauses_of(moves, PLAN, ends - timedelta(seconds=1)))
    assert pauses_of(moves, PLAN, ends) == (Pause(moves[1].at, ends),)
    assert pauses_of(moves, PLAN, rome("2026-12-01T10:00")) == (Pause(moves[1].at, ends),)


def test_a_late_reply_does_not_make_the_pause_longer():
    moves = story(("open", "2026-11-02T10:00"), ("awaiting_details", "2026-11-02T15:00"), ("open", "2026-11-20T15:00"))
    assert pauses_of(moves, PLAN, rome("2026-11-21T10:00"))[0].end == rome("2026-11-07T15:00")


def test_pauses_beyond_the_number_allowed_stop_nothing():
    moves = story(("open", "2026-11-02T10:00"))
    for hour in range(11, 16):
        moves += story(("awaiting_details", f"2026-11-02T{hour}:00"), ("open", f"2026-11-02T{hour}:10"))
    pauses = pauses_of(moves, PLAN, rome("2026-11-03T10:00"))
    assert len(pauses) == 3
    assert due_at(moves[0].at, PLAN, pauses, MILAN).elapsed_at == rome("2026-11-04T10:30")


def test_a_desk_already_late_wins_no_time_by_asking_for_details():
    received = rome("2026-11-16T10:00")
    pauses = (waits("2026-11-18T10:00", "2026-11-20T10:00"),)
    assert due_at(received, PLAN, pauses, MILAN).elapsed_at == rome("2026-11-18T10:00")
    assert spent_share(rome("2026-11-19T10:00"), received, PLAN, pauses, MILAN) == 72 / 48


def test_a_pause_may_come_in_time_for_one_deadline_and_too_late_for_the_other():
    pauses = (waits("2026-11-22T10:00", "2026-11-23T15:00"),)
    due = due_at(rome("2026-11-20T10:00"), PLAN, pauses, MILAN)
    assert due.elapsed_at == rome("2026-11-22T10:00")
    assert due.working_at == rome("2026-11-24T16:00")


def test_the_share_spent_is_that_of_the_deadline_promised():
    received = rome("2026-11-20T16:00")
    assert spent_share(rome("2026-11-22T16:00"), received, PLAN, (), MILAN) == 1
    assert spent_share(rome("2026-11-22T16:00"), received, WORKING, (), MILAN) == 2 / 16


def test_the_time_to_answer_leaves_the_pauses_out():
    pauses = (waits("2026-11-16T12:00", "2026-11-16T13:30"), waits("2026-11-16T16:00", None))
    assert time_to_answer(rome("2026-11-16T10:00"), rome("2026-11-16T17:00"), pauses) == 270


def test_only_an_answer_by_who_holds_the_question_keeps_the_promise():
    steps = [(step.name, step.who) for step in DESK.transitions if step.target == State.ANSWERED]
    assert steps == [("answer", frozenset({Who.HOLDER}))]


def test_reopening_starts_a_second_promise_and_keeps_the_first():
    moves = story(
        ("open", "2026-11-02T10:00"),
        ("taken", "2026-11-02T11:00"),
        ("answered", "2026-11-03T10:00"),
        ("open", "2026-11-10T09:00"),
        ("taken", "2026-11-10T10:00"),
        ("open", "2026-11-10T11:00"),
    )
    first, second = promises_of(moves)
    assert (first.number, first.started_at, first.answered_at) == (1, moves[0].at, moves[2].at)
    assert (second.number, second.started_at, second.answered_at) == (2, moves[3].at, None)
    assert second.running
    assert promises_of(moves[:3]) == (first,)


def test_each_promise_has_pauses_of_its_own():
    policy = Policy(max_pauses=1)
    moves = story(
        ("open", "2026-11-02T10:00"),
        ("awaiting_details", "2026-11-02T11:00"),
        ("open", "2026-11-02T12:00"),
        ("answered", "2026-11-03T10:00"),
        ("open", "2026-11-10T09:00"),
        ("awaiting_details", "2026-11-10T11:00"),
        ("open", "2026-11-10T13:00"),
    )
    now = rome("2026-11-11T09:00")
    assert [len(pauses_of(promise.moves, policy, now)) for promise in promises_of(moves)] == [1, 1]


def test_an_answer_in_time_keeps_the_promise_and_a_late_one_breaks_it_at_the_deadline():
    received = ("open", "2026-11-02T10:00")
    now = rome("2026-11-20T10:00")
    in_time = promises_of(story(received, ("answered", "2026-11-04T09:59")))[0]
    late = promises_of(story(received, ("answered", "2026-11-05T10:00")))[0]
    assert outcome_of(in_time, PLAN, MILAN, now).met is True
    assert outcome_of(late, PLAN, MILAN, now).met is False
    assert outcome_of(late, PLAN, MILAN, now).breached_at == rome("2026-11-04T10:00")


@pytest.mark.parametrize("end", ENDED)
def test_a_promise_that_ends_without_an_answer_is_neither_kept_nor_broken_unless_it_was_late(end):
    received = ("open", "2026-11-02T10:00")
    now = rome("2026-11-20T10:00")
    early = promises_of(story(received, (end, "2026-11-03T10:00")))[0]
    late = promises_of(story(received, (end, "2026-11-06T10:00")))[0]
    assert outcome_of(early, PLAN, MILAN, now).met is None
    assert outcome_of(late, PLAN, MILAN, now).met is False
    assert not early.running


def test_a_promise_goes_on_by_the_policy_under_which_it_was_given():
    assert policy_of(WORKING.terms()) == WORKING


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"elapsed_hours": 0}, "elapsed_hours"),
        ({"elapsed_hours": 721}, "elapsed_hours"),
        ({"max_pauses": 11}, "max_pauses"),
        ({"pause_days": 0}, "pause_days"),
        ({"windows": []}, "windows"),
        ({"windows": [[0, "13:00", "09:00"]]}, "windows"),
        ({"windows": [[0, "09:00", "13:00"], [0, "12:00", "18:00"]]}, "windows"),
        ({"windows": [[0, "nine", "13:00"]]}, "windows"),
        ({"windows": "always"}, "windows"),
    ],
)
def test_a_policy_no_desk_could_keep_is_refused_beside_its_field(changes, field):
    with pytest.raises(Refusal) as refused:
        policy_of(PLAN.terms() | changes)
    assert refused.value.field == field
