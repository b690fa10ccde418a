"""What time does to the staff: who begins and who leaves today, and what is no longer kept of who left."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from contempo.agile.access import may_run_installation
from contempo.agile.actions.staff.hanging import hanging_on
from contempo.agile.models import Account, Agreement, Feed, Share, Worker, WorkerSpell
from contempo.agile.rules.staff import Sex
from contempo.agile.rules.structure_staff import left_long_ago
from contempo.core.action import action
from contempo.core.audit import forget
from contempo.core.verdict import require
from contempo.people.public import Actor

BATCH = 500
_ERASED = ["email", "category", "commute_means"]
_spells = WorkerSpell.objects.filter(worker=OuterRef("pk"))
_accounts = Account.objects.filter(worker=OuterRef("pk"))
_agreements = Agreement.objects.filter(worker=OuterRef("pk"))
_NULLED = ["birth_year", "commute_km", "person"]


@action
def mirror_presence(actor: Actor, *, today: date) -> int:
    """Note who works at each employer today and who does no longer; how many changed. Two SQL. Safe to run twice.

    Who leaves heads nothing any more. Who begins as the head of a unit that has another does not head it.
    """
    require(may_run_installation(actor))
    here = Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))
    left = Worker.objects.filter(present=True).exclude(here).update(present=False)
    coming = Worker.objects.filter(here, present=False)
    headed = Worker.objects.filter(heads_unit=True, present=True).values("unit")
    coming.filter(heads_unit=True, unit__in=headed).update(heads_unit=False)
    return left + coming.update(present=True)


@action
def forget_former_workers(actor: Actor, *, today: date) -> int:
    """Erase what identifies the next of those who left longer ago than the retention; how many. Safe to run twice.

    Shares, calendar addresses and history go with it. The bare number stays while an agreement or the ledger, which
    have their own terms, still name it.
    """
    require(may_run_installation(actor))
    rows = list(_told_of(today).select_for_update(no_key=True, skip_locked=True).order_by("pk")[:BATCH])
    keys = [row.pk for row in rows]
    if not keys:
        return 0
    Share.objects.filter(worker__in=keys).delete()
    Feed.objects.filter(worker__in=keys).delete()
    WorkerSpell.objects.filter(worker__in=keys).delete()
    Worker.objects.filter(pk__in=keys).update(
        **dict.fromkeys(_ERASED, ""), **dict.fromkeys(_NULLED, None), sex=Sex.UNSAID.value, safety_representative=False
    )
    forget(Worker, keys, fields=[*_ERASED, *_NULLED])
    return len(keys)


@action
def remove_bare_workers(actor: Actor, *, today: date) -> int:
    """Delete the next bare rows of those who left long ago that nothing names any more; how many. Safe to run twice."""
    require(may_run_installation(actor))
    bare = _long_ago(today).exclude(Exists(_spells)).exclude(Exists(_accounts)).exclude(Exists(_agreements))
    keys = list(bare.order_by("pk").values_list("pk", flat=True)[:BATCH])
    gone = set(keys) - hanging_on(Worker, keys, besides=())
    Worker.objects.filter(pk__in=gone).delete()
    return len(gone)


def _long_ago(today: date) -> QuerySet[Worker]:
    return Worker.objects.filter(present=False, until__lte=left_long_ago(today))


def _told_of(today: date) -> QuerySet[Worker]:
    """Who left long ago, and of whom more is kept than a bare number: every worker has a spell until then."""
    return _long_ago(today).filter(Exists(_spells))
