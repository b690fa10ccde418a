"""What may happen to a claim: from the partner's draft to the payment."""

from enum import StrEnum

from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow
from contempo.programmes.rules.activities import Who


class ClaimState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_CONTROL = "in_control"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REFUSED = "refused"
    PAID = "paid"


DECIDED = (ClaimState.ACCEPTED, ClaimState.ACCEPTED_IN_PART, ClaimState.REFUSED, ClaimState.PAID)
PAYABLE = (ClaimState.ACCEPTED, ClaimState.ACCEPTED_IN_PART)

_PARTNER, _CONTROLLER = frozenset({Who.PARTNER}), frozenset({Who.CONTROLLER})

CLAIM = Workflow(
    name="claim",
    initial=ClaimState.DRAFT,
    looks={
        ClaimState.DRAFT: Look(N_("Draft"), "neutral", "it-pencil"),
        ClaimState.SUBMITTED: Look(N_("Submitted"), "info", "it-mail"),
        ClaimState.IN_CONTROL: Look(N_("In control"), "warning", "it-search"),
        ClaimState.ACCEPTED: Look(N_("Accepted in full"), "success", "it-check-circle"),
        ClaimState.ACCEPTED_IN_PART: Look(N_("Accepted in part"), "warning", "it-check"),
        ClaimState.REFUSED: Look(N_("Refused in full"), "danger", "it-close-circle"),
        ClaimState.PAID: Look(N_("Paid"), "success", "it-card"),
    },
    transitions=(
        Transition("submit", (ClaimState.DRAFT,), ClaimState.SUBMITTED, N_("Send the claim"), _PARTNER),
        Transition("withdraw", (ClaimState.SUBMITTED,), ClaimState.DRAFT, N_("Take it back"), _PARTNER),
        Transition("control", (ClaimState.SUBMITTED,), ClaimState.IN_CONTROL, N_("Begin the control"), _CONTROLLER),
        Transition(
            "take_over", (ClaimState.IN_CONTROL,), ClaimState.IN_CONTROL, N_("Take the control over"), _CONTROLLER
        ),
        Transition("give_back", (ClaimState.IN_CONTROL,), ClaimState.DRAFT, N_("Ask for changes"), _CONTROLLER),
        Transition("accept", (ClaimState.IN_CONTROL,), ClaimState.ACCEPTED, N_("Close the control"), _CONTROLLER),
        Transition(
            "accept_in_part",
            (ClaimState.IN_CONTROL,),
            ClaimState.ACCEPTED_IN_PART,
            N_("Close the control"),
            _CONTROLLER,
        ),
        Transition("refuse", (ClaimState.IN_CONTROL,), ClaimState.REFUSED, N_("Close the control"), _CONTROLLER),
        Transition(
            "pay",
            (ClaimState.ACCEPTED, ClaimState.ACCEPTED_IN_PART),
            ClaimState.PAID,
            N_("Pay"),
            frozenset({Who.PAYER}),
        ),
    ),
)


class DocumentKind(StrEnum):
    """What proves an expense."""

    INVOICE = "invoice"
    RECEIPT = "receipt"
    PAYSLIP = "payslip"
    IN_KIND = "in_kind"
    OTHER = "other"


DOCUMENT_KIND_LABELS: dict[str, str] = {
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.RECEIPT: N_("Receipt"),
    DocumentKind.PAYSLIP: N_("Payslip"),
    DocumentKind.IN_KIND: N_("Statement of what was given in kind"),
    DocumentKind.OTHER: N_("Other document"),
}
