"""Preparing a month and opening it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Sum

from contempo.agile.access import keeps, may_keep, part_of
from contempo.agile.actions.months.budgets import carry_over, grant, rebuild, rules_of
from contempo.agile.models import Account, Employer, Month, Policy, Pool
from contempo.agile.rules.agreements import Who
from contempo.agile.rules.months import MONTH, MonthState
from contempo.agile.rules.policy import month_before
from contempo.agile.rules.windows import INSTANTS, Windows
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def prepare_month(
    actor: Actor, *, employer_id: int, first_day: date, windows: Mapping[str, datetime] | None = None
) -> Month:
    """Prepare the month that begins on `first_day`: its windows (those the policy proposes unless told), accounts and
    budgets. Nothing is granted yet.

    Raises NotPermitted, and Refusal beside `month` when there is one already or no policy holds.
    """
    employer = _kept_employer(actor, employer_id)
    if first_day.day != 1:
        raise Refusal(N_("A month is named by its first day."), field="month")
    policy = policy_for(employer, first_day)
    if policy is None:
        raise Refusal(N_("No rules hold in this month yet: publish them first."), field="month")
    if Month.objects.filter(employer=employer, first_day=first_day).exists():
        raise Refusal(N_("This month is there already."), field="month")
    month = Month(employer=employer, first_day=first_day, policy=policy, seed=b"", salt=b"")
    _set_windows(month, windows)
    month.save()
    rebuild(month)
    return month


@action
def change_month(actor: Actor, *, month_id: int, windows: Mapping[str, datetime] | None = None) -> Month:
    """Set the windows of a month in preparation, and compute its accounts and budgets anew under the rules of today."""
    month = kept_month(actor, month_id)
    if month.state != MonthState.DRAFT:
        raise Refusal(N_("The windows of an open month are published: they no longer change."))
    month.policy = policy_for(month.employer, month.first_day) or month.policy
    _set_windows(month, windows or {name: getattr(month, name) for name in INSTANTS})
    month.save()
    rebuild(month)
    return month


@action
def open_month(actor: Actor, *, month_id: int, budget: int | None = None) -> Month:
    """Open a month in preparation: accounts are made anew, days granted, the hashes of seed and salt published.

    `budget` is the sum that was shown: when it is another one meanwhile the month is not opened. What expired in the
    month before is carried over when that one is closed. Raises NotPermitted and Refusal.
    """
    employer_id = Month.objects.filter(id=month_id).values_list("employer_id", flat=True).first()
    # Closing the month before takes the same lock first: what is carried over is neither lost nor given twice.
    Employer.objects.select_for_update(of=("self",)).filter(id=employer_id).first()
    month = kept_month(actor, month_id)
    state = MONTH.move(month.state, "open", {Who.HR})
    now = clock.now()
    if now >= month.request_until:
        raise Refusal(N_("The window of requests is over before the month opens: change its dates."))
    rebuild(month)
    found = Pool.objects.filter(month=month).aggregate(days=Sum("budget"))["days"] or 0
    if not Account.objects.filter(month=month).exists():
        raise Refusal(N_("Nobody may ask for agile work in this month: look at the mapping first."))
    if budget is not None and budget != found:
        raise Refusal(
            N_("Meanwhile the budget has become %(now)s days, from %(before)s: compute it again and look at it."),
            now=found,
            before=budget,
        )
    month.state, month.opened_at = state, now
    month.save()
    grant(month, at=now, person_id=actor.person_id)
    before = Month.objects.filter(
        employer=month.employer, first_day=month_before(month.first_day), state=MonthState.CLOSED
    ).first()
    if before is not None:
        carry_over(before, month, at=now, person_id=actor.person_id)
    return month


@action
def drop_month(actor: Actor, *, month_id: int) -> None:
    """Remove a month that is still in preparation."""
    month = kept_month(actor, month_id)
    if month.state != MonthState.DRAFT:
        raise Refusal(N_("An open month stays: it has a ledger."))
    Pool.objects.filter(month=month).delete()
    Account.objects.filter(month=month)._raw_delete(using="default")
    month.delete()


def policy_for(employer: Employer, first_day: date) -> Policy | None:
    """The newest rules that hold in the month that begins on `first_day`."""
    return (
        Policy.objects.filter(employer=employer, first_month__lte=first_day).order_by("-first_month", "-number").first()
    )


def kept_month(actor: Actor, month_id: int) -> Month:
    """The month, locked whole, for who keeps its employer. Raises Refusal and NotPermitted."""
    month = (
        Month.objects.select_for_update(of=("self",))
        .select_related("employer__organisation__municipality", "employer__network", "policy")
        .filter(id=month_id)
        .first()
    )
    if month is None or not (actor.is_system or actor.network_id == month.employer.network_id):
        raise Refusal(N_("This month is not there any more."))
    require(may_keep(part_of(actor, month.employer)))
    return month


def _kept_employer(actor: Actor, employer_id: int) -> Employer:
    found = Employer.objects.select_for_update(of=("self",)).select_related("organisation__municipality")
    employer = found.get(id=employer_id)
    if not keeps(actor, employer):
        require(may_keep(part_of(actor, employer)))
    return employer


def _set_windows(month: Month, windows: Mapping[str, datetime] | None) -> None:
    """Put windows into a month, once they agree with themselves."""
    told = Windows(**windows) if windows else rules_of(month.policy).windows(month.first_day)
    for name in INSTANTS:
        setattr(month, name, getattr(told, name))
