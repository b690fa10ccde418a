"""Balances: sums of entries, never stored."""

from collections.abc import Collection

from django.db import connection

from contempo.agile.models.ledger import effect_sql
from contempo.agile.rules.ledger import Balance

PARTS = ("available", "planned", "used", "reserved")

SUMS = ", ".join(f"coalesce(sum({effect_sql(part, 'entry')}), 0)::int AS {part}" for part in PARTS)
"""SQL of the four parts of a balance over entries aliased `entry`."""


def balance_of(account_id: int) -> Balance:
    """The balance of one account. One SQL."""
    return balances_of([account_id]).get(account_id, Balance())


def balances_of(account_ids: Collection[int]) -> dict[int, Balance]:
    """The balances of accounts by their ids; those without an entry are left out. One SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT account_id, {SUMS} FROM agile_entry AS entry WHERE account_id = ANY(%s) GROUP BY account_id",
            [list(account_ids)],
        )
        return {account: Balance(*parts) for account, *parts in cursor.fetchall()}
