"""What a person decides about a message that waits."""

from enum import StrEnum

from contempo.core.verdict import Refusal
from contempo.core.words import N_


class Decision(StrEnum):
    """Decisions."""

    JOIN = "join"
    ASK = "ask"
    DISCARD = "discard"


DECISION_LABELS: dict[str, str] = {
    Decision.JOIN: N_("Join it to a question"),
    Decision.ASK: N_("Make it a new question"),
    Decision.DISCARD: N_("Set it aside"),
}

MIN_REASON, MAX_REASON = 5, 1000


def checked_reason(text: str) -> str:
    """Why it was decided so, trimmed; Refusal when it says too little or too much."""
    text = text.strip()
    if len(text) < MIN_REASON:
        raise Refusal(N_("Write why, in a few words: whoever looks later will understand."), field="reason")
    if len(text) > MAX_REASON:
        raise Refusal(
            N_("The reason has %(count)s characters: at most %(most)s are allowed."),
            field="reason",
            count=len(text),
            most=MAX_REASON,
        )
    return text
