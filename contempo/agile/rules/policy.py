"""The rules an employer publishes for its months: days, presence, caps, classes of reasons, windows.

A policy is data (`read` takes the JSON that is stored) and checks itself: one that contradicts itself is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from contempo.agile.rules.agreements import Ground
from contempo.agile.rules.months import Reason
from contempo.agile.rules.windows import INSTANTS, Windows
from contempo.core.calendar import Calendar, instant
from contempo.core.verdict import Refusal
from contempo.core.words import N_

MOST_DAYS = 31
FURTHEST = 90
"""How many days before or after the first of its month a window may stand."""

GROUNDS: Mapping[str, frozenset[str]] = {
    Reason.HEALTH: frozenset({Ground.DISABLED_WORKER, Ground.ARTICLE_33, Ground.TARGETED_PLACEMENT}),
    Reason.DISABILITY: frozenset({Ground.DISABLED_WORKER, Ground.ARTICLE_33, Ground.TARGETED_PLACEMENT}),
    Reason.CARE: frozenset({Ground.CAREGIVER, Ground.ARTICLE_33, Ground.DISABLED_CHILD}),
    Reason.CHILDREN: frozenset({Ground.CHILD_TO_12, Ground.DISABLED_CHILD}),
}
"""The verified grounds any of which backs a reason (Law 81/2017, article 18, paragraph 3-bis): only these reasons can
be asked to be verified."""


@dataclass(frozen=True, order=True)
class Moment:
    """A moment relative to a month: `day` days after its first one (before it when negative), `minutes` of that day."""

    day: int
    minutes: int

    def of(self, first_day: date) -> datetime:
        """The instant it is for the month that begins on `first_day`, by the clocks of Rome."""
        return instant(first_day + timedelta(days=self.day), self.minutes)


@dataclass(frozen=True)
class Policy:
    """What holds in a month. Raises Refusal, beside the field that is wrong, when it contradicts itself.

    `days` a month by category (`days_otherwise` for the others); `presence` the least presence of a unit by weekday,
    Monday first, in per cent of who works that day; `own_presence` the least part of one's own working days of the
    month worked on site, in per cent (Ministerial decree of 8 October 2021, article 1: presence prevails); `carry_cap`
    the most days kept for the next month; `bank_cap` the most days a month from the bank; `classes` the reasons in the
    order in which they are served, those of one class together; `verified` the reasons that count only with a verified
    ground; `shared_pool` whether donated days go to all directorates; `moments` by name of the instant of a month.
    """

    days_otherwise: int
    days: Mapping[str, int]
    presence: tuple[int, ...]
    own_presence: int
    carry_cap: int
    bank_cap: int
    classes: tuple[tuple[Reason, ...], ...]
    verified: frozenset[Reason]
    shared_pool: bool
    moments: Mapping[str, Moment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, days in (("days_otherwise", [self.days_otherwise]), ("days", self.days.values())):
            _within(name, days, MOST_DAYS)
        _within("carry_cap", [self.carry_cap], MOST_DAYS)
        _within("bank_cap", [self.bank_cap], MOST_DAYS)
        _within("own_presence", [self.own_presence], 100)
        _within("presence", self.presence, 100)
        if len(self.presence) != 7:
            raise Refusal(N_("Say the least presence for each of the seven weekdays."), field="presence")
        listed = [reason for members in self.classes for reason in members]
        if sorted(listed) != sorted(Reason) or not all(self.classes):
            raise Refusal(N_("Every reason belongs to one class, and classes are numbered 1, 2, 3…"), field="classes")
        if not self.verified <= set(GROUNDS):
            raise Refusal(N_("There is no ground that can be verified for this reason."), field="verified")
        if set(self.moments) != set(INSTANTS):
            raise Refusal(N_("Say when every window begins and ends."), field="windows")
        for name, moment in self.moments.items():
            if abs(moment.day) > FURTHEST or not 0 <= moment.minutes <= 24 * 60:
                raise Refusal(
                    N_("Windows stand within %(days)s days of the first day of the month."), field=name, days=FURTHEST
                )
        self.windows(date(2026, 1, 1))

    def windows(self, first_day: date) -> Windows:
        """The windows of the month that begins on `first_day`."""
        return Windows(**{name: self.moments[name].of(first_day) for name in INSTANTS})

    def days_of(self, category: str, part_time_percent: int) -> int:
        """Days a month of who is of `category` and works this part of full time: rounded to the nearest whole day, half
        a day upwards.
        """
        return (self.days.get(category, self.days_otherwise) * part_time_percent + 50) // 100

    def cap_of(self, working_days: int) -> int:
        """The most agile days of who has so many working days in the month: what the least own presence leaves, rounded
        down.
        """
        return working_days * (100 - self.own_presence) // 100

    def class_of(self, reason: Reason) -> int:
        """The class of a reason, 1 the first served."""
        return next(number for number, members in enumerate(self.classes, start=1) if reason in members)

    @property
    def numbers(self) -> tuple[str, ...]:
        """What the published file calls the classes: their numbers, not their reasons."""
        return tuple(f"{number}" for number, _members in enumerate(self.classes, start=1))

    def as_json(self) -> dict[str, Any]:
        """The policy as it is stored; `read` is the inverse."""
        return {
            "days_otherwise": self.days_otherwise,
            "days": dict(self.days),
            "presence": list(self.presence),
            "own_presence": self.own_presence,
            "carry_cap": self.carry_cap,
            "bank_cap": self.bank_cap,
            "classes": [[reason.value for reason in members] for members in self.classes],
            "verified": sorted(reason.value for reason in self.verified),
            "shared_pool": self.shared_pool,
            "windows": {name: [moment.day, moment.minutes] for name, moment in self.moments.items()},
        }


def read(document: Mapping[str, Any]) -> Policy:
    """The policy a stored document says. Raises Refusal when it contradicts itself, KeyError when something is
    missing."""
    return Policy(
        days_otherwise=document["days_otherwise"],
        days=dict(document["days"]),
        presence=tuple(document["presence"]),
        own_presence=document["own_presence"],
        carry_cap=document["carry_cap"],
        bank_cap=document["bank_cap"],
        classes=tuple(tuple(Reason(reason) for reason in members) for members in document["classes"]),
        verified=frozenset(Reason(reason) for reason in document["verified"]),
        shared_pool=document["shared_pool"],
        moments={name: Moment(*moment) for name, moment in document["windows"].items()},
    )


def proposed() -> Policy:
    """The policy an employer begins with: eight days a month, as the union agreement of Milan of 30 March 2021 has
    it."""
    hour = 60
    return Policy(
        days_otherwise=8,
        days={},
        presence=(40, 40, 40, 40, 40, 0, 0),
        own_presence=50,
        carry_cap=2,
        bank_cap=4,
        classes=(
            (Reason.DISABILITY, Reason.HEALTH),
            (Reason.PREGNANCY,),
            (Reason.CARE,),
            (Reason.CHILDREN,),
            (Reason.DISTANCE,),
            (Reason.OTHER,),
        ),
        verified=frozenset({Reason.DISABILITY, Reason.CARE}),
        shared_pool=True,
        moments={
            "plan_from": Moment(-21, 9 * hour),
            "plan_until": Moment(-14, 18 * hour),
            "bank_from": Moment(-13, 9 * hour),
            "donate_until": Moment(-10, 18 * hour),
            "request_until": Moment(-9, 18 * hour),
            "clear_at": Moment(-8, 9 * hour),
            "publish_at": Moment(-7, 9 * hour),
            "appeal_until": Moment(-2, 18 * hour),
        },
    )


def working_days(first_day: date, next_first: date, calendar: Calendar) -> tuple[date, ...]:
    """The days of a month, weekends too, that are no holiday: who works on which weekday is another matter."""
    every = (first_day + timedelta(days=number) for number in range((next_first - first_day).days))
    return tuple(day for day in every if not calendar.is_holiday(day))


def next_month(first_day: date) -> date:
    """The first day of the month after."""
    return (first_day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(first_day: date) -> date:
    """The first day of the month before."""
    return (first_day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _within(name: str, values: Iterable[int], most: int) -> None:
    if any(not 0 <= value <= most for value in values):
        raise Refusal(N_("Write a number from 0 to %(most)s."), field=name, most=most)
