"""Good practices: what may be told of an answer, and who has to agree. Pure."""

from collections.abc import Mapping
from typing import Any

from contempo.core.words import N_
from contempo.questionnaires.rules.document import Document, Kind
from contempo.questionnaires.rules.states import Mode, PracticeState

CONSENT = "consent"
"""The measure of the question that asks whether what is told may be published."""

YES = frozenset({"yes", "si"})
"""The options of that question that agree."""

LONGEST_TITLE, LONGEST_TEXT = 160, 5_000

NOT_NAMED = N_("Nobody can be asked: answers here are without a name, and this one did not allow to publish it.")
AGREED_TEXT = N_("Consent was given to this text: it changes no more. Take it out of the library to write it again.")


def consent_question(document: Document) -> str:
    """The key of the question that asks whether what is told may be published; empty when there is none."""
    for placed in document.questions():
        question = placed.question
        if question.measure == CONSENT and question.kind == Kind.SINGLE and placed.group is None:
            return question.key
    return ""


def consents(document: Document, answers: Mapping[str, Any]) -> bool:
    """Whether whoever gave these answers allowed to publish what they tell."""
    key = consent_question(document)
    return bool(key) and answers.get(key) in YES


def can_be_asked(mode: Mode) -> bool:
    """Whether the network may write to whoever gave an answer: only where it knows who that is."""
    return mode == Mode.IDENTIFIED


def may_be_written(state: PracticeState, *, asked: bool) -> bool:
    """Whether title and text may still change: not once somebody was shown them to agree (`asked`)."""
    return state == PracticeState.FOUND or (state == PracticeState.AGREED and not asked)
