"""What may happen to a budget revision."""

from enum import StrEnum

from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow
from contempo.programmes.rules.activities import Who


class RevisionState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


_DECIDERS = frozenset({Who.COORDINATOR, Who.STEERING})

REVISION = Workflow(
    name="revision",
    initial=RevisionState.DRAFT,
    looks={
        RevisionState.DRAFT: Look(N_("Draft"), "neutral", "it-pencil"),
        RevisionState.PROPOSED: Look(N_("Proposed"), "warning", "it-clock"),
        RevisionState.APPROVED: Look(N_("Approved"), "success", "it-check-circle"),
        RevisionState.REFUSED: Look(N_("Refused"), "danger", "it-close-circle"),
    },
    transitions=(
        Transition(
            "propose", (RevisionState.DRAFT,), RevisionState.PROPOSED, N_("Propose"), frozenset({Who.COORDINATOR})
        ),
        Transition(
            "take_back",
            (RevisionState.PROPOSED,),
            RevisionState.DRAFT,
            N_("Take it back"),
            frozenset({Who.COORDINATOR}),
        ),
        Transition("approve", (RevisionState.PROPOSED,), RevisionState.APPROVED, N_("Approve"), _DECIDERS),
        Transition("refuse", (RevisionState.PROPOSED,), RevisionState.REFUSED, N_("Refuse"), _DECIDERS),
    ),
)
