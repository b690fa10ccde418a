"""Ending an agreement before its time: who may, with which notice, and until which day it then holds."""

from dataclasses import dataclass
from datetime import date, timedelta

from contempo.agile.rules.agreements.states import Term
from contempo.agile.rules.law import value
from contempo.agile.rules.parts import Who
from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_

DAY = timedelta(days=1)
MOST_NOTICE = 180
"""Days: a notice longer than half a year would hold against their will those the law wants free to leave."""


@dataclass(frozen=True)
class Notice:
    """How an agreement ends when notice of it is given: `days` of notice, `last_day` on which it still holds."""

    days: int
    last_day: date

    @property
    def until(self) -> date:
        """The day after the last, as it is kept."""
        return self.last_day + DAY


def least_notice(side: str, *, protected: bool, on: date) -> int:
    """The least days of notice for one side (`Who`) of an agreement without an end date.

    Law 81/2017, article 19, paragraph 2: thirty; ninety when the employer withdraws and the worker is `protected`, that
    is has a disability under Law 68/1999, article 1.
    """
    if protected and side != Who.WORKER:
        return value("notice.disability", on)
    return value("notice", on)


def may_withdraw(term: str, *, justified: bool) -> Verdict:
    """May an agreement of this term be withdrawn from? One with an end date only for a justified reason.

    Law 81/2017, article 19, paragraph 2.
    """
    if justified or term == Term.OPEN:
        return ALLOWED
    return because(N_("An agreement with an end date can be withdrawn from only for a justified reason: write it."))


def notice_of(
    *, side: str, agreed_days: int, protected: bool, justified: bool, given_on: date, starts_on: date
) -> Notice:
    """The notice of a withdrawal told on `given_on`.

    With a justified reason the agreement holds until that day, else for as many days more as were agreed, and never
    fewer than the law asks; the day of the notice does not count (civil code, article 2963). One that has not begun
    ends with its first day at the earliest.
    """
    days = 0 if justified else max(agreed_days, least_notice(side, protected=protected, on=given_on))
    return Notice(days, max(given_on + days * DAY, starts_on))


def cut(notice: Notice, until: date | None) -> date:
    """The day after the last on which the agreement holds: that of the notice, unless it ends sooner anyway."""
    return notice.until if until is None else min(until, notice.until)
