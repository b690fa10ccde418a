"""The near-working seats of an employer."""

from datetime import date

from contempo.agile.access import may_keep, part_of
from contempo.agile.models import Employer, PlannedDay, Seat
from contempo.agile.rules.months import DayState
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def save_seat(
    actor: Actor,
    *,
    employer_id: int,
    name: str,
    address: str,
    municipality: str,
    capacity: int | None,
    note: str,
    since: date,
    until: date | None,
    seat_id: int | None = None,
) -> Seat:
    """Add a seat, or change one: `municipality` is an ISTAT code or empty, `until` the day after its last one."""
    employer = Employer.objects.get(pk=employer_id)
    require(may_keep(part_of(actor, employer)))
    seat = Seat(employer=employer)
    if seat_id is not None:
        found = Seat.objects.select_for_update(of=("self",)).filter(pk=seat_id, employer=employer).first()
        if found is None:
            raise Refusal(N_("This seat is not there any more."))
        seat = found
    if Seat.objects.filter(employer=employer, name=name).exclude(pk=seat.pk).exists():
        raise Refusal(N_("Another seat has this name already."), field="name")
    if until is not None and until <= since:
        raise Refusal(N_("The last day comes before the first one."), field="until")
    if seat.pk and until is not None:
        _require_nobody_after(seat, until)
    seat.name, seat.address, seat.municipality_id = name, address, municipality or None
    seat.capacity, seat.note, seat.since, seat.until = capacity, note, since, until
    seat.save()
    return seat


def _require_nobody_after(seat: Seat, until: date) -> None:
    """A seat does not close on days somebody has planned there."""
    later = PlannedDay.objects.filter(seat=seat, day__gte=until, state__in=[DayState.PLANNED, DayState.ASKED]).count()
    if later:
        raise Refusal(
            N_("%(count)s planned days at this seat come after its last day: ask those people to change them first."),
            field="until",
            count=later,
        )
