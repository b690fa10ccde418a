"""Money that goes to partners: advances, and what accepted claims give less the advance recovered from them."""

from datetime import date

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.action import action
from contempo.core.money import in_euro
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor, OrganisationRole, notify, persons_of_organisation
from contempo.programmes.access import chargeable, may_advance, parts_in_claim
from contempo.programmes.actions.claims.story import (
    FOR_PARTNERS,
    locked_claim,
    locked_expenses,
    mirror,
    move,
    require_in_force,
    said,
    tell_partner,
)
from contempo.programmes.models import Account, Allocation, Payment, Plan
from contempo.programmes.rules.expenses import day
from contempo.programmes.rules.payments import Settlement, settlement
from contempo.programmes.rules.plan.tree import SourceKind

LONGEST_REFERENCE = 200


@action
def pay(actor: Actor, *, claim_id: int, reference: str, paid_on: date) -> Payment:
    """Record that an accepted claim was paid on a day, under a reference (the transfer, the mandate).

    What is paid is what was accepted out of funds, less the open advance of the partner in the alliance: `settlement`.
    When nothing is to be paid out, no reference is needed. `Expense.paid_cents` becomes what was settled of each
    expense, be it by this payment or by the advance. Of several payments at once exactly one is recorded.
    """
    claim = locked_claim(actor, claim_id)
    whos = parts_in_claim(actor, claim)
    expenses = locked_expenses(claim)
    account = _locked_account(claim.plan_id, claim.alliance_id, claim.organisation_id)
    move(actor, claim, "pay", whos, reference.strip())
    for expense in expenses:
        expense.paid_cents = expense.accepted_cents or 0 if expense.source.kind == SourceKind.FUND else 0
    settled = settlement(
        sum(expense.paid_cents for expense in expenses), account.advanced_cents - account.recovered_cents
    )
    if settled.paid:
        _check(reference, paid_on)
        if claim.decided_at and paid_on < claim.decided_at.astimezone(clock.ROME).date():
            raise Refusal(N_("The control ended after this day: a claim is paid once it is accepted."), field="paid_on")
    account.recovered_cents += settled.recovered
    account.save(update_fields=["recovered_cents"])
    payment = Payment.objects.create(
        plan_id=claim.plan_id,
        account=account,
        claim=claim,
        cents=settled.paid,
        recovered_cents=settled.recovered,
        paid_on=paid_on,
        reference=reference.strip(),
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
    )
    mirror(claim, expenses, "paid_cents")
    tell_partner(actor, claim, said(_("Claim %(number)s is paid"), number=claim.number), _told(settled, paid_on))
    return payment


@action
def advance(
    actor: Actor,
    *,
    plan_id: int,
    organisation_id: int,
    alliance_id: int | None,
    cents: int,
    reference: str,
    paid_on: date,
) -> Payment:
    """Record an advance to a partner of an alliance (or, None, of the plan itself): recovered from its next claims.

    Open advances are never more than what funds still have for the partner there. Raises NotPermitted, and Refusal
    beside `amount`, `reference`, `paid_on` or `partner`.
    """
    require(may_advance(actor))
    plan = Plan.objects.select_related("network").filter(id=plan_id, network_id=actor.network_id).first()
    if plan is None:
        raise Refusal(N_("This plan is not there any more."))
    require_in_force(plan)
    _check(reference, paid_on)
    if cents <= 0:
        raise Refusal(N_("The amount must be more than zero."), field="amount")
    funds = Allocation.objects.filter(line__alliance_id=alliance_id, source__kind=SourceKind.FUND)
    account = _locked_account(plan.id, alliance_id, organisation_id)
    free = Allocation.objects.filter(id__in=chargeable(funds, plan, organisation_id).values("id")).aggregate(
        given=Sum("cents"), used=Sum("accepted_cents")
    )
    left = (free["given"] or 0) - (free["used"] or 0) - (account.advanced_cents - account.recovered_cents)
    if cents > left:
        raise Refusal(
            N_("Funds still have %(left)s for this partner here: an advance cannot be more."),
            field="amount",
            left=in_euro(max(left, 0)),
        )
    account.advanced_cents += cents
    account.save(update_fields=["advanced_cents"])
    payment = Payment.objects.create(
        plan=plan,
        account=account,
        cents=cents,
        paid_on=paid_on,
        reference=reference.strip(),
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
    )
    workers = (OrganisationRole.REPRESENTATIVE, OrganisationRole.EDITOR, OrganisationRole.DELEGATE)
    notify(
        {person.id for person in persons_of_organisation(organisation_id, *workers)} - {actor.person_id or 0},
        kind=FOR_PARTNERS.name,
        network_id=plan.network_id,
        title=said(_("An advance of %(amount)s was paid"), amount=in_euro(cents)),
        text=_("It is kept back from your next claims, until all of it is accounted for."),
        url=f"/{plan.network.slug}/piani/{plan.key}/pagamenti/",
    )
    return payment


def _locked_account(plan_id: int, alliance_id: int | None, organisation_id: int) -> Account:
    account, _made = Account.objects.get_or_create(
        plan_id=plan_id, alliance_id=alliance_id, organisation_id=organisation_id
    )
    return Account.objects.select_for_update(of=("self",)).get(id=account.id)


def _check(reference: str, paid_on: date) -> None:
    if not reference.strip():
        raise Refusal(
            N_("Write the reference of the payment: the number of the mandate, for instance."), field="reference"
        )
    if len(reference.strip()) > LONGEST_REFERENCE:
        raise Refusal(
            N_("This text is too long: %(most)s characters at most."), field="reference", most=LONGEST_REFERENCE
        )
    if paid_on > clock.today():
        raise Refusal(N_("This day is still to come."), field="paid_on")


def _told(settled: Settlement, paid_on: date) -> Promise:
    text = _("%(paid)s were paid on %(day)s.")
    if settled.recovered:
        text = _("%(paid)s were paid on %(day)s; %(recovered)s are kept back for the advance you had.")
    if not settled.payable:
        text = _("What was accepted is your own share: nothing was to be paid out.")
    return said(text, paid=in_euro(settled.paid), recovered=in_euro(settled.recovered), day=day(paid_on))
