"""Individual agreements: states, what stands in one, notice, what the Ministry is told, how long they are kept."""

from contempo.agile.rules.agreements.states import (
    AGREEMENT,
    GRANTS_PRIORITY,
    GROUND_LABELS,
    IN_THE_MAKING,
    SIGNED,
    TERM_LABELS,
    TOLD_LABELS,
    AgreementState,
    Ground,
    Term,
    Told,
)
from contempo.agile.rules.parts import Who

__all__ = [
    "AGREEMENT",
    "GRANTS_PRIORITY",
    "GROUND_LABELS",
    "IN_THE_MAKING",
    "SIGNED",
    "TERM_LABELS",
    "TOLD_LABELS",
    "AgreementState",
    "Ground",
    "Term",
    "Told",
    "Who",
]
