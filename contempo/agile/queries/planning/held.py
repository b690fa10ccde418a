"""On how many days each unit kept its least presence: figures for the monitoring."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from contempo.agile.models import Employer, Unit
from contempo.agile.models.planners import calendar_at
from contempo.agile.models.presence import rooms_of
from contempo.agile.rules.planning import Held, Room, presence_held


def presence_held_in(employer: Employer, days: Iterable[date], presence: tuple[int, ...]) -> dict[int, Held]:
    """By directorate, the days of units on which as many were present as must be, and the days counted.

    A day of a unit counts when it is no holiday and somebody of it works. `presence` is the least one of the employer
    by weekday, in per cent. Two SQL.
    """
    calendar = calendar_at(employer)
    worked = sorted(day for day in days if not calendar.is_holiday(day))
    units = Unit.objects.filter(employer=employer).values_list("pk", "directorate_id")
    directorates = {unit: directorate or unit for unit, directorate in units}
    rooms: dict[int, list[Room]] = defaultdict(list)
    for (unit, _day), room in rooms_of(list(directorates), worked, presence).items():
        rooms[directorates[unit]].append(room)
    return {directorate: presence_held(found) for directorate, found in rooms.items()}
