"""The agile work plan of an employer: its sections, the states of its actions, what stays once it is adopted.

The sections are those of the agile work plan of Milan (resolution of the Giunta 580 of 25 May 2021). What a public body
has to plan of agile work is said by the guidelines of the Department of Public Administration on the POLA (decree of 9
December 2020) and, since 2022, for the PIAO (Ministerial decree 132/2022, article 4, paragraph 1, letter b).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contempo.core.verdict import Refusal
from contempo.core.words import N_

_FIRST_YEAR, _LAST_YEAR, _MOST_YEARS = 2017, 2099, 5


class Section(StrEnum):
    REVIEW = "review"
    PLACES = "places"
    COMMUNICATION = "communication"
    TRAINING = "training"
    DIGITALISATION = "digitalisation"
    TECHNOLOGY = "technology"
    MONITORING = "monitoring"


SECTION_LABELS: dict[str, str] = {
    Section.REVIEW: N_("Continuous review of activities"),
    Section.PLACES: N_("Places other than home"),
    Section.COMMUNICATION: N_("Communication and collaboration tools"),
    Section.TRAINING: N_("Training"),
    Section.DIGITALISATION: N_("Digitalisation of processes"),
    Section.TECHNOLOGY: N_("Technology"),
    Section.MONITORING: N_("Monitoring"),
}


class ActionState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


ACTION_STATE_LABELS: dict[str, str] = {
    ActionState.PLANNED: N_("Planned"),
    ActionState.UNDER_WAY: N_("Under way"),
    ActionState.DONE: N_("Done"),
    ActionState.DROPPED: N_("Given up"),
}

ADOPTED = N_("This plan was adopted: its words stay as they are. Only how far its actions are may be recorded.")


@dataclass(frozen=True)
class Undertaken:
    """An action as it stands: whether its day has passed without it being `done` or given up."""

    state: str
    due_on: date | None

    @property
    def over(self) -> bool:
        return self.state in (ActionState.DONE, ActionState.DROPPED)

    def late(self, today: date) -> bool:
        return not self.over and self.due_on is not None and self.due_on < today


def check_years(first: int, last: int) -> None:
    """Refuse years that are no plan: Law 124/2015, article 14, paragraph 1, as amended, plans three years ahead and is
    renewed each year, today as a section of the PIAO (Ministerial decree 132/2022, article 4, paragraph 1, b).
    """
    if not _FIRST_YEAR <= first <= _LAST_YEAR:
        raise Refusal(N_("Write a year from 2017 on, when agile work became law."), field="first_year")
    if last < first:
        raise Refusal(N_("The last year comes before the first."), field="last_year")
    if last - first >= _MOST_YEARS:
        raise Refusal(N_("A plan is of five years at most."), field="last_year")


def neighbour(order: Sequence[int], which: int, *, up: bool) -> int | None:
    """Who stands just before `which` in an order, or just after; None at that end."""
    at = order.index(which) + (-1 if up else 1)
    return order[at] if 0 <= at < len(order) else None
