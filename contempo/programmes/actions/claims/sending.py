"""A partner sends a claim to be controlled, or takes it back before anybody has begun."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import Count, F, Min, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.action import action
from contempo.core.files import Attachment
from contempo.core.money import in_euro
from contempo.core.verdict import NotPermitted
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.programmes.access import chargeable, parts_in_claim
from contempo.programmes.actions.claims.drafting import details_of, eligible_window
from contempo.programmes.actions.claims.story import (
    DOCUMENT,
    EXPENSE,
    PROOF,
    locked_claim,
    locked_expenses,
    mirror,
    move,
    require_in_force,
    said,
    tell_controllers,
)
from contempo.programmes.models import Allocation, Claim, Expense
from contempo.programmes.rules.activities import Who
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.expenses import Bounds, Problem, Unready, missing_papers, problems_of


@action
def submit(actor: Actor, *, claim_id: int) -> Claim:
    """Send a draft to whoever controls it. Everything is checked again; Unready tells all there is to mend at once."""
    claim = locked_claim(actor, claim_id)
    whos = parts_in_claim(actor, claim)
    if Who.PARTNER not in whos:
        raise NotPermitted(N_("Only who acts for this organisation changes its claims."))
    require_in_force(claim.plan)
    expenses = locked_expenses(claim)
    if claim.state == ClaimState.DRAFT and (problems := tuple(_problems(claim, expenses))):
        raise Unready(problems)
    claim.submitted_at, claim.submitted_by_id = clock.now(), actor.person_id
    claim.controller_id = None
    move(actor, claim, "submit", whos)
    for expense in expenses:
        expense.judged_cents, expense.reason = None, ""
    mirror(claim, expenses, "judged_cents", "reason")
    tell_controllers(
        actor,
        claim,
        said(_("Claim %(number)s of %(name)s awaits control"), number=claim.number, name=claim.organisation.name),
        said(
            _("“%(title)s”: %(amount)s in %(count)s expenses. Nobody has begun the control yet."),
            title=claim.title,
            amount=in_euro(claim.claimed_cents),
            count=claim.expense_count,
        ),
    )
    return claim


@action
def withdraw(actor: Actor, *, claim_id: int) -> Claim:
    """Take a claim back while nobody has begun to control it: it is a draft again."""
    claim = locked_claim(actor, claim_id)
    expenses = locked_expenses(claim)
    move(actor, claim, "withdraw", parts_in_claim(actor, claim))
    mirror(claim, expenses)
    tell_controllers(
        actor,
        claim,
        said(_("Claim %(number)s of %(name)s was taken back"), number=claim.number, name=claim.organisation.name),
        _("There is nothing to control until it is sent again."),
    )
    return claim


def _problems(claim: Claim, expenses: list[Expense]) -> Iterator[Problem]:
    if not expenses:
        yield Problem(None, N_("There is no expense in this claim yet: add the first."), {})
    window, today = eligible_window(claim.plan, claim.alliance), clock.today()
    open_to_it = chargeable(
        Allocation.objects.filter(line__alliance_id=claim.alliance_id), claim.plan, claim.organisation_id
    )
    allocations = set(open_to_it.values_list("id", flat=True))
    kept = _files(expenses)
    for expense in expenses:
        found = problems_of(details_of(expense), Bounds(window, expense.source.kind, today))
        if expense.allocation_id not in allocations:
            found += (Problem("allocation", N_("Choose a line and a source that this claim may use."), {}),)
        documents, proofs = kept.get(expense.id, (0, 0))
        found += missing_papers(expense.kind, documents=documents, proofs=proofs)
        yield from (replace(problem, position=expense.position) for problem in found)
    yield from _claimed_twice(claim, expenses)


def _files(expenses: Iterable[Expense]) -> dict[int, tuple[int, int]]:
    """How many documents and proofs of payment each expense has."""
    found = Attachment.objects.filter(owner_kind=EXPENSE, owner_id__in=[expense.id for expense in expenses])
    counted = found.values_list("owner_id").annotate(
        documents=Count("key", filter=Q(purpose=DOCUMENT)), proofs=Count("key", filter=Q(purpose=PROOF))
    )
    return {owner: (documents, proofs) for owner, documents, proofs in counted}


def _claimed_twice(claim: Claim, expenses: list[Expense]) -> Iterator[Problem]:
    """Documents of which the organisation would claim, in all its claims that were sent, more than they are of."""
    marks = {expense.fingerprint for expense in expenses}
    same = Expense.objects.filter(
        plan__network_id=claim.plan.network_id, organisation_id=claim.organisation_id, fingerprint__in=marks
    ).filter(Q(claim=claim) | ~Q(stage=ClaimState.DRAFT))
    summed = same.values_list("fingerprint").annotate(
        asked=Sum(Coalesce("accepted_cents", "claimed_cents")), whole=Min(F("net_cents") + F("vat_cents"))
    )
    for mark, asked, whole in summed.order_by("fingerprint"):
        if asked <= whole:
            continue
        first = next(expense for expense in expenses if expense.fingerprint == mark)
        others = same.filter(fingerprint=mark).exclude(id=first.id).order_by("claim__number", "position")
        number, position = others.values_list("claim__number", "position")[0]
        yield Problem(
            None,
            N_(
                "This document is of %(whole)s and %(asked)s of it are claimed: it is also expense %(other)s of claim "
                "%(number)s. Claim each part once."
            ),
            {"whole": in_euro(whole), "asked": in_euro(asked), "other": position, "number": number},
            first.position,
        )
