"""What hangs on a row: found through the tables themselves, so that a new one is not forgotten."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel


def hanging_on(model: type[Model], keys: Collection[int], *, besides: Collection[str]) -> set[int]:
    """The `keys` of rows of `model` that a row of another table points to. One SQL for each such table.

    `besides` names the foreign keys that do not count ("WorkerSpell.worker"). Kept versions of rows never count.
    """
    found: set[int] = set()
    if not keys:
        return found
    for relation in _relations(model):
        rows: Any = relation.related_model
        if f"{rows.__name__}.{relation.field.name}" in besides:
            continue
        name = relation.field.attname
        found |= set(rows.objects.filter(**{f"{name}__in": keys}).values_list(name, flat=True).distinct())
    return found


def _relations(model: Any) -> list[ForeignObjectRel]:
    everything = model._meta.get_fields(include_hidden=True)
    return [
        each
        for each in everything
        if isinstance(each, ForeignObjectRel)
        and each.related_model is not None
        and not hasattr(each.related_model, "pgh_tracked_model")
        and not each.many_to_many
    ]
