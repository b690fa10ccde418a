"""Rules of the month: what they say, and that they do not contradict themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from contempo.agile.rules.months import MonthState, Reason
from contempo.agile.rules.policy import Moment, Policy, month_before, next_month, proposed, read, working_days
from contempo.agile.rules.windows import (
    Stage,
    Windows,
    may_appeal,
    may_clear,
    may_close,
    may_donate,
    may_draw,
    may_request,
    stage,
)
from contempo.core.calendar import calendar_of
from contempo.core.verdict import Refusal

DECEMBER = date(2026, 12, 1)
RULES = proposed()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+01:00").astimezone(UTC)


def month(state: MonthState) -> SimpleNamespace:
    windows = RULES.windows(DECEMBER)
    return SimpleNamespace(state=state, first_day=DECEMBER, **vars(windows))


def test_a_policy_is_read_as_it_was_written() -> None:
    assert read(RULES.as_json()) == RULES


def test_windows_stand_at_the_clocks_of_rome_also_when_they_change() -> None:
    march = RULES.windows(date(2027, 4, 1))
    assert march.clear_at == datetime(2027, 3, 24, 8, tzinfo=UTC)
    late = replace(RULES, moments={**RULES.moments, "appeal_until": Moment(-2, 18 * 60)}).windows(date(2027, 4, 1))
    assert late.appeal_until == datetime(2027, 3, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("days_otherwise", {"days_otherwise": 32}),
        ("days", {"days": {"Dirigenti": -1}}),
        ("bank_cap", {"bank_cap": 40}),
        ("own_presence", {"own_presence": 101}),
        ("presence", {"presence": (50,) * 6}),
        ("presence", {"presence": (50,) * 6 + (120,)}),
        ("classes", {"classes": ((Reason.HEALTH,),)}),
        ("classes", {"classes": (*RULES.classes, ())}),
        ("classes", {"classes": (*RULES.classes, (Reason.OTHER,))}),
        ("verified", {"verified": frozenset({Reason.DISTANCE})}),
        ("windows", {"moments": {}}),
        ("clear_at", {"moments": {**RULES.moments, "clear_at": Moment(120, 0)}}),
        ("clear_at", {"moments": {**RULES.moments, "clear_at": Moment(-12, 0)}}),
        ("bank_from", {"moments": {**RULES.moments, "bank_from": Moment(-15, 0)}}),
        ("appeal_until", {"moments": {**RULES.moments, "appeal_until": RULES.moments["publish_at"]}}),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused_beside_what_is_wrong(
    field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as refused:
        replace(RULES, **changes)
    assert refused.value.field == field


def test_reasons_of_one_class_are_served_together() -> None:
    assert RULES.class_of(Reason.HEALTH) == RULES.class_of(Reason.DISABILITY) == 1
    assert [RULES.class_of(reason) for members in RULES.classes for reason in members] == [1, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("percent", "days"), [(100, 8), (50, 4), (57, 5), (56, 4), (6, 0), (7, 1)])
def test_days_of_part_time_are_rounded_to_the_nearest_one(percent: int, days: int) -> None:
    assert RULES.days_of("Istruttori", percent) == days


def test_working_days_know_the_holidays_of_the_place() -> None:
    days = working_days(DECEMBER, next_month(DECEMBER), calendar_of("Milano", "MI"))
    assert {date(2026, 12, day) for day in (7, 8, 25, 26)}.isdisjoint(days)
    assert len(days) == 31 - 4


def test_months_follow_each_other_over_the_year() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("state", "when", "found"),
    [
        (MonthState.DRAFT, "2026-11-20T10:00", Stage.PREPARATION),
        (MonthState.OPEN, "2026-11-10T08:59", Stage.BEFORE),
        (MonthState.OPEN, "2026-11-10T09:00", Stage.PLANNING),
        (MonthState.OPEN, "2026-11-17T18:00", Stage.BETWEEN),
        (MonthState.OPEN, "2026-11-18T09:00", Stage.BANK),
        (MonthState.OPEN, "2026-11-22T18:00", Stage.CLEARING),
        (MonthState.CLEARED, "2026-11-22T18:00", Stage.CLEARED),
        (MonthState.PUBLISHED, "2026-11-29T17:59", Stage.RESULT),
        (MonthState.PUBLISHED, "2026-11-29T18:00", Stage.RUNNING),
        (MonthState.CLOSED, "2027-01-02T10:00", Stage.CLOSED),
    ],
)
def test_how_far_a_month_is(state: MonthState, when: str, found: Stage) -> None:
    assert stage(month(state), at(when)) is found


@pytest.mark.parametrize(
    ("may", "state", "first", "last"),
    [
        (may_donate, MonthState.OPEN, "2026-11-18T09:00", "2026-11-21T18:00"),
        (may_request, MonthState.OPEN, "2026-11-18T09:00", "2026-11-22T18:00"),
        (may_draw, MonthState.PUBLISHED, "2026-11-24T09:00", "2027-01-01T00:00"),
        (may_appeal, MonthState.PUBLISHED, "2026-11-24T09:00", "2026-11-29T18:00"),
    ],
)
def test_windows_are_half_open_and_bound_to_the_state(may, state: MonthState, first: str, last: str) -> None:
    assert may(month(state), at(first))
    assert not may(month(state), at(last))
    assert not may(month(MonthState.DRAFT), at(first))
    assert not may(month(MonthState.CLOSED), at(first))


def test_a_bank_is_cleared_after_requests_and_a_month_closed_after_its_end() -> None:
    assert not may_clear(month(MonthState.OPEN), at("2026-11-22T17:59"))
    assert may_clear(month(MonthState.OPEN), at("2026-11-22T18:00"))
    assert not may_close(month(MonthState.PUBLISHED), at("2026-12-31T23:59"))
    assert may_close(month(MonthState.PUBLISHED), at("2027-01-01T00:00"))


def test_windows_say_themselves_when_they_are_out_of_order() -> None:
    told = vars(RULES.windows(DECEMBER))
    with pytest.raises(Refusal):
        Windows(**{**told, "request_until": told["bank_from"]})
    assert isinstance(RULES, Policy)
