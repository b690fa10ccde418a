"""The term within which the agency answers: docs/algorithms/accession-term.md."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from contempo.core.clock import ROME
from contempo.network.rules.accession import ACCESSION, LONGEST_PAUSE, TERM, WITH_AGENCY, Move, State, Who, due_on

SUBMITTED = date(2026, 2, 2)
DAY = timedelta(days=1)


def at(day: date, clock: time = time(12)) -> datetime:
    """An instant by the clocks of Italy."""
    return datetime.combine(day, clock, ROME).astimezone(UTC)


def story(*moves: tuple[str, int]) -> list[Move]:
    """Moves into a state, each so many days after the submission, at noon."""
    return [Move(state, at(SUBMITTED + days * DAY)) for state, days in moves]


def test_the_agency_has_thirty_days_and_the_day_of_submission_does_not_count():
    assert due_on([Move(State.SUBMITTED, at(date(2026, 11, 1)))]) == date(2026, 12, 1)


def test_beginning_the_examination_moves_nothing():
    moves = story((State.SUBMITTED, 0), (State.IN_EXAMINATION, 12))
    assert due_on(moves) == SUBMITTED + 30 * DAY


def test_the_days_spent_awaiting_changes_do_not_count():
    moves = story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 10), (State.IN_EXAMINATION, 17))
    assert due_on(moves) == SUBMITTED + 37 * DAY


def test_changes_asked_and_answered_on_one_day_suspend_nothing():
    moves = [
        Move(State.SUBMITTED, at(SUBMITTED)),
        Move(State.CHANGES_ASKED, at(SUBMITTED + 5 * DAY, time(9))),
        Move(State.IN_EXAMINATION, at(SUBMITTED + 5 * DAY, time(17))),
    ]
    assert due_on(moves) == SUBMITTED + 30 * DAY


def test_the_term_is_suspended_for_thirty_days_at_most():
    moves = story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 10), (State.IN_EXAMINATION, 55))
    assert due_on(moves) == SUBMITTED + 60 * DAY


def test_the_term_is_suspended_once():
    moves = story(
        (State.SUBMITTED, 0),
        (State.CHANGES_ASKED, 5),
        (State.IN_EXAMINATION, 8),
        (State.CHANGES_ASKED, 10),
        (State.IN_EXAMINATION, 20),
    )
    assert due_on(moves) == SUBMITTED + 33 * DAY


def test_changes_that_arrive_when_the_term_has_passed_begin_a_new_one():
    moves = story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 10), (State.IN_EXAMINATION, 61))
    assert due_on(moves) == SUBMITTED + 91 * DAY


def test_changes_that_arrive_on_the_last_day_do_not():
    moves = story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 10), (State.IN_EXAMINATION, 60))
    assert due_on(moves) == SUBMITTED + 60 * DAY


def test_an_agency_already_late_wins_no_time_by_asking_for_changes():
    moves = story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 31), (State.IN_EXAMINATION, 50))
    assert due_on(moves) == SUBMITTED + 30 * DAY


def test_nothing_is_due_while_the_organisation_has_the_next_move():
    assert due_on([]) is None
    assert due_on(story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 10))) is None
    assert due_on(story((State.SUBMITTED, 0), (State.ADMITTED, 10))) is None


def test_nothing_is_due_once_the_request_has_ended():
    for end in (State.REFUSED, State.WITHDRAWN, State.SIGNED, State.CEASED):
        assert due_on(story((State.SUBMITTED, 0), (end, 10))) is None


def test_the_night_the_clock_goes_forward_takes_no_day_away():
    # 23:30 of 10 March plus 30 times 24 hours would be 00:30 of 10 April by summer time.
    assert due_on([Move(State.SUBMITTED, at(date(2026, 3, 10), time(23, 30)))]) == date(2026, 4, 9)


def test_the_night_the_clock_goes_back_adds_none():
    # 00:15 of 10 October plus 30 times 24 hours would be 23:15 of 8 November by winter time.
    assert due_on([Move(State.SUBMITTED, at(date(2026, 10, 10), time(0, 15)))]) == date(2026, 11, 9)


def test_the_day_is_that_of_italy_also_when_it_is_still_the_day_before_in_greenwich():
    submitted = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert due_on([Move(State.SUBMITTED, submitted)]) == date(2026, 8, 1)


@st.composite
def histories(draw: st.DrawFn) -> list[Move]:
    """A walk through the workflow from its submission, at any hour of any day, time never going back."""
    instant = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 60 * 24 * 1461)))
    moves, state = [Move(State.SUBMITTED, instant)], State.SUBMITTED
    for _step in range(draw(st.integers(0, 8))):
        steps = ACCESSION.available(state, frozenset(Who))
        if not steps:
            break
        state = draw(st.sampled_from(steps)).target
        instant += timedelta(minutes=draw(st.integers(0, 60 * 24 * 50)))
        moves.append(Move(state, instant))
    return moves


def days_of(moves: list[Move]) -> list[date]:
    return [move.at.astimezone(ROME).date() for move in moves]


def counted_day_by_day(moves: list[Move]) -> date:
    """The same rule as a clerk applies it with a calendar: cross the days off one by one."""
    days = dict(enumerate(days_of(moves)))
    suspended_once = False
    day, left, turn = days[0], TERM.days, 1
    pause_left, asked_in_time = 0, False
    awaiting = False
    while True:
        while turn in days and days[turn] == day:
            if awaiting and moves[turn].state != State.CHANGES_ASKED:
                if asked_in_time and left < 0:
                    left = TERM.days
                awaiting, pause_left = False, 0
            if moves[turn].state == State.CHANGES_ASKED:
                awaiting, asked_in_time = True, left >= 0
                if asked_in_time and not suspended_once:
                    pause_left, suspended_once = LONGEST_PAUSE.days, True
            turn += 1
        if turn not in days and left <= 0:
            return day + left * DAY
        day += DAY
        if pause_left:
            pause_left -= 1
        else:
            left -= 1


@given(histories())
@example(story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 30), (State.IN_EXAMINATION, 61)))
@example(story((State.SUBMITTED, 0), (State.CHANGES_ASKED, 1), (State.IN_EXAMINATION, 1), (State.CHANGES_ASKED, 2)))
def test_it_is_what_a_clerk_finds_crossing_off_the_days(moves):
    assume(moves[-1].state in WITH_AGENCY)
    assert due_on(moves) == counted_day_by_day(moves)


@given(histories())
def test_there_is_a_term_exactly_while_the_agency_has_the_next_move(moves):
    assert (due_on(moves) is not None) == (moves[-1].state in WITH_AGENCY)


@given(histories(), st.randoms())
def test_the_order_in_which_the_story_is_read_does_not_matter(moves, random):
    assume(len({move.at for move in moves}) == len(moves))
    shuffled = random.sample(moves, len(moves))
    assert due_on(shuffled) == due_on(moves)


@given(histories())
def test_the_hour_of_the_day_never_matters(moves):
    midnight = [Move(move.state, at(day, time(0))) for move, day in zip(moves, days_of(moves), strict=True)]
    evening = [Move(move.state, at(day, time(23, 59))) for move, day in zip(moves, days_of(moves), strict=True)]
    assert due_on(midnight) == due_on(evening) == due_on(moves)


@given(histories())
def test_the_agency_never_has_less_than_its_thirty_days(moves):
    due = due_on(moves)
    assert due is None or due >= days_of(moves)[0] + TERM


@given(histories())
def test_an_applicant_who_answers_in_time_never_waits_longer_than_the_term_and_one_suspension(moves):
    longest = days_of(moves)[0] + TERM + LONGEST_PAUSE
    assume(days_of(moves)[-1] <= days_of(moves)[0] + TERM)
    due = due_on(moves)
    assert due is None or due <= longest
