"""Drawing on what is left, in an emergency, once the result is out."""

from django.db.models import Sum

from contempo.agile.actions.bank.opening import at_the_bank, require_whole
from contempo.agile.actions.ledger import Move, enter, locked_pools
from contempo.agile.models import Entry
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.windows import may_draw
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def draw(actor: Actor, *, month_id: int, days: int) -> None:
    """Take `days` of what the clearing left: first come, first served, from the own pool and then from the shared one.

    The caps are those of requests. Raises NotPermitted, and Refusal beside `days`.
    """
    it = at_the_bank(actor, month_id)
    now = clock.now()
    verdict = may_draw(it.month, now)
    if not verdict:
        raise Refusal(verdict.reason, field=None, **verdict.params)
    require_whole(days)
    got = Entry.objects.filter(account=it.account, kind=EntryKind.AWARD).aggregate(days=Sum("days"))["days"] or 0
    if got + days > it.rules.bank_cap:
        raise Refusal(
            N_("With the %(got)s days you had from the bank this month you can draw %(left)s more at most."),
            field="days",
            got=got,
            left=max(it.rules.bank_cap - got, 0),
        )
    room = it.balance.room(it.account.cap)
    if days > room:
        raise Refusal(
            N_("This month can hold %(room)s more days of yours: its cap is %(cap)s."),
            field="days",
            room=room,
            cap=it.account.cap,
        )
    own, shared = locked_pools(it.month.pk, it.account.directorate_id)
    if days > own.free + shared.free:
        raise Refusal(
            N_("There are %(left)s days left for your directorate."), field="days", left=own.free + shared.free
        )
    from_own = min(days, own.free)
    enter(
        it.month.pk,
        [Move(it.account.pk, EntryKind.AWARD, days, own=-from_own, shared=from_own - days)],
        at=now,
        person_id=actor.person_id,
    )
