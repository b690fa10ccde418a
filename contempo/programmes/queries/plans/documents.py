"""The parts of a plan that are only read, as the tree of its file knows them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from contempo.programmes.models import Plan
from contempo.programmes.rules.plan.parts import Part

P = TypeVar("P", bound=Part)


def parts_of(document: Mapping[str, Any], key: str, kind: type[P]) -> tuple[P, ...]:
    """The parts called `key` of a kept document, none when it has none."""
    found: tuple[P, ...] = _adapter(kind).validate_python(document.get(key) or ())
    return found


def pieces_of(plan: Plan, *keys: str) -> dict[str, Any]:
    """Some parts of the document of a plan, without reading the rest of it. One SQL."""
    names = {key: f"document__{key}" for key in keys}
    row = Plan.objects.filter(pk=plan.pk).values(*names.values()).get()
    return {key: row[name] for key, name in names.items() if row[name] is not None}


@cache
def _adapter(kind: type[P]) -> TypeAdapter[tuple[P, ...]]:
    adapter: TypeAdapter[tuple[P, ...]] = TypeAdapter(tuple[kind, ...])  # type: ignore[valid-type]
    return adapter
