"""An agreement ends: by withdrawal of either side, with what both say of it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from contempo.agile.actions.agreements.story import (
    locked,
    mirror_agile,
    move,
    name_of,
    said,
    said_text,
    tell_managers,
    tell_worker,
)
from contempo.agile.actions.agreements.telling import owe
from contempo.agile.events import AgreementEnded
from contempo.agile.models import Agreement, PriorityVerification
from contempo.agile.models.agreements import in_effect_on
from contempo.agile.rules.agreements import Ground, Who
from contempo.agile.rules.agreements.evaluation import can_be_evaluated, evaluation
from contempo.agile.rules.agreements.notice import cut, may_withdraw, notice_of
from contempo.agile.rules.agreements.telling import Span, told_of_withdrawal
from contempo.agile.rules.agreements.terms import objectives_of
from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.people.public import Actor


@action
def withdraw(
    actor: Actor, *, agreement_id: int, justified: bool, reason: str = "", expected: date | None = None
) -> Agreement:
    """Withdraw from an agreement, as the worker or for the employer.

    Without a justified reason with notice (an agreement with an end date cannot be left so); with one, which is written
    down, at once. `expected` is the last day that was shown before confirming: when it is another by now, nothing
    changes and the page shows the new one. Raises NotPermitted, and Refusal beside `reason` or `justified`.
    """
    agreement, _part, whos = locked(actor, agreement_id)
    side = Who.WORKER if Who.WORKER in whos else Who.MANAGER
    if verdict := may_withdraw(agreement.term, justified=justified):
        text = said_text(reason, "reason", N_("Write the justified reason.")) if justified else ""
    else:
        raise Refusal(verdict.reason, field="justified")
    today = clock.today()
    starts_on = agreement.starts_on or today
    notice = notice_of(
        side=side,
        agreed_days=agreement.notice_days,
        protected=_is_protected(agreement.worker_id, today),
        justified=justified,
        given_on=today,
        starts_on=starts_on,
    )
    span = Span(starts_on, agreement.until, agreement.term)
    agreement.until = cut(notice, agreement.until)
    if expected is not None and expected != last_day(agreement):
        raise Refusal(N_("The last day has changed since you opened the page: look at it again and confirm."))
    agreement.withdrawn_at, agreement.withdrawn_by, agreement.justified_reason = clock.now(), side.value, text
    move(actor, agreement, "withdraw", whos, text)
    told = told_of_withdrawal(last_day(agreement), span)
    owe(actor, agreement, told, _("The Ministry is to be told of the end of agreement %(number)s"))
    mirror_agile([agreement.worker_id], today)
    publish(AgreementEnded(agreement_id=agreement.pk), network_id=agreement.employer.network_id)
    _tell(actor, agreement, side)
    return agreement


@action
def evaluate(actor: Actor, *, agreement_id: int, marks: Sequence[str], note: str = "") -> Agreement:
    """Say how an agreement went, objective by objective: the worker of themselves, the manager of the worker.

    It can be said again until the manager has spoken. Raises NotPermitted, Refusal when it is not the time or a mark is
    missing.
    """
    agreement, _part, whos = locked(actor, agreement_id)
    if not can_be_evaluated(agreement.state, agreement.starts_on, agreement.until, clock.today()):
        raise Refusal(N_("An agreement is evaluated in its last thirty days, or after its end."))
    if agreement.evaluated_at is not None:
        raise Refusal(N_("The manager has evaluated this agreement already."))
    aims = objectives_of(agreement.objectives)
    if len(marks) != len(aims):
        raise Refusal(N_("Say of each objective whether it was reached."))
    said_of_it = evaluation(aims, marks, note)
    if Who.WORKER in whos:
        agreement.self_evaluation = said_of_it
        tell_managers(
            actor,
            agreement,
            said(_("%(name)s has evaluated the agreement"), name=name_of(agreement.worker)),
            _("Your evaluation comes next."),
        )
    elif Who.MANAGER in whos:
        agreement.evaluation = said_of_it
        agreement.evaluated_at = clock.now()
        tell_worker(actor, agreement, _("Your agreement has been evaluated"), _("Read what is said of each objective."))
    else:
        raise NotPermitted(N_("The two sides of an agreement evaluate it."))
    agreement.save(update_fields=["self_evaluation", "evaluation", "evaluated_at"])
    return agreement


def _is_protected(worker_id: int, day: date) -> bool:
    """Whether the longer notice holds for a worker on `day`: only what was verified counts."""
    verified = PriorityVerification.objects.filter(in_effect_on(day), worker_id=worker_id)
    return verified.filter(ground=Ground.TARGETED_PLACEMENT.value).exists()


def last_day(agreement: Agreement) -> date:
    """The last day on which an agreement that ends holds."""
    if agreement.until is None:
        raise ValueError("an agreement without an end has no last day")
    return date.fromordinal(agreement.until.toordinal() - 1)


def _tell(actor: Actor, agreement: Agreement, side: Who) -> None:
    day = f"{last_day(agreement):%d/%m/%Y}"
    text = said(_("It holds until %(day)s included."), day=day)
    if side == Who.WORKER:
        name = name_of(agreement.worker)
        tell_managers(actor, agreement, said(_("%(name)s withdraws from the agreement"), name=name), text)
    else:
        tell_worker(actor, agreement, _("The employer withdraws from your agreement"), text)
