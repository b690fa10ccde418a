"""The rules of the auditor, in the order in which their findings are told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from contempo.core.words import N_
from contempo.programmes.rules.audit import (
    activities,
    acts,
    alliances,
    budget,
    days,
    duplicates,
    figures,
    formulas,
    indicators,
    partners,
    periods,
    quantities,
)
from contempo.programmes.rules.audit.facts import Facts
from contempo.programmes.rules.findings import Finding
from contempo.programmes.rules.plan.measures import Operation


class Section(StrEnum):
    """The parts of a plan that rules speak of."""

    MONEY = "money"
    FIGURES = "figures"
    PARTNERS = "partners"
    TIME = "time"
    WORK = "work"
    INDICATORS = "indicators"
    TWICE = "twice"


SECTION_LABELS: dict[str, str] = {
    Section.MONEY: N_("Money"),
    Section.FIGURES: N_("Declared figures"),
    Section.PARTNERS: N_("Partners"),
    Section.TIME: N_("Dates"),
    Section.WORK: N_("Activities"),
    Section.INDICATORS: N_("Indicators"),
    Section.TWICE: N_("Duplicates"),
}


@dataclass(frozen=True)
class Rule:
    """A rule: its name (kept in findings), its section, what it looks at (a message id), and how it finds."""

    name: str
    section: Section
    label: str
    find: Callable[[Facts], Iterator[Finding]]


RULES: tuple[Rule, ...] = (
    Rule("money-total", Section.MONEY, N_("Total of the budget"), figures.compared("money-total")),
    Rule("money-row", Section.MONEY, N_("Totals of the lines"), figures.compared("money-row")),
    Rule("money-column", Section.MONEY, N_("Totals of the sources"), figures.compared("money-column")),
    Rule("money-cell", Section.MONEY, N_("Amounts of a line from a source"), figures.compared("money-cell")),
    Rule("money-kind", Section.MONEY, N_("Totals by kind of source"), figures.compared("money-kind")),
    Rule(
        "money-part",
        Section.MONEY,
        N_("Totals of the alliances and of the plan itself"),
        figures.compared("money-part"),
    ),
    Rule("share", Section.MONEY, N_("Shares of the budget"), figures.compared("share")),
    Rule("reward-amount", Section.MONEY, N_("Amount of the reward"), figures.compared("reward-amount")),
    Rule("cell-twice", Section.MONEY, N_("Cells of the budget named twice"), budget.cells_twice),
    Rule("line-without-money", Section.MONEY, N_("Lines without money"), budget.lines_without_money),
    Rule("empty-cell", Section.MONEY, N_("Cells with nothing in them"), budget.empty_cells),
    Rule("source-without-money", Section.MONEY, N_("Sources without money"), budget.sources_without_money),
    Rule("fund-without-act", Section.MONEY, N_("Funds without an act"), budget.funds_without_act),
    Rule("cell-partner", Section.MONEY, N_("Money for who takes no part in the alliance"), budget.money_for_strangers),
    Rule("cup", Section.MONEY, N_("Project codes (CUP)"), budget.codes),
    Rule("same-quantity", Section.FIGURES, N_("The same quantity in different places"), quantities.different_values),
    Rule("sum", Section.FIGURES, N_("Parts and their sum"), formulas.made_of(Operation.SUM)),
    Rule("difference", Section.FIGURES, N_("Differences"), formulas.made_of(Operation.DIFFERENCE)),
    Rule("share-of-figures", Section.FIGURES, N_("Shares of declared figures"), formulas.made_of(Operation.SHARE)),
    Rule("mean", Section.FIGURES, N_("Means"), formulas.made_of(Operation.MEAN)),
    Rule("count", Section.FIGURES, N_("Counted lists"), formulas.made_of(Operation.COUNT)),
    Rule("name-twice", Section.FIGURES, N_("Lists that count something twice"), formulas.names_twice),
    Rule("count-declared", Section.FIGURES, N_("How many parts the plan has"), figures.compared("count-declared")),
    Rule("act-declared", Section.FIGURES, N_("Numbers and years of the acts"), figures.compared("act-declared")),
    Rule("target-declared", Section.FIGURES, N_("Targets said elsewhere"), figures.compared("target-declared")),
    Rule("unknown-measure", Section.FIGURES, N_("Measures that do not exist"), figures.unknown_measures),
    Rule("unknown-reference", Section.FIGURES, N_("Formulas that cannot be made"), formulas.unknown_references),
    Rule("partners-declared", Section.PARTNERS, N_("Number of partners"), figures.compared("partners-declared")),
    Rule("partners-target", Section.PARTNERS, N_("Partners by kind and targets"), partners.partners_against_targets),
    Rule("partner-twice", Section.PARTNERS, N_("Partners named twice"), alliances.partners_twice),
    Rule("lead-partner", Section.PARTNERS, N_("Leads among the partners"), alliances.leads_among_partners),
    Rule("plan-days", Section.TIME, N_("Period of the plan"), days.plan_days),
    Rule("duration-declared", Section.TIME, N_("Declared days and months"), figures.compared("duration-declared")),
    Rule("alliance-days", Section.TIME, N_("Alliances within the plan"), days.alliance_days),
    Rule("phase-days", Section.TIME, N_("Phases within their alliance"), days.phase_days),
    Rule("phase-order", Section.TIME, N_("Order of the phases"), days.phase_order),
    Rule("activity-days", Section.TIME, N_("Activities within their alliance or the plan"), days.activity_days),
    Rule("activity-phase", Section.TIME, N_("Activities within their phase"), days.activity_phases),
    Rule("period-days", Section.TIME, N_("Monitoring periods within the plan"), periods.period_days),
    Rule("period-overlap", Section.TIME, N_("Monitoring periods that overlap"), periods.overlaps),
    Rule("period-gap", Section.TIME, N_("Days that no monitoring period counts"), periods.gaps),
    Rule("document-days", Section.TIME, N_("Planning documents and the period of the plan"), days.document_days),
    Rule("act-day", Section.TIME, N_("Days of the acts"), acts.days_in_another_year),
    Rule("activity-responsible", Section.WORK, N_("Activities without responsible"), activities.without_responsible),
    Rule(
        "responsible-partner", Section.WORK, N_("Responsibles who are not partners"), activities.responsible_strangers
    ),
    Rule(
        "action-responsible",
        Section.WORK,
        N_("Planned actions without responsible"),
        activities.actions_without_responsible,
    ),
    Rule(
        "indicator-source", Section.INDICATORS, N_("Indicators without source or evidence"), indicators.without_source
    ),
    Rule("indicator-target", Section.INDICATORS, N_("Indicators without target"), indicators.without_target),
    Rule("target-unit", Section.INDICATORS, N_("Targets without unit"), indicators.targets_without_unit),
    Rule(
        "targets-sum", Section.INDICATORS, N_("Targets of the alliances and of the plan"), indicators.alliance_targets
    ),
    Rule("reward-target", Section.INDICATORS, N_("Reward on indicators without target"), indicators.reward_on_nothing),
    Rule("organisation-twice", Section.TWICE, N_("Organisations under two keys"), duplicates.organisations),
    Rule("activity-twice", Section.TWICE, N_("Activities with the same title"), duplicates.activities),
    Rule("action-twice", Section.TWICE, N_("Planned actions with the same title"), duplicates.planned_actions),
    Rule("objective-twice", Section.TWICE, N_("Objectives with the same text"), duplicates.objectives),
    Rule("indicator-twice", Section.TWICE, N_("Indicators with the same name"), duplicates.indicators),
    Rule("document-twice", Section.TWICE, N_("Planning documents with the same title"), duplicates.documents),
    Rule("act-twice", Section.TWICE, N_("Acts under two keys"), duplicates.acts),
)
