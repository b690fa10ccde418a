"""Presence in a unit: the minimum is kept, those who give way are few and fairly chosen, and find other days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contempo.agile.rules.presence import Plan, Settlement, most_remote, settle

MANY = settings(max_examples=300, deadline=None)
MONDAY = date(2027, 3, 1)
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]


@dataclass(frozen=True)
class Week:
    """A week of a unit."""

    plans: tuple[Plan, ...]
    room: dict[date, int]
    kept_before: dict[int, int]
    working: dict[int, frozenset[date]]

    def settled(self) -> Settlement:
        return settle(self.plans, room=self.room, kept_before=self.kept_before, working=self.working)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    workers = range(1, draw(st.integers(1, 7)) + 1)
    klass = {worker: draw(st.integers(1, 2)) for worker in workers}
    tie = {worker: draw(st.integers(0, 3)) for worker in workers}
    days = st.frozensets(st.sampled_from(DAYS))
    plans = [Plan(worker, klass[worker], day, tie[worker]) for worker in workers for day in draw(days)]
    return Week(
        tuple(draw(st.permutations(plans))),
        {day: draw(st.integers(0, 3)) for day in DAYS},
        {worker: draw(st.integers(0, 3)) for worker in workers},
        {worker: draw(days) for worker in workers},
    )


@MANY
@given(weeks())
def test_never_more_stay_than_there_is_room_and_nobody_goes_for_nothing(week: Week) -> None:
    made = week.settled()
    planned = Counter(plan.day for plan in week.plans)
    kept = Counter(plan.day for plan in made.kept)
    assert all(kept[day] == min(planned[day], week.room[day]) for day in DAYS)
    assert Counter(week.plans) == Counter(made.kept) + Counter(each.plan for each in made.displaced)


@MANY
@given(weeks())
def test_nobody_gives_way_while_one_of_the_class_with_more_days_stays(week: Week) -> None:
    made = week.settled()
    for gone in made.displaced:
        for plan in made.kept:
            if plan.day == gone.plan.day:
                before = {
                    who: week.kept_before[who] + sum(one.worker == who and one.day < plan.day for one in made.kept)
                    for who in (plan.worker, gone.plan.worker)
                }
                stays = (plan.klass, before[plan.worker], plan.tie, plan.worker)
                goes = (gone.plan.klass, before[gone.plan.worker], gone.plan.tie, gone.plan.worker)
                assert stays < goes


@MANY
@given(weeks())
def test_alternatives_are_all_own_working_days_with_room_the_nearest_first(week: Week) -> None:
    made = week.settled()
    kept = Counter(plan.day for plan in made.kept)
    for gone in made.displaced:
        who = gone.plan.worker
        mine = {plan.day for plan in made.kept if plan.worker == who}
        there = {day for day in week.working[who] if kept[day] < week.room[day] and day not in mine}
        assert set(gone.alternatives) == there
        assert len(gone.alternatives) == len(there)
        far = [(abs((day - gone.plan.day).days), day) for day in gone.alternatives]
        assert far == sorted(far)


@MANY
@given(st.data(), weeks())
def test_the_order_of_plans_never_matters(data: st.DataObject, week: Week) -> None:
    mixed = tuple(data.draw(st.permutations(week.plans)))
    assert Week(mixed, week.room, week.kept_before, week.working).settled() == week.settled()


@MANY
@given(st.integers(0, 500), st.integers(0, 100))
def test_the_minimum_is_rounded_up_to_whole_persons(staff: int, percent: int) -> None:
    remote = most_remote(staff, percent)
    assert (staff - remote) * 100 >= staff * percent
    assert (staff - remote - 1) * 100 < staff * percent
    assert 0 <= remote <= staff


@pytest.mark.parametrize(("staff", "percent"), [(-1, 50), (5, -1), (5, 101)])
def test_a_minimum_that_cannot_be_is_refused(staff: int, percent: int) -> None:
    with pytest.raises(ValueError, match="per cent"):
        most_remote(staff, percent)


@pytest.mark.parametrize("room", [{}, {MONDAY: -1}])
def test_a_day_without_a_limit_is_refused(room: dict[date, int]) -> None:
    with pytest.raises(ValueError, match="2027-03-01"):
        settle([Plan(1, 1, MONDAY, 0)], room=room, kept_before={}, working={})


def test_a_day_planned_twice_by_one_worker_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        settle([Plan(1, 1, MONDAY, 0), Plan(1, 2, MONDAY, 0)], room={MONDAY: 2}, kept_before={}, working={})
