"""What a budget revision may do, and who must decide on it: docs/algorithms/budget-revision.md. Pure.

Amounts are cents; lines, sources and partners are told by any number that names them; partner None is "for no partner
in particular".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_

Cell = tuple[int, int, int | None]
"""Line, source, partner."""


@dataclass(frozen=True)
class Change:
    """What a revision adds to a cell of the matrix, or takes from it (negative)."""

    line: int
    source: int
    partner: int | None
    cents: int

    @property
    def cell(self) -> Cell:
        return self.line, self.source, self.partner


@dataclass(frozen=True)
class Held:
    """What a cell holds, and how much of it has been accepted of expenses."""

    cents: int
    accepted: int = 0


@dataclass(frozen=True)
class Move:
    """What one line gives away in a revision: `given` now, `before` in earlier ones, of `first` at the beginning."""

    line: int
    given: int
    before: int
    first: int
    limit: Decimal

    @property
    def over(self) -> bool:
        """Whether the line has given more than `limit` per cent of what it had first."""
        return 100 * (self.given + self.before) > self.limit * self.first


@dataclass(frozen=True)
class Weighed:
    """What a revision comes to: `balance` by source (only what is not zero), `moves` by line that gives."""

    balance: Mapping[int, int]
    moves: tuple[Move, ...]

    @property
    def new_funds(self) -> bool:
        """Whether funds come into the plan or leave it."""
        return bool(self.balance)

    @property
    def up_to_steering(self) -> bool:
        """Whether the steering group must decide: funds come or go, or a line has given more than the limit."""
        return self.new_funds or any(move.over for move in self.moves)


def balance(changes: Iterable[Change]) -> dict[int, int]:
    """What the changes of each source add up to; sources that come to nothing are left out."""
    sums: defaultdict[int, int] = defaultdict(int)
    for change in changes:
        sums[change.source] += change.cents
    return {source: cents for source, cents in sorted(sums.items()) if cents}


def given(changes: Iterable[Change]) -> dict[int, int]:
    """What each line gives away in one revision: the sum, over sources, of what it has less of each.

    Between partners of one line and source nothing is given; between sources it is, because the other source had to
    come from another line.
    """
    sums: defaultdict[tuple[int, int], int] = defaultdict(int)
    for change in changes:
        sums[change.line, change.source] += change.cents
    lines: defaultdict[int, int] = defaultdict(int)
    for (line, _source), cents in sums.items():
        lines[line] += max(0, -cents)
    return {line: cents for line, cents in sorted(lines.items()) if cents}


def given_before(approved: Iterable[Iterable[Change]]) -> dict[int, int]:
    """What each line has given away in the approved revisions, each by itself: what comes back cancels nothing."""
    sums: defaultdict[int, int] = defaultdict(int)
    for changes in approved:
        for line, cents in given(changes).items():
            sums[line] += cents
    return dict(sums)


def weighed(
    changes: Iterable[Change], *, first: Mapping[int, int], before: Mapping[int, int], limit: Decimal
) -> Weighed:
    """What a revision comes to, given the `first` amount of each line and what it gave away `before`."""
    changes = tuple(changes)
    moves = (
        Move(line, cents, before.get(line, 0), first.get(line, 0), limit) for line, cents in given(changes).items()
    )
    return Weighed(balance(changes), tuple(moves))


def sound(changes: Iterable[Change], *, act: str) -> Verdict:
    """Are these changes a revision? Each cell once, and no money made: each source comes out even, unless an `act`
    says by what funds come in or go.
    """
    changes = tuple(changes)
    if not changes:
        return because(N_("Write at least one change."))
    cells = [change.cell for change in changes]
    if len(set(cells)) < len(cells):
        return because(N_("The same line, source and partner stand in two changes: make one of them."))
    if any(not change.cents for change in changes):
        return because(N_("A change of nothing is none: leave its row empty."))
    if balance(changes) and not act:
        return because(
            N_(
                "The changes of a source do not add up to zero: even them out, or name the act by which funds come or "
                "go."
            )
        )
    return ALLOWED


def short(changes: Iterable[Change], held: Mapping[Cell, Held]) -> tuple[Change, int] | None:
    """The first change that would leave a cell with less than has been accepted of it, and by how much; None if none.

    What was never allocated is zero, so that nothing falls below zero either.
    """
    for change in changes:
        cell = held.get(change.cell, Held(0))
        missing = cell.accepted - cell.cents - change.cents
        if missing > 0:
            return change, missing
    return None


def revised(held: Mapping[Cell, Held], changes: Iterable[Change]) -> dict[Cell, Held]:
    """What the cells hold after the changes; cells that were not there are new."""
    after = dict(held)
    for change in changes:
        cell = after.get(change.cell, Held(0))
        after[change.cell] = Held(cell.cents + change.cents, cell.accepted)
    return after
