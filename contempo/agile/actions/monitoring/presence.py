"""Each night: how the presence of the day before ended, kept so that the figures of a year need not count people."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from contempo.agile.access import may_run_installation
from contempo.agile.models import Employer, Month, PresenceDay, Unit
from contempo.agile.models.planners import calendar_at
from contempo.agile.models.presence import rooms_of
from contempo.agile.rules import policy
from contempo.agile.rules.months import MonthState
from contempo.agile.rules.planning import days_of
from contempo.core.action import action
from contempo.core.clock import today
from contempo.core.verdict import require
from contempo.people.public import Actor

_CHUNK = 2000


def employers_to_record() -> list[int]:
    """The employers that have had a month, for `record_presence`."""
    months = Month.objects.exclude(state=MonthState.DRAFT).filter(first_day__lt=today())
    return sorted(set(months.values_list("employer", flat=True)))


@action
def record_presence(actor: Actor, *, employer_id: int) -> int:
    """Keep how presence ended in each unit on the working days since the last one kept; tells how many. Safe to run
    twice: what is kept is never written again, whatever staff and rules become.
    """
    require(may_run_installation(actor))
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=employer_id)
    last = PresenceDay.objects.filter(unit__employer=employer).aggregate(last=Max("day"))["last"]
    months = Month.objects.exclude(state=MonthState.DRAFT).filter(employer=employer, first_day__lt=today())
    calendar = calendar_at(employer)
    made: list[PresenceDay] = []
    for month in months.select_related("policy").order_by("first_day"):
        days = [
            day
            for day in days_of(month.first_day)
            if day < today() and (last is None or day > last) and not calendar.is_holiday(day)
        ]
        made += _days(employer_id, days, policy.read(month.policy.document).presence)
    PresenceDay.objects.bulk_create(made, ignore_conflicts=True, batch_size=_CHUNK)
    return len(made)


def _days(employer_id: int, days: list[date], presence: tuple[int, ...]) -> Iterable[PresenceDay]:
    """The days of units with somebody at work and a least presence to keep."""
    directorates = {
        pk: directorate or pk
        for pk, directorate in Unit.objects.filter(employer=employer_id).values_list("pk", "directorate_id")
    }
    for (unit_id, day), room in rooms_of(list(directorates), days, presence).items():
        if room.staff and room.stay:
            yield PresenceDay(
                unit_id=unit_id,
                directorate_id=directorates[unit_id],
                day=day,
                staff=room.staff,
                remote=room.away,
                least=room.stay,
            )
