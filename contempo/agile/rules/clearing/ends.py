"""Where pools ended, and what that means for each person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contempo.agile.rules.clearing.claims import Claims, Supply, Whole
from contempo.agile.rules.clearing.counts import Served, Table
from contempo.agile.rules.clearing.draws import Own, Places, Shared
from contempo.agile.rules.clearing.reasons import End, PoolKind, Why


@dataclass(frozen=True)
class Bounds:
    """Why each person has their days, and the `position` in the draw of who lost it, 0 for all others; for each
    directorate how the pools ended, None where nobody went short.
    """

    why: NDArray[np.uint8]
    position: Places
    ends: tuple[End | None, ...]


def bounds(
    claims: Claims,
    supply: Supply,
    table: Table,
    *,
    wanted: Whole,
    days: Whole,
    shared: Whole,
    free: Served,
    own: Own,
    both: Shared,
) -> Bounds:
    """Compare the `days` awarded, `shared` of them from the shared pool, with those `wanted`: asked for and within the
    cap.

    What binds a directorate is the pool that ended last for it: the shared one if that gave it a day, or if some of its
    persons were in the draw for the last of them, or if it has no days of its own; else its own.
    """
    pools = np.array(supply.own, np.int64)
    figures = np.zeros((4, len(pools)), np.int64)
    rows = free.ending
    figures[:, table.directorate[rows]] = (table.klass[rows] + 1, free.edge[rows] + 1, own.winners, own.candidates)
    in_draw = (figures[0] == both.klass) & (figures[1] == both.level) & (both.winners > 0)
    bound = (np.bincount(claims.directorate[shared > 0], minlength=len(pools)) > 0) | in_draw | (pools == 0)
    bound &= supply.shared > 0
    figures[:, bound] = np.array([[both.klass], [both.level], [both.winners], [both.candidates]])

    why = np.where(claims.asked > days, Why.CAP, Why.FULL).astype(np.uint8)
    position = np.zeros(len(claims), np.uint32)
    short = np.flatnonzero(days < wanted)
    where = claims.directorate[short]
    klass, level, winners, _candidates = figures[:, where]
    in_class = claims.klass[short] == klass
    drawn = in_class & (claims.enjoyed[short] + days[short] + 1 == level) & (winners > 0)
    empty = (pools[where] == 0) & (supply.shared == 0)
    why[short] = np.select([empty, drawn, in_class], [Why.EMPTY, Why.DRAW, Why.LEVEL], Why.CLASS)
    lost = short[drawn]
    position[lost] = np.where(bound[where[drawn]], both.place[lost], own.place[lost])

    ends: list[End | None] = [None] * len(pools)
    going_short = np.flatnonzero(np.bincount(where, minlength=len(pools)))
    for number, told in zip(going_short.tolist(), figures.T[going_short].tolist(), strict=True):
        ends[number] = End(PoolKind.SHARED if bound[number] else PoolKind.OWN, *told)
    return Bounds(why, position, tuple(ends))
