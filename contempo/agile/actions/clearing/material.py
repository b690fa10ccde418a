"""What a clearing starts from, read from the database in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contempo.agile.actions.clearing.rows import INT2, INT4, INT8, fetched
from contempo.agile.models import Appeal, Clearing, Month, Pool
from contempo.agile.models.balances import PARTS
from contempo.agile.models.ledger import effect_sql
from contempo.agile.rules.clearing import Claims, Supply, pseudonym
from contempo.agile.rules.months import AppealState, Reason
from contempo.agile.rules.policy import Policy

FIRST = """
    SELECT account.pseudonym, account.id AS account, account.directorate_id AS directorate, account.enjoyed,
        request.klass, request.days AS asked
    FROM agile_request AS request JOIN agile_account AS account ON account.id = request.account_id
    WHERE request.month_id = %s AND request.state = 'open'
"""

_AVAILABLE, _PLANNED, _USED, _RESERVED = (f"sum({effect_sql(part, 'entry')})" for part in PARTS)

_AGAIN = f"""
    SELECT account.pseudonym, account.id AS account, account.directorate_id AS directorate, account.enjoyed,
        coalesce(moved.klass, 0)::int2 AS klass, coalesce(moved.asked, 0)::int2 AS asked,
        coalesce(moved.days, 0)::int4 AS days, coalesce(moved.own, 0)::int4 AS own,
        coalesce(moved.shared, 0)::int4 AS shared, coalesce(moved.available, 0)::int4 AS available,
        coalesce(moved.had, 0)::int4 AS had, coalesce(moved.drawn, 0)::int4 AS drawn, account.cap AS most
    FROM agile_account AS account LEFT JOIN (
        SELECT account_id,
            max(klass) FILTER (WHERE clearing_id = %s) AS klass,
            sum(asked) AS asked,
            sum(days) FILTER (WHERE clearing_id IS NOT NULL) AS days,
            -sum(own) FILTER (WHERE clearing_id IS NOT NULL) AS own,
            -sum(shared) FILTER (WHERE clearing_id IS NOT NULL) AS shared,
            {_AVAILABLE} AS available,
            {_AVAILABLE} + {_PLANNED} + {_USED} AS had,
            sum(days) FILTER (WHERE kind = 'award' AND clearing_id IS NULL) AS drawn
        FROM agile_entry AS entry WHERE month_id = %s AND account_id IS NOT NULL GROUP BY account_id
    ) AS moved ON moved.account_id = account.id
    WHERE account.month_id = %s AND (moved.klass > 0 OR account.id = ANY (%s))
