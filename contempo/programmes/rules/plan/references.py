"""What the parts of a plan say of each other: keys once, references that lead somewhere, days in order.

Looks at the tree as it was read, before it is known to be whole, so that everything that is wrong is told at once: what
has not the shape it should have is passed over here, `expected` tells of it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from contempo.core.words import N_
from contempo.programmes.rules.plan.parts import day_written
from contempo.programmes.rules.plan.problems import Fault, Loc, Phrase, quoted

_ORGANISATION = N_("the key of an organisation listed under “organisations”")
_ALLIANCE = N_("the key of an alliance of this plan")
_ACT = N_("the key of an act listed under “acts”")
_SOURCE = N_("the key of a source listed under “budget.sources”")
_LINE = N_("the key of a line listed under “budget.lines”")
_PHASE = N_("the key of a phase of the same alliance")
_INDICATOR = N_("the key of an indicator of this plan")

_TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_ORGANISATION, ("organisations",)),
    (_ALLIANCE, ("alliances",)),
    (_ACT, ("acts",)),
    (_SOURCE, ("budget", "sources")),
    (_LINE, ("budget", "lines")),
    (_INDICATOR, ("indicators",)),
)
"""What may be referred to, and the list it stands in."""

_REFERENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("planning_documents", "*", "organisation"), _ORGANISATION),
    (("alliances", "*", "lead"), _ORGANISATION),
    (("alliances", "*", "partners", "*", "organisation"), _ORGANISATION),
    (("alliances", "*", "activities", "*", "responsible", "*"), _ORGANISATION),
    (("activities", "*", "responsible", "*"), _ORGANISATION),
    (("planned_actions", "*", "responsible", "*"), _ORGANISATION),
    (("indicators", "*", "targets", "*", "alliance"), _ALLIANCE),
    (("budget", "sources", "*", "act"), _ACT),
    (("budget", "lines", "*", "alliance"), _ALLIANCE),
    (("budget", "cells", "*", "line"), _LINE),
    (("budget", "cells", "*", "source"), _SOURCE),
    (("budget", "cells", "*", "partner"), _ORGANISATION),
    (("reward", "act"), _ACT),
    (("reward", "weights", "*", "indicator"), _INDICATOR),
)
"""Where a reference stands, and what it must lead to."""

_ONCE: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("alliances", "*", "partners"), ("organisation",), N_("each partner once in an alliance")),
    (("alliances", "*", "activities", "*", "responsible"), (), N_("each responsible organisation once")),
    (("activities", "*", "responsible"), (), N_("each responsible organisation once")),
    (("planned_actions", "*", "responsible"), (), N_("each responsible organisation once")),
    (("indicators", "*", "targets"), ("alliance",), N_("one target for each alliance")),
    (("indicators", "*", "by"), (), N_("each division once")),
    (("reward", "weights"), ("indicator",), N_("one weight for each indicator")),
    (
        ("budget", "cells"),
        ("line", "source", "partner"),
        N_("one amount for each line, source and partner: these are already in “%(first)s”"),
    ),
)
"""Lists whose entries differ in the fields named (in themselves when none is)."""

_KEY_ONCE = N_("a key not used yet in this list: it is already in “%(first)s”")


def faults_between(tree: Any, kinds: frozenset[str] | None) -> tuple[Fault, ...]:
    """Everything wrong between the parts of a tree as read. `kinds` are those of the registry, None for any."""
    if not isinstance(tree, dict):
        return ()
    return (
        *_repeated(tree),
        *_leading_nowhere(tree),
        *_phases(tree),
        *_leads_as_partners(tree),
        *_days(tree),
        *_unknown_kinds(tree, kinds),
    )


def _repeated(tree: Any) -> Iterator[Fault]:
    for loc, value in _walk(tree, ()):
        if isinstance(value, list) and value and isinstance(value[0], dict) and "key" in value[0]:
            yield from _twice(loc, value, ("key",), _KEY_ONCE)
    for pattern, names, said in _ONCE:
        for loc, value in _at(tree, pattern):
            if isinstance(value, list):
                yield from _twice(loc, value, names, said)


def _twice(loc: Loc, entries: list[Any], names: tuple[str, ...], said: str) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for position, entry in enumerate(entries):
        mark = _mark(entry, names)
        if mark is None:
            continue
        if mark in seen:
            place = (*loc, position, *names[:1])
            first = f"{loc[-1]}[{seen[mark]}]"
            yield Fault(place, quoted(" / ".join(filter(None, mark))), Phrase(said, {"first": first}))
        else:
            seen[mark] = position


def _mark(entry: Any, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """What has to be different from entry to entry; None when it cannot be told."""
    if not names:
        return (entry.strip(),) if isinstance(entry, str) else None
    if not isinstance(entry, dict):
        return None
    values = [entry.get(name, "") for name in names]
    if not all(isinstance(value, str) for value in values) or not values[0]:
        return None
    return tuple(value.strip() for value in values)


def _leading_nowhere(tree: Any) -> Iterator[Fault]:
    known = {said: _keys(next((value for _loc, value in _at(tree, where)), None)) for said, where in _TABLES}
    for pattern, said in _REFERENCES:
        for loc, value in _at(tree, pattern):
            if isinstance(value, str) and value.strip() not in known[said]:
                yield Fault(loc, quoted(value), Phrase(said))


def _phases(tree: Any) -> Iterator[Fault]:
    for loc, value in _at(tree, ("activities", "*", "phase")):
        if isinstance(value, str):
            yield Fault(loc, quoted(value), Phrase(N_("no phase: only activities of alliances have one")))
    for alliance_loc, alliance in _at(tree, ("alliances", "*")):
        keys = _keys(alliance.get("phases")) if isinstance(alliance, dict) else set()
        for loc, value in _at(alliance, ("activities", "*", "phase")):
            if isinstance(value, str) and value.strip() not in keys:
                yield Fault((*alliance_loc, *loc), quoted(value), Phrase(_PHASE))


def _leads_as_partners(tree: Any) -> Iterator[Fault]:
    for alliance_loc, alliance in _at(tree, ("alliances", "*")):
        lead = alliance.get("lead") if isinstance(alliance, dict) else None
        for loc, value in _at(alliance, ("partners", "*", "organisation")):
            if isinstance(value, str) and value == lead:
                yield Fault((*alliance_loc, *loc), quoted(value), Phrase(N_("the partners without the lead")))


def _days(tree: Any) -> Iterator[Fault]:
    for loc, value in _walk(tree, ()):
        if isinstance(value, dict):
            first, last = _day(value.get("starts_on")), _day(value.get("ends_on"))
            if first and last and last < first:
                expected = Phrase(N_("a day not before the first one, %(first)s"), {"first": first.isoformat()})
                yield Fault((*loc, "ends_on"), quoted(str(value["ends_on"])), expected)


def _unknown_kinds(tree: Any, kinds: frozenset[str] | None) -> Iterator[Fault]:
    for loc, value in _at(tree, ("organisations", "*", "kind")):
        if kinds is not None and isinstance(value, str) and value.strip() not in kinds:
            expected = Phrase(N_("one of these: %(values)s"), {"values": ", ".join(sorted(kinds))})
            yield Fault(loc, quoted(value), expected)


def _day(value: Any) -> date | None:
    try:
        return day_written(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _keys(entries: Any) -> set[str]:
    found = (entry.get("key") for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    return {key.strip() for key in found if isinstance(key, str)}


def _at(tree: Any, pattern: tuple[str, ...]) -> Iterator[tuple[Loc, Any]]:
    """The values at a pattern of names, where `*` stands for every entry of a list."""
    if not pattern:
        yield (), tree
        return
    first, *rest = pattern
    entries: list[tuple[str | int, Any]]
    if first == "*":
        entries = list(enumerate(tree)) if isinstance(tree, list) else []
    else:
        entries = [(first, tree[first])] if isinstance(tree, dict) and first in tree else []
    for name, value in entries:
        for loc, inner in _at(value, tuple(rest)):
            yield (name, *loc), inner


def _walk(tree: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    """Every value of a tree with its place."""
    yield loc, tree
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _walk(value, (*loc, name))
    elif isinstance(tree, list):
        for position, value in enumerate(tree):
            yield from _walk(value, (*loc, position))
