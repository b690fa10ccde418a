"""Deciding on appeals."""

from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.months.budgets import rules_of
from contempo.agile.actions.months.opening import kept_month
from contempo.agile.actions.months.telling import FOR_WORKERS, month_path, tell
from contempo.agile.models import Account, Appeal, Request
from contempo.agile.rules.agreements import Who
from contempo.agile.rules.months import APPEAL, Reason
from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def uphold(
    actor: Actor, *, appeal_id: int, answer: str, reason: Reason | None = None, days: int | None = None
) -> Appeal:
    """Find an appeal right, and say with which reason and days the request counts when the bank is cleared again.

    What is left out stays as it was asked; a worker who had not asked needs both. Raises NotPermitted, and Refusal
    beside `answer`, `reason` or `days`.
    """
    appeal = _decided(actor, appeal_id, "uphold", answer)
    request = Request.objects.filter(account_id=appeal.account_id, state="open").first()
    if request is None and (reason is None or days is None):
        raise Refusal(N_("Nothing was asked here: say with which reason and how many days it counts."), field="days")
    rules = rules_of(appeal.month.policy)
    wanted = days if days is not None else (request.days if request else 0)
    if not 1 <= wanted <= rules.bank_cap:
        raise Refusal(N_("Write a number from 1 to %(most)s."), field="days", most=rules.bank_cap)
    account = Account.objects.get(id=appeal.account_id)
    if not account.agreement:
        raise Refusal(N_("Without an agreement in force in this month there are no agile days to award."), field="days")
    appeal.corrected_reason = reason.value if reason is not None else (request.reason if request else "")
    appeal.corrected_days = wanted
    appeal.save()
    _tell(appeal, found_right=True)
    return appeal


@action
def reject(actor: Actor, *, appeal_id: int, answer: str) -> Appeal:
    """Find that the result stands, and say why. Raises NotPermitted, and Refusal beside `answer`."""
    appeal = _decided(actor, appeal_id, "reject", answer)
    appeal.save()
    _tell(appeal, found_right=False)
    return appeal


def _decided(actor: Actor, appeal_id: int, step: str, answer: str) -> Appeal:
    month_id = Appeal.objects.filter(id=appeal_id).values_list("month_id", flat=True).first()
    month = kept_month(actor, month_id or 0)
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("account__worker").get(id=appeal_id)
    if appeal.account.worker.person_id == actor.person_id and actor.person_id is not None:
        raise Refusal(N_("Nobody decides on their own appeal: a colleague does."))
    appeal.state = APPEAL.move(appeal.state, step, {Who.HR})
    if not answer.strip():
        raise Refusal(N_("Write the answer: the person reads it."), field="answer")
    appeal.answer, appeal.decided_at, appeal.decided_by_id = answer.strip(), clock.now(), actor.person_id
    appeal.month = month
    return appeal


def _tell(appeal: Appeal, *, found_right: bool) -> None:
    person = appeal.account.worker.person_id
    tell(
        [person] if person is not None else [],
        appeal.month,
        kind=FOR_WORKERS,
        title=_("Your appeal was upheld") if found_right else _("Your appeal was rejected"),
        text=_("Read the answer on the page of the bank."),
        url=month_path(appeal.month, "banca"),
    )
