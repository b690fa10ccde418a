"""One claim as its page shows it: where it stands, what comes next, every expense, what happened."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from contempo.core.files import Attachment, attachment_of
from contempo.core.money import in_euro
from contempo.core.workflow import Look
from contempo.network.public import organisation_links
from contempo.people.public import Actor, names
from contempo.programmes.access import parts_in_claim, visible_claims, visible_expenses
from contempo.programmes.models import Account, Claim, ClaimMove, Expense, Payment
from contempo.programmes.models.editions import edition_of_claim
from contempo.programmes.queries.claims.same import Same, same_documents
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.activities import Who
from contempo.programmes.rules.claims import CLAIM, DOCUMENT_KIND_LABELS, PAYABLE, ClaimState
from contempo.programmes.rules.eligibility import Window, window_of
from contempo.programmes.rules.expenses import missing_papers
from contempo.programmes.rules.payments import settlement
from contempo.programmes.rules.plan.tree import SourceKind
from contempo.web.timeline import Entry

EXPENSE, DOCUMENT, PROOF = "programmes.expense", "document", "payment"
"""What owns the files of an expense, and what they are; as `actions.claims.story` writes them."""


@dataclass(frozen=True)
class Paper:
    """A file of an expense."""

    name: str
    size: int
    url: str
    drop_url: str


@dataclass(frozen=True)
class ExpenseRow:
    """An expense in its claim; amounts as people read them, empty while unknown."""

    position: int
    kind: str
    number: str
    dated_on: date
    supplier: str
    supplier_code: str
    description: str
    line: str
    source: str
    allocation_id: int
    net: str
    vat: str
    vat_recovered: bool
    document: str
    claimed: str
    claimed_cents: int
    judged: str
    judged_cents: int | None
    accepted: str
    accepted_cents: int | None
    refused: str
    reason: str
    paid_on: date
    payment: str
    papers: tuple[Paper, ...]
    proofs: tuple[Paper, ...]
    missing: tuple[str, ...]
    same: tuple[Same, ...]
    url: str


@dataclass(frozen=True)
class Totals:
    """The sums of the expenses of a claim, from the rows themselves."""

    claimed: str
    judged: str
    accepted: str
    refused: str
    waiting: int


@dataclass(frozen=True)
class Settled:
    """How a claim is or would be settled: what was accepted of funds, what is kept back, what is paid out."""

    payable: str
    recovered: str
    paid: str
    paid_cents: int
    paid_on: date | None = None
    reference: str = ""
    recorded_by: str = ""


@dataclass(frozen=True)
class ClaimPage:
    """A claim. `steps` are the names of those open to the reader; `whos` the reader's parts in it."""

    id: int
    number: int
    title: str
    note: str
    edition: str
    state: str
    look: Look
    since: datetime
    partner: str
    partner_url: str
    alliance: str
    first_day: date
    last_day: date
    controller: str
    controls: bool
    submitted_at: datetime | None
    submitted_by: str
    decided_at: datetime | None
    asked: str
    expenses: tuple[ExpenseRow, ...]
    totals: Totals
    settled: Settled | None
    steps: frozenset[str]
    may_change: bool
    story: tuple[Entry, ...]
    url: str

    @property
    def ready(self) -> bool:
        """Whether nothing is missing that can be seen from here: expenses, and their papers."""
        return bool(self.expenses) and not any(expense.missing for expense in self.expenses)


def find_claim(actor: Actor, plan: OpenedPlan, number: int) -> Claim | None:
    """The claim of a plan by its number, None when `actor` may not see it. One SQL."""
    claims = visible_claims(actor, Claim.objects.filter(plan=plan.plan, number=number))
    return claims.select_related("plan__network", "alliance", "organisation").first()


