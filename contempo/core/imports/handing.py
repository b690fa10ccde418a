"""Rows that hand on what only one record may have: which of them are to be written at once. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

Exchange = tuple[int, frozenset[Hashable], frozenset[Hashable]]
"""Number of a row, what its record has of such things, and what it will have."""


def together(rows: Iterable[Exchange]) -> Mapping[int, tuple[int, ...]]:
    """For each row that takes from another, or gives to one, the numbers of all that hang together with it."""
    givers: dict[Hashable, int] = {}
    takers: dict[Hashable, list[int]] = defaultdict(list)
    for line, has, will_have in rows:
        givers.update(dict.fromkeys(has - will_have, line))
        for thing in will_have - has:
            takers[thing].append(line)
    beside: dict[int, set[int]] = defaultdict(set)
    for thing, giver in givers.items():
        for taker in takers.get(thing, ()):
            beside[giver].add(taker)
            beside[taker].add(giver)
    found: dict[int, tuple[int, ...]] = {}
    for line in beside:
        if line not in found:
            group = _reached(line, beside)
            found |= dict.fromkeys(group, group)
    return found


def _reached(line: int, beside: Mapping[int, set[int]]) -> tuple[int, ...]:
    group, waiting = {line}, [line]
    while waiting:
        more = beside[waiting.pop()] - group
        group |= more
        waiting += more
    return tuple(sorted(group))
