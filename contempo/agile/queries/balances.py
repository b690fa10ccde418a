"""Balances as pages show them."""

from collections.abc import Collection

from contempo.agile.models import balances
from contempo.agile.rules.ledger import Balance


def balance_of(account_id: int) -> Balance:
    """The balance of one account. One SQL."""
    return balances.balance_of(account_id)


def balances_of(account_ids: Collection[int]) -> dict[int, Balance]:
    """The balances of accounts by their ids, zero for those without an entry. One SQL."""
    found = balances.balances_of(account_ids)
    return {account_id: found.get(account_id, Balance()) for account_id in account_ids}
