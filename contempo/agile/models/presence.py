"""How many of a unit work on a day, how many must stay, how many are away. Read by actions before they write, and by
queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Count, DateField, F, Q, Value
from django.db.models.functions import Coalesce, Greatest, Least

from contempo.agile.models.months import PresenceRule
from contempo.agile.models.structure import Unit, WorkerSpell
from contempo.agile.models.tallies import UnitDay
from contempo.agile.rules.planning import Room, minimum_percent

Key = tuple[int, date]


def rooms_of(unit_ids: Collection[int], days: Sequence[date], presence: Sequence[int]) -> dict[Key, Room]:
    """The room of each unit on each day: (number of the unit, day). `days` are in order, `presence` is the least one of
    the employer by weekday, in per cent. Three SQL.
    """
    if not days or not unit_ids:
        return {}
    staff = staff_of(unit_ids, days)
    away = {
        (unit, day): count
        for unit, day, count in UnitDay.objects.filter(
            unit__in=unit_ids, day__gte=days[0], day__lte=days[-1]
        ).values_list("unit_id", "day", "count")
    }
    rules = minimums_of(unit_ids)
    return {
        (unit, day): Room(
            staff=staff.get((unit, day), 0),
            minimum_percent=minimum_percent(day.weekday(), rules[unit], presence[day.weekday()]),
            away=away.get((unit, day), 0),
        )
        for unit in unit_ids
        for day in days
    }


def minimums_of(unit_ids: Collection[int]) -> dict[int, dict[int | None, int]]:
    """The least presence each unit sets for itself, by weekday. One SQL."""
    found: dict[int, dict[int | None, int]] = defaultdict(dict)
    rules = PresenceRule.objects.filter(unit__in=unit_ids).values_list("unit_id", "weekday", "minimum_percent")
    for unit, weekday, percent in rules:
        found[unit][weekday] = percent
    return found


def staff_of(unit_ids: Collection[int], days: Sequence[date]) -> dict[Key, int]:
    """How many of each unit work on each day, by the pattern they had then. One SQL, a row for each pattern."""
    first, after = days[0], days[-1] + timedelta(days=1)
    spells = (
        WorkerSpell.objects.filter(Q(until__isnull=True) | Q(until__gt=first), unit__in=unit_ids, since__lt=after)
        .annotate(
            first=Greatest(F("since"), Value(first, output_field=DateField())),
            after=Least(Coalesce(F("until"), Value(after, output_field=DateField())), Value(after)),
        )
        .values_list("unit_id", "weekdays", "first", "after")
        .annotate(count=Count("id"))
        .order_by()
    )
    return counted(spells, days)


def counted(patterns: Iterable[tuple[int, Sequence[int], date, date, int]], days: Sequence[date]) -> dict[Key, int]:
    """Staff by unit and day, from (unit, weekdays worked, first day, day after the last, how many)."""
    found: dict[Key, int] = defaultdict(int)
    for unit, weekdays, first, after, count in patterns:
        for day in days:
            if first <= day < after and day.weekday() in weekdays:
                found[unit, day] += count
    return found


def units_below(path: str, employer_id: int) -> list[int]:
    """The numbers of the unit at `path` and of all below it. One SQL."""
    return list(
        Unit.objects.filter(employer=employer_id, path__startswith=path).order_by("path").values_list("id", flat=True)
    )
