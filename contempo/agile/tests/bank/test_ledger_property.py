"""Whatever moves come in whatever order, the ledger holds at every instant; what cannot be is refused and changes
nothing."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contempo.agile.actions.ledger import Move, enter
from contempo.agile.models import Account, Entry, Pool
from contempo.agile.models.balances import balances_of
from contempo.agile.rules.ledger import EFFECTS, Balance, EntryKind
from contempo.agile.tests.bank.world import Bank, owners
from contempo.core.clock import now
from contempo.core.verdict import Refusal

pytestmark = pytest.mark.django_db

NAMES = ("anna", "bruno", "carla")
MOVES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([kind for kind in EntryKind if kind not in (EntryKind.GRANT, EntryKind.EXPIRE)]),
        st.integers(-3, 9),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


def after(balance: Balance, move: Move) -> Balance:
    """The slow reference: the effect of one move on a balance, from the table of effects."""
    effect = EFFECTS[move.kind]
    return Balance(
        balance.available + effect.available * move.days,
        balance.planned + effect.planned * move.days,
        balance.used + effect.used * move.days,
        balance.reserved + effect.reserved * move.days - move.asked,
    )


def possible(balance: Balance, move: Move, cap: int, free: int) -> bool:
    """Whether a move may be: nothing below zero, nothing got or asked for beyond the cap."""
    parts = (balance.available, balance.planned, balance.used, balance.reserved)
    grows = move.kind in (EntryKind.REQUEST, EntryKind.AWARD) and move.days > 0
    signed = move.days >= 0 or move.kind in (EntryKind.REQUEST, EntryKind.AWARD)
    return signed and min(parts) >= 0 and free >= 0 and not (grows and sum(parts) > cap)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(moves=MOVES)
def test_random_moves_keep_every_law_of_the_ledger(bank: Bank, moves: list[tuple[str, EntryKind, int, bool]]) -> None:
    with transaction.atomic():
        accounts = {name: bank.account(name) for name in NAMES}
        balances = {name: Balance(available=8) for name in NAMES}
        pools = {pool.directorate_id: pool.free for pool in Pool.objects.filter(month=bank.month_id)}
        for name, kind, days, shared in moves:
            account = accounts[name]
            into = {EntryKind.DONATE: days, EntryKind.AWARD: -days}.get(kind, 0)
            where = None if shared else account.directorate_id
            move = Move(
                account.pk, kind, days, own=0 if shared else into, shared=into if shared else 0, day=date(2026, 12, 1)
            )
            wanted = after(balances[name], move)
            if possible(wanted, move, account.cap, pools[where] + into):
                enter(bank.month_id, [move], at=now())
                balances[name] = wanted
                pools[where] += into
            else:
                count = Entry.objects.count()
                with pytest.raises(Exception) as refused, transaction.atomic():
                    enter(bank.month_id, [move], at=now())
                assert isinstance(refused.value, Refusal) or "entry_days_not_negative" in str(refused.value)
                assert Entry.objects.count() == count
            assert balances_of([one.pk for one in accounts.values()]) == {
                accounts[name].pk: balance for name, balance in balances.items()
            }
            found = {pool.directorate_id: pool.free for pool in Pool.objects.filter(month=bank.month_id)}
            assert found == pools
            budget, owned = owners(bank.month_id)
            assert budget == owned
        assert Account.objects.filter(month=bank.month_id).count() == 7
        transaction.set_rollback(True)
