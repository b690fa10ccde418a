"""The month of agile work: what may be done in it, and when."""

from enum import StrEnum

from contempo.agile.rules.parts import Who
from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow


class MonthState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLEARED = "cleared"
    PUBLISHED = "published"
    CLOSED = "closed"


_HR, _BOTH = frozenset({Who.HR}), frozenset({Who.HR, Who.CLOCK})

MONTH = Workflow(
    name="month",
    initial=MonthState.DRAFT,
    looks={
        MonthState.DRAFT: Look(N_("In preparation"), "neutral", "it-pencil"),
        MonthState.OPEN: Look(N_("Open"), "info", "it-calendar"),
        MonthState.CLEARED: Look(N_("Cleared, not yet published"), "warning", "it-settings"),
        MonthState.PUBLISHED: Look(N_("Result published"), "success", "it-check-circle"),
        MonthState.CLOSED: Look(N_("Month closed"), "neutral", "it-lock"),
    },
    transitions=(
        Transition("open", (MonthState.DRAFT,), MonthState.OPEN, N_("Open the month"), _HR),
        Transition("clear", (MonthState.OPEN,), MonthState.CLEARED, N_("Clear the bank"), _BOTH),
        Transition("publish", (MonthState.CLEARED,), MonthState.PUBLISHED, N_("Publish the result"), _BOTH),
        Transition("clear_again", (MonthState.PUBLISHED,), MonthState.CLEARED, N_("Clear again"), _HR),
        Transition("close", (MonthState.PUBLISHED,), MonthState.CLOSED, N_("Close the month"), _BOTH),
    ),
)


class Reason(StrEnum):
    """Why extra days are asked for; the policy of the employer puts them in order."""

    HEALTH = "health"
    DISABILITY = "disability"
    CARE = "care"
    CHILDREN = "children"
    PREGNANCY = "pregnancy"
    DISTANCE = "distance"
    OTHER = "other"


REASON_LABELS: dict[str, str] = {
    Reason.HEALTH: N_("Own health"),
    Reason.DISABILITY: N_("Own disability"),
    Reason.CARE: N_("Care of a relative"),
    Reason.CHILDREN: N_("Children"),
    Reason.PREGNANCY: N_("Pregnancy"),
    Reason.DISTANCE: N_("Distance from work"),
    Reason.OTHER: N_("Other need"),
}


class RequestState(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class AppealState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


APPEAL = Workflow(
    name="appeal",
    initial=AppealState.OPEN,
    looks={
        AppealState.OPEN: Look(N_("To be decided"), "info", "it-mail"),
        AppealState.UPHELD: Look(N_("Upheld"), "success", "it-check-circle"),
        AppealState.REJECTED: Look(N_("Rejected"), "danger", "it-close-circle"),
    },
    transitions=(
        Transition("uphold", (AppealState.OPEN,), AppealState.UPHELD, N_("Uphold"), _HR),
        Transition("reject", (AppealState.OPEN,), AppealState.REJECTED, N_("Reject"), _HR),
    ),
)


class Place(StrEnum):
    """Where an agile day is worked."""

    HOME = "home"
    SEAT = "seat"
    OTHER = "other"


PLACE_LABELS: dict[str, str] = {
    Place.HOME: N_("At home"),
    Place.SEAT: N_("At a near-working seat"),
    Place.OTHER: N_("Elsewhere"),
}


class DayState(StrEnum):
    """What became of a planned date."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    DISPLACED = "displaced"
    ASKED = "asked"
    REFUSED = "refused"
    USED = "used"


DAY_STATE_LABELS: dict[str, str] = {
    DayState.PLANNED: N_("Planned"),
    DayState.CANCELLED: N_("Given back"),
    DayState.DISPLACED: N_("Displaced: the unit would have been short of people"),
    DayState.ASKED: N_("Waits for an exception"),
    DayState.REFUSED: N_("Exception not granted"),
    DayState.USED: N_("Used"),
}
