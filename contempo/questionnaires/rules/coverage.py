"""Which units a response speaks for, and what happens when two speak for the same one. Pure.

One response is counted for a unit. Without a person's word it is the one that came first, and whatever comes later
waits; a person keeps one of them, or none, with a reason, and may take that back. What comes after a decision waits
again: a late separate answer is never lost, and never counted twice.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.questionnaires.rules.document import Document, Kind
from contempo.questionnaires.rules.states import CoverageState

UNIT = "unit"
"""The `measure` of the question in which who answers without an invitation names its own organisation."""

MOST_REASON = 2000


@dataclass(frozen=True)
class Claim:
    """A response that speaks for a unit since an instant. `decided` once a person settled it: then `state` holds."""

    number: int
    since: datetime
    state: CoverageState
    decided: bool


def standings(claims: Iterable[Claim]) -> dict[int, CoverageState]:
    """The state of each claim to one unit, by number: at most one is counted, one at least where none was decided.

    What a person decided stays. Of the others the first is counted, unless a person keeps another; the rest wait.
    """
    claims = sorted(claims, key=lambda claim: (claim.since, claim.number))
    made = {claim.number: claim.state for claim in claims if claim.decided}
    taken = CoverageState.COUNTED in made.values()
    for claim in claims:
        if not claim.decided:
            made[claim.number] = CoverageState.DISPUTED if taken else CoverageState.COUNTED
            taken = True
    return made


def decided(claims: Iterable[int], keep: int | None) -> dict[int, CoverageState]:
    """What a person's decision makes of the claims to one unit: `keep` is counted, the others are not; None keeps none.

    Raises Refusal beside `keep` when it is none of them, or there is nothing to settle.
    """
    claims = set(claims)
    if not claims:
        raise Refusal(N_("No answer speaks for this unit: there is nothing to settle."))
    if keep is not None and keep not in claims:
        raise Refusal(N_("This answer no longer speaks for this unit: look at it again."), field="keep")
    return {claim: CoverageState.COUNTED if claim == keep else CoverageState.DROPPED for claim in claims}


def in_figures(states: Collection[CoverageState]) -> bool:
    """Whether a response enters the figures, by the states of all the units it speaks for.

    It does when it speaks for none (a public link, a token without a unit) or is counted for one at least. What only
    waits, or was dropped everywhere, would answer twice for a unit: it is left out, unless a person says otherwise.
    """
    return not states or CoverageState.COUNTED in states


def checked_reason(text: str) -> str:
    """The reason of a decision, trimmed. Raises Refusal beside `reason` when there is none, or it is too long."""
    text = text.strip()
    if not text:
        raise Refusal(N_("Say why: who reads the figures later will ask."), field="reason")
    if len(text) > MOST_REASON:
        raise Refusal(N_("This text is too long: %(most)s characters at most."), field="reason", most=MOST_REASON)
    return text


def named_organisation(document: Document, answers: Mapping[str, Any]) -> int | None:
    """The number of the organisation that who answers named as its own, None when no question asks it."""
    for placed in document.questions():
        question = placed.question
        if question.kind == Kind.ORGANISATION and question.measure == UNIT and placed.group is None:
            named = answers.get(question.key)
            return named if isinstance(named, int) else None
    return None
