"""Planned days follow their worker into another unit."""

from collections.abc import Iterable

from django.db.models import Case, F, JSONField, OuterRef, QuerySet, Subquery, Value, When

from contempo.agile.actions.ledger import locked_months
from contempo.agile.models import Account, PlannedDay, Worker
from contempo.agile.rules.months import DayState
from contempo.core.clock import today

_OPEN = (DayState.PLANNED, DayState.ASKED, DayState.DISPLACED)
"""What may still be worked, or decided on: the rest stays where it was."""


def move_days(worker_ids: Iterable[int]) -> None:
    """Days from today on count in the unit where their worker is now. Four SQL, one when there are none.

    A day beyond the limit of the new unit stays, as the day of who came first does, and is a conflict there for who
    manages it. The numbers by which a day was kept were those of the old unit and go; why one gave way stays told.
    """
    found = set(_elsewhere(worker_ids).order_by().values_list("account__month", "account"))
    if not found:
        return
    locked_months(month for month, _account in found)
    accounts = [account for _month, account in found]
    list(Account.objects.select_for_update(of=("self",)).filter(pk__in=accounts).order_by("pk").values_list("pk"))
    theirs = Worker.objects.filter(pk=OuterRef("worker_id")).values("unit_id")[:1]
    kept = When(state=DayState.DISPLACED, then=F("ranking"))
    _elsewhere(worker_ids).update(
        unit_id=Subquery(theirs), ranking=Case(kept, default=Value({}, output_field=JSONField()))
    )


def _elsewhere(worker_ids: Iterable[int]) -> QuerySet[PlannedDay]:
    days = PlannedDay.objects.filter(worker__in=list(worker_ids), day__gte=today(), state__in=_OPEN)
    return days.exclude(unit_id=F("worker__unit_id"))
