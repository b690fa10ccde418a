"""Days that have passed become used, each night, in bulk."""

from datetime import date

from django.db.models import Min, Q

from contempo.agile.access import may_run_installation
from contempo.agile.actions.ledger import Move, enter, locked_month
from contempo.agile.models import Account, PlannedDay
from contempo.agile.rules.commuting import avoided
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import DayState
from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.verdict import require
from contempo.people.public import Actor


def months_to_use() -> list[int]:
    """The months with planned days that have passed, for `use_days`."""
    due = PlannedDay.objects.filter(state__in=[DayState.PLANNED, DayState.ASKED], day__lt=today())
    return sorted(set(due.values_list("account__month", flat=True)))


@action
def use_days(actor: Actor, *, month_id: int) -> int:
    """Turn the planned days of a month that have passed into used ones; tells how many. Safe to run twice.

    What was planned beyond the end of an employment is given back, and an exception nobody decided on is dropped.
    """
    require(may_run_installation(actor))
    locked_month(month_id)
    past = PlannedDay.objects.filter(account__month=month_id, day__lt=today())
    due = past.filter(state__in=[DayState.PLANNED, DayState.ASKED]).order_by().values("account")
    list(Account.objects.select_for_update(of=("self",)).filter(pk__in=due).order_by("pk").values_list("pk"))
    rows = list(
        past.filter(state=DayState.PLANNED).select_for_update(of=("self",)).select_related("worker").order_by("id")
    )
    left = [row for row in rows if row.worker.until is not None and row.day >= row.worker.until]
    worked = [row for row in rows if row not in left]
    at = now()
    PlannedDay.objects.filter(pk__in=[row.pk for row in worked]).update(state=DayState.USED, changed_at=at)
    PlannedDay.objects.filter(
        Q(pk__in=[row.pk for row in left]) | Q(pk__in=past.filter(state=DayState.ASKED).values("pk"))
    ).update(state=DayState.CANCELLED, changed_at=at)
    enter(
        month_id,
        [Move(account_id=row.account_id, kind=EntryKind.USE, days=1, day=row.day) for row in worked]
        + [Move(account_id=row.account_id, kind=EntryKind.RETURN, days=1, day=row.day) for row in left],
        at=at,
    )
    _mark_first(month_id, {row.account_id for row in worked})
    _keep_avoided(worked)
    return len(worked)


def _keep_avoided(worked: list[PlannedDay]) -> None:
    """Write what each day spared of the way to work, as it was declared then: it is never computed again."""
    known = []
    for row in worked:
        means, km = row.worker.commute_means, row.worker.commute_km
        if found := avoided(place=row.place, means=means, km=km, day=row.day):
            row.state = DayState.USED
            row.metres_avoided, row.grams_avoided = found.metres, found.grams
            known.append(row)
    PlannedDay.objects.bulk_update(known, ["metres_avoided", "grams_avoided"], batch_size=1000)


def _mark_first(month_id: int, account_ids: set[int]) -> None:
    """Say on which day each account was first used."""
    used = PlannedDay.objects.filter(account__in=account_ids, state=DayState.USED).order_by()
    first: dict[int, date] = dict(used.values_list("account").annotate(first=Min("day")))
    fresh = list(Account.objects.filter(month=month_id, pk__in=first, first_used_on__isnull=True).order_by("pk"))
    for account in fresh:
        account.first_used_on = first[account.pk]
    Account.objects.bulk_update(fresh, ["first_used_on"], batch_size=1000)
