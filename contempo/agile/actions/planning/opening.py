"""What every change of planned days begins with: the locks in their order, and what is known of the worker."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contempo.agile.access import may_act_as_worker, part_of
from contempo.agile.actions.ledger import locked_account, locked_month
from contempo.agile.models import Account, Employer, Month, PlannedDay, Seat, UnitDay, Worker
from contempo.agile.models.planners import agreements_in, calendar_at, pattern_of
from contempo.agile.models.presence import rooms_of
from contempo.agile.rules import policy
from contempo.agile.rules.months import DayState, Place
from contempo.agile.rules.planning import Phase, Planner, Room, Span, may_work_at, phase_of
from contempo.core.clock import now, today
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor

TAKEN = (DayState.PLANNED, DayState.ASKED, DayState.USED)
"""States in which a date is somebody's: one row for each worker and date."""


@dataclass(frozen=True)
class Desk:
    """A month of a worker, locked, as the rules ask for it; `days` are the planned ones by date."""

    month: Month
    employer: Employer
    worker: Worker
    account: Account
    phase: Phase
    planner: Planner
    days: Mapping[date, PlannedDay]
    at: datetime
    today: date


def desk_of(actor: Actor, month_id: int) -> Desk:
    """The month of the worker the actor is, locked until the end of the transaction.

    Locks are taken in one order everywhere: month, accounts by id, days of units by unit and date, pools.
    """
    month = locked_month(month_id)
    employer = Employer.objects.select_related("organisation__municipality").get(pk=month.employer_id)
    part = part_of(actor, employer)
    require(may_act_as_worker(part))
    assert part.worker is not None
    return desk_for(month, employer, part.worker)


def desk_for(month: Month, employer: Employer, worker: Worker) -> Desk:
    """The same for any worker, of a month that is locked."""
    found = Account.objects.filter(month=month, worker=worker).values_list("pk", flat=True).first()
    if found is None:
        raise Refusal(N_("There is no account in this month: who may ask for agile work when it opens has one."))
    account = locked_account(found)
    rows = PlannedDay.objects.select_for_update(of=("self",)).filter(account=account, state__in=TAKEN).order_by("id")
    days = {row.day: row for row in rows}
    at, day = now(), today()
    planner = Planner(
        pattern=pattern_of(worker, calendar_at(employer)),
        agreed=tuple(agreements_in([worker.pk], month.first_day).get(worker.pk, ())),
        planned=frozenset(days),
    )
    phase = phase_of(month.state, month.first_day, month.plan_from, month.plan_until, now=at, today=day)
    return Desk(month, employer, worker, account, phase, planner, days, at, day)


def locked_rooms(month: Month, unit_id: int, days: Iterable[date]) -> dict[date, Room]:
    """The room of a unit on `days`, locked: nobody else takes a place there until the end of the transaction."""
    ordered = sorted(set(days))
    if not ordered:
        return {}
    UnitDay.objects.bulk_create([UnitDay(unit_id=unit_id, day=day, count=0) for day in ordered], ignore_conflicts=True)
    rows = UnitDay.objects.select_for_update().filter(unit=unit_id, day__in=ordered)
    list(rows.order_by("unit_id", "day"))
    rooms = rooms_of([unit_id], ordered, presence_of(month))
    return {day: rooms[unit_id, day] for day in ordered}


def presence_of(month: Month) -> tuple[int, ...]:
    """The least presence by weekday in a month, as the rules of the employer say it."""
    return policy.read(month.policy.document).presence


def checked_seat(desk: Desk, place: Place, seat_id: int | None) -> Seat | None:
    """The seat named when the place is one; Refusal when it is missing or is none of the employer's."""
    if place is not Place.SEAT:
        return None
    seat = Seat.objects.filter(pk=seat_id, employer=desk.employer).first() if seat_id else None
    if seat is None:
        raise Refusal(N_("Choose the seat where you work."), field="where")
    return seat


def require_place(desk: Desk, days: Collection[date], place: Place, seat: Seat | None) -> None:
    """Refuse, at the field `where`, a place that no agreement in force on one of `days` lists."""
    verdict = may_work_at(days, desk.planner.agreed, place, seat.pk if seat else None)
    if not verdict:
        raise Refusal(verdict.reason, field="where", **verdict.params)


def seat_open(seat: Seat | None, day: date) -> bool:
    """Whether a seat is open on `day`; without a seat nothing has to be."""
    return seat is None or day in Span(seat.since, seat.until)
