"""What may happen to a plan and to an activity, and how both are shown."""

from enum import StrEnum

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow


class Who(StrEnum):
    """The parts somebody may have in a plan, an activity or a claim."""

    COORDINATOR = "coordinator"
    STEERING = "steering"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    PARTNER = "partner"
    CONTROLLER = "controller"
    PAYER = "payer"
    SYSTEM = "system"


class PlanState(StrEnum):
    DRAFT = "draft"
    IN_FORCE = "in_force"
    CLOSED = "closed"


PLAN = Workflow(
    name="plan",
    initial=PlanState.DRAFT,
    looks={
        PlanState.DRAFT: Look(N_("Draft"), "neutral", "it-pencil"),
        PlanState.IN_FORCE: Look(N_("In force"), "success", "it-check-circle"),
        PlanState.CLOSED: Look(N_("Ended"), "neutral", "it-lock"),
    },
    transitions=(
        Transition(
            "put_in_force", (PlanState.DRAFT,), PlanState.IN_FORCE, N_("Put in force"), frozenset({Who.COORDINATOR})
        ),
        Transition("close", (PlanState.IN_FORCE,), PlanState.CLOSED, N_("Close"), frozenset({Who.COORDINATOR})),
    ),
)


def require_no_claims(waiting: int) -> None:
    """Refuse to close a plan while that many claims have been sent and neither refused nor paid."""
    if waiting:
        raise Refusal(
            N_("%(count)s claims of this plan still wait to be controlled or paid: close it after that."), count=waiting
        )


class ActivityState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


_WORKERS = frozenset({Who.COORDINATOR, Who.LEAD, Who.RESPONSIBLE})
_DECIDERS = frozenset({Who.COORDINATOR, Who.LEAD})

ACTIVITY = Workflow(
    name="activity",
    initial=ActivityState.PLANNED,
    looks={
        ActivityState.PLANNED: Look(N_("Planned"), "neutral", "it-calendar"),
        ActivityState.UNDER_WAY: Look(N_("Under way"), "info", "it-refresh"),
        ActivityState.DONE: Look(N_("Done"), "success", "it-check-circle"),
        ActivityState.SUSPENDED: Look(N_("Suspended"), "warning", "it-warning-circle"),
        ActivityState.CANCELLED: Look(N_("Cancelled"), "neutral", "it-close-circle"),
    },
    transitions=(
        Transition(
            "start",
            (ActivityState.PLANNED, ActivityState.SUSPENDED),
            ActivityState.UNDER_WAY,
            N_("It has begun"),
            _WORKERS,
        ),
        Transition(
            "finish",
            (ActivityState.PLANNED, ActivityState.UNDER_WAY),
            ActivityState.DONE,
            N_("It is done"),
            _WORKERS,
        ),
        Transition(
            "suspend",
            (ActivityState.PLANNED, ActivityState.UNDER_WAY),
            ActivityState.SUSPENDED,
            N_("Suspend"),
            _WORKERS,
        ),
        Transition(
            "cancel",
            (ActivityState.PLANNED, ActivityState.UNDER_WAY, ActivityState.SUSPENDED),
            ActivityState.CANCELLED,
            N_("Cancel it"),
            _DECIDERS,
        ),
        Transition(
            "reopen",
            (ActivityState.DONE, ActivityState.CANCELLED),
            ActivityState.PLANNED,
            N_("Plan it again"),
            _DECIDERS,
        ),
    ),
)

OPEN = frozenset({ActivityState.PLANNED, ActivityState.UNDER_WAY, ActivityState.SUSPENDED})
"""States in which an activity may still be late."""
