"""What every step of a claim has in common: the lock, the change of state, its line in the story, who is told."""

from collections.abc import Collection, Iterable
from typing import cast

from django.utils.functional import Promise, lazy

from contempo.core.clock import now
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import (
    Actor,
    Kind,
    NetworkRole,
    OrganisationRole,
    notify,
    persons_of_organisation,
    persons_with,
    register_notification_kind,
)
from contempo.programmes.models import Claim, ClaimMove, Expense, Plan
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.claims import CLAIM

EXPENSE = "programmes.expense"
"""What owns the files of an expense."""

DOCUMENT, PROOF = "document", "payment"
"""Purposes of the files of an expense: the document itself, and the proof that it was paid."""

FOR_PARTNERS = Kind("programmes.claim", N_("Claims of my organisation"))
FOR_CONTROLLERS = Kind("programmes.control", N_("Claims to control"))
FOR_PAYERS = Kind("programmes.payment", N_("Claims to pay"))

_WORKERS = (OrganisationRole.REPRESENTATIVE, OrganisationRole.EDITOR, OrganisationRole.DELEGATE)


def register_kinds() -> None:
    """Make the notifications about claims known; called once when the application starts."""
    for kind in (FOR_PARTNERS, FOR_CONTROLLERS, FOR_PAYERS):
        register_notification_kind(kind)


def locked_claim(actor: Actor, claim_id: int) -> Claim:
    """The claim of the actor's network, locked until the end of the transaction; Refusal when it is not there.

    Locks are taken in one order everywhere: claim, expenses, allocations, account, and rows of one table by id.
    """
    claim = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("plan__network", "alliance", "organisation")
        .filter(id=claim_id, plan__network_id=actor.network_id)
        .first()
    )
    if claim is None:
        raise Refusal(N_("This claim is not there any more."))
    return claim


def locked_expenses(claim: Claim) -> list[Expense]:
    """The expenses of a locked claim, locked, in the order of their positions."""
    found = Expense.objects.select_for_update(of=("self",)).filter(claim=claim).select_related("line", "source")
    return sorted(found.order_by("id"), key=lambda expense: expense.position)


def move(actor: Actor, claim: Claim, transition: str, whos: Collection[str], text: str = "") -> None:
    """Move a locked claim along `transition` and write its line in the story. Raises Refusal and NotPermitted."""
    claim.state = CLAIM.move(claim.state, transition, whos)
    claim.state_since = now()
    claim.save()
    ClaimMove.objects.create(
        claim=claim,
        at=claim.state_since,
        transition=transition,
        state=claim.state,
        person_id=actor.person_id,
        text=text,
    )


def mirror(claim: Claim, expenses: Iterable[Expense], *fields: str) -> None:
    """Copy the state of a claim to its (locked) expenses and write `fields` of theirs, all in one statement.

    One statement, because the sums kept by the database then take their locks in one order.
    """
    expenses = list(expenses)
    for expense in expenses:
        expense.stage = claim.state
    Expense.objects.bulk_update(expenses, ["stage", *fields])


def require_in_force(plan: Plan) -> None:
    """Expenses are claimed while the plan is in force. Raises Refusal."""
    if plan.state != PlanState.IN_FORCE:
        raise Refusal(N_("Expenses are claimed while the plan is in force: this one is not."))


def claim_path(claim: Claim) -> str:
    """Path of the page of a claim."""
    return f"/{claim.plan.network.slug}/piani/{claim.plan.key}/rendicontazione/{claim.number}/"


def _fill(text: Promise, params: dict[str, object]) -> str:
    return str(text) % {key: str(value) for key, value in params.items()}


_filled = lazy(_fill, str)


def said(text: Promise, **params: object) -> Promise:
    """`text` (lazily translated) with `params` put in, in the language of whoever reads it."""
    return cast(Promise, _filled(text, params))


def tell_partner(actor: Actor, claim: Claim, title: Promise, text: Promise) -> None:
    """Tell whoever works for the organisation that claims, besides the actor."""
    people = {person.id for person in persons_of_organisation(claim.organisation_id, *_WORKERS)}
    _tell(actor, claim, FOR_PARTNERS, people, title, text)


def tell_controllers(actor: Actor, claim: Claim, title: Promise, text: Promise) -> None:
    """Tell who may control the claim: who works for the lead, or the coordinators for the lead's own."""
    lead = claim.alliance.lead_id if claim.alliance else None
    if lead is not None and lead != claim.organisation_id:
        people = {person.id for person in persons_of_organisation(lead, *_WORKERS)}
    else:
        people = {person.id for person in persons_with(claim.plan.network_id, NetworkRole.COORDINATOR)}
    own = {person.id for person in persons_of_organisation(claim.organisation_id, *_WORKERS)}
    _tell(actor, claim, FOR_CONTROLLERS, people - own, title, text)


def tell_payers(actor: Actor, claim: Claim, title: Promise, text: Promise) -> None:
    """Tell the coordinators, besides who controlled."""
    people = {person.id for person in persons_with(claim.plan.network_id, NetworkRole.COORDINATOR)}
    _tell(actor, claim, FOR_PAYERS, people, title, text)


def _tell(actor: Actor, claim: Claim, kind: Kind, people: set[int], title: Promise, text: Promise) -> None:
    notify(
        people - {actor.person_id or 0},
        kind=kind.name,
        network_id=claim.plan.network_id,
        title=title,
        text=text,
        url=claim_path(claim),
    )
