"""The control of a claim: taken by one person, judged expense by expense, applied all at once or not at all."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.action import action
from contempo.core.money import in_euro
from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.people.public import Actor, names
from contempo.programmes.access import parts_in_claim
from contempo.programmes.actions.claims.story import (
    locked_claim,
    locked_expenses,
    mirror,
    move,
    said,
    tell_partner,
    tell_payers,
)
from contempo.programmes.models import Allocation, Claim, Expense
from contempo.programmes.rules.activities import Who
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.control import MOST_REASON, Judged, Paper, Room, hindrances, judgement, outcome
from contempo.programmes.rules.expenses import Unready


@action
def begin_control(actor: Actor, *, claim_id: int) -> Claim:
    """Begin to control a claim that was sent; the actor becomes its controller. Of several at once exactly one does."""
    claim = locked_claim(actor, claim_id)
    whos = parts_in_claim(actor, claim)
    if claim.state == ClaimState.IN_CONTROL and Who.CONTROLLER in whos:
        raise Refusal(N_("%(name)s has already begun to control this claim."), name=_controller(claim))
    expenses = locked_expenses(claim)
    claim.controller_id = actor.person_id
    move(actor, claim, "control", whos)
    mirror(claim, expenses)
    tell_partner(
        actor,
        claim,
        said(_("The control of claim %(number)s has begun"), number=claim.number),
        said(_("“%(title)s” is being controlled: until then it cannot be changed."), title=claim.title),
    )
    return claim


@action
def take_over(actor: Actor, *, claim_id: int) -> Claim:
    """Go on with a control that a colleague had begun; what was judged stays."""
    claim = locked_claim(actor, claim_id)
    claim.controller_id = actor.person_id
    move(actor, claim, "take_over", parts_in_claim(actor, claim))
    return claim


@action
def judge(actor: Actor, *, claim_id: int, position: int, accepted_cents: int, reason: str = "") -> Expense:
    """Say how much of an expense is to be accepted: all, a part or nothing. Whatever is less needs its reason.

    Nothing is accepted before `close_control`; until then it may be judged again.
    """
    claim = _in_control(actor, claim_id)
    expense = Expense.objects.select_for_update(of=("self",)).filter(claim=claim, position=position).first()
    if expense is None:
        raise Refusal(N_("This expense is not there any more."))
    expense.reason = judgement(expense.claimed_cents, accepted_cents, reason)
    expense.judged_cents = accepted_cents
    expense.save(update_fields=["judged_cents", "reason"])
    return expense


@action
def judge_rest(actor: Actor, *, claim_id: int) -> int:
    """Accept in full every expense not judged yet; returns how many they were."""
    claim = _in_control(actor, claim_id)
    rest = [expense for expense in locked_expenses(claim) if expense.judged_cents is None]
    for expense in rest:
        expense.judged_cents, expense.reason = expense.claimed_cents, ""
    Expense.objects.bulk_update(rest, ["judged_cents", "reason"])
    return len(rest)


@action
def give_back(actor: Actor, *, claim_id: int, reason: str) -> Claim:
    """Give a claim back to the partner, saying what to change; what was noted on single expenses stays beside them."""
    claim = _in_control(actor, claim_id)
    reason = reason.strip()
    if not reason:
        raise Refusal(N_("Say what is to be changed: the partner reads it."), field="reason")
    if len(reason) > MOST_REASON:
        raise Refusal(
            N_("The reason has %(count)s characters: at most %(most)s are allowed."),
            field="reason",
            count=len(reason),
            most=MOST_REASON,
        )
    expenses = locked_expenses(claim)
    move(actor, claim, "give_back", parts_in_claim(actor, claim), reason)
    for expense in expenses:
        expense.judged_cents = None
    mirror(claim, expenses, "judged_cents")
    tell_partner(
        actor,
        claim,
        said(_("Claim %(number)s is back with you: changes are asked"), number=claim.number),
        said(_("Change it and send it again. What is asked: “%(reason)s”"), reason=reason),
    )
    return claim


@action
def close_control(actor: Actor, *, claim_id: int) -> Claim:
    """End the control: all judgements are applied together, and the claim is accepted, accepted in part or refused.

    The documents claimed elsewhere and then the allocations are locked, each in the order of their ids, so that two who
    close at the same moment never accept more than a document or an allocation has; the second gets Unready with every
    sentence, and nothing of the claim is applied.
    """
    claim = _in_control(actor, claim_id)
    own = {expense.id for expense in claim.expenses.all()}
    marks = set(claim.expenses.values_list("fingerprint", flat=True))
    same = Expense.objects.filter(plan__network_id=claim.plan.network_id, fingerprint__in=marks)
    locked = Expense.objects.filter(Q(id__in=own) | Q(id__in=same.values("id"))).order_by("id")
    found = list(locked.select_for_update(of=("self",)).select_related("line", "source"))
    expenses = sorted((each for each in found if each.claim_id == claim.id), key=lambda each: each.position)
    judged = [
        Judged(each.position, each.allocation_id, each.fingerprint, each.claimed_cents, each.judged_cents)
        for each in expenses
    ]
    allocations = _allocations(expenses)
    rooms = {
        key: Room(f"“{each.line.title}” ({each.source.name})", each.cents - each.accepted_cents)
        for key, each in allocations.items()
    }
    if problems := hindrances(judged, rooms, _papers(claim, found)):
        raise Unready(problems)
    _apply(claim, expenses, allocations)
    claim.decided_at = clock.now()
    move(actor, claim, outcome(judged), parts_in_claim(actor, claim))
    mirror(claim, expenses, "accepted_cents")
    _tell_outcome(actor, claim)
    return claim


def _in_control(actor: Actor, claim_id: int) -> Claim:
    """The claim, locked, when the actor is the one who controls it now."""
    claim = locked_claim(actor, claim_id)
    if Who.CONTROLLER not in parts_in_claim(actor, claim):
        raise NotPermitted(N_("This claim is controlled by others: nobody judges what they claim or sent themselves."))
    if claim.state != ClaimState.IN_CONTROL:
        raise Refusal(N_("This claim is not in control now: open it again to see where it stands."))
    if claim.controller_id != actor.person_id:
        raise Refusal(N_("%(name)s controls this claim: take the control over first."), name=_controller(claim))
    return claim


def _controller(claim: Claim) -> str:
    return names([claim.controller_id]).get(claim.controller_id or 0, "")


def _allocations(expenses: Collection[Expense]) -> dict[int, Allocation]:
    """The allocations the expenses are charged to, locked in the order of their ids."""
    wanted = {expense.allocation_id for expense in expenses}
    locked = Allocation.objects.select_for_update(of=("self",)).filter(id__in=wanted).select_related("line", "source")
    return {each.id: each for each in locked.order_by("id")}


def _papers(claim: Claim, found: Collection[Expense]) -> dict[str, Paper]:
    """The documents of the claim: of amounts typed differently for one, the smallest holds; drafts do not count."""
    papers: dict[str, Paper] = {}
    for mark in sorted({each.fingerprint for each in found if each.claim_id == claim.id}):
        same = [each for each in found if each.fingerprint == mark and each.stage != ClaimState.DRAFT]
        papers[mark] = Paper(
            number=next(each.number for each in same if each.claim_id == claim.id),
            cents=min(each.net_cents + each.vat_cents for each in same),
            accepted_elsewhere=sum(each.accepted_cents or 0 for each in same if each.claim_id != claim.id),
        )
    return papers


def _apply(claim: Claim, expenses: Collection[Expense], allocations: dict[int, Allocation]) -> None:
    sums: dict[int, int] = defaultdict(int)
    for expense in expenses:
        expense.accepted_cents = expense.judged_cents
        sums[expense.allocation_id] += expense.judged_cents or 0
    claim.accepted_cents = sum(sums.values())
    for key, cents in sorted(sums.items()):
        allocations[key].accepted_cents += cents
    Allocation.objects.bulk_update(allocations.values(), ["accepted_cents"])


def _tell_outcome(actor: Actor, claim: Claim) -> None:
    accepted, claimed = in_euro(claim.accepted_cents or 0), in_euro(claim.claimed_cents)
    titles: dict[str, Promise] = {
        ClaimState.ACCEPTED: _("Claim %(number)s is accepted"),
        ClaimState.ACCEPTED_IN_PART: _("Claim %(number)s is accepted in part"),
        ClaimState.REFUSED: _("Claim %(number)s is not accepted"),
    }
    text = _("Of %(claimed)s claimed, %(accepted)s are accepted. The reasons are beside each expense.")
    if claim.state == ClaimState.ACCEPTED:
        text = _("All you claimed is accepted: %(accepted)s.")
    tell_partner(
        actor, claim, said(titles[claim.state], number=claim.number), said(text, claimed=claimed, accepted=accepted)
    )
    if claim.state != ClaimState.REFUSED:
        tell_payers(
            actor,
            claim,
            said(_("Claim %(number)s of %(name)s is to be paid"), number=claim.number, name=claim.organisation.name),
            said(_("%(accepted)s are accepted out of %(claimed)s claimed."), claimed=claimed, accepted=accepted),
        )
