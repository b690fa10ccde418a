"""What of the counts of questions may leave the coordinators' desk. See docs/algorithms/small-cells.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from contempo.core.small_cells import LEAST, hidden_in_row, hidden_in_table, is_small, merged

Counts = Mapping[str, Mapping[str, int]]
"""By measure and key. Every measure shares the same questions out among its keys, each to one."""

TOTAL = "total"
_ALL, _OTHERS = "all", "\x00others"


@dataclass(frozen=True)
class Told:
    """The counts that are told, by measure and key, and the keys of those that are not.

    `total` is None when not even the number of questions is told. `few` names, by measure, the only key with fewer than
    `LEAST` questions where that may be said, though not how many they are.
    """

    total: int | None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    hidden: dict[str, frozenset[str]] = field(default_factory=dict)
    few: dict[str, str] = field(default_factory=dict)

    def count(self, measure: str, key: str) -> int | None:
        """How many; zero for what was never seen, None when it is not told."""
        if self.total is None or key in self.hidden.get(measure, ()):
            return None
        return self.counts.get(measure, {}).get(key, 0)


def whole(counts: Counts) -> Told:
    """Everything, for who may read it."""
    return Told(counts[TOTAL].get(_ALL, 0), {measure: dict(keys) for measure, keys in counts.items()})


def published(counts: Counts) -> Told:
    """What may be told of a set of questions by itself: its total, and each of its measures beside it."""
    total = counts[TOTAL].get(_ALL, 0)
    if is_small(total):
        return Told(None)
    found = _told(total, counts, {measure: hidden_in_row(keys) for measure, keys in counts.items()})
    return replace(found, few=_few(counts, found.hidden))


def _few(counts: Counts, hidden: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Where two keys are hidden for one small count, which it is.

    Their sum is known, and that the other is not small: it must leave the small one any of its four values.
    """
    found = {}
    for measure, keys in hidden.items():
        small = [key for key in keys if is_small(counts[measure][key])]
        enough = sum(counts[measure][key] for key in keys) >= LEAST + LEAST - 1
        if len(keys) == 2 and len(small) == 1 and enough:
            found[measure] = small[0]
    return found


def published_part(parts: Mapping[str, Counts], by: str, chosen: str) -> Told:
    """What may be told of one part of a set of questions, beside the whole set and each of its other parts.

    `by` is the measure whose keys name the `parts`. With each other measure it makes a table, in which the rows and the
    columns that are not told by themselves are one. The table is hidden the same way from whichever side it is opened.
    """
    totals = {name: counts[TOTAL].get(_ALL, 0) for name, counts in parts.items()}
    if is_small(sum(totals.values())) or chosen in hidden_in_row(totals):
        return Told(None)
    rows = merged(totals, _OTHERS)
    mine = parts.get(chosen, {TOTAL: {}})
    hidden = {}
    for measure in {measure for counts in parts.values() for measure in counts}:
        columns: dict[str, int] = {}
        for counts in parts.values():
            for key, count in counts.get(measure, {}).items():
                columns[key] = columns.get(key, 0) + count
        left = merged(columns, _OTHERS)
        table: dict[tuple[str, str], int] = {}
        for name, counts in parts.items():
            for key, count in counts.get(measure, {}).items():
                cell = (name if name in rows else _OTHERS, key if key in left else _OTHERS)
                cell = cell if by < measure else cell[::-1]
                table[cell] = table.get(cell, 0) + count
        cells = hidden_in_table(table)
        found = {column for row, column in (cell if by < measure else cell[::-1] for cell in cells) if row == chosen}
        hidden[measure] = frozenset(found - {_OTHERS} | (columns.keys() - left.keys()))
    return _told(totals.get(chosen, 0), mine, hidden)


def _told(total: int, counts: Counts, hidden: Mapping[str, frozenset[str]]) -> Told:
    kept = {
        measure: {key: count for key, count in keys.items() if key not in hidden.get(measure, ())}
        for measure, keys in counts.items()
    }
    return Told(total, kept, dict(hidden))


def may_tell_percentile(observations: int | None, percent: int) -> bool:
    """Whether a percentile of so many times may be told: `LEAST` of them at least lie on each side of it."""
    return observations is not None and observations * min(percent, 100 - percent) >= LEAST * 100
