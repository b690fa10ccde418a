"""The counts behind the figures: from the tallies when nothing narrows them, else from the questions by their indexes.

Both give the same counts by measure and key (`rules.publication.Counts`); a test holds them to each other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from contempo.helpdesk.rules.figures import Period, quarter_of
from contempo.helpdesk.rules.publication import TOTAL

MONTH, QUARTER, HOLDER = "month", "quarter", "holder"
COLUMNS = {
    "topic": "topic",
    "capacity": "capacity",
    "municipality": "municipality_id",
    "sector": "sector",
    "channel": "channel",
}
"""What questions may be narrowed by, and counted by: measure and column."""

NOT_TOLD = "ignoto"
"""In the address, the value of a municipality or sector the asker did not tell."""

YES, NO, UNKNOWN = "yes", "no", ""
_SATISFIED = 4
_MONTH = "to_char(received_at AT TIME ZONE 'Europe/Rome', 'YYYY-MM')"
_FACTS = f"""
    ('{TOTAL}', 'all'), ('{MONTH}', {_MONTH}), ('topic', topic), ('capacity', capacity), ('channel', channel),
    ('municipality', coalesce(municipality_id, '')), ('sector', sector),
    ('within', CASE WHEN within THEN '{YES}' WHEN NOT within THEN '{NO}' ELSE '{UNKNOWN}' END),
    ('answered', CASE WHEN minutes_to_answer IS NULL THEN '{NO}' ELSE '{YES}' END),
    ('paused', CASE WHEN pauses > 0 THEN '{YES}' ELSE '{NO}' END),
    ('reopened', CASE WHEN reopenings > 0 THEN '{YES}' ELSE '{NO}' END),
    ('satisfied', CASE WHEN rating >= {_SATISFIED} THEN '{YES}' WHEN rating > 0 THEN '{NO}' ELSE '{UNKNOWN}' END),
    ('{HOLDER}', coalesce(holder_id::text, ''))
"""
_COUNTED = """
    SELECT {part} AS part, fact.measure, fact.key, count(*)
    FROM helpdesk_question, LATERAL (VALUES {facts}) AS fact (measure, key)
    WHERE network_id = %s AND received_at >= %s AND received_at < %s {narrowed}
    GROUP BY 1, 2, 3
"""
_TIMED = """
    SELECT {part} AS part, minutes_to_answer, count(*), sum(pauses), sum(paused_minutes)
    FROM helpdesk_question
    WHERE network_id = %s AND received_at >= %s AND received_at < %s {narrowed}
    GROUP BY 1, 2
"""
_DEFLECTED = """
    SELECT to_char(at AT TIME ZONE 'Europe/Rome', 'YYYY-MM') AS month, topic, count(*)
    FROM helpdesk_deflection
    WHERE network_id = %s AND at >= %s AND at < %s {narrowed}
    GROUP BY 1, 2
"""
_KEPT = """
    SELECT month >= %s AS part, measure, CASE measure WHEN 'received' THEN month ELSE key END, sum(count)
    FROM helpdesk_desktally
    WHERE network_id = %s AND month BETWEEN %s AND %s AND measure = ANY(%s)
    GROUP BY 1, 2, 3
