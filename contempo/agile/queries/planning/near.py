"""Who of a unit is away on which day: that they are, never why."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from contempo.agile.access import Part, visible_days
from contempo.agile.models import PlannedDay
from contempo.agile.queries.names import named
from contempo.agile.rules.months import DayState


def names_away(
    part: Part, unit_id: int, days: Sequence[date], *, but: int | None = None
) -> dict[date, tuple[str, ...]]:
    """The names of who is away from a unit on each day, in alphabetical order, without worker `but`. Two SQL."""
    rows = (
        visible_days(part, PlannedDay.objects.all())
        .filter(unit=unit_id, day__gte=days[0], day__lte=days[-1], state__in=[DayState.PLANNED, DayState.USED])
        .exclude(worker=but)
        .order_by()
        .values_list("day", "worker_id", "worker__number", "worker__person_id")
    )
    found = list(rows)
    names = named({(worker, number, person) for _day, worker, number, person in found})
    by_day: dict[date, list[str]] = defaultdict(list)
    for day, worker, _number, _person in found:
        by_day[day].append(names[worker])
    return {day: tuple(sorted(people, key=str.casefold)) for day, people in by_day.items()}
