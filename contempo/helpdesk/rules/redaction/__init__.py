"""What in a text could identify someone: found, judged, taken out. Pure.

Every finding is a `Mark` with a sentence that says why. What a person has judged to identify nobody is subtracted;
nothing is published while a mark remains. See docs/algorithms/redaction.md.
"""

from contempo.helpdesk.rules.redaction.finding import found, kept, redacted, refuse_unresolved, unresolved
from contempo.helpdesk.rules.redaction.marks import KIND_LABELS, Kind, Known, Mark, key_of
from contempo.helpdesk.rules.redaction.places import candidate_places, is_small

__all__ = [
    "KIND_LABELS",
    "Kind",
    "Known",
    "Mark",
    "candidate_places",
    "found",
    "is_small",
    "kept",
    "key_of",
    "redacted",
    "refuse_unresolved",
    "unresolved",
]
