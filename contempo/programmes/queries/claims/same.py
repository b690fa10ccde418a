"""The same document in other expenses: found by fingerprint, told without saying more than the reader may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from contempo.core.money import in_euro
from contempo.people.public import Actor
from contempo.programmes.access import visible_expenses, works_for
from contempo.programmes.models import Expense, Plan
from contempo.programmes.rules.claims import ClaimState


@dataclass(frozen=True)
class Same:
    """Another expense with the same document. `partner` and `url` are empty for who may not know whose it is.

    `document` is the amount typed there when it differs; `accepted` what of it was accepted there, empty while unknown.
    """

    claim: int
    position: int
    partner: str
    url: str
    document: str
    accepted: str
    in_this_claim: bool


def same_documents(actor: Actor, plan: Plan, expenses: Iterable[Expense]) -> Mapping[int, tuple[Same, ...]]:
    """For each of `expenses`, by id, the others with its document in the network; drafts of others do not count.

    One SQL. `plan` comes with its network.
    """
    own = {expense.id: expense for expense in expenses}
    marks = {expense.fingerprint for expense in own.values()}
    others = Expense.objects.filter(plan__network_id=plan.network_id, fingerprint__in=marks)
    others = others.filter(~Q(stage=ClaimState.DRAFT) | Q(organisation_id__in=works_for(actor)))
    seen = visible_expenses(actor, Expense.objects.filter(pk=OuterRef("pk")))
    found = (
        others.annotate(seen=Exists(seen))
        .select_related("organisation", "plan")
        .only(
            "fingerprint",
            "position",
            "net_cents",
            "vat_cents",
            "accepted_cents",
            "claim__number",
            "organisation__name",
            "plan__key",
        )
    )
    rows = list(found.select_related("claim", "organisation", "plan").order_by("id"))
    return {
        key: tuple(
            _same(expense, other, plan)
            for other in rows
            if other.fingerprint == expense.fingerprint and other.id != key
        )
        for key, expense in own.items()
    }


def _same(expense: Expense, other: Expense, plan: Plan) -> Same:
    seen = bool(other.seen)  # type: ignore[attr-defined]
    names = {"network": plan.network.slug, "plan": other.plan.key, "number": other.claim.number}
    differs = other.net_cents + other.vat_cents != expense.net_cents + expense.vat_cents
    return Same(
        claim=other.claim.number if seen else 0,
        position=other.position if seen else 0,
        partner=other.organisation.name if seen else "",
        url=reverse("programmes:claim", kwargs=names) + f"#spesa-{other.position}" if seen else "",
        document=in_euro(other.net_cents + other.vat_cents) if differs and seen else "",
        accepted=in_euro(other.accepted_cents) if seen and other.accepted_cents is not None else "",
        in_this_claim=other.claim_id == expense.claim_id,
    )