"""
_KEPT_MEASURES = [
    HOLDER,
    *COLUMNS,
    "received",
    "within",
    "pauses",
    "reopened",
    "rating",
    "deflected",
    "deflected_topic",
    "misses",
]
"""Those read with one statement; the minutes, by far the most rows, are read with another."""


@dataclass(frozen=True)
class Counted:
    """The counts of a period; `minutes` counts answered questions by the minutes they took."""

    counts: Mapping[str, Mapping[str, int]]
    minutes: Mapping[int, int] = field(default_factory=dict)
    pauses: int = 0
    paused_minutes: int = 0
    deflected: Mapping[str, int] = field(default_factory=dict)
    misses: int | None = None
    """None where they are not counted: what was searched has no topic and no municipality."""

    @property
    def total(self) -> int:
        return self.counts[TOTAL].get("all", 0)


Filters = Mapping[str, str]
"""What narrows the questions: a key of `COLUMNS` and its value, empty for what was not told."""


def counted(network_id: int, period: Period, filters: Filters) -> tuple[Counted, Counted]:
    """The counts of a period and of the one before. Three SQL, one of them over few rows."""
    return _from_rows(network_id, period, filters) if filters else _from_tallies(network_id, period)


def _span(period: Period) -> tuple[str, str]:
    return period.before.since, period.until


def _from_tallies(network_id: int, period: Period) -> tuple[Counted, Counted]:
    first, last = _span(period)
    found: dict[bool, dict[str, dict[str, int]]] = {True: defaultdict(dict), False: defaultdict(dict)}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [period.since, network_id, first, last, _KEPT_MEASURES])
        for now, measure, key, count in cursor.fetchall():
            if count:
                found[now][measure][key] = int(count)
        cursor.execute(_KEPT, [period.since, network_id, first, last, ["minutes"]])
        for now, measure, key, count in cursor.fetchall():
            found[now][measure][key] = int(count)
    return _assembled(found[True]), _assembled(found[False])


def _assembled(kept: Mapping[str, Mapping[str, int]]) -> Counted:
    """The counts by measure, from the tallies: what they leave out is the rest of all questions."""
    received = kept.get("received", {})
    total = sum(received.values())
    minutes = {int(minute): count for minute, count in kept.get("minutes", {}).items() if count}
    pauses, ratings, within = kept.get("pauses", {}), kept.get("rating", {}), kept.get("within", {})
    satisfied = sum(count for rating, count in ratings.items() if int(rating) >= _SATISFIED)
    counts = {
        TOTAL: _seen({"all": total}),
        MONTH: dict(received),
        **{measure: dict(kept.get(measure, {})) for measure in (*COLUMNS, HOLDER)},
        "within": _shared(total, {YES: within.get("yes", 0), NO: within.get("no", 0)}, UNKNOWN),
        "answered": _shared(total, {YES: sum(minutes.values())}, NO),
        "paused": _shared(total, {YES: pauses.get("questions", 0)}, NO),
        "reopened": _shared(total, {YES: kept.get("reopened", {}).get("questions", 0)}, NO),
        "satisfied": _shared(total, {YES: satisfied, NO: sum(ratings.values()) - satisfied}, UNKNOWN),
    }
    return Counted(
        counts,
        minutes,
        pauses=pauses.get("pauses", 0),
        paused_minutes=pauses.get("minutes", 0),
        deflected=dict(kept.get("deflected_topic", {})),
        misses=kept.get("misses", {}).get("all", 0),
    )


def _shared(total: int, told: dict[str, int], rest: str) -> dict[str, int]:
    return _seen({**told, rest: total - sum(told.values())})


def _seen(counts: Mapping[str, int]) -> dict[str, int]:
    return {key: count for key, count in counts.items() if count}


def _from_rows(network_id: int, period: Period, filters: Filters) -> tuple[Counted, Counted]:
    whole = Period(*_span(period))
    begin = period.instants[0]
    sums = _sums(network_id, whole, filters, part="received_at >= %s", values=[begin])
    times = _times(network_id, whole, filters, part="received_at >= %s", values=[begin])
    deflected = _deflected(network_id, whole, filters)
    made = []
    for now in (True, False):
        minutes, pauses, paused = times.get(now, ({}, 0, 0))
        months = set((period if now else period.before).months)
        by_topic: dict[str, int] = defaultdict(int)
        for (month, topic), count in deflected.items():
            if month in months:
                by_topic[topic] += count
        made.append(Counted(sums.get(now, {TOTAL: {}}), minutes, pauses, paused, dict(by_topic), None))
    return made[0], made[1]


def parts_of(network_id: int, period: Period, filters: Filters, by: str) -> dict[str, dict[str, dict[str, int]]]:
    """The counts of the questions of a period in each of their parts `by` a key of `COLUMNS` or by quarter. One SQL."""
    if by == QUARTER:
        months = _sums(network_id, period, filters, part=_MONTH)
        return {str(name): counts for name, counts in _by_quarter(months).items()}
    found = _sums(network_id, period, filters, part=f"coalesce({COLUMNS[by]}, '')")
    return {str(name): counts for name, counts in found.items()}


def _by_quarter(
    months: Mapping[object, Mapping[str, Mapping[str, int]]],
) -> dict[str, dict[str, dict[str, int]]]:
    found: dict[str, dict[str, dict[str, int]]] = {}
    for month, counts in months.items():
        quarter = found.setdefault(quarter_of(str(month)).since, {})
        for measure, keys in counts.items():
            into = quarter.setdefault(measure, {})
            for key, count in keys.items():
                into[key] = into.get(key, 0) + count
    return found


def minutes_of(network_id: int, period: Period, filters: Filters) -> Mapping[int, int]:
    """Answered questions of a period by the minutes they took. One SQL."""
    return _times(network_id, period, filters, part="true").get(True, ({}, 0, 0))[0]


def _deflected(network_id: int, period: Period, filters: Filters) -> dict[tuple[str, str], int]:
    """Questions the catalogue answered before they were sent, by month and topic."""
    narrowed, values = _narrowed(filters)
    with connection.cursor() as cursor:
        cursor.execute(_DEFLECTED.format(narrowed=narrowed), [network_id, *period.instants, *values])
        return {(month, topic): count for month, topic, count in cursor.fetchall()}


def _narrowed(filters: Filters) -> tuple[str, list[Any]]:
    """SQL conditions and their values; only the columns of `COLUMNS` can be named."""
    sql = ""
    values: list[Any] = []
    for name, value in filters.items():
        if value == "" and name == "municipality":
            sql += " AND municipality_id IS NULL"
        else:
            sql += f" AND {COLUMNS[name]} = %s"
            values.append(value)
    return sql, values


def _sums(
    network_id: int, period: Period, filters: Filters, *, part: str, values: Sequence[Any] = ()
) -> dict[object, dict[str, dict[str, int]]]:
    narrowed, more = _narrowed(filters)
    found: dict[object, dict[str, dict[str, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTED.format(part=part, facts=_FACTS, narrowed=narrowed),
            [*values, network_id, *period.instants, *more],
        )
        for name, measure, key, count in cursor.fetchall():
            found.setdefault(name, {}).setdefault(measure, {})[key] = count
    return found


def _times(
    network_id: int, period: Period, filters: Filters, *, part: str, values: Sequence[Any] = ()
) -> dict[object, tuple[dict[int, int], int, int]]:
    narrowed, more = _narrowed(filters)
    found: dict[object, tuple[dict[int, int], int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TIMED.format(part=part, narrowed=narrowed), [*values, network_id, *period.instants, *more])
        for name, minutes, count, pauses, paused in cursor.fetchall():
            histogram, some, lasted = found.get(name, ({}, 0, 0))
            if minutes is not None:
                histogram[minutes] = count
            found[name] = (histogram, some + pauses, lasted + paused)
    return found
