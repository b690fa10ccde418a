"""A partner prepares a claim: the claim itself and the expenses in it, with their documents."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.core.files import File
from django.db.models import Max, Sum

from contempo.core import clock, files
from contempo.core.action import action
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.programmes.access import chargeable, may_claim_for, parts_in_claim
from contempo.programmes.actions.claims.story import DOCUMENT, EXPENSE, PROOF, locked_claim, require_in_force
from contempo.programmes.models import Alliance, Allocation, Claim, ClaimMove, Expense, Plan
from contempo.programmes.models.editions import edition_of_claim, edition_of_expense
from contempo.programmes.rules.activities import Who
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.editions import require_edition
from contempo.programmes.rules.eligibility import Window, window_of
from contempo.programmes.rules.expenses import Bounds, Details, checked
from contempo.programmes.rules.invoices import fingerprint

MOST_FILES = 10
"""Files of one purpose an expense may have."""


@action
def draft_claim(
    actor: Actor, *, plan_id: int, organisation_id: int, alliance_id: int | None, title: str, note: str = ""
) -> Claim:
    """Begin a claim of an organisation for what it does in an alliance, or (None) for lines of the plan itself.

    `actor` works for the organisation; the plan is in force and has money it may claim there. Returns the draft.
    Raises NotPermitted, and Refusal beside `title` or `alliance`.
    """
    require(may_claim_for(actor, organisation_id))
    plan = Plan.objects.select_for_update(no_key=True).filter(id=plan_id, network_id=actor.network_id).first()
    if plan is None:
        raise Refusal(N_("This plan is not there any more."))
    require_in_force(plan)
    title = _titled(title)
    if not chargeable(Allocation.objects.filter(line__alliance_id=alliance_id), plan, organisation_id).exists():
        raise Refusal(N_("The budget has no money that this organisation may claim here."), field="alliance")
    last = Claim.objects.filter(plan=plan).aggregate(Max("number"))["number__max"] or 0
    moment = clock.now()
    claim = Claim.objects.create(
        plan=plan,
        number=last + 1,
        alliance_id=alliance_id,
        organisation_id=organisation_id,
        title=title,
        note=note.strip(),
        state_since=moment,
        created_at=moment,
    )
    ClaimMove.objects.create(
        claim=claim, at=moment, transition="draft", state=ClaimState.DRAFT, person_id=actor.person_id
    )
    return claim


@action
def change_claim(actor: Actor, *, claim_id: int, title: str, note: str = "", edition: str = "") -> Claim:
    """Change the title and the note of a draft. `edition` is the one the form was opened on: Overtaken when it was
    changed meanwhile.
    """
    claim = _draft(actor, claim_id)
    require_edition(edition, edition_of_claim(claim))
    claim.title, claim.note = _titled(title), note.strip()
    claim.save(update_fields=["title", "note"])
    return claim


@action
def remove_claim(actor: Actor, *, claim_id: int) -> None:
    """Throw away a draft that was never sent, with its expenses and their files."""
    claim = _draft(actor, claim_id)
    if claim.submitted_at:
        raise Refusal(N_("This claim was sent already: it stays in the records. Change it and send it again."))
    for expense in claim.expenses.order_by("id"):
        files.discard_all(owner_kind=EXPENSE, owner_id=expense.id)
    claim.delete()


@action
def add_expense(
    actor: Actor,
    *,
    claim_id: int,
    details: Details,
    documents: "Sequence[File[bytes]]" = (),
    proofs: "Sequence[File[bytes]]" = (),
) -> Expense:
    """Put an expense into a draft, with the files of the document and of the proof of payment.

    Files may come later: they are asked for when the claim is sent. Raises Unready with everything that is wrong, and
    Refusal beside `documents` or `proofs` for a file that cannot be accepted.
    """
    claim = _draft(actor, claim_id)
    last = claim.expenses.aggregate(Max("position"))["position__max"] or 0
    expense = Expense(
        claim=claim,
        plan_id=claim.plan_id,
        alliance_id=claim.alliance_id,
        organisation_id=claim.organisation_id,
        position=last + 1,
    )
    _write(expense, claim, details)
    _take(actor, claim, expense, documents, proofs)
    _sum_up(claim)
    return expense


@action
def change_expense(
    actor: Actor,
    *,
    claim_id: int,
    position: int,
    details: Details,
    documents: "Sequence[File[bytes]]" = (),
    proofs: "Sequence[File[bytes]]" = (),
    edition: str = "",
) -> Expense:
    """Change an expense of a draft and add further files to it. Raises as `add_expense`.

    What the last control had noted on it is cleared: it is for the next one to judge. `edition` is the one the form was
    opened on: Overtaken when it was changed meanwhile.
    """
    claim = _draft(actor, claim_id)
    expense = _expense(claim, position)
    require_edition(edition, edition_of_expense(expense))
    expense.reason = ""
    _write(expense, claim, details)
    _take(actor, claim, expense, documents, proofs)
    _sum_up(claim)
    return expense


@action
def remove_expense(actor: Actor, *, claim_id: int, position: int) -> None:
    """Take an expense out of a draft, with its files."""
    claim = _draft(actor, claim_id)
    expense = _expense(claim, position)
    files.discard_all(owner_kind=EXPENSE, owner_id=expense.id)
    expense.delete()
    _sum_up(claim)


@action
def drop_paper(actor: Actor, *, claim_id: int, position: int, key: UUID) -> None:
    """Throw away one file of an expense of a draft."""
    expense = _expense(_draft(actor, claim_id), position)
    files.discard(key, owner_kind=EXPENSE, owner_id=expense.id)


def eligible_window(plan: Plan, alliance: Alliance | None) -> Window:
    """The days in which expenses of an alliance (or of the plan itself) are eligible."""
    whole = Window(plan.since, plan.until)
    return window_of(whole, alliance.since, alliance.until) if alliance else whole


def details_of(expense: Expense) -> Details:
    """An expense as it was typed."""
    return Details(
        allocation_id=expense.allocation_id,
        kind=expense.kind,
        number=expense.number,
        dated_on=expense.dated_on,
        supplier=expense.supplier,
        supplier_code=expense.supplier_code,
        description=expense.description,
        net_cents=expense.net_cents,
        vat_cents=expense.vat_cents,
        vat_recovered=expense.vat_recovered,
        claimed_cents=expense.claimed_cents,
        paid_on=expense.paid_on,
        payment=expense.payment,
    )


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refusal(N_("Give the claim a title: “First half of 2026”, for instance."), field="title")
    return title


def _draft(actor: Actor, claim_id: int) -> Claim:
    claim = locked_claim(actor, claim_id)
    if Who.PARTNER not in parts_in_claim(actor, claim):
        raise NotPermitted(N_("Only who acts for this organisation changes its claims."))
    if claim.state != ClaimState.DRAFT:
        raise Refusal(N_("The claim has been sent: it is no longer changed. Take it back first, if you still can."))
    return claim


def _expense(claim: Claim, position: int) -> Expense:
    expense = Expense.objects.select_for_update(of=("self",)).filter(claim=claim, position=position).first()
    if expense is None:
        raise Refusal(N_("This expense is not there any more."))
    return expense


def _write(expense: Expense, claim: Claim, details: Details) -> None:
    require_in_force(claim.plan)
    open_to_it = chargeable(
        Allocation.objects.filter(line__alliance_id=claim.alliance_id), claim.plan, claim.organisation_id
    )
    allocation = open_to_it.filter(id=details.allocation_id).select_related("source").first()
    if allocation is None:
        raise Refusal(N_("Choose a line and a source that this claim may use."), field="allocation")
    bounds = Bounds(eligible_window(claim.plan, claim.alliance), allocation.source.kind, clock.today())
    details = checked(details, bounds)
    for name, value in asdict(details).items():
        setattr(expense, name, value)
    expense.line_id, expense.source_id = allocation.line_id, allocation.source_id
    expense.fingerprint = fingerprint(
        kind=details.kind,
        number=details.number,
        dated_on=details.dated_on,
        supplier=details.supplier,
        supplier_code=details.supplier_code,
    )
    expense.save()


def _take(
    actor: Actor,
    claim: Claim,
    expense: Expense,
    documents: "Sequence[File[bytes]]",
    proofs: "Sequence[File[bytes]]",
) -> None:
    kept = [each.purpose for each in files.attachments_of(EXPENSE, expense.id)] if documents or proofs else []
    for purpose, field, uploads in ((DOCUMENT, "documents", documents), (PROOF, "proofs", proofs)):
        if len(uploads) + kept.count(purpose) > MOST_FILES:
            raise Refusal(N_("An expense has %(most)s files of a kind at most."), field=field, most=MOST_FILES)
        for upload in uploads:
            files.accept(
                upload,
                network_id=claim.plan.network_id,
                owner_kind=EXPENSE,
                owner_id=expense.id,
                purpose=purpose,
                person_id=actor.person_id,
                field=field,
            )


def _sum_up(claim: Claim) -> None:
    """Copy the sums of the expenses to their locked claim."""
    claim.claimed_cents = claim.expenses.aggregate(Sum("claimed_cents"))["claimed_cents__sum"] or 0
    claim.expense_count = claim.expenses.count()
    claim.save(update_fields=["claimed_cents", "expense_count"])
