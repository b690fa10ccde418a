"""Asking the bank for days, changing what was asked, taking it back."""

from contempo.agile.actions.bank.opening import AtTheBank, at_the_bank, require_whole
from contempo.agile.actions.ledger import Move, enter
from contempo.agile.models import PriorityVerification, Request
from contempo.agile.rules.ledger import EntryKind
from contempo.agile.rules.months import Reason, RequestState
from contempo.agile.rules.policy import GROUNDS
from contempo.agile.rules.windows import may_request
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def ask(actor: Actor, *, month_id: int, reason: Reason, days: int) -> Request:
    """Ask the bank for `days` more, or change what was asked. What is asked is reserved under the cap of the month.

    Raises NotPermitted, and Refusal beside `reason` when its ground is not verified, beside `days` when they are more
    than the personal cap or than the month can hold.
    """
    it = at_the_bank(actor, month_id)
    _require_open(it)
    require_whole(days)
    reserved = it.balance.reserved
    room = it.balance.room(it.account.cap) + reserved
    if days > it.rules.bank_cap:
        raise Refusal(N_("Ask for %(most)s days a month at most."), field="days", most=it.rules.bank_cap)
    if days > room:
        raise Refusal(
            N_("With %(held)s days of your own this month can hold %(room)s more: its cap is %(cap)s."),
            field="days",
            held=it.balance.held,
            room=room,
            cap=it.account.cap,
        )
    _require_verified(it, reason)
    now = clock.now()
    request, made = Request.objects.get_or_create(
        account=it.account,
        defaults={
            "month": it.month,
            "reason": reason.value,
            "klass": it.rules.class_of(reason),
            "days": days,
            "created_at": now,
            "changed_at": now,
        },
    )
    if not made:
        request.reason, request.klass, request.days = reason.value, it.rules.class_of(reason), days
        request.state, request.changed_at = RequestState.OPEN.value, now
        request.save()
    if days != reserved:
        _reserve(actor, it, days - reserved)
    return request


@action
def withdraw_request(actor: Actor, *, month_id: int) -> None:
    """Take back what was asked; it can be asked again while the window is open."""
    it = at_the_bank(actor, month_id)
    _require_open(it)
    request = Request.objects.filter(account=it.account, state=RequestState.OPEN).first()
    if request is None:
        raise Refusal(N_("You have not asked for days in this month."))
    request.state, request.changed_at = RequestState.WITHDRAWN.value, clock.now()
    request.save()
    _reserve(actor, it, -it.balance.reserved)


def _require_open(it: AtTheBank) -> None:
    verdict = may_request(it.month, clock.now())
    if not verdict:
        raise Refusal(verdict.reason, field=None, **verdict.params)


def _require_verified(it: AtTheBank, reason: Reason) -> None:
    if reason not in it.rules.verified:
        return
    grounds = PriorityVerification.objects.filter(
        worker=it.worker, ground__in=GROUNDS[reason], verified_on__lte=clock.today()
    )
    if not (grounds.filter(until=None) | grounds.filter(until__gt=it.month.first_day)).exists():
        raise Refusal(
            N_(
                "This reason counts once human resources have verified it. Ask them to and come back before the window "
                "closes, or choose another reason."
            ),
            field="reason",
        )


def _reserve(actor: Actor, it: AtTheBank, days: int) -> None:
    enter(it.month.pk, [Move(it.account.pk, EntryKind.REQUEST, days)], at=clock.now(), person_id=actor.person_id)
