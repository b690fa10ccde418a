"""How many of a unit work on a day, how many must stay, how many are away. Read by actions before they write, and by
queries.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, JSONObject, Least

from contempo.agile.models.months import PresenceRule
from contempo.agile.models.structure import Unit, WorkerSpell
from contempo.agile.models.tallies import UnitDay
from contempo.agile.rules.planning import Room, minimum_percent

Key = tuple[int, date]


def rooms_of(unit_ids: Collection[int], days: Sequence[date], presence: Sequence[int]) -> dict[Key, Room]:
    """The room of each unit on each day: (number of the unit, day). `days` are in order, `presence` is the least one of
    the employer by weekday, in per cent. One SQL, whatever the number of units and of their people.
    """
    if not days or not unit_ids:
        return {}
    found = {}
    for unit, rules, away, patterns in _facts(unit_ids, days[0], days[-1] + timedelta(days=1)):
        own = {row["weekday"]: row["percent"] for row in rules}
        gone = {row["day"]: row["count"] for row in away}
        staff = staff_by_day(patterns, days)
        for day in days:
            percent = minimum_percent(day.weekday(), own, presence[day.weekday()])
            found[unit, day] = Room(staff[day], percent, gone.get(f"{day}", 0))
    return found


def _facts(unit_ids: Collection[int], first: date, after: date) -> QuerySet[Unit, Any]:
    """Of each unit the minimums it sets, how many are away, and its staff by the pattern they have in these days."""
    minimums = PresenceRule.objects.filter(unit=OuterRef("pk"))
    away = UnitDay.objects.filter(unit=OuterRef("pk"), day__gte=first, day__lt=after)
    ends = Value(after, output_field=DateField())
    spells = (
        WorkerSpell.objects.filter(Q(until__isnull=True) | Q(until__gt=first), unit=OuterRef("pk"), since__lt=after)
        .annotate(
            first=Greatest(F("since"), Value(first, output_field=DateField())),
            after=Least(Coalesce(F("until"), ends), ends),
        )
        .order_by()
        .values("weekdays", "first", "after")
        .annotate(count=Count("id"))
    )
    return (
        Unit.objects.filter(pk__in=unit_ids)
        .order_by("pk")
        .annotate(
            own_rules=ArraySubquery(minimums.values(row=JSONObject(weekday="weekday", percent="minimum_percent"))),
            away=ArraySubquery(away.values(row=JSONObject(day="day", count="count"))),
            patterns=ArraySubquery(
                spells.values(row=JSONObject(weekdays="weekdays", first="first", after="after", count="count"))
            ),
        )
        .values_list("pk", "own_rules", "away", "patterns")
    )


def staff_by_day(patterns: Iterable[Mapping[str, Any]], days: Sequence[date]) -> Counter[date]:
    """Staff of each day, from how many have a pattern of `weekdays` from `first` until the day before `after`."""
    found: Counter[date] = Counter()
    for pattern in patterns:
        first, after = date.fromisoformat(pattern["first"]), date.fromisoformat(pattern["after"])
        for day in days:
            if first <= day < after and day.weekday() in pattern["weekdays"]:
                found[day] += pattern["count"]
    return found
