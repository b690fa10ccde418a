"""What may happen to a monitoring period and to a measurement."""

from enum import StrEnum

from contempo.core.words import N_
from contempo.core.workflow import Look


class PeriodState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


PERIOD_LOOKS: dict[str, Look] = {
    PeriodState.OPEN: Look(N_("Open"), "info", "it-unlocked"),
    PeriodState.CLOSING: Look(N_("Being closed"), "warning", "it-clock"),
    PeriodState.CLOSED: Look(N_("Closed and sealed"), "success", "it-lock"),
}


class Origin(StrEnum):
    COMPUTED = "computed"
    ENTERED = "entered"


class MeasurementState(StrEnum):
    """A measurement waits for a second person; an approved one counts; closing the period seals it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    SEALED = "sealed"


MEASUREMENT_LOOKS: dict[str, Look] = {
    MeasurementState.PROPOSED: Look(N_("Waiting for approval"), "warning", "it-clock"),
    MeasurementState.APPROVED: Look(N_("Value approved"), "success", "it-check-circle"),
    MeasurementState.REFUSED: Look(N_("Value refused"), "danger", "it-close-circle"),
    MeasurementState.SEALED: Look(N_("Sealed"), "success", "it-lock"),
}


class Standing(StrEnum):
    """How an indicator stands to its target."""

    REACHED = "reached"
    BELOW = "below"
    MISSING = "missing"
    HIDDEN = "hidden"
    NO_TARGET = "no_target"


STANDING_LOOKS: dict[str, Look] = {
    Standing.REACHED: Look(N_("Target reached"), "success", "it-check-circle"),
    Standing.BELOW: Look(N_("Below the target"), "info", "it-chart-line"),
    Standing.MISSING: Look(N_("Not measured yet"), "warning", "it-clock"),
    Standing.HIDDEN: Look(N_("Too small to be told"), "neutral", "it-password-invisible"),
    Standing.NO_TARGET: Look(N_("Nothing to compare with"), "neutral", "it-minus-circle"),
}
