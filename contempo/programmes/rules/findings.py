"""A finding of the auditor: where a plan does not agree with itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contempo.core.words import N_


class Severity(StrEnum):
    """An error cannot be right; a warning wants a look; a note tells what explains a difference."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_LABELS: dict[str, str] = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("To be looked at"),
    Severity.NOTE: N_("Note"),
}


@dataclass(frozen=True)
class Finding:
    """One disagreement.

    `rule` is the name of the rule that found it; `subject` what it is about, in the words of the document (`118 Enti
    Gestori`), empty where the explanation or the place already says so; `place` where in the document it stands, in the
    document's words, or a sentence of ours; `path` where in the file (`budget.cells[3]`). `declared`, `computed` and
    `difference` are written as a person reads them, empty when there is none. `explanation` is a message id with
    `params`.
    """

    rule: str
    severity: Severity
    place: str
    path: str
    explanation: str
    declared: str = ""
    computed: str = ""
    difference: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
