"""What may be done in a month at an instant. Windows are half-open: what ends at six is over at six."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from contempo.agile.rules.months import MonthState
from contempo.core.calendar import instant
from contempo.core.clock import ROME
from contempo.core.verdict import ALLOWED, Refusal, Verdict, because
from contempo.core.words import N_

INSTANTS = (
    "plan_from",
    "plan_until",
    "bank_from",
    "donate_until",
    "request_until",
    "clear_at",
    "publish_at",
    "appeal_until",
)

INSTANT_LABELS: dict[str, str] = {
    "plan_from": N_("Planning begins"),
    "plan_until": N_("Planning ends, presence is settled"),
    "bank_from": N_("Donations and requests begin"),
    "donate_until": N_("Donations end"),
    "request_until": N_("Requests end"),
    "clear_at": N_("The bank is cleared"),
    "publish_at": N_("The result is published"),
    "appeal_until": N_("Appeals end"),
}

_ORDER = (
    ("plan_from", "plan_until", True),
    ("plan_until", "bank_from", False),
    ("bank_from", "donate_until", True),
    ("donate_until", "clear_at", False),
    ("bank_from", "request_until", True),
    ("request_until", "clear_at", False),
    ("clear_at", "publish_at", False),
    ("publish_at", "appeal_until", True),
)


@dataclass(frozen=True)
class Windows:
    """The instants of a month. Raises Refusal, beside the later one, when they are not in order."""

    plan_from: datetime
    plan_until: datetime
    bank_from: datetime
    donate_until: datetime
    request_until: datetime
    clear_at: datetime
    publish_at: datetime
    appeal_until: datetime

    def __post_init__(self) -> None:
        for before, after, strictly in _ORDER:
            one, other = getattr(self, before), getattr(self, after)
            if one > other or (strictly and one == other):
                raise Refusal(N_("This must come after the moments that are listed before it."), field=after)


class MonthFacts(Protocol):
    """What of a month its windows need: a row, or anything like it."""

    @property
    def state(self) -> str: ...
    @property
    def first_day(self) -> date: ...
    @property
    def plan_from(self) -> datetime: ...
    @property
    def plan_until(self) -> datetime: ...
    @property
    def bank_from(self) -> datetime: ...
    @property
    def donate_until(self) -> datetime: ...
    @property
    def request_until(self) -> datetime: ...
    @property
    def clear_at(self) -> datetime: ...
    @property
    def publish_at(self) -> datetime: ...
    @property
    def appeal_until(self) -> datetime: ...


class Stage(StrEnum):
    """How far a month is, for who looks at it."""

    PREPARATION = "preparation"
    BEFORE = "before"
    PLANNING = "planning"
    BETWEEN = "between"
    BANK = "bank"
    CLEARING = "clearing"
    CLEARED = "cleared"
    RESULT = "result"
    RUNNING = "running"
    CLOSED = "closed"


STAGE_LABELS: dict[str, str] = {
    Stage.PREPARATION: N_("In preparation"),
    Stage.BEFORE: N_("Planning has not begun"),
    Stage.PLANNING: N_("Planning is open"),
    Stage.BETWEEN: N_("Planning is over, the bank is not open yet"),
    Stage.BANK: N_("The bank is open: days can be donated and asked for"),
    Stage.CLEARING: N_("Requests are over, the bank is to be cleared"),
    Stage.CLEARED: N_("Cleared: the result is to be published"),
    Stage.RESULT: N_("The result is published, appeals are open"),
    Stage.RUNNING: N_("The result is published, appeals are over"),
    Stage.CLOSED: N_("Month closed"),
}


def stage(month: MonthFacts, now: datetime) -> Stage:
    """How far a month is at `now`."""
    if month.state == MonthState.DRAFT:
        return Stage.PREPARATION
    if month.state == MonthState.CLEARED:
        return Stage.CLEARED
    if month.state == MonthState.PUBLISHED:
        return Stage.RESULT if now < month.appeal_until else Stage.RUNNING
    if month.state == MonthState.CLOSED:
        return Stage.CLOSED
    for until, found in (
        (month.plan_from, Stage.BEFORE),
        (month.plan_until, Stage.PLANNING),
        (month.bank_from, Stage.BETWEEN),
        (max(month.donate_until, month.request_until), Stage.BANK),
    ):
        if now < until:
            return found
    return Stage.CLEARING


def ends(month: MonthFacts) -> datetime:
    """The instant at which the month itself is over, by the clocks of Rome."""
    return instant((month.first_day + timedelta(days=31)).replace(day=1), 0)


def told(moment: datetime) -> str:
    """`27/11/2026, 18:00` by the clocks of Rome, as sentences tell it."""
    return f"{moment.astimezone(ROME):%d/%m/%Y, %H:%M}"


def _open(month: MonthFacts, since: datetime, until: datetime, now: datetime) -> Verdict:
    if month.state == MonthState.DRAFT:
        return because(N_("The month is not open yet."))
    if month.state != MonthState.OPEN:
        return because(N_("The bank of this month has been cleared already."))
    if now < since:
        return because(N_("It is too early: this begins on %(since)s."), since=told(since))
    if now >= until:
        return because(N_("It is too late: this ended on %(until)s."), until=told(until))
    return ALLOWED


def may_donate(month: MonthFacts, now: datetime) -> Verdict:
    """May days be donated to the bank at `now`?"""
    return _open(month, month.bank_from, month.donate_until, now)


def may_request(month: MonthFacts, now: datetime) -> Verdict:
    """May days be asked of the bank, and requests changed, at `now`?"""
    return _open(month, month.bank_from, month.request_until, now)


def may_clear(month: MonthFacts, now: datetime) -> Verdict:
    """May the bank be cleared at `now`? Donations and requests must be over."""
    if month.state != MonthState.OPEN:
        return because(N_("Only an open month can be cleared."))
    until = max(month.donate_until, month.request_until)
    return ALLOWED if now >= until else because(N_("Donations and requests end on %(until)s."), until=told(until))


def may_appeal(month: MonthFacts, now: datetime) -> Verdict:
    """May the result be appealed against at `now`?"""
    if month.state != MonthState.PUBLISHED:
        return because(N_("There is no published result to appeal against."))
    if now >= month.appeal_until:
        return because(N_("It is too late: appeals ended on %(until)s."), until=told(month.appeal_until))
    return ALLOWED


def may_draw(month: MonthFacts, now: datetime) -> Verdict:
    """May days be drawn in an emergency at `now`: after publication, until the month ends?"""
    if month.state != MonthState.PUBLISHED:
        return because(N_("Days can be drawn in an emergency once the result is published."))
    return ALLOWED if now < ends(month) else because(N_("The month is over."))


def may_close(month: MonthFacts, now: datetime) -> Verdict:
    """May the month be closed at `now`? It is over, and so are appeals."""
    if month.state != MonthState.PUBLISHED:
        return because(N_("A month is closed once its result is published."))
    until = max(ends(month), month.appeal_until)
    return ALLOWED if now >= until else because(N_("The month can be closed from %(until)s."), until=told(until))
