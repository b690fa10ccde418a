"""Assessing an activity: one answer for each criterion, what they say together, and when to look again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contempo.agile.rules.mapping.criteria import Criterion
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.core.workflow import Look

LONGEST_REASON = 1_000


class Met(StrEnum):
    """Whether one criterion is met by one activity."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


MET_LABELS: dict[str, str] = {Met.YES: N_("Yes"), Met.PARTLY: N_("In part"), Met.NO: N_("No")}


class Remoteness(StrEnum):
    """What the criteria say of an activity together."""

    REMOTE = "remote"
    PARTLY = "partly"
    NOT = "not"


REMOTENESS_LABELS: dict[str, str] = {
    Remoteness.REMOTE: N_("Can be done remotely"),
    Remoteness.PARTLY: N_("Can be done remotely in part"),
    Remoteness.NOT: N_("Cannot be done remotely"),
}

REMOTENESS_LOOKS: dict[str, Look] = {
    Remoteness.REMOTE: Look(REMOTENESS_LABELS[Remoteness.REMOTE], "success", "it-check-circle"),
    Remoteness.PARTLY: Look(REMOTENESS_LABELS[Remoteness.PARTLY], "warning", "it-minus-circle"),
    Remoteness.NOT: Look(REMOTENESS_LABELS[Remoteness.NOT], "danger", "it-close-circle"),
    "": Look(N_("Not assessed yet"), "neutral", "it-help-circle"),
}
"""How a result is shown; the empty one is that of an activity nobody has assessed."""


@dataclass(frozen=True)
class Answer:
    """Whether a criterion is met, with the reason where it is not, or not fully."""

    met: Met
    reason: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, str]) -> "Answer":
        """The answer that `written` gave."""
        return cls(Met(stored["met"]), stored.get("reason", ""))

    def written(self) -> dict[str, str]:
        """As an assessment keeps it, in JSON."""
        return {"met": self.met.value, "reason": self.reason}


def result_of(criteria: Sequence[Criterion], answers: Mapping[str, Answer]) -> Remoteness:
    """What the answers say of the activity: remote when every criterion is met, not when a required one is not met at
    all, else partly. `answers` has one for each criterion, by key.
    """
    if all(answers[each.key].met is Met.YES for each in criteria):
        return Remoteness.REMOTE
    if any(each.required and answers[each.key].met is Met.NO for each in criteria):
        return Remoteness.NOT
    return Remoteness.PARTLY


def checked_answers(criteria: Sequence[Criterion], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers in the order of the criteria, reasons trimmed.

    Raises `Refusal` beside `met_<key>` or `reason_<key>` where an answer, or the reason of one that is not a full yes,
    is missing.
    """
    found: dict[str, Answer] = {}
    for each in criteria:
        if (answer := answers.get(each.key)) is None:
            raise Refusal(N_("Choose yes, in part or no."), field=f"met_{each.key}")
        reason = answer.reason.strip()
        if answer.met is not Met.YES and not reason:
            raise Refusal(N_("Say why: who works here will read it."), field=f"reason_{each.key}")
        if len(reason) > LONGEST_REASON:
            raise Refusal(
                N_("The reason is too long: at most %(most)s characters."),
                field=f"reason_{each.key}",
                most=LONGEST_REASON,
            )
        found[each.key] = Answer(answer.met, reason)
    return found


def marks(version: int, answers: Mapping[str, Answer]) -> str:
    """The answers without their reasons: equal for the same answers to the same version of the criteria."""
    return ";".join([str(version), *(f"{key}={answer.met.value}" for key, answer in sorted(answers.items()))])


class Review(StrEnum):
    """Why an activity is to be assessed, or assessed again."""

    NEVER = "never"
    CRITERIA = "criteria"
    YEAR = "year"


REVIEW_LABELS: dict[str, str] = {
    Review.NEVER: N_("Never assessed"),
    Review.CRITERIA: N_("The criteria have changed since"),
    Review.YEAR: N_("More than a year has passed"),
}


def review_limit(today: date) -> date:
    """The last day whose assessments are due again: the same day of the year before (29 February: the 28th).

    Contempo's rule is one year. The law names no term: mapping is "structured and updated periodically" (decree of the
    Minister for Public Administration of 19 October 2020, art. 2), and plans of agile work were of a year.
    """
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)


def review_of(assessed_on: date | None, *, under: int | None, current: int | None, today: date) -> Review | None:
    """Why an activity last assessed on a day, under a version of the criteria, is to be assessed now; None if it isn't.

    `current` is the version in force; None when none is published, and then nothing can be assessed.
    """
    if current is None:
        return None
    if assessed_on is None:
        return Review.NEVER
    if under != current:
        return Review.CRITERIA
    return Review.YEAR if assessed_on <= review_limit(today) else None
