"""The sums behind the figures, as the database keeps them: they cost the same with any number of people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from contempo.agile.models import EmployerTally, Month
from contempo.agile.rules.monitoring import MADE_OF, PEOPLE, Period, Share, Sums, month_after
from contempo.agile.rules.months import MonthState
from contempo.agile.rules.staff import AGE_CLASSES
from contempo.core.clock import today

DIRECTORATE, SEX, AGE = "directorate", "sex", "age"
BY = (DIRECTORATE, SEX, AGE)
NOT_KNOWN = "0"
"""The age class of whom no year of birth is known."""

_PEOPLE = frozenset(measure for figure in PEOPLE for measure in MADE_OF[figure])
_AGES = " ".join(
    f"WHEN extract(year FROM month.first_day) - tally.birth_year BETWEEN {first} AND {last} THEN '{name}'"
    for name, (first, last) in AGE_CLASSES.items()
)
_AGE_OF = f"CASE WHEN tally.birth_year = 0 THEN '{NOT_KNOWN}' {_AGES} ELSE '{NOT_KNOWN}' END"
_SUMS = f"""
    SELECT measure, first_day, directorate_id, sex, age, GROUPING(directorate_id, sex, age), sum(count)
    FROM (
        SELECT tally.measure, month.first_day, tally.directorate_id, tally.sex, {_AGE_OF} AS age, tally.count
        FROM agile_monthtally AS tally JOIN agile_month AS month ON month.id = tally.month_id
        WHERE month.employer_id = %s AND month.state <> '{MonthState.DRAFT}'
            AND month.first_day >= %s AND month.first_day < %s AND month.first_day <= %s
    ) AS counted
    WHERE (%s = 0 OR directorate_id = %s) AND (%s = '' OR sex = %s) AND (%s = '' OR age = %s)
    GROUP BY GROUPING SETS (
        (measure, first_day), (measure, first_day, directorate_id), (measure, first_day, sex), (measure, first_day, age)
    )
"""
_PARTS = {7: "", 3: DIRECTORATE, 5: SEX, 6: AGE}
"""What a row is divided by, from the bits of the columns that are not in its grouping set."""


@dataclass(frozen=True)
class Narrowed:
    """What narrows the figures: a directorate, a sex and an age class, each when given."""

    directorate_id: int = 0
    sex: str = ""
    age: str = ""

    @property
    def any(self) -> bool:
        return bool(self.directorate_id or self.sex or self.age)

    @property
    def by_person(self) -> bool:
        """Whether it narrows by what only people have."""
        return bool(self.sex or self.age)


@dataclass(frozen=True)
class Counted:
    """Sums by month (its first day): of all, and under the names of `BY` of each of their parts."""

    totals: Mapping[date, Sums]
    parts: Mapping[str, Mapping[str, Mapping[date, Sums]]] = field(default_factory=dict)

    def over(self, period: Period, by: str = "", key: str = "") -> dict[str, int]:
        """The sums of a period: people as they were in its last month with figures, days over all its months."""
        found = self.parts.get(by, {}).get(key, {}) if by else self.totals
        last = self.last_month(period)
        sums: dict[str, int] = {}
        for month in period.months:
            for measure, count in found.get(month, {}).items():
                if measure not in _PEOPLE or month == last:
                    sums[measure] = sums.get(measure, 0) + count
        return sums

    def last_month(self, period: Period) -> date | None:
        """The last month of a period that has figures; None when none has."""
        return max((month for month in period.months if month in self.totals), default=None)

    def keys(self, by: str) -> Iterable[str]:
        return self.parts.get(by, {})


def months_of(employer_id: int) -> tuple[date, ...]:
    """The months of an employer that were opened and have begun, newest first. One SQL."""
    rows = Month.objects.filter(employer_id=employer_id, first_day__lte=today()).exclude(state=MonthState.DRAFT)
    return tuple(rows.order_by("-first_day").values_list("first_day", flat=True))


def counted(employer_id: int, period: Period, narrowed: Narrowed) -> Counted:
    """The sums of a period and of the one before. One SQL."""
    who = narrowed.directorate_id, narrowed.sex, narrowed.age
    values = [employer_id, period.before.since, period.until, today(), *(each for one in who for each in (one, one))]
    totals: dict[date, dict[str, int]] = {}
    parts: dict[str, dict[str, dict[date, dict[str, int]]]] = {name: {} for name in BY}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, values)
        for measure, month, directorate, sex, age, bits, count in cursor.fetchall():
            by = _PARTS[bits]
            if by:
                key = str({DIRECTORATE: directorate, SEX: sex, AGE: age}[by])
                into = parts[by].setdefault(key, {}).setdefault(month, {})
            else:
                into = totals.setdefault(month, {})
            into[measure] = int(count)
    return Counted(totals, parts)


def presence_held(employer_id: int, period: Period, directorate_id: int = 0) -> dict[Period, dict[str, Share]]:
    """For a period and the one before: the days of units on which the least presence was held, of those it was owed.

    By directorate (its number as text) and, under "", of all. One SQL.
    """
    found: dict[Period, dict[str, list[int]]] = {period: {}, period.before: {}}
    last = month_after(period.until, -1)
    rows = EmployerTally.objects.filter(employer_id=employer_id, facet="presence")
    for key, measure, count in rows.values_list("key", "measure", "count"):
        directorate, _bar, month = key.partition("|")
        day = date.fromisoformat(f"{month}-01")
        if not period.before.since <= day <= last or (directorate_id and directorate != str(directorate_id)):
            continue
        of = found[period if day >= period.since else period.before]
        for name in ("", directorate):
            of.setdefault(name, [0, 0])[0 if measure == "held" else 1] += count
    return {each: {name: Share(*pair) for name, pair in shares.items()} for each, shares in found.items()}
