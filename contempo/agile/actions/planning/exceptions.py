"""Days beyond the least presence of a unit: asked by a worker, allowed or not by who manages the unit."""

from datetime import date

from contempo.agile.access import manages, part_of
from contempo.agile.actions.ledger import Move, enter, locked_account, locked_month
from contempo.agile.actions.planning.opening import (
    checked_seat,
    desk_of,
    locked_rooms,
    presence_of,
    require_place,
    seat_open,
)
from contempo.agile.actions.planning.telling import tell_decided, tell_managers
from contempo.agile.models import Employer, Month, PlannedDay
from contempo.agile.models.balances import balance_of
from contempo.agile.models.presence import rooms_of
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import DayState, Place
from contempo.agile.rules.planning import Phase, may_change, may_plan, phase_of
from contempo.core.action import action
from contempo.core.clock import now, today
from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.people.public import Actor

MOST_WORDS = 300

_DECIDABLE = (DayState.ASKED, DayState.DISPLACED, DayState.PLANNED)


@action
def ask_exception(
    actor: Actor,
    *,
    month_id: int,
    day: date,
    reason: str,
    place: Place = Place.HOME,
    seat_id: int | None = None,
) -> PlannedDay:
    """Ask who manages the unit to be away on a day that has no room left. No day moves until it is decided."""
    desk = desk_of(actor, month_id)
    if desk.phase is Phase.OPEN:
        raise Refusal(N_("Until planning closes you may plan this day without asking."))
    if not (verdict := may_plan(day, desk.planner, desk.phase, today=desk.today)):
        raise Refusal(verdict.reason, field=None, **verdict.params)
    unit_id = desk.worker.unit_id
    if rooms_of([unit_id], [day], presence_of(desk.month))[unit_id, day].free:
        raise Refusal(N_("There is room on this day: plan it without asking."))
    if balance_of(desk.account.pk).available < 1:
        raise Refusal(N_("You have no days left to plan."))
    seat = checked_seat(desk, place, seat_id)
    require_place(desk, [day], place, seat)
    if not seat_open(seat, day):
        raise Refusal(N_("The seat is not open on this day."), field="where")
    row = PlannedDay.objects.create(
        account=desk.account,
        worker=desk.worker,
        unit_id=unit_id,
        day=day,
        place=place.value,
        seat=seat,
        state=DayState.ASKED,
        exception_asked=_worded(reason),
        planned_at=desk.at,
        changed_at=desk.at,
    )
    tell_managers(desk.employer, row)
    return row


@action
def allow_exception(actor: Actor, *, planned_id: int, reason: str) -> PlannedDay:
    """Let a worker be away on a day beyond the limit: one asked for, one displaced, or one still to be settled."""
    month, employer, row = _locked(actor, planned_id)
    words = _worded(reason)
    if row.state == DayState.PLANNED and (month.settled_at is not None or row.exception_by_id):
        raise Refusal(N_("Nobody asks for an exception on this day any more."))
    if row.state != DayState.PLANNED:
        locked_rooms(month, row.unit_id, [row.day])
        if balance_of(row.account_id).available < 1:
            raise Refusal(N_("This person has no days left to plan."))
        if PlannedDay.objects.filter(worker=row.worker_id, day=row.day, state=DayState.PLANNED).exists():
            raise Refusal(N_("This person has planned the day already."))
        enter(
            month.pk,
            [Move(account_id=row.account_id, kind=EntryKind.PLAN, days=1, day=row.day)],
            at=now(),
            person_id=actor.person_id,
        )
    _decide(actor, row, DayState.PLANNED, words)
    tell_decided(employer, row, allowed=True)
    return row


@action
def refuse_exception(actor: Actor, *, planned_id: int, reason: str) -> PlannedDay:
    """Say that an exception asked for cannot be, and why."""
    _month, employer, row = _locked(actor, planned_id)
    if row.state != DayState.ASKED:
        raise Refusal(N_("Nobody asks for an exception on this day any more."))
    _decide(actor, row, DayState.REFUSED, _worded(reason))
    tell_decided(employer, row, allowed=False)
    return row


def _locked(actor: Actor, planned_id: int) -> tuple[Month, Employer, PlannedDay]:
    """A planned day with its month and account locked, for who manages its unit and is not the worker."""
    found = PlannedDay.objects.filter(pk=planned_id, worker__employer__network=actor.network_id)
    named = found.values_list("account__month", "account").first()
    if named is None:
        raise Refusal(N_("This day is not there any more."))
    month = locked_month(named[0])
    locked_account(named[1])
    row = PlannedDay.objects.select_for_update(of=("self",)).select_related("unit", "worker").get(pk=planned_id)
    employer = Employer.objects.select_related("network", "organisation").get(pk=month.employer_id)
    part = part_of(actor, employer)
    own = part.worker is not None and part.worker.pk == row.worker_id
    if own or not manages(part, row.unit):
        raise NotPermitted(N_("Only who manages the unit decides on exceptions, and nobody on their own."))
    if row.state not in _DECIDABLE:
        raise Refusal(N_("Nobody asks for an exception on this day any more."))
    day = today()
    phase = phase_of(month.state, month.first_day, month.plan_from, month.plan_until, now=now(), today=day)
    if not (verdict := may_change(row.day, phase, today=day)):
        raise Refusal(verdict.reason, field=None, **verdict.params)
    return month, employer, row


def _decide(actor: Actor, row: PlannedDay, state: DayState, words: str) -> None:
    row.state, row.changed_at, row.alternatives = state.value, now(), []
    row.exception_by_id, row.exception_reason = actor.person_id, words
    row.save(
        update_fields=["state", "changed_at", "alternatives", "exception_by", "exception_reason"],
    )


def _worded(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        raise Refusal(N_("Say why, in a few words."), field="reason")
    if len(words) > MOST_WORDS:
        raise Refusal(N_("Write at most %(most)s characters."), field="reason", most=MOST_WORDS)
    return words
