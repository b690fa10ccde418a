"""Giving unused days to the bank."""

from contempo.agile.actions.bank.opening import at_the_bank, require_whole
from contempo.agile.actions.ledger import Move, enter
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.windows import may_donate
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def donate(actor: Actor, *, month_id: int, days: int) -> None:
    """Give `days` of one's own to the bank: to the directorate, or to all when the policy shares the pool.

    Only days that are available: none that is planned. Raises NotPermitted, and Refusal beside `days`.
    """
    it = at_the_bank(actor, month_id)
    now = clock.now()
    verdict = may_donate(it.month, now)
    if not verdict:
        raise Refusal(verdict.reason, field=None, **verdict.params)
    require_whole(days)
    if days > it.balance.available:
        raise Refusal(
            N_("You have %(available)s days to give: planned ones stay yours."),
            field="days",
            available=it.balance.available,
        )
    shared = days if it.rules.shared_pool else 0
    enter(
        it.month.pk,
        [Move(it.account.pk, EntryKind.DONATE, days, own=days - shared, shared=shared)],
        at=now,
        person_id=actor.person_id,
    )
