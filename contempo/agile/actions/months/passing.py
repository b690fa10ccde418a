"""What is erased of months long after their end: accounts and all that hangs on them. Their sums stay."""

from datetime import date

import pgtrigger
from django.db.models import Exists, OuterRef

from contempo.agile.access import may_run_installation
from contempo.agile.models import Account, Appeal, Entry, Month, PlannedDay, Request
from contempo.agile.rules.months import MonthState
from contempo.core import audit
from contempo.core.action import action
from contempo.core.verdict import require
from contempo.people.public import Actor

YEARS_KEPT = 5
"""As long as an agreement is kept (Ministerial decree 149/2022, article 1): days are the way it was carried out."""

# The ledger is never changed while it is a ledger; figures outlive the persons they were counted from.
_SPARED = tuple(
    f"{model._meta.label}:{trigger.name}"
    for model, trigger in pgtrigger.registered()
    if model in (Account, Entry, PlannedDay)
)


@action
def forget_month(actor: Actor, *, today: date) -> bool:
    """Erase the accounts of one closed month that ended `YEARS_KEPT` years ago, with their entries, dates, requests and
    appeals; False when there is none. Pools, clearings and figures stay.
    """
    require(may_run_installation(actor))
    first_kept = today.replace(day=1, year=today.year - YEARS_KEPT)
    over = Month.objects.filter(state=MonthState.CLOSED, first_day__lt=first_kept)
    held = over.filter(Exists(Account.objects.filter(month=OuterRef("pk"))))
    month = held.select_for_update(of=("self",)).order_by("first_day", "id").first()
    if month is None:
        return False
    appeals = list(Appeal.objects.filter(month=month).values_list("pk", flat=True))
    Appeal.objects.filter(pk__in=appeals).delete()
    audit.forget(Appeal, appeals, fields=("text", "answer"))
    with pgtrigger.ignore(*_SPARED):
        Request.objects.filter(month=month).delete()
        PlannedDay.objects.filter(account__month=month).delete()
        Entry.objects.filter(month=month).delete()
        Account.objects.filter(month=month).delete()
    return True
