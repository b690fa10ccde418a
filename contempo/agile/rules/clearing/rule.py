"""The rule that gives out the days of the bank. See docs/algorithms/bank-of-days.md.

A *slot* is one day of one person, at a *level*: its number among the days the person gets from the bank in the year.
Slots are served in this order: held days first; then class by class; within a class level by level; within a level by
tie. A slot takes a day of the directorate's pool, else of the shared one, else it is refused, and with it all that
follow in its directorate. So counts of slots tell who is served, but for the level at which a pool ends: only there are
ties needed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contempo.agile.rules.clearing.claims import Claims, Supply, Whole, gathered
from contempo.agile.rules.clearing.counts import serve, table_of
from contempo.agile.rules.clearing.draws import Places, Urn, from_own, with_shared
from contempo.agile.rules.clearing.ends import bounds
from contempo.agile.rules.clearing.reasons import End


@dataclass(frozen=True)
class Result:
    """What each person was awarded: parallel arrays in the order of pseudonyms, as `claims` has them.

    `days` are those of the `own` pool and of the `shared` one together; `why` holds `Why`; `position` is the place in
    the draw, from 1, of who lost it, else 0. `ends` says for each directorate how the pools ended for it: None when
    nobody there went short.
    """

    claims: Claims
    supply: Supply
    days: Whole
    own: Whole
    shared: Whole
    why: NDArray[np.uint8]
    position: Places
    ends: tuple[End | None, ...]


def clear(claims: Claims, supply: Supply, seed: bytes) -> Result:
    """Give out the days of `supply`; equal claims, supply and seed give equal results everywhere.

    Raises ValueError when rows of one person disagree, a directorate has no pool, or more days are held than there are.
    """
    claims = gathered(claims)
    if len(claims) and int(claims.directorate.max()) >= len(supply.own):
        raise ValueError("the directorate of somebody has no pool")
    urn = Urn(claims.pseudonym, seed)
    start, middle = claims.enjoyed, claims.enjoyed + claims.held
    end = np.maximum(claims.enjoyed + np.minimum(claims.asked, claims.cap), middle)
    table, pools = table_of(claims, end), np.array(supply.own, np.int64)
    left, shared_left, some_held = pools, supply.shared, bool(claims.held.any())
    if some_held:
        held = serve(table, start, middle, pools, supply.shared)
        if not held.all_served:
            raise ValueError("more days are held than there are")
        left, shared_left = pools - held.taken, supply.shared - int(held.over.sum())
    free = serve(table, middle, end, left, shared_left)
    own = from_own(table, free, middle, end, urn, held_from=start if some_held else None)
    both = with_shared(table, free, own, middle, end, urn, always=some_held)
    days, own_days = claims.held + both.days, own.days
    if some_held:
        # Whose pool a day is of follows the plain order, so that it does not change with what is held.
        given = serve(table, start, start + days, pools, supply.shared)
        own_days = from_own(table, given, start, start + days, urn).days
        if both.klass:
            both = both.after(int(given.over[both.klass - 1, both.level - 1]) - both.winners)
    shared = days - own_days
    found = bounds(claims, supply, table, wanted=end - start, days=days, shared=shared, free=free, own=own, both=both)
    return Result(claims, supply, days, own_days, shared, found.why, found.position, found.ends)
