"""The tree of a plan file: what a territorial plan says, and what its document declares of itself.

Days are calendar days, the last one included, as documents print them. Amounts are cents. References are keys; that
they lead somewhere is looked at by `reading.py`, whether the figures hold together by the auditor.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field

from contempo.core.words import N_
from contempo.programmes.rules.plan.measures import Declaration, Indicator, Reward
from contempo.programmes.rules.plan.parts import (
    Amount,
    Count,
    Day,
    Key,
    Line,
    Ordinal,
    Organisation,
    Part,
    Percent,
    Short,
    Text,
    Times,
    Words,
)

FORMAT: Literal["contempo-plan/1"] = "contempo-plan/1"


class SourceKind(StrEnum):
    """Where money comes from. Only a fund is paid out to partners; the rest is theirs."""

    FUND = "fund"
    OWN_RESOURCES = "own_resources"
    IN_KIND = "in_kind"
    COFINANCING = "cofinancing"


SOURCE_KIND_LABELS: dict[str, str] = {
    SourceKind.FUND: N_("Fund"),
    SourceKind.OWN_RESOURCES: N_("Own resources"),
    SourceKind.IN_KIND: N_("In-kind"),
    SourceKind.COFINANCING: N_("Co-financing, not divided"),
}


class Area(StrEnum):
    """What an activity of the plan itself belongs to."""

    ALLIANCE = "alliance"
    GOVERNANCE = "governance"
    COMMUNICATION = "communication"
    TRAINING = "training"
    INITIATIVE = "initiative"


AREA_LABELS: dict[str, str] = {
    Area.ALLIANCE: N_("Local alliances"),
    Area.GOVERNANCE: N_("Governance"),
    Area.COMMUNICATION: N_("Communication"),
    Area.TRAINING: N_("Training"),
    Area.INITIATIVE: N_("Other initiatives"),
}


class Act(Part):
    """An act the plan rests on."""

    key: Key
    kind: Line
    number: Short = ""
    year: int = Field(ge=1900, le=2100)
    date: Day | None = None
    body: Short = ""
    title: Short = ""
    note: Text = ""


class Purpose(Part):
    key: Key
    text: Words


class Objective(Part):
    key: Key
    text: Words
    audience: Short = ""


class ObjectiveCategory(Part):
    """Objectives under one priority."""

    key: Key
    title: Line
    objectives: tuple[Objective, ...] = ()


class PlanningDocument(Part):
    """A document of local planning that the plan integrates."""

    key: Key
    kind: Literal["zone_plan", "time_plan", "other"]
    title: Line
    organisation: Organisation | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    points: tuple[Words, ...] = ()
    note: Text = ""


class NamedOrganisation(Part):
    """An organisation the plan names. `key` is its slug in the registry; `kind` a kind of the registry."""

    key: Key
    name: Line = Field(max_length=200)
    kind: str = Field(pattern=r"^[a-z_]+$", max_length=30)
    written: Short = ""


class Partner(Part):
    """A partner of an alliance and what it does there."""

    organisation: Organisation
    role: Text = ""
    group: Short = ""
    through: Short = ""


class Phase(Part):
    key: Key
    number: Ordinal
    title: Line
    text: Text = ""
    starts_on: Day | None = None
    ends_on: Day | None = None


class Activity(Part):
    """Something to be done. `times` is how often it is to take place, `phase` a phase of its alliance."""

    key: Key
    title: Line
    text: Text = ""
    area: Area = Area.ALLIANCE
    phase: Key | None = None
    responsible: tuple[Organisation, ...] = ()
    starts_on: Day | None = None
    ends_on: Day | None = None
    place: Short = ""
    times: Times | None = None
    state: Literal["planned", "under_way", "done", "suspended", "cancelled"] = "planned"


class Result(Part):
    key: Key
    text: Words


class AllianceObjective(Part):
    """What an alliance wants, with the results it expects."""

    key: Key
    text: Words
    results: tuple[Result, ...] = ()


class Audience(Part):
    name: Line
    text: Text = ""


class Alliance(Part):
    """A local alliance. `partners` does not name the lead; `unnamed_partners` counts those without a name."""

    key: Key
    name: Line
    title: Short = ""
    lead: Organisation
    lead_office: Short = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    period_text: Short = ""
    cup: Short = Field(default="", max_length=15)
    context: Text = ""
    aims: Text = ""
    partners: tuple[Partner, ...] = ()
    unnamed_partners: Count | None = None
    phases: tuple[Phase, ...] = ()
    activities: tuple[Activity, ...] = ()
    audiences: tuple[Audience, ...] = ()
    objectives: tuple[AllianceObjective, ...] = ()
    reward_uses: tuple[Words, ...] = ()


class PlannedAction(Part):
    """An action planned without a budget of its own."""

    key: Key
    number: Ordinal
    title: Line
    text: Text = ""
    points: tuple[Words, ...] = ()
    responsible: tuple[Organisation, ...] = ()


class GovernanceLevel(Part):
    key: Key
    level: Ordinal
    name: Line
    text: Text = ""
    members: tuple[Line, ...] = ()
    meets: Short = ""


class Source(Part):
    """A source of money."""

    key: Key
    name: Line
    kind: SourceKind
    act: Key | None = None
    cup: Short = Field(default="", max_length=15)


class BudgetLine(Part):
    """A line of the budget, of one alliance or of the plan itself."""

    key: Key
    title: Line
    alliance: Key | None = None


class Cell(Part):
    """The money of a line from a source; `partner` when it is set aside for one."""

    line: Key
    source: Key
    partner: Organisation | None = None
    amount: Amount


class Budget(Part):
    """`shift_limit`: the share of a line that may be moved without the steering group, in per cent."""

    shift_limit: Percent = Decimal(20)
    sources: tuple[Source, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    cells: tuple[Cell, ...] = ()


class MonitoringPeriod(Part):
    key: Key
    title: Line
    starts_on: Day
    ends_on: Day


class Plan(Part):
    """A territorial plan."""

    format: Literal["contempo-plan/1"] = FORMAT
    key: Key
    title: Line
    network_name: Short = ""
    starts_on: Day
    ends_on: Day
    source_document: Short = ""
    summary: Text = ""
    acts: tuple[Act, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    context: Text = ""
    objectives: tuple[ObjectiveCategory, ...] = ()
    planning_documents: tuple[PlanningDocument, ...] = ()
    organisations: tuple[NamedOrganisation, ...] = ()
    alliances: tuple[Alliance, ...] = ()
    activities: tuple[Activity, ...] = ()
    planned_actions: tuple[PlannedAction, ...] = ()
    governance: tuple[GovernanceLevel, ...] = ()
    monitoring: tuple[MonitoringPeriod, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    budget: Budget = Budget()
    reward: Reward | None = None
    declared: tuple[Declaration, ...] = ()
