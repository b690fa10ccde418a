"""When a campaign takes answers, and what may still be changed of it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from contempo.core.clock import ROME
from contempo.core.verdict import ALLOWED, Refusal, Verdict, because
from contempo.core.words import N_
from contempo.questionnaires.rules.states import CampaignState, Mode

USUAL_DAYS = 30
LONGEST = timedelta(days=730)
MOST_PUBLIC = 10_000_000


@dataclass(frozen=True)
class Period:
    """From `opens_at` to `closes_at`, excluded; aware instants."""

    opens_at: datetime
    closes_at: datetime


def usual_period(today: date) -> Period:
    """What is proposed: from tomorrow at nine for some weeks, until six in the evening."""
    first = today + timedelta(days=1)
    last = first + timedelta(days=USUAL_DAYS)
    return Period(datetime.combine(first, time(9), tzinfo=ROME), datetime.combine(last, time(18), tzinfo=ROME))


def check_period(state: str, before: Period, after: Period, now: datetime) -> None:
    """Refuse a period that cannot be, or a change that comes too late for what the campaign is."""
    if after.closes_at <= after.opens_at:
        raise Refusal(N_("The campaign closes before it opens: choose a later closing."), field="closes_at")
    if after.closes_at - after.opens_at > LONGEST:
        raise Refusal(N_("A campaign lasts two years at most."), field="closes_at")
    if state != CampaignState.DRAFT and after.opens_at != before.opens_at:
        raise Refusal(N_("The campaign has opened already: its opening stays as it was."), field="opens_at")
    if state == CampaignState.CLOSED and after.closes_at != before.closes_at:
        raise Refusal(N_("The campaign is closed: open it again to change when it closes."), field="closes_at")
    if state != CampaignState.CLOSED and after.closes_at <= now:
        raise Refusal(N_("The closing must be in the future."), field="closes_at")


def may_change_mode(state: str) -> Verdict:
    """May it still be changed what is known of who answers? What was promised to who answered stays."""
    if state == CampaignState.DRAFT:
        return ALLOWED
    return because(N_("The campaign has opened: what is known of who answers stays as it was promised."))


def may_open(*, has_public_link: bool, units: int, invitations: int, closes_at: datetime, now: datetime) -> Verdict:
    """May a campaign in preparation open: is there somebody who can answer, and time to do it?"""
    if not has_public_link and not units and not invitations:
        return because(N_("Nobody could answer yet: take the population, or give the campaign a public link."))
    if closes_at <= now:
        return because(N_("The closing is past: choose another period first."))
    return ALLOWED


def may_reopen(mode: str) -> Verdict:
    """May a closed campaign open again? Not an anonymous one: who read its figures could tell the new answers."""
    if mode == Mode.ANONYMOUS:
        return because(
            N_("An anonymous campaign does not open again: who has read its figures could tell what comes after.")
        )
    return ALLOWED