def claim_page(actor: Actor, plan: OpenedPlan, number: int) -> ClaimPage | None:
    """The page of a claim, None when `actor` may not see it. Nine SQL, however many its expenses."""
    claim = find_claim(actor, plan, number)
    if claim is None:
        return None
    whos = parts_in_claim(actor, claim)
    expenses = list(claim.expenses.select_related("line", "source").order_by("position"))
    moves = list(claim.moves.all())
    payment = Payment.objects.filter(claim=claim).first() if claim.state == ClaimState.PAID else None
    people = names([*(move.person_id for move in moves), claim.controller_id, claim.submitted_by_id, *_payer(payment)])
    rows = _rows(actor, plan, claim, expenses)
    window = window_for(claim)
    link = organisation_links(claim.plan.network_id, [claim.organisation_id]).get(claim.organisation_id)
    given_back = next((move for move in reversed(moves) if move.transition in ("give_back", "submit")), None)
    return ClaimPage(
        id=claim.id,
        number=claim.number,
        title=claim.title,
        note=claim.note,
        edition=edition_of_claim(claim),
        state=claim.state,
        look=CLAIM.looks[ClaimState(claim.state)],
        since=claim.state_since,
        partner=claim.organisation.name,
        partner_url=link.url if link else "",
        alliance=claim.alliance.name if claim.alliance else "",
        first_day=window.since,
        last_day=window.until - timedelta(days=1),
        controller=people.get(claim.controller_id or 0, ""),
        controls=claim.controller_id == actor.person_id and claim.state == ClaimState.IN_CONTROL,
        submitted_at=claim.submitted_at,
        submitted_by=people.get(claim.submitted_by_id or 0, ""),
        decided_at=claim.decided_at,
        asked=given_back.text if given_back and claim.state == ClaimState.DRAFT else "",
        expenses=rows,
        totals=_totals(expenses),
        settled=_settled(claim, expenses, payment, people),
        steps=_steps(actor, claim, whos),
        may_change=Who.PARTNER in whos and claim.state == ClaimState.DRAFT and plan.in_force,
        story=_story(moves, people),
        url=plan.url("claim", number=number),
    )


def window_for(claim: Claim) -> Window:
    """The days in which the expenses of a claim are eligible."""
    whole = Window(claim.plan.since, claim.plan.until)
    return window_of(whole, claim.alliance.since, claim.alliance.until) if claim.alliance else whole


def papers_of(
    plan: OpenedPlan, number: int, expenses: Collection[Expense]
) -> Mapping[tuple[int, str], tuple[Paper, ...]]:
    """The files of expenses, by the id of the expense and the purpose. One SQL."""
    positions = {expense.id: expense.position for expense in expenses}
    kept: dict[tuple[int, str], tuple[Paper, ...]] = {}
    for each in Attachment.objects.filter(owner_kind=EXPENSE, owner_id__in=positions).order_by("at", "key"):
        parts = {"number": number, "position": positions[each.owner_id], "key": each.key}
        paper = Paper(each.name, each.size, plan.url("claim_paper", **parts), plan.url("claim_paper_drop", **parts))
        kept[each.owner_id, each.purpose] = (*kept.get((each.owner_id, each.purpose), ()), paper)
    return kept


def paper_of(actor: Actor, plan: OpenedPlan, number: int, position: int, key: UUID) -> Attachment | None:
    """A file of an expense, None when there is none or `actor` may not see it. Two SQL."""
    expenses = visible_expenses(actor, Expense.objects.filter(plan=plan.plan, claim__number=number, position=position))
    expense_id = expenses.values_list("id", flat=True).first()
    try:
        return attachment_of(key, owner_kind=EXPENSE, owner_id=expense_id) if expense_id else None
    except Attachment.DoesNotExist:
        return None


def _rows(actor: Actor, plan: OpenedPlan, claim: Claim, expenses: list[Expense]) -> tuple[ExpenseRow, ...]:
    papers = papers_of(plan, claim.number, expenses)
    same = same_documents(actor, claim.plan, expenses)
    draft = claim.state == ClaimState.DRAFT
    return tuple(
        ExpenseRow(
            position=each.position,
            kind=_(DOCUMENT_KIND_LABELS[each.kind]),
            number=each.number,
            dated_on=each.dated_on,
            supplier=each.supplier,
            supplier_code=each.supplier_code,
            description=each.description,
            line=each.line.title,
            source=each.source.name,
            allocation_id=each.allocation_id,
            net=in_euro(each.net_cents),
            vat=in_euro(each.vat_cents),
            vat_recovered=each.vat_recovered,
            document=in_euro(each.net_cents + each.vat_cents),
            claimed=in_euro(each.claimed_cents),
            claimed_cents=each.claimed_cents,
            judged=_known(each.judged_cents),
            judged_cents=each.judged_cents,
            accepted=_known(each.accepted_cents),
            accepted_cents=each.accepted_cents,
            refused="" if each.accepted_cents is None else in_euro(each.claimed_cents - each.accepted_cents),
            reason=each.reason,
            paid_on=each.paid_on,
            payment=each.payment,
            papers=papers.get((each.id, DOCUMENT), ()),
            proofs=papers.get((each.id, PROOF), ()),
            missing=_missing(each, papers) if draft else (),
            same=same[each.id],
            url=plan.url("expense", number=claim.number, position=each.position),
        )
        for each in expenses
    )


