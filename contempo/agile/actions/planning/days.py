"""Planning days, giving them back, changing where they are worked."""

from collections.abc import Collection
from datetime import date

from contempo.agile.actions.ledger import Move, enter
from contempo.agile.actions.planning.opening import Desk, checked_seat, desk_of, locked_rooms, require_place, seat_open
from contempo.agile.models import PlannedDay, Seat
from contempo.agile.models.balances import balance_of
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import DayState, MonthState, Place
from contempo.agile.rules.planning import DatesRefused, Phase, may_change, may_plan, may_work_at, within_limit
from contempo.core.action import action
from contempo.core.verdict import Refusal, Verdict, because
from contempo.core.words import N_
from contempo.people.public import Actor

_BEING_CLEARED = N_("The bank has been cleared and its result is not published yet: plan again once it is.")
_NO_SEAT = N_("The seat is not open on this day.")


@action
def save_days(
    actor: Actor,
    *,
    month_id: int,
    plan: Collection[date],
    give_back: Collection[date] = (),
    place: Place = Place.HOME,
    seat_id: int | None = None,
) -> tuple[int, int]:
    """Plan dates and give others back, all or none; tells how many of each.

    What is planned already, or given back already, stays so: saving twice is harmless. Raises `DatesRefused` with what
    is wrong with each date, and Refusal for what concerns them all.
    """
    desk = desk_of(actor, month_id)
    new = sorted(set(plan) - set(desk.days))
    back = [desk.days[day] for day in sorted(set(give_back) - set(plan)) if day in desk.days]
    if new and desk.month.state == MonthState.CLEARED:
        raise Refusal(_BEING_CLEARED)
    seat = checked_seat(desk, place, seat_id) if new else None
    require_place(desk, new, place, seat)
    wrong = _wrong_returns(desk, back) | _wrong_dates(desk, new, place, seat)
    if wrong:
        raise DatesRefused(wrong)
    returned = [row for row in back if row.state == DayState.PLANNED]
    _require_balance(desk, len(new), len(returned))
    PlannedDay.objects.filter(pk__in=[row.pk for row in back]).update(
        state=DayState.CANCELLED, changed_at=desk.at, alternatives=[]
    )
    _plan(desk, new, place, seat)
    moves = [_move(desk, EntryKind.RETURN, row.day) for row in returned]
    enter(
        month_id,
        moves + [_move(desk, EntryKind.PLAN, day) for day in new],
        at=desk.at,
        person_id=actor.person_id,
    )
    return len(new), len(back)


@action
def change_place(actor: Actor, *, month_id: int, day: date, place: Place, seat_id: int | None = None) -> PlannedDay:
    """Work a planned day elsewhere than was said."""
    desk = desk_of(actor, month_id)
    row = desk.days.get(day)
    if row is None or row.state == DayState.USED:
        raise Refusal(N_("This day is not planned any more."))
    _require_changeable(desk, day)
    seat = checked_seat(desk, place, seat_id)
    require_place(desk, [day], place, seat)
    if not seat_open(seat, day):
        raise Refusal(_NO_SEAT, field="where")
    row.place, row.seat, row.changed_at = place.value, seat, desk.at
    row.save(update_fields=["place", "seat", "changed_at"])
    return row


@action
def choose_alternative(actor: Actor, *, month_id: int, day: date, instead: date) -> PlannedDay:
    """Plan one of the other dates proposed to who was displaced from `day`, at the same place; at home, where that is
    agreed, if the seat is closed."""
    desk = desk_of(actor, month_id)
    row = (
        PlannedDay.objects.select_for_update(of=("self",))
        .select_related("seat")
        .filter(account=desk.account, day=day, state=DayState.DISPLACED, alternatives__contains=[instead])
        .order_by("-id")
        .first()
    )
    if row is None:
        raise Refusal(N_("This date is not among those proposed any more: choose another one in the calendar."))
    place, seat = Place(row.place), row.seat
    if not seat_open(seat, instead) and may_work_at([instead], desk.planner.agreed, Place.HOME, None):
        place, seat = Place.HOME, None
    if wrong := _wrong_dates(desk, [instead], place, seat):
        verdict = wrong[instead]
        raise Refusal(verdict.reason, field=None, **verdict.params)
    _require_balance(desk, 1, 0)
    made = _plan(desk, [instead], place, seat)
    enter(month_id, [_move(desk, EntryKind.PLAN, instead)], at=desk.at, person_id=actor.person_id)
    row.alternatives = []
    row.save(update_fields=["alternatives"])
    return made[0]


def _wrong_returns(desk: Desk, rows: Collection[PlannedDay]) -> dict[date, Verdict]:
    """What stands against giving days back."""
    found = {}
    for row in rows:
        verdict = may_change(row.day, desk.phase, today=desk.today)
        if row.state == DayState.USED:
            verdict = because(N_("Days in the past are not changed."))
        if not verdict:
            found[row.day] = verdict
    return found


def _wrong_dates(desk: Desk, days: Collection[date], place: Place, seat: Seat | None) -> dict[date, Verdict]:
    """What stands against planning dates; after the window the days of the unit are locked first."""
    rooms = locked_rooms(desk.month, desk.worker.unit_id, days) if desk.phase is Phase.AFTER else {}
    found = {}
    for day in days:
        verdict = may_plan(day, desk.planner, desk.phase, today=desk.today)
        if verdict and (day.year, day.month) != (desk.month.first_day.year, desk.month.first_day.month):
            verdict = because(N_("This day is in another month."))
        if verdict:
            verdict = may_work_at([day], desk.planner.agreed, place, seat.pk if seat else None)
        if verdict and not seat_open(seat, day):
            verdict = because(_NO_SEAT)
        if verdict and day in rooms:
            verdict = within_limit(rooms[day], desk.phase)
        if not verdict:
            found[day] = verdict
    return found


def _require_balance(desk: Desk, wanted: int, returned: int) -> None:
    left = balance_of(desk.account.pk).available + returned
    if wanted > left:
        raise Refusal(
            N_("You want to plan %(wanted)s days and have %(left)s left: choose fewer, or give others back."),
            field="days",
            wanted=wanted,
            left=left,
        )


def _plan(desk: Desk, days: Collection[date], place: Place, seat: Seat | None) -> list[PlannedDay]:
    return PlannedDay.objects.bulk_create(
        PlannedDay(
            account=desk.account,
            worker=desk.worker,
            unit_id=desk.worker.unit_id,
            day=day,
            place=place.value,
            seat=seat,
            planned_at=desk.at,
            changed_at=desk.at,
        )
        for day in days
    )


def _move(desk: Desk, kind: EntryKind, day: date) -> Move:
    return Move(account_id=desk.account.pk, kind=kind, days=1, day=day)


def _require_changeable(desk: Desk, day: date) -> None:
    if not (verdict := may_change(day, desk.phase, today=desk.today)):
        raise Refusal(verdict.reason, field=None, **verdict.params)
