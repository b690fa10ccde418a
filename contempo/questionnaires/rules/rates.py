"""Response rates by invitation, and the share of units an answer speaks for. Pure.

Source of the rates by invitation: The American Association for Public Opinion Research, *Standard Definitions: Final
Dispositions of Case Codes and Outcome Rates for Surveys*, 9th edition, 2016. The codes are those of its sections on
mail and on internet surveys of specifically named persons (tables 3 and 4), read as its section on establishment
surveys says: the case is the unit that was invited, whoever its contact is. RR1 and RR2 are those of the section on
calculating outcome rates, which takes every case of unknown eligibility as eligible. See
docs/algorithms/response-rates.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import Self

from contempo.core.words import N_
from contempo.questionnaires.rules.states import InvitationState

PARTIAL = "partial"
"""The standing, beside the states, of an invitation half answered: with enough answers to be of use."""


class Group(StrEnum):
    """Groups of dispositions, by the letters of the formulas; `none` is no case at all."""

    COMPLETE = "I"
    PARTIAL = "P"
    REFUSAL = "R"
    UNKNOWN = "UO"
    NOT_ELIGIBLE = "NE"
    NO_CASE = "none"


GROUP_LABELS: dict[str, str] = {
    Group.COMPLETE: N_("Answered in full"),
    Group.PARTIAL: N_("Half answered, with enough to be of use"),
    Group.REFUSAL: N_("Refused, or opened and left"),
    Group.UNKNOWN: N_("Nothing heard, came back or not sent"),
    Group.NOT_ELIGIBLE: N_("Not concerned"),
    Group.NO_CASE: N_("Passed to another contact"),
}


@dataclass(frozen=True)
class Disposition:
    """What a state of ours is in the Standard Definitions: `code` of table 4, `name`, the `group` it is counted in."""

    code: str
    name: str
    group: Group


DISPOSITIONS: dict[str, Disposition] = {
    InvitationState.COMPLETED: Disposition("1.1", N_("Complete"), Group.COMPLETE),
    PARTIAL: Disposition("1.2", N_("Partial, with sufficient information"), Group.PARTIAL),
    InvitationState.REFUSED: Disposition("2.111", N_("Explicit refusal"), Group.REFUSAL),
    InvitationState.OPENED: Disposition("2.1121", N_("Implicit refusal: opened, no question answered"), Group.REFUSAL),
    InvitationState.BEGUN: Disposition("2.12", N_("Break-off: insufficient information"), Group.REFUSAL),
    InvitationState.PREPARED: Disposition("3.11", N_("No invitation sent"), Group.UNKNOWN),
    InvitationState.SENT: Disposition("3.19", N_("Nothing ever returned"), Group.UNKNOWN),
    InvitationState.BOUNCED: Disposition("3.30", N_("Invitation returned undelivered"), Group.UNKNOWN),
    InvitationState.NOT_ELIGIBLE: Disposition("4.1", N_("Screened out of the sample"), Group.NOT_ELIGIBLE),
    InvitationState.REPLACED: Disposition(
        "", N_("No case of its own: the unit goes on with its new contact"), Group.NO_CASE
    ),
}
"""Every standing of an invitation: its state, or `partial` for one begun and half answered."""

CASES = (Group.COMPLETE, Group.PARTIAL, Group.REFUSAL, Group.UNKNOWN)
"""The groups of the denominator of RR1 and RR2."""


@dataclass(frozen=True)
class Ratio:
    """A share with what it is made of: None where there is nothing to divide by, which is not zero."""

    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True)
class Outcome:
    """How many invitations stand in each group: complete (I), partial (P), refusals and break-offs (R), of unknown
    eligibility (UO), not eligible (NE), and those that are no case because they were passed on.
    """

    complete: int = 0
    partial: int = 0
    refusal: int = 0
    unknown: int = 0
    not_eligible: int = 0
    passed_on: int = 0

    def __add__(self, other: Self) -> Self:
        """The outcome of two groups of invitations together."""
        return type(self)(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def cases(self) -> int:
        """I + P + R + UO: the denominator."""
        return self.complete + self.partial + self.refusal + self.unknown

    @property
    def rr1(self) -> Ratio:
        """Response rate 1: I / (I + P + R + UO)."""
        return Ratio(self.complete, self.cases)

    @property
    def rr2(self) -> Ratio:
        """Response rate 2: (I + P) / (I + P + R + UO)."""
        return Ratio(self.complete + self.partial, self.cases)

    def of(self, group: Group) -> int:
        """How many stand in a group."""
        count: int = getattr(self, _FIELDS[group])
        return count


_FIELDS = {
    Group.COMPLETE: "complete",
    Group.PARTIAL: "partial",
    Group.REFUSAL: "refusal",
    Group.UNKNOWN: "unknown",
    Group.NOT_ELIGIBLE: "not_eligible",
    Group.NO_CASE: "passed_on",
}


def outcome(counts: Mapping[str, int]) -> Outcome:
    """The outcome of invitations counted by state.

    `counts` may have `PARTIAL` too: how many of those begun are half answered. They are not counted twice.
    """
    made = dict.fromkeys(_FIELDS.values(), 0)
    half = counts.get(PARTIAL, 0)
    for state, count in counts.items():
        alone = count - half if state == InvitationState.BEGUN else count
        made[_FIELDS[DISPOSITIONS[state].group]] += alone
    return Outcome(**made)


def standings_of(groups: Iterable[Group]) -> tuple[str, ...]:
    """The standings (states, or `PARTIAL`) counted in some groups."""
    wanted = set(groups)
    return tuple(str(standing) for standing, one in DISPOSITIONS.items() if one.group in wanted)


@dataclass(frozen=True)
class UnitCount:
    """Units of the population: all of them, those concerned, and of these those a counted answer speaks for."""

    units: int = 0
    eligible: int = 0
    covered: int = 0

    def __add__(self, other: Self) -> Self:
        """The units of two groups together."""
        return type(self)(self.units + other.units, self.eligible + other.eligible, self.covered + other.covered)

    @property
    def missing(self) -> int:
        """Units concerned that no counted answer speaks for."""
        return self.eligible - self.covered

    @property
    def left_out(self) -> int:
        """Units that are not concerned."""
        return self.units - self.eligible

    @property
    def rate(self) -> Ratio:
        """Rate of covered units: covered / concerned."""
        return Ratio(self.covered, self.eligible)
