"""Presence in a unit: how many may work elsewhere on a day, and who gives way when more have planned it.

See docs/algorithms/presence.md. Pure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date


def most_remote(staff: int, minimum_percent: int) -> int:
    """How many of `staff` persons at work on a day may work elsewhere when at least `minimum_percent` of them, rounded
    up to whole persons, must be in the office: with 7 and 50 per cent 4 stay, 3 may go.

    The minimum is the employer's own: Law 81/2017, article 18, paragraph 1, says only that the work is done in part
    inside, in part outside. Raises ValueError for less than nobody or what is no percentage.
    """
    if staff < 0 or not 0 <= minimum_percent <= 100:
        raise ValueError("persons are none or more, a minimum lies between 0 and 100 per cent")
    return staff * (100 - minimum_percent) // 100


@dataclass(frozen=True)
class Plan:
    """A day that a worker planned: `klass` is the priority class, 1 first, `tie` the worker's number in the draw."""

    worker: int
    klass: int
    day: date
    tie: int


@dataclass(frozen=True)
class Displaced:
    """A plan that gave way, and the days that may take its place, the nearest first."""

    plan: Plan
    alternatives: tuple[date, ...]


@dataclass(frozen=True)
class Judged:
    """What a plan was judged by: its `position`, 1 the first, among those who `asked` for its day; the days of the
    month `kept` before; class and days of the last one who kept the day, both 0 when nobody did.
    """

    plan: Plan
    position: int
    asked: int
    kept: int
    last_class: int
    last_kept: int


@dataclass(frozen=True)
class Settlement:
    """What stays and what gives way, both in the order of days, then workers; every plan as it was judged."""

    kept: tuple[Plan, ...]
    displaced: tuple[Displaced, ...]
    judged: tuple[Judged, ...]


def settle(
    plans: Iterable[Plan],
    *,
    room: Mapping[date, int],
    kept_before: Mapping[int, int],
    working: Mapping[int, Collection[date]],
) -> Settlement:
    """Settle the days of one unit, one after the other; which day is full depends on nothing but its plans.

    `room` says for each day how many may work elsewhere; `kept_before` how many days of the month a worker has already
    that are not among `plans`; `working` the worker's own working days. On a day with too many plans those stay that
    are first by class, then by fewest days kept so far in the month, then by tie, then by worker. Who gives way is
    offered the own working days on which, once all days are settled, there is room and nothing of theirs planned; the
    earlier of two equally near. Raises ValueError for a worker's day planned twice, or on a day without room in `room`.
    """
    by_day: dict[date, list[Plan]] = {}
    for plan in plans:
        by_day.setdefault(plan.day, []).append(plan)
    kept: list[Plan] = []
    gone: list[Plan] = []
    judged: list[Judged] = []
    days_of = Counter(kept_before)
    for day in sorted(by_day):
        if room.get(day, -1) < 0 or len({plan.worker for plan in by_day[day]}) < len(by_day[day]):
            raise ValueError(f"{day}: not a day of the month, or planned twice by the same worker")
        order = sorted(by_day[day], key=lambda plan: (plan.klass, days_of[plan.worker], plan.tie, plan.worker))
        staying = order[: room[day]]
        last = (staying[-1].klass, days_of[staying[-1].worker]) if staying else (0, 0)
        judged += [
            Judged(plan, position, len(order), days_of[plan.worker], *last)
            for position, plan in enumerate(order, start=1)
        ]
        days_of.update(plan.worker for plan in staying)
        kept += staying
        gone += order[room[day] :]
    filled = Counter(plan.day for plan in kept)
    free = {day for day, most in room.items() if filled[day] < most}
    own: dict[int, set[date]] = {}
    for plan in kept:
        own.setdefault(plan.worker, set()).add(plan.day)
    displaced = [
        Displaced(
            plan, _nearest(plan.day, free.intersection(working.get(plan.worker, ())) - own.get(plan.worker, set()))
        )
        for plan in gone
    ]
    return Settlement(
        tuple(sorted(kept, key=lambda plan: (plan.day, plan.worker))),
        tuple(sorted(displaced, key=lambda each: (each.plan.day, each.plan.worker))),
        tuple(judged),
    )


def _nearest(to: date, days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(days, key=lambda day: (abs((day - to).days), day)))
