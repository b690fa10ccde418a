"""Questions that figures of the network read by name: which of their answers are in favour. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contempo.core.words import N_
from contempo.questionnaires.rules.document import Document, Kind, Question

SATISFACTION, PRODUCTIVITY = "satisfaction", "productivity"

MEASURE_LABELS: dict[str, str] = {
    SATISFACTION: N_("Satisfaction"),
    PRODUCTIVITY: N_("Productivity"),
    "unit": N_("For which organisation one answers"),
    "consent": N_("The consent to tell others about a good practice"),
}
"""What the network reads, by mark (see `rules.checks.kinds.MEASURES`)."""

_FROM_THE_MIDDLE = frozenset({PRODUCTIVITY})
"""Measures whose middle (“as well as before”) is in favour, too."""


@dataclass(frozen=True)
class Measured:
    """A question read by name, and the page it stands on: each value its answers may have, as text, with its score and
    whether it is in favour.
    """

    question: str
    page: str
    scores: Mapping[str, float]
    favourable: frozenset[str]


def measured(document: Document, measure: str) -> Measured | None:
    """The question of a document that is read under this name; None when there is none.

    In favour are the answers above the middle of the scale; where the question compares with before (productivity) the
    middle, too. On a scale from 0 to 10 the middle is 5.
    """
    for placed in document.questions():
        if placed.question.measure == measure and placed.group is None:
            scores = _scores(placed.question)
            if not scores:
                return None
            middle = (min(scores.values()) + max(scores.values())) / 2
            at_middle = measure in _FROM_THE_MIDDLE
            good = {value for value, score in scores.items() if score > middle or (at_middle and score == middle)}
            return Measured(placed.question.key, placed.page.key, scores, frozenset(good))
    return None


def _scores(question: Question) -> dict[str, Any]:
    if question.kind == Kind.SCALE:
        least = 0 if question.least is None else int(question.least)
        most = 10 if question.most is None else int(question.most)
        return {f"{value}": value for value in range(least, most + 1)}
    if question.kind == Kind.LIKERT:
        return {option.key: option.score for option in question.options if option.score is not None}
    return {}
