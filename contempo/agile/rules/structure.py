"""The tree of an employer: which unit may stand below which, the paths, and the days between which units are."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from contempo.agile.rules.staff import UnitKind
from contempo.core.verdict import Refusal
from contempo.core.words import N_

K = TypeVar("K", bound=Hashable)

WIDTH = {kind: place for place, kind in enumerate(UnitKind)}
"""Place of each kind of unit from the widest: 0 is a directorate."""

UNDER_ITSELF = N_("A unit cannot be part of itself, nor of a unit below it.")
ON_TOP = N_("A directorate is part of no other unit: leave this empty.")
WITHOUT_PARENT = N_("Say which directorate or area this unit is part of: only directorates stand by themselves.")
NOT_WIDER = N_("A unit is part of a wider one: an area of a directorate, an office of an area or a directorate.")
HAS_WIDER_BELOW = N_("Below this unit stands one as wide as this: change that one first.")
ENDED_PARENT = N_("The unit above has ended: choose one that is there.")
OPEN_BELOW = N_("A unit that goes on is part of this one: move it, or end it, first.")
NO_SUCH_PARENT = N_("There is no unit with this code.")


@dataclass(frozen=True)
class Node(Generic[K]):
    """A unit of the tree: the key of the one above (None at the top), its kind, whether it has ended."""

    kind: str
    parent: K | None
    ended: bool = False


def check_place(key: K, tree: Mapping[K, Node[K]]) -> None:
    """Refuse, at the field `parent`, a unit whose place in `tree` cannot be; `tree` has it already there.

    Looks at the unit, those above it and those just below it.
    """
    found = problem_of(key, tree, _below(tree))
    if found:
        raise Refusal(found, field="parent")


def problems(tree: Mapping[K, Node[K]], keys: Iterable[K]) -> dict[K, str]:
    """For each unit of `keys` that cannot stand where it does in `tree`, the reason: a message id."""
    below = _below(tree)
    found = ((key, problem_of(key, tree, below)) for key in keys)
    return {key: reason for key, reason in found if reason}


def problem_of(key: K, tree: Mapping[K, Node[K]], below: Mapping[K, list[K]]) -> str:
    """Why a unit cannot stand where it does; empty when it can. `below` has the units just below each."""
    node = tree[key]
    if node.ended and any(not tree[one].ended for one in below.get(key, ())):
        return OPEN_BELOW
    if node.parent is None:
        return "" if node.kind == UnitKind.DIRECTORATE else WITHOUT_PARENT
    if node.parent not in tree:
        return NO_SUCH_PARENT
    if _is_above(key, node.parent, tree):
        return UNDER_ITSELF
    if node.kind == UnitKind.DIRECTORATE:
        return ON_TOP
    parent = tree[node.parent]
    if WIDTH[UnitKind(parent.kind)] >= WIDTH[UnitKind(node.kind)]:
        return NOT_WIDER
    if parent.ended and not node.ended:
        return ENDED_PARENT
    if any(WIDTH[UnitKind(tree[one].kind)] <= WIDTH[UnitKind(node.kind)] for one in below.get(key, ())):
        return HAS_WIDER_BELOW
    return ""


def _is_above(key: K, start: K, tree: Mapping[K, Node[K]]) -> bool:
    """Whether going up from `start` one meets `key`, or goes round in a circle without a top."""
    seen: set[K] = set()
    here: K | None = start
    while here is not None and here in tree:
        if here == key or here in seen:
            return True
        seen.add(here)
        here = tree[here].parent
    return False


def _below(tree: Mapping[K, Node[K]]) -> dict[K, list[K]]:
    below: dict[K, list[K]] = {}
    for key, node in tree.items():
        if node.parent is not None:
            below.setdefault(node.parent, []).append(key)
    return below


def path_of(key: K, tree: Mapping[K, Node[K]]) -> str:
    """The keys of the units above and its own, from the top: `/3/17/42/`. The tree must be without circles."""
    steps = [key]
    while (parent := tree[steps[-1]].parent) is not None:
        steps.append(parent)
    return "/" + "".join(f"{step}/" for step in reversed(steps))


def top_of(path: str) -> int:
    """The number of the directorate, which a path begins with."""
    return int(path.split("/")[1])


def depth_of(path: str) -> int:
    """How many units stand above: 0 for a directorate."""
    return path.count("/") - 2


def check_change_day(day: date, *, today: date, since: date) -> None:
    """Refuse, at the field `day`, a day from which something cannot have changed: not after today, not before it last
    changed (`since`).
    """
    if day > today:
        raise Refusal(N_("A change is written once it holds: choose today or an earlier day."), field="day")
    if day < since:
        raise Refusal(
            N_("What is written here holds since %(day)s: choose that day or a later one."),
            field="day",
            day=f"{since:%d/%m/%Y}",
        )


def check_last_day(last: date, *, since: date) -> None:
    """Refuse, at the field `last`, a last day before the first."""
    if last < since:
        raise Refusal(N_("The last day comes before the first, %(day)s."), field="last", day=f"{since:%d/%m/%Y}")