"""

FIRST_COLUMNS: dict[str, np.dtype[Any]] = {
    "pseudonym": INT8,
    "account": INT8,
    "directorate": INT8,
    "enjoyed": INT2,
    "klass": INT2,
    "asked": INT2,
}
_AGAIN_COLUMNS: dict[str, np.dtype[Any]] = {
    **FIRST_COLUMNS,
    "days": INT4,
    "own": INT4,
    "shared": INT4,
    "available": INT4,
    "had": INT4,
    "drawn": INT4,
    "most": INT2,
}


@dataclass(frozen=True)
class Directorate:
    """A pool in a clearing: `key` stands for the directorate in the published file, `days` are what there is to
    give."""

    key: str
    unit_id: int
    days: int


@dataclass(frozen=True)
class Material:
    """Parallel arrays of one row a person, in the order of pseudonyms; what earlier clearings gave is `days`, `own`,
    `shared`. `corrected` has the days asked, by pseudonym, where appeals changed them.
    """

    claims: Claims
    accounts: NDArray[np.int64]
    days: NDArray[np.int64]
    own: NDArray[np.int64]
    shared: NDArray[np.int64]
    directorates: tuple[Directorate, ...]
    shared_pool: int
    corrected: Mapping[str, int]

    @property
    def supply(self) -> Supply:
        return Supply(tuple(directorate.days for directorate in self.directorates), self.shared_pool)


def first(month: Month, rules: Policy) -> Material:
    """The open requests of a month and its locked pools."""
    rows = _sorted(fetched(FIRST, [month.pk], FIRST_COLUMNS))
    none = np.zeros(len(rows), np.int64)
    directorates, shared = _supply(month, {}, 0)
    claims = _claims(rows, directorates, cap=np.full(len(rows), rules.bank_cap), held=none)
    return Material(claims, rows["account"].astype(np.int64), none, none, none, directorates, shared, {})


def again(month: Month, rules: Policy, last: Clearing) -> Material:
    """What the last clearing counted, corrected by the appeals upheld against it, and what can no longer be taken back.

    Days of an award that are planned, used or given away since are `held`. To give there is what the pools have now and
    what earlier clearings gave; caps make room for what was drawn since.
    """
    corrected = {
        appeal.account_id: appeal
        for appeal in Appeal.objects.filter(clearing=last, state=AppealState.UPHELD, corrected_days__isnull=False)
    }
    params = [last.pk, month.pk, month.pk, list(corrected)]
    rows = _sorted(fetched(_AGAIN, params, _AGAIN_COLUMNS)).copy()
    asked: dict[str, int] = dict(last.supply["asked"])
    for place in np.flatnonzero(np.isin(rows["account"], list(corrected))):
        appeal = corrected[int(rows["account"][place])]
        asked[str(rows["pseudonym"][place])] = appeal.corrected_days or 0
        rows["klass"][place] = rules.class_of(Reason(appeal.corrected_reason))
    for name, wanted in asked.items():
        rows["asked"][np.searchsorted(rows["pseudonym"], int(name))] = wanted
    days, own, shared = (rows[name].astype(np.int64) for name in ("days", "own", "shared"))
    ids, where = np.unique(rows["directorate"], return_inverse=True)
    given = dict(zip(ids.tolist(), np.bincount(where, weights=own).astype(int).tolist(), strict=True))
    directorates, shared_pool = _supply(month, given, int(shared.sum()))
    cap = np.clip(np.minimum(rules.bank_cap - rows["drawn"], rows["most"] - rows["had"] + days), 0, None)
    held = np.maximum(days - rows["available"], 0)
    claims = _claims(rows, directorates, cap=cap, held=held)
    return Material(claims, rows["account"].astype(np.int64), days, own, shared, directorates, shared_pool, asked)


def _sorted(rows: NDArray[Any]) -> NDArray[Any]:
    return rows[np.argsort(rows["pseudonym"])]


def _supply(month: Month, given: Mapping[int, int], given_shared: int) -> tuple[tuple[Directorate, ...], int]:
    """Pools by keys that say nothing, in an order that says nothing: that of their pseudonyms in this month."""
    pools = list(Pool.objects.select_for_update(of=("self",)).filter(month=month).order_by("id"))
    salt = bytes(month.salt)
    own = sorted(
        (pool for pool in pools if pool.directorate_id is not None),
        key=lambda pool: pseudonym(salt, f"directorate {pool.directorate_id}"),
    )
    shared = next((pool.free for pool in pools if pool.directorate_id is None), 0)
    return tuple(
        Directorate(f"d{number}", pool.directorate_id or 0, pool.free + given.get(pool.directorate_id or 0, 0))
        for number, pool in enumerate(own, start=1)
    ), shared + given_shared


def _claims(rows: NDArray[Any], directorates: tuple[Directorate, ...], *, cap: Any, held: Any) -> Claims:
    ids = np.array([directorate.unit_id for directorate in directorates], np.int64)
    order = np.argsort(ids)
    places: Any = order[np.searchsorted(ids, rows["directorate"].astype(np.int64), sorter=order)] if len(rows) else ()
    return Claims.of(
        {
            "pseudonym": rows["pseudonym"].astype(np.uint64),
            "klass": rows["klass"],
            "directorate": places,
            "enjoyed": rows["enjoyed"],
            "asked": rows["asked"],
            "cap": cap,
            "held": held,
        }
    )
