"""What is different between two plans, in the order of the format, section by section."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from contempo.core.money import euro, in_italian
from contempo.programmes.rules.plan.labels import SECTIONS
from contempo.programmes.rules.plan.parts import Part
from contempo.programmes.rules.plan.problems import Loc, written
from contempo.programmes.rules.plan.tree import Cell, Plan

_NAMES = ("name", "title", "organisation", "alliance", "indicator", "text", "key")
"""What a part is called by, the first that it has."""

MOST_SHOWN = 200

PLAN = "plan"
"""The section of what a plan says of itself; it comes first."""


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One difference. `path` leads there by keys (`alliances.cip.partners.cgil.role`), `section` is its first step,
    that of the plan itself for what stands in no list.

    `label` is what the part is called, `field` the field of it that differs, empty for a whole part; `was` and `now`
    are as people read them, empty when there is nothing.
    """

    kind: ChangeKind
    section: str
    path: str
    label: str
    field: str = ""
    was: str = ""
    now: str = ""


def changes_between(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Everything that differs, in the order of the format; what only stands elsewhere in its list counts as order."""
    found = [
        change
        for name in Plan.model_fields
        for change in _differences(getattr(before, name), getattr(after, name), (name,), after.title)
    ]
    return tuple(sorted(found, key=lambda change: change.section != PLAN))


def _differences(was: Any, now: Any, loc: Loc, label: str) -> Iterator[Change]:
    if was == now:
        return
    if isinstance(was, Part) and isinstance(now, Part):
        own = name_of(now)
        for field in type(now).model_fields:
            yield from _differences(getattr(was, field), getattr(now, field), (*loc, field), own or label)
    elif _is_listed(was, now):
        yield from _in_lists(was, now, loc, label)
    else:
        kind = ChangeKind.ADDED if _blank(was) else ChangeKind.REMOVED if _blank(now) else ChangeKind.CHANGED
        field = str(loc[-1])
        yield _change(kind, loc, label, field, shown(was, field), shown(now, field))


def _in_lists(was: tuple[Any, ...], now: tuple[Any, ...], loc: Loc, label: str) -> Iterator[Change]:
    old, new = {mark_of(part): part for part in was}, {mark_of(part): part for part in now}
    for mark, part in new.items():
        if mark in old:
            yield from _differences(old[mark], part, (*loc, mark), name_of(part) or label)
        else:
            yield _change(ChangeKind.ADDED, (*loc, mark), name_of(part), "", "", shown(part))
    for mark, part in old.items():
        if mark not in new:
            yield _change(ChangeKind.REMOVED, (*loc, mark), name_of(part), "", shown(part), "")
    order = [mark for mark in old if mark in new]
    kept = [mark for mark in new if mark in old]
    if order != kept:
        yield _change(ChangeKind.CHANGED, loc, label, "order", ", ".join(order), ", ".join(kept))


def _is_listed(was: Any, now: Any) -> bool:
    """Whether both are lists of parts that can be told apart by a mark."""
    if not isinstance(was, tuple) or not isinstance(now, tuple):
        return False
    return all(isinstance(part, Part) for part in (*was, *now))


def mark_of(part: Part) -> str:
    """What tells a part from the others of its list."""
    if isinstance(part, Cell):
        return "/".join(filter(None, (part.line, part.source, part.partner)))
    names = ("key", "organisation", "alliance", "indicator", "name")
    return str(next(getattr(part, name) for name in names if hasattr(part, name)))


def name_of(part: Any) -> str:
    """What a part is called: its title, its name, or its key."""
    if isinstance(part, Cell):
        return mark_of(part)
    named = (str(getattr(part, name)) for name in _NAMES if getattr(part, name, None))
    return _short(next(named, ""))


def shown(value: Any, field: str = "") -> str:
    """The value of a field as people read it, on one line and not too long."""
    if field == "amount" and value is not None:
        return in_italian(euro(value))
    if isinstance(value, Part):
        return name_of(value)
    if isinstance(value, Mapping):
        return _short(", ".join(f"{key}: {value[key]}" for key in sorted(value)))
    if isinstance(value, tuple):
        return _short("; ".join(shown(each) for each in value))
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else _short(" ".join(str(value).split()))


def _blank(value: Any) -> bool:
    return value is None or value == "" or value == ()


def _change(kind: ChangeKind, loc: Loc, label: str, field: str, was: str, now: str) -> Change:
    section = str(loc[0])
    return Change(kind, section if section in SECTIONS else PLAN, written(loc), label, field, was, now)


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
