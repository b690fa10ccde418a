"""Settling the presence of units when planning closes: who keeps an overfull day, who gives way, and why."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

import numpy as np

from contempo.agile.access import may_keep, part_of
from contempo.agile.actions.ledger import Move, enter
from contempo.agile.actions.planning.opening import presence_of
from contempo.agile.actions.planning.telling import tell_displaced
from contempo.agile.models import Account, Employer, Month, PlannedDay, PriorityVerification, UnitDay
from contempo.agile.models.planners import agreements_in, calendar_at, pattern_of
from contempo.agile.models.presence import rooms_of
from contempo.agile.rules import policy
from contempo.agile.rules.clearing import ties
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import DayState, MonthState
from contempo.agile.rules.planning import MOST_ALTERNATIVES, Room, class_of_grounds, days_of
from contempo.agile.rules.presence import Judged, Plan, settle
from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

_CHUNK = 1000


@action
def settle_presence(actor: Actor, *, month_id: int) -> int:
    """Settle every overfull day of a month whose planning is closed; tells how many planned days gave way.

    Once for a month: settling it again changes nothing. Exceptions that were granted stay, beside the places.
    """
    month = Month.objects.select_for_update(of=("self",)).select_related("policy").get(pk=month_id)
    employer = Employer.objects.select_related("network", "organisation__municipality").get(pk=month.employer_id)
    if not actor.is_system:
        require(may_keep(part_of(actor, employer)))
    at = now()
    if month.state in (MonthState.DRAFT, MonthState.CLOSED) or at < month.plan_until:
        raise Refusal(N_("Presence is settled when planning has closed."))
    if month.settled_at is not None:
        return 0
    days = [day for day in days_of(month.first_day) if day >= today()]
    displaced: list[PlannedDay] = []
    for unit_id, rooms in _overfull(month, days):
        displaced += _settle_unit(month, employer, unit_id, rooms)
    enter(
        month.pk,
        [Move(account_id=row.account_id, kind=EntryKind.RETURN, days=1, day=row.day) for row in displaced],
        at=at,
        person_id=actor.person_id,
    )
    month.settled_at = at
    month.save(update_fields=["settled_at"])
    tell_displaced(employer, displaced)
    return len(displaced)


def months_to_settle() -> list[int]:
    """The months whose planning has closed and whose presence is not settled yet, for `settle_presence`."""
    due = Month.objects.filter(settled_at__isnull=True, plan_until__lte=now())
    return list(
        due.exclude(state__in=[MonthState.DRAFT, MonthState.CLOSED]).order_by("pk").values_list("pk", flat=True)
    )


def _overfull(month: Month, days: Collection[date]) -> list[tuple[int, dict[date, Room]]]:
    """The units with an overfull day, with their rooms on every day: locked, accounts first, then days."""
    if not days:
        return []
    ordered = sorted(days)
    units = list(
        UnitDay.objects.filter(unit__employer=month.employer_id, day__in=ordered, count__gt=0)
        .order_by("unit_id")
        .values_list("unit_id", flat=True)
        .distinct()
    )
    presence = presence_of(month)
    over = sorted({unit for (unit, _day), room in rooms_of(units, ordered, presence).items() if room.over})
    list(Account.objects.select_for_update(of=("self",)).filter(month=month, unit__in=over).order_by("pk"))
    list(UnitDay.objects.select_for_update().filter(unit__in=over, day__in=ordered).order_by("unit_id", "day"))
    rooms = rooms_of(over, ordered, presence)
    return [(unit, {day: rooms[unit, day] for day in ordered}) for unit in over]


def _settle_unit(month: Month, employer: Employer, unit_id: int, rooms: Mapping[date, Room]) -> list[PlannedDay]:
    """Settle one unit; the days that gave way, with their alternatives, are saved and returned."""
    rows = list(
        PlannedDay.objects.select_for_update(of=("self",))
        .select_related("worker", "account")
        .filter(unit=unit_id, account__month=month, state__in=(DayState.PLANNED, DayState.USED))
        .order_by("id")
    )
    sure = [row for row in rows if row.exception_by_id or row.day not in rooms or row.state == DayState.USED]
    open_rows = {(row.worker_id, row.day): row for row in rows if row not in sure}
    classes = classes_of(month, {row.worker_id for row in open_rows.values()})
    plans = [
        Plan(worker=row.worker_id, klass=classes[row.worker_id], day=row.day, tie=tie)
        for row, tie in zip(open_rows.values(), _ties(month, open_rows.values()), strict=True)
    ]
    settled = settle(
        plans,
        room={day: room.places for day, room in rooms.items()},
        kept_before=Counter(row.worker_id for row in sure),
        working=_working(month, employer, rows, rooms),
    )
    gone = {(each.plan.worker, each.plan.day): each.alternatives for each in settled.displaced}
    away = Counter(row.day for row in sure) + Counter(plan.day for plan in settled.kept)
    ranked = {
        (each.plan.worker, each.plan.day): _ranking(each, rooms[each.plan.day])
        for each in settled.judged
        if rooms[each.plan.day].over
    }
    for key, row in open_rows.items():
        row.ranking = ranked.get(key, {})
        if key in gone:
            row.state, row.changed_at = DayState.DISPLACED.value, now()
            free = [day for day in gone[key] if away[day] < rooms[day].places]
            row.alternatives = sorted(free[:MOST_ALTERNATIVES])
    touched = [row for key, row in open_rows.items() if key in ranked]
    PlannedDay.objects.bulk_update(touched, ["ranking", "state", "changed_at", "alternatives"], batch_size=_CHUNK)
    return [open_rows[key] for key in gone]


def classes_of(month: Month, worker_ids: Collection[int]) -> dict[int, int]:
    """The class of each worker, 1 the first served: the first that a ground of priority verified and in force backs.

    Who has none is in the class of other needs. Which ground it is stays with human resources (Law 81/2017, article 18,
    paragraph 3-bis).
    """
    rules = policy.read(month.policy.document)
    backed = defaultdict(set)
    for worker, ground, until in PriorityVerification.objects.filter(
        worker__in=worker_ids, verified_on__lte=today()
    ).values_list("worker_id", "ground", "until"):
        if until is None or until > month.first_day:
            backed[worker].add(ground)
    return {worker: class_of_grounds(rules, backed[worker]) for worker in worker_ids}


def _ties(month: Month, rows: Iterable[PlannedDay]) -> list[int]:
    names = np.array([row.account.pseudonym for row in rows], dtype=np.uint64)
    return [int(tie) for tie in ties(bytes(month.seed), names)]


def _working(
    month: Month, employer: Employer, rows: Collection[PlannedDay], rooms: Mapping[date, Room]
) -> dict[int, list[date]]:
    """The days each worker could plan instead: worked, covered by an agreement, not taken yet."""
    workers = {row.worker_id: row.worker for row in rows}
    taken = {(row.worker_id, row.day) for row in rows}
    agreed = agreements_in(workers, month.first_day)
    calendar = calendar_at(employer)
    return {
        pk: [
            day
            for day in pattern_of(worker, calendar).working_days(rooms)
            if (pk, day) not in taken and any(day in span for span in agreed.get(pk, ()))
        ]
        for pk, worker in workers.items()
    }


def _ranking(judged: Judged, room: Room) -> dict[str, int]:
    """The numbers a plan of an overfull day was judged by, as its owner reads them."""
    return {
        "class": judged.plan.klass,
        "kept": judged.kept,
        "position": judged.position,
        "asked": judged.asked,
        "places": room.places,
        "staff": room.staff,
        "stay": room.stay,
        "last_class": judged.last_class,
        "last_kept": judged.last_kept,
    }
