"""What is said of an agreement at its end: by the worker, then by the manager, objective by objective."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from contempo.agile.rules.agreements.states import SIGNED, AgreementState
from contempo.core.words import N_

FROM_BEFORE_END = timedelta(days=30)
"""How long before its last day an agreement can be evaluated, and renewed."""


class Mark(StrEnum):
    REACHED = "reached"
    PARTLY = "partly"
    MISSED = "missed"


MARK_LABELS: dict[str, str] = {
    Mark.REACHED: N_("Reached"),
    Mark.PARTLY: N_("Reached in part"),
    Mark.MISSED: N_("Not reached"),
}


def can_be_evaluated(state: str, starts_on: date | None, until: date | None, today: date) -> bool:
    """Whether it is time to say how an agreement went: in its last thirty days, and ever after."""
    if state not in SIGNED or starts_on is None or today < starts_on or until is None:
        return False
    if state == AgreementState.IN_FORCE:
        return today >= until - FROM_BEFORE_END
    return state != AgreementState.WITHDRAWN or today >= until - FROM_BEFORE_END


def evaluation(objectives: Sequence[str], marks: Sequence[str], note: str) -> dict[str, Any]:
    """An evaluation as it is kept: each objective with its mark, and a note. Raises ValueError for an unknown mark."""
    rows = [{"text": text, "mark": Mark(mark).value} for text, mark in zip(objectives, marks, strict=True)]
    return {"objectives": rows, "note": note.strip()}
