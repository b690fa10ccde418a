"""Indicators: where they come from, what they promise, and in what."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import difference_written, figure_written, shortened
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.measures import Indicator, Method, Unit, target_of


def without_source(facts: Facts) -> Iterator[Finding]:
    """Indicators that say neither where they are computed from nor what will prove them."""
    for number, indicator in enumerate(facts.plan.indicators):
        if not indicator.source.strip() and not indicator.evidence.strip():
            yield Finding(
                "indicator-source",
                Severity.WARNING,
                place_of(indicator.name),
                f"indicators[{number}]",
                N_("The indicator has no source and names no evidence: nobody could say where its value comes from."),
            )


def without_target(facts: Facts) -> Iterator[Finding]:
    """Indicators that promise nothing, neither for the plan nor for an alliance."""
    for number, indicator in enumerate(facts.plan.indicators):
        if not _has_target(indicator):
            yield Finding(
                "indicator-target",
                Severity.WARNING,
                place_of(indicator.name),
                f"indicators[{number}].target",
                N_("The indicator has no target: nobody can say whether it was reached."),
            )


def targets_without_unit(facts: Facts) -> Iterator[Finding]:
    """Targets kept as text that hold a number: without a unit nothing can be compared with them."""
    for number, indicator in enumerate(facts.plan.indicators):
        if indicator.unit is not Unit.TEXT:
            continue
        for text in (indicator.target, *(each.target for each in indicator.targets)):
            if re.search(r"\d", text):
                yield Finding(
                    "target-unit",
                    Severity.WARNING,
                    place_of(indicator.name),
                    f"indicators[{number}].target",
                    N_("The target is a text with a number in it: without a unit nothing can be compared with it."),
                    declared=shortened(text),
                )


def alliance_targets(facts: Facts) -> Iterator[Finding]:
    """Targets of the alliances that add up to more than the plan's; to less, when every alliance has one.

    Distinct counts may be fewer than their parts, averages and shares are not added up.
    """
    for number, indicator in enumerate(facts.plan.indicators):
        whole = target_of(indicator.unit, indicator.target)
        if indicator.unit is not Unit.COUNT or indicator.method is Method.AVERAGE or not isinstance(whole, Decimal):
            continue
        parts = [target_of(indicator.unit, each.target) for each in indicator.targets]
        total = sum((part for part in parts if isinstance(part, Decimal)), Decimal(0))
        everyone = {each.alliance for each in indicator.targets} >= set(facts.alliances)
        more = total > whole and indicator.method is not Method.DISTINCT
        if not parts or not (more or (total < whole and everyone)):
            continue
        yield Finding(
            "targets-sum",
            Severity.WARNING,
            place_of(indicator.name),
            f"indicators[{number}].targets",
            N_("The targets of the alliances do not add up to the target of the plan."),
            declared=figure_written(whole, "count"),
            computed=figure_written(total, "count"),
            difference=difference_written(whole - total, "count"),
        )


def reward_on_nothing(facts: Facts) -> Iterator[Finding]:
    """Weights of the reward on indicators that have no target, or none that can be measured."""
    if facts.plan.reward is None:
        return
    for number, weight in enumerate(facts.plan.reward.weights):
        indicator = facts.indicators.get(weight.indicator)
        if indicator is None or (indicator.target.strip() and indicator.unit is not Unit.TEXT):
            continue
        yield Finding(
            "reward-target",
            Severity.ERROR,
            place_of(indicator.name),
            f"reward.weights[{number}]",
            N_("The reward depends on this indicator, which has no target that can be measured."),
            declared=str(weight.weight),
        )


def _has_target(indicator: Indicator) -> bool:
    return bool(indicator.target.strip()) or any(each.target.strip() for each in indicator.targets)
