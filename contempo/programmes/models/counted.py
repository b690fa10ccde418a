"""Records as rows of one shape, whatever they are: counted, divided and listed by the same SQL, so that a value, its
division and its list never differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, CharField, Count, Expression, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from contempo.programmes.models.indicators import MeasuredRecord
from contempo.programmes.rules import seals
from contempo.programmes.rules.plan.measures import Dimension, Unit
from contempo.programmes.rules.sources import Breakdown, IndicatorSource, Measured, Record, Scope

KEY, LABEL, COUNTED, PAGE = "record_key", "record_label", "record_counted", "record_page"
BY: dict[str, str] = {dimension: f"by_{dimension}" for dimension in Dimension}
"""The column of each dimension; empty where it is not known."""

_CHUNK = 2000


def as_records(
    rows: "QuerySet[Any]",
    *,
    key: str | Expression,
    label: str | Expression,
    page: str | Expression | None = None,
    counted: Any = None,
    **by: str | Expression,
) -> "QuerySet[Any]":
    """`rows` with the columns of records: a text `key`, a `label`, whether it is `counted`, and by what it is divided.

    `page` is what the source makes the address of its page from, empty for one without. `by` maps dimensions to
    expressions; what is null there is an empty key. Keys are each there once.
    """
    empty = Value("", output_field=CharField())
    columns: dict[str, Any] = {
        KEY: Cast(_expression(key), CharField()),
        LABEL: Cast(_expression(label), CharField()),
        COUNTED: Value(True, output_field=BooleanField()) if counted is None else counted,
        PAGE: empty if page is None else Cast(_expression(page), CharField()),
    }
    for dimension, column in BY.items():
        given = by.get(dimension)
        columns[column] = empty if given is None else Coalesce(Cast(_expression(given), CharField()), empty)
    return rows.annotate(**columns)


def _expression(given: str | Expression) -> Any:
    return F(given) if isinstance(given, str) else given


@dataclass(frozen=True)
class Asked:
    """What is to be counted: the records of a source in a scope, divided `by` dimensions."""

    source: IndicatorSource
    scope: Scope
    by: tuple[str, ...] = ()


def measured(asked: Sequence[Asked]) -> list[Measured]:
    """What each of `asked` counts. One SQL for all, none for nothing."""
    if not asked:
        return []
    parts = [_grouped(number, each) for number, each in enumerate(asked)]
    first, *others = parts
    found: list[list[Any]] = [[] for _each in asked]
    for row in first.union(*others, all=True) if others else first:
        found[row["which"]].append(row)
    return [_assembled(each, rows) for each, rows in zip(asked, found, strict=True)]


def _grouped(number: int, each: Asked) -> Any:
    columns: dict[str, Any] = {
        "which": Value(number, output_field=IntegerField()),
        "is_counted": F(COUNTED),
    }
    for dimension, column in BY.items():
        asked_for = dimension in each.by
        columns[f"d_{dimension}"] = F(column) if asked_for else Value("", output_field=CharField())
    return each.source.rows(each.scope).order_by().values(**columns).annotate(records=Count("pk"))


def _assembled(each: Asked, rows: Iterable[Any]) -> Measured:
    part = whole = 0
    breakdown: dict[str, dict[str, tuple[int, int]]] = {dimension: {} for dimension in each.by}
    for row in rows:
        counted = row["records"] if row["is_counted"] else 0
        part, whole = part + counted, whole + row["records"]
        for dimension, counts in breakdown.items():
            before = counts.get(row[f"d_{dimension}"], (0, 0))
            counts[row[f"d_{dimension}"]] = (before[0] + counted, before[1] + row["records"])
    return Measured(part, whole if each.source.unit is Unit.SHARE else None, breakdown)


def measure(source: IndicatorSource, scope: Scope, by: Sequence[str] = ()) -> Measured:
    """What a source counts in a scope. One SQL."""
    return measured([Asked(source, scope, tuple(by))])[0]


def records(
    source: IndicatorSource, scope: Scope, *, network: str = "", offset: int = 0, limit: int | None = None
) -> tuple[Record, ...]:
    """The records behind `measure`, by key; `network` is the slug for their addresses. One SQL."""
    rows = source.rows(scope).order_by(KEY, "pk").values(KEY, LABEL, COUNTED, PAGE, *BY.values())
    found = rows[offset : None if limit is None else offset + limit]
    return tuple(_record(source, row, network) for row in found)


def _record(source: IndicatorSource, row: Any, network: str) -> Record:
    facets = {dimension: row[column] for dimension, column in BY.items() if dimension in source.dimensions}
    url = source.url(network, row[PAGE]) if network and row[PAGE] else ""
    return Record(row[KEY], row[LABEL], url, row[COUNTED], facets, source.personal)


def kept(
    source: IndicatorSource, scope: Scope, by: Sequence[str], *, measurement_id: int, noun: str, network: str
) -> tuple[int, str]:
    """Copy the records of a source in a scope as those of a measurement, personal ones under their pseudonym.

    Gives their number and the SHA-256 of their list. `noun` words a personal record ("Domanda"), `network` is the slug
    for the addresses of the others. The order is that of the keys as they are kept, which for pseudonyms tells nothing
    of the order of the records.
    """
    rows = source.rows(scope).order_by(KEY, "pk").values_list(KEY, LABEL, COUNTED, PAGE, *BY.values())
    digest = seals.RecordsDigest()
    waiting: list[MeasuredRecord] = []
    for position, (key, label, counted, page, facets) in enumerate(_in_order(source, rows, by, noun)):
        digest.add(key, label, counted, facets)
        waiting.append(
            MeasuredRecord(
                measurement_id=measurement_id,
                position=position,
                key=key,
                label=label,
                url=source.url(network, page)[:300] if page else "",
                counted=counted,
                facets=facets,
            )
        )
        if len(waiting) == _CHUNK:
            MeasuredRecord.objects.bulk_create(waiting)
            waiting.clear()
    MeasuredRecord.objects.bulk_create(waiting)
    return digest.records, digest.hexdigest()


def _in_order(source: IndicatorSource, rows: Any, by: Sequence[str], noun: str) -> Iterable[Any]:
    dimensions = list(BY)
    shown = [(dimension, dimensions.index(dimension)) for dimension in by]
    found = (
        (key, label[:300], counted, page, {dimension: keys[at] for dimension, at in shown})
        for key, label, counted, page, *keys in rows.iterator(chunk_size=_CHUNK)
    )
    if not source.personal:
        return found
    hidden = ((pseudonym(source.key, key), counted, facets) for key, _label, counted, _page, facets in found)
    return (
        (key, f"{noun} {key[:8]}", counted, "", facets) for key, counted, facets in sorted(hidden, key=lambda it: it[0])
    )


def pseudonym(source: str, key: str) -> str:
    """What stands for the key of a personal record in this installation."""
    return seals.pseudonym(settings.SECRET_KEY, source, key)


def distinct(source: IndicatorSource, scopes: Sequence[Scope], sealed: Sequence[int]) -> Decimal:
    """How many different records there are in the `scopes`, counted live, and in the `sealed` measurements together.

    One SQL; two for personal records, whose pseudonyms are made one by one.
    """
    kept_keys = MeasuredRecord.objects.filter(measurement_id__in=sealed, counted=True).order_by()
    live = [source.rows(scope).filter(**{COUNTED: True}).order_by().values_list(KEY) for scope in scopes]
    if source.personal:
        keys = set(kept_keys.values_list("key", flat=True)) if sealed else set()
        for (key,) in live[0].union(*live[1:]) if live else ():
            keys.add(pseudonym(source.key, key))
        return Decimal(len(keys))
    parts = [*live, kept_keys.values_list("key")]
    return Decimal(parts[0].union(*parts[1:]).count() if len(parts) > 1 else kept_keys.values("key").distinct().count())


def divided(breakdown: Breakdown, unit: str) -> dict[str, dict[str, list[int]]]:
    """A division as it is kept in JSON: `[counted, of how many]` by key."""
    return {dimension: {key: list(pair) for key, pair in counts.items()} for dimension, counts in breakdown.items()}
