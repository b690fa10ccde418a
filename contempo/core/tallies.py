"""Sums kept exact by the database, so that a figure costs the same with ten rows and with a million.

Statement-level triggers adjust a table of sums after every insert, update and delete, in bulk and by hand included.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pgtrigger

_rows: Callable[..., Any] = pgtrigger.Referencing


def tallied(name: str, facts: str, *, table: str, by: Sequence[str]) -> list[pgtrigger.Trigger]:
    """Three triggers that keep `facts` summed in `table`: a `count`, unique by the columns `by`.

    `facts` is a SELECT giving the columns `by` and an `amount` for each fact of a row set; `{rows}` and `{sign}` in it
    stand for the row set and ±1.
    """
    old, new = facts.format(rows="old_rows", sign=-1), facts.format(rows="new_rows", sign=1)
    return [
        pgtrigger.Trigger(
            name=f"{name}_added",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=_rows(new="new_rows"),
            func=_adjust(new, table, by),
        ),
        pgtrigger.Trigger(
            name=f"{name}_changed",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=_rows(old="old_rows", new="new_rows"),
            func=_adjust(f"{old} UNION ALL {new}", table, by),
        ),
        pgtrigger.Trigger(
            name=f"{name}_removed",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            referencing=_rows(old="old_rows"),
            func=_adjust(old, table, by),
        ),
    ]


def _adjust(facts: str, table: str, by: Sequence[str]) -> str:
    """PL/pgSQL that moves the sums by the difference between the new and the old rows of the statement.

    Rows are adjusted in sorted order, so that two transactions never wait for each other crosswise.
    """
    columns = ", ".join(by)
    return f"""
        INSERT INTO {table} ({columns}, count)
        SELECT {columns}, sum(amount)
        FROM ({facts}) AS moved
        GROUP BY {columns} HAVING sum(amount) <> 0
        ORDER BY {columns}
        ON CONFLICT ({columns}) DO UPDATE SET count = {table}.count + EXCLUDED.count;
        RETURN NULL;
    """
