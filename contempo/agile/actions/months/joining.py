"""Days for who signs an agreement after a month has opened."""

from django.db.models import Q

from contempo.agile.access import may_run_installation
from contempo.agile.actions.ledger import Move, enter, locked_month, locked_pools
from contempo.agile.models import Account, Agreement, Month
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import MonthState
from contempo.agile.rules.policy import next_month
from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import require
from contempo.people.public import Actor


@action
def join_months(actor: Actor, *, agreement_id: int) -> int:
    """Grant the days of the open months in which a newly signed agreement holds; tells how many. Safe to run twice.

    The days wait in the budget of the directorate, which counts everybody who may ask: what a clearing has given away
    meanwhile is gone. A month that is being cleared is left alone.
    """
    require(may_run_installation(actor))
    agreement = Agreement.objects.get(pk=agreement_id)
    months = Month.objects.filter(
        employer=agreement.employer_id, state__in=[MonthState.OPEN, MonthState.PUBLISHED]
    ).order_by("first_day")
    return sum(_join(month.pk, agreement) for month in months if _holds_in(agreement, month))


def _holds_in(agreement: Agreement, month: Month) -> bool:
    if agreement.starts_on is None or agreement.starts_on >= next_month(month.first_day):
        return False
    return agreement.until is None or agreement.until > month.first_day


def _join(month_id: int, agreement: Agreement) -> int:
    month = locked_month(month_id)
    mine = Q(month=month_id, worker=agreement.worker_id, agreement=False)
    account = Account.objects.select_for_update(of=("self",)).filter(mine).first()
    if account is None or month.state not in (MonthState.OPEN, MonthState.PUBLISHED):
        return 0
    own, _shared = locked_pools(month_id, account.directorate_id)
    days = min(account.entitled, own.free)
    account.agreement = True
    account.save(update_fields=["agreement"])
    if days:
        enter(month_id, [Move(account.pk, EntryKind.GRANT, days, own=-days)], at=now())
    return days