def _missing(expense: Expense, papers: Mapping[tuple[int, str], tuple[Paper, ...]]) -> tuple[str, ...]:
    documents, proofs = (len(papers.get((expense.id, purpose), ())) for purpose in (DOCUMENT, PROOF))
    return tuple(_(each.reason) for each in missing_papers(expense.kind, documents=documents, proofs=proofs))


def _known(cents: int | None) -> str:
    return "" if cents is None else in_euro(cents)


def _totals(expenses: Iterable[Expense]) -> Totals:
    expenses = list(expenses)
    decided = [each for each in expenses if each.accepted_cents is not None]
    judged = [each.judged_cents for each in expenses if each.judged_cents is not None]
    accepted = sum(each.accepted_cents or 0 for each in decided)
    return Totals(
        claimed=in_euro(sum(each.claimed_cents for each in expenses)),
        judged=in_euro(sum(judged)),
        accepted=in_euro(accepted) if decided else "",
        refused=in_euro(sum(each.claimed_cents for each in decided) - accepted) if decided else "",
        waiting=len(expenses) - len(judged),
    )


def _settled(
    claim: Claim, expenses: Iterable[Expense], payment: Payment | None, people: Mapping[int, str]
) -> Settled | None:
    if payment is not None:
        return Settled(
            payable=in_euro(payment.cents + payment.recovered_cents),
            recovered=in_euro(payment.recovered_cents) if payment.recovered_cents else "",
            paid=in_euro(payment.cents),
            paid_cents=payment.cents,
            paid_on=payment.paid_on,
            reference=payment.reference,
            recorded_by=people.get(payment.recorded_by_id or 0, ""),
        )
    if claim.state not in PAYABLE:
        return None
    account = Account.objects.filter(
        plan_id=claim.plan_id, alliance_id=claim.alliance_id, organisation_id=claim.organisation_id
    ).first()
    due = settlement(
        sum(each.accepted_cents or 0 for each in expenses if each.source.kind == SourceKind.FUND),
        account.advanced_cents - account.recovered_cents if account else 0,
    )
    recovered = in_euro(due.recovered) if due.recovered else ""
    return Settled(in_euro(due.payable), recovered, in_euro(due.paid), due.paid)


def _payer(payment: Payment | None) -> list[int | None]:
    return [payment.recorded_by_id] if payment else []


def _steps(actor: Actor, claim: Claim, whos: Collection[str]) -> frozenset[str]:
    """The steps open to the reader; in control, only the controller goes on, and only others take over."""
    steps = {step.name for step in CLAIM.available(claim.state, whos)}
    if claim.state == ClaimState.IN_CONTROL:
        mine = claim.controller_id == actor.person_id
        steps &= {"give_back", "accept", "accept_in_part", "refuse"} if mine else {"take_over"}
    return frozenset(steps)


def _story(moves: Iterable[ClaimMove], people: Mapping[int, str]) -> tuple[Entry, ...]:
    """What happened, the newest first."""
    return tuple(
        Entry(
            at=move.at,
            title=_told(move.transition, move.state),
            who=people.get(move.person_id or 0, ""),
            text=move.text,
            tone=CLAIM.looks[ClaimState(move.state)].tone,
            icon=CLAIM.looks[ClaimState(move.state)].icon,
        )
        for move in reversed(list(moves))
    )


def _told(transition: str, state: str) -> str:
    titles = {
        "draft": _("Draft begun"),
        "submit": _("Sent"),
        "withdraw": _("Taken back"),
        "control": _("Control begun"),
        "take_over": _("Control taken over"),
        "give_back": _("Changes asked"),
    }
    return titles.get(transition) or _(CLAIM.looks[ClaimState(state)].label)
