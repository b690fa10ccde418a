"""Months and the bank on the desks of those for whom something waits."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.agile.models import Account, Employer, Month
from contempo.agile.queries.months.finding import key_of, month_name
from contempo.agile.rules.months import AppealState, MonthState, RequestState
from contempo.agile.rules.windows import may_appeal, may_clear, may_request
from contempo.network.public import networks_called
from contempo.people.public import Actor, DeskCard, OrganisationRole

SOON = 1
"""A card stands for one month."""


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """What waits for `actor` in the months of their employers. Five SQL at most, one for who has no part."""
    if actor.network_id is None or actor.person_id is None:
        return
    kept = [one for one in actor.organisations if OrganisationRole.HR_MANAGER in actor.roles_for(one)]
    accounts = list(
        Account.objects.filter(
            worker__person=actor.person_id,
            agreement=True,
            month__employer__network=actor.network_id,
            month__state__in=[MonthState.OPEN, MonthState.PUBLISHED],
            month__appeal_until__gt=now,
        ).select_related("month__employer__organisation", "request")
    )
    if not kept and not accounts:
        return
    network = networks_called([actor.network_id])[actor.network_id].slug
    for account in accounts:
        yield from _for_worker(account, network, now)
    if kept:
        yield from _for_keeper(actor, kept, network, now)


def _for_worker(account: Account, network: str, now: datetime) -> Iterator[DeskCard]:
    month = account.month
    url = _url("bank_month", month, network)
    named = {"month": month_name(month.first_day)}
    request = getattr(account, "request", None)
    asked = request is not None and request.state == RequestState.OPEN
    if month.state == MonthState.OPEN and month.plan_from <= now < month.plan_until:
        title, planned = _("Planning of %(month)s closes") % named, _url("my_days", month, network)
        yield DeskCard(title, SOON, planned, due_at=month.plan_until, tone="info", kind="changed", order=28)
    if may_request(month, now):
        yield DeskCard(
            _("The bank of days of %(month)s is open: give or ask") % named,
            SOON,
            url,
            due_at=month.request_until,
            tone="info",
            kind="changed",
            order=30,
        )
    elif asked and may_appeal(month, now):
        yield DeskCard(
            _("The result of the bank of %(month)s is out") % named,
            SOON,
            url,
            due_at=month.appeal_until,
            tone="success",
            kind="changed",
            order=29,
        )


def _for_keeper(actor: Actor, organisations: list[int], network: str, now: datetime) -> Iterator[DeskCard]:
    employers = Employer.objects.filter(network=actor.network_id, organisation__in=organisations)
    months = Month.objects.filter(employer__in=employers).select_related("employer__organisation")
    for month in months.filter(state__in=[MonthState.OPEN, MonthState.CLEARED]).order_by("clear_at"):
        named = {"month": month_name(month.first_day)}
        url = _url("month", month, network)
        if may_clear(month, now):
            title = _("Bank of %(month)s to clear") % named
            yield DeskCard(title, SOON, url, due_at=month.clear_at, tone="warning", order=24)
        elif month.state == MonthState.CLEARED:
            title = _("Result of %(month)s to publish") % named
            yield DeskCard(title, SOON, url, due_at=month.publish_at, tone="warning", order=24)
    waiting = months.annotate(number=Count("appeals", filter=Q(appeals__state=AppealState.OPEN)))
    for month in waiting.filter(number__gt=0).order_by("first_day"):
        title = _("Appeals of %(month)s to answer") % {"month": month_name(month.first_day)}
        url = f"{_url('month_appeals', month, network)}?stato={AppealState.OPEN}"
        yield DeskCard(title, month.number, url, tone="warning", order=25)


def _url(name: str, month: Month, network: str) -> str:
    where = {"network": network, "employer": month.employer.organisation.slug, "month": key_of(month.first_day)}
    return reverse(f"agile:{name}", kwargs=where)
