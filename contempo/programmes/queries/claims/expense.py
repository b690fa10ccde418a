"""What the forms of claims offer and say: where an expense may be charged, what is left there, how it was typed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from contempo.core.money import euro, in_euro, in_italian
from contempo.network.public import organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import chargeable, may_claim_for, parts_in_claim, works_for
from contempo.programmes.models import Alliance, Allocation, Claim, Expense
from contempo.programmes.models.editions import edition_of_expense
from contempo.programmes.queries.claims.page import DOCUMENT, PROOF, Paper, find_claim, papers_of, window_for
from contempo.programmes.queries.claims.same import Same, same_documents
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.activities import Who
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.eligibility import Window


@dataclass(frozen=True)
class Place:
    """An allocation an expense may be charged to, in cents; `claimed_cents` is what the claim asks of it."""

    id: int
    line: str
    source: str
    cents: int
    accepted_cents: int
    claimed_cents: int

    @property
    def left_cents(self) -> int:
        """What may still be accepted."""
        return self.cents - self.accepted_cents

    @property
    def label(self) -> str:
        """The source with what is left of it."""
        return _("%(source)s: %(left)s left") % {"source": self.source, "left": in_euro(self.left_cents)}

    @property
    def left(self) -> str:
        return in_euro(self.left_cents)

    @property
    def claimed(self) -> str:
        return in_euro(self.claimed_cents)

    @property
    def whole(self) -> str:
        return in_euro(self.cents)

    @property
    def accepted(self) -> str:
        return in_euro(self.accepted_cents)

    @property
    def over(self) -> str:
        """By how much the claim asks more than is left; empty when it does not."""
        return in_euro(self.claimed_cents - self.left_cents) if self.claimed_cents > self.left_cents else ""


@dataclass(frozen=True)
class ExpenseEdit:
    """An expense as its form opens it; `position` None for a new one."""

    claim_id: int
    number: int
    title: str
    position: int | None
    initial: dict[str, Any]
    places: tuple[Place, ...]
    window: Window
    papers: tuple[Paper, ...]
    proofs: tuple[Paper, ...]
    same: tuple[Same, ...]
    reason: str
    url: str

    @property
    def last_day(self) -> date:
        """The last eligible day."""
        return self.window.until - timedelta(days=1)


def expense_edit(actor: Actor, plan: OpenedPlan, number: int, position: int | None) -> ExpenseEdit | None:
    """An expense of a draft to be changed, or a new one; None when `actor` may not change the claim. Eight SQL."""
    claim = _own_draft(actor, plan, number)
    if claim is None:
        return None
    expense = claim.expenses.filter(position=position).first() if position is not None else None
    if expense is None and position is not None:
        return None
    papers = papers_of(plan, number, [expense]) if expense else {}
    return ExpenseEdit(
        claim_id=claim.id,
        number=number,
        title=claim.title,
        position=position,
        initial=_typed(expense) if expense else _like_the_last(claim),
        places=places(claim),
        window=window_for(claim),
        papers=papers.get((expense.id, DOCUMENT), ()) if expense else (),
        proofs=papers.get((expense.id, PROOF), ()) if expense else (),
        same=same_documents(actor, claim.plan, [expense])[expense.id] if expense else (),
        reason=expense.reason if expense else "",
        url=plan.url("claim", number=number),
    )


def places(claim: Claim) -> tuple[Place, ...]:
    """Where the expenses of a claim may be charged, in the order of the budget. Two SQL."""
    open_to_it = chargeable(
        Allocation.objects.filter(line__alliance_id=claim.alliance_id), claim.plan, claim.organisation_id
    )
    asked: dict[int, int] = {}
    for allocation_id, cents in claim.expenses.values_list("allocation_id", "claimed_cents"):
        asked[allocation_id] = asked.get(allocation_id, 0) + cents
    return tuple(_place(each, asked.get(each.id, 0)) for each in _named(open_to_it))


def used_places(expenses: Iterable[tuple[int, int]]) -> tuple[Place, ...]:
    """The allocations that (id, cents) pairs ask of, with what they ask; in the order of the budget. One SQL."""
    asked: dict[int, int] = {}
    for allocation_id, cents in expenses:
        asked[allocation_id] = asked.get(allocation_id, 0) + cents
    return tuple(_place(each, asked[each.id]) for each in _named(Allocation.objects.filter(id__in=asked)))


def left_on(actor: Actor, plan: OpenedPlan, number: int, allocation_id: int, more_cents: int) -> Place | None:
    """What is left of an allocation of which `more_cents` are asked; None when the claim cannot charge it.

    Raises LookupError when `actor` may not change the claim.
    """
    claim = _own_draft(actor, plan, number)
    if claim is None:
        raise LookupError(number)
    found = next((place for place in places(claim) if place.id == allocation_id), None)
    return replace(found, claimed_cents=more_cents) if found else None


def beginnings(actor: Actor, plan: OpenedPlan) -> tuple[tuple[str, str], ...]:
    """Where `actor` may begin a claim, as choices: the value is the organisation and the alliance ("7-3", "7-0").

    Two SQL, and one for each organisation the actor works for.
    """
    found = []
    alliances = dict(Alliance.objects.filter(plan=plan.plan).values_list("id", "name"))
    for organisation_id in sorted(works_for(actor)):
        open_to_it = chargeable(Allocation.objects.all(), plan.plan, organisation_id)
        for alliance_id in sorted(
            set(open_to_it.values_list("line__alliance_id", flat=True)), key=lambda key: key or 0
        ):
            found.append((organisation_id, alliance_id, alliances.get(alliance_id or 0, _("The plan itself"))))
    links = organisation_links(plan.plan.network_id, {organisation_id for organisation_id, _key, _name in found})
    called = {key: link.name for key, link in links.items()}
    several = len(called) > 1
    return tuple(
        (f"{organisation}-{alliance or 0}", f"{called[organisation]}: {name}" if several else name)
        for organisation, alliance, name in found
    )


def _own_draft(actor: Actor, plan: OpenedPlan, number: int) -> Claim | None:
    claim = find_claim(actor, plan, number)
    if claim is None or claim.state != ClaimState.DRAFT or Who.PARTNER not in parts_in_claim(actor, claim):
        return None
    return claim if may_claim_for(actor, claim.organisation_id) else None


def _named(allocations: Any) -> Iterable[Allocation]:
    found: list[Allocation] = list(
        Allocation.objects.filter(id__in=allocations.values("id"))
        .select_related("line", "source")
        .order_by("line__position", "source__position", "id")
    )
    return found


def _place(each: Allocation, asked: int) -> Place:
    return Place(each.id, each.line.title, each.source.name, each.cents, each.accepted_cents, asked)


def _typed(expense: Expense) -> dict[str, Any]:
    return {
        "allocation": str(expense.allocation_id),
        "kind": expense.kind,
        "number": expense.number,
        "dated_on": expense.dated_on,
        "supplier": expense.supplier,
        "supplier_code": expense.supplier_code,
        "description": expense.description,
        "net": in_italian(euro(expense.net_cents)),
        "vat": in_italian(euro(expense.vat_cents)),
        "vat_recovered": expense.vat_recovered,
        "claimed": in_italian(euro(expense.claimed_cents)),
        "paid_on": expense.paid_on,
        "payment": expense.payment,
        "edition": edition_of_expense(expense),
    }


def _like_the_last(claim: Claim) -> dict[str, Any]:
    """What the next expense most often has in common with the one before."""
    last = claim.expenses.order_by("-position").first()
    return {"allocation": str(last.allocation_id), "vat_recovered": last.vat_recovered} if last else {}
