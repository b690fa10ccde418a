"""Questions: the states they pass through, who moves them, for how long they can be reopened."""

from datetime import datetime, timedelta
from enum import StrEnum

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow


class State(StrEnum):
    """States of a question."""

    OPEN = "open"
    TAKEN = "taken"
    AWAITING_DETAILS = "awaiting_details"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DEFLECTED = "deflected"
    OUT_OF_SCOPE = "out_of_scope"
    MERGED = "merged"
    TRANSFERRED = "transferred"


WITH_DESK = (State.OPEN, State.TAKEN)
"""States in which the desk has the next move and the clock runs."""

UNANSWERED = (*WITH_DESK, State.AWAITING_DETAILS)
"""States of a question under way."""

ENDED = (State.WITHDRAWN, State.DEFLECTED, State.OUT_OF_SCOPE, State.MERGED, State.TRANSFERRED)
"""States in which no expert's answer is due any more, though none was given."""


class Who(StrEnum):
    """Parts a person may have in one question."""

    ASKER = "asker"
    HOLDER = "holder"
    EXPERT = "expert"
    COORDINATOR = "coordinator"
    SYSTEM = "system"


_ASKER = frozenset({Who.ASKER})
_STAFF = frozenset({Who.EXPERT, Who.COORDINATOR})
_HOLDER = frozenset({Who.HOLDER})
_HOLDER_OR_COORDINATOR = frozenset({Who.HOLDER, Who.COORDINATOR})
_SYSTEM = frozenset({Who.SYSTEM})

DESK = Workflow(
    name="desk",
    initial=State.OPEN,
    looks={
        State.OPEN: Look(N_("Waiting for an expert"), "info", "it-mail"),
        State.TAKEN: Look(N_("An expert is on it"), "info", "it-user"),
        State.AWAITING_DETAILS: Look(N_("Details awaited"), "warning", "it-help-circle"),
        State.ANSWERED: Look(N_("Answered"), "success", "it-check"),
        State.CLOSED: Look(N_("Closed"), "success", "it-check-circle"),
        State.WITHDRAWN: Look(N_("Withdrawn"), "neutral", "it-arrow-left-circle"),
        State.DEFLECTED: Look(N_("Answered by the catalogue"), "success", "it-search"),
        State.OUT_OF_SCOPE: Look(N_("Not for this desk"), "neutral", "it-minus-circle"),
        State.MERGED: Look(N_("Joined to another question"), "neutral", "it-link"),
        State.TRANSFERRED: Look(N_("Passed to another network"), "neutral", "it-external-link"),
    },
    transitions=(
        Transition("take", (State.OPEN, State.TAKEN), State.TAKEN, N_("Take the question"), _STAFF),
        Transition("release", (State.TAKEN,), State.OPEN, N_("Give the question back"), _HOLDER_OR_COORDINATOR),
        Transition("ask_details", (State.TAKEN,), State.AWAITING_DETAILS, N_("Ask for details"), _HOLDER),
        Transition("details", (State.AWAITING_DETAILS,), State.OPEN, N_("Send the details"), _ASKER),
        Transition("resume", (State.AWAITING_DETAILS,), State.OPEN, N_("Go on without the details"), _SYSTEM),
        Transition("answer", (State.TAKEN,), State.ANSWERED, N_("Send the answer"), _HOLDER),
        Transition("reopen", (State.ANSWERED,), State.OPEN, N_("Ask again"), _ASKER),
        Transition("withdraw", UNANSWERED, State.WITHDRAWN, N_("Withdraw the question"), _ASKER),
        Transition("deflect", UNANSWERED, State.DEFLECTED, N_("This answers me"), _ASKER),
        Transition("out_of_scope", WITH_DESK, State.OUT_OF_SCOPE, N_("Not for this desk"), _HOLDER_OR_COORDINATOR),
        Transition("merge", UNANSWERED, State.MERGED, N_("Join to another question"), _HOLDER_OR_COORDINATOR),
        Transition("transfer", WITH_DESK, State.TRANSFERRED, N_("Pass to another network"), _HOLDER_OR_COORDINATOR),
        Transition("close", (State.ANSWERED,), State.CLOSED, N_("Close"), _SYSTEM),
    ),
)

REOPEN_WITHIN = timedelta(days=30)
"""For how long after the answer the asker may ask again, and after which the question closes by itself."""


def check_reopening(answered_at: datetime, now: datetime) -> None:
    """Refuse to reopen a question answered too long ago."""
    if now - answered_at > REOPEN_WITHIN:
        raise Refusal(
            N_("The answer is more than thirty days old: ask a new question, and tell that it goes on from it.")
        )
