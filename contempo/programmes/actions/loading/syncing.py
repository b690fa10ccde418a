"""Rows brought to what a file says, each found again by its key, so that what hangs on them stays."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

BATCH = 500

M = TypeVar("M", bound=Model)
Values = Mapping[str, Any]


def synced(
    found: QuerySet[M],
    key_of: Sequence[str],
    wanted: Mapping[Any, Values],
    *,
    stamps: Mapping[str, tuple[str, Any]] | None = None,
    **always: Any,
) -> dict[Any, M]:
    """The rows of `found` brought to `wanted`, by key: made, changed where they differ, taken away.

    `key_of` names the attributes that make the key (one alone is the key itself); `wanted` holds the other values of
    each. New rows also get what is in `always`. `stamps` says what else is set when a field changes.
    """
    rows = {_key(row, key_of): row for row in found.select_for_update(of=("self",)).order_by("pk")}
    if gone := [row.pk for key, row in rows.items() if key not in wanted]:
        found.model._default_manager.filter(pk__in=gone).delete()
    fields: set[str] = set()
    changed: list[M] = []
    new: dict[Hashable, M] = {}
    for key, values in wanted.items():
        if row := rows.get(key):
            differing = {name: value for name, value in values.items() if getattr(row, name) != value}
            differing |= dict(stamp for name, stamp in (stamps or {}).items() if name in differing)
            if differing:
                for name, value in differing.items():
                    setattr(row, name, value)
                fields |= differing.keys()
                changed.append(row)
        else:
            named = dict(zip(key_of, key if isinstance(key, tuple) else (key,), strict=True))
            new[key] = found.model(**always, **named, **values)
    if changed:
        found.model._default_manager.bulk_update(changed, sorted(fields), batch_size=BATCH)
    found.model._default_manager.bulk_create(new.values(), batch_size=BATCH)
    return {key: row for key, row in rows.items() if key in wanted} | new


def _key(row: Model, names: Sequence[str]) -> Hashable:
    values = tuple(getattr(row, name) for name in names)
    return values if len(names) > 1 else values[0]
