"""Partners by kind against the targets of the indicators that count them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import difference_written, figure_written
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.measures import Indicator, Typology, Unit, target_of

SOURCE = "programmes.partners"
"""The source of indicators that counts the partners of the alliances."""

KNOWN = frozenset({"kind", "part"})
"""Filters of that source that a plan itself can answer; the others ask the registry."""


def partners_against_targets(facts: Facts) -> Iterator[Finding]:
    """Indicators of partners whose target is another number than the partners the plan names, each counted once."""
    for number, indicator in enumerate(facts.plan.indicators):
        if indicator.typology is not Typology.PARTNERS or indicator.unit is not Unit.COUNT:
            continue
        if indicator.source != SOURCE and "kind" not in indicator.filters:
            continue
        if not KNOWN.issuperset(indicator.filters):
            continue
        yield from _against(facts, f"indicators[{number}].target", indicator, "", indicator.target)
        for place, each in enumerate(indicator.targets):
            yield from _against(facts, f"indicators[{number}].targets[{place}]", indicator, each.alliance, each.target)


def chosen(indicator: Indicator, name: str) -> frozenset[str]:
    """What an indicator keeps by a filter; empty when it keeps all."""
    return frozenset(value for value in re.split(r"[+,;\s]+", indicator.filters.get(name, "")) if value)


def _against(facts: Facts, path: str, indicator: Indicator, alliance: str, text: str) -> Iterator[Finding]:
    target = target_of(indicator.unit, text)
    if not isinstance(target, Decimal) or (alliance and alliance not in facts.members):
        return
    within = [alliance] if alliance else list(facts.members)
    parts = chosen(indicator, "part") or {"lead", "partner"}
    seats = [
        name
        for key in within
        for name in facts.members[key]
        if ("lead" if name == facts.alliances[key].lead else "partner") in parts
    ]
    if kinds := chosen(indicator, "kind"):
        seats = list(facts.of_kinds(seats, kinds))
    named = len(set(seats))
    if named == target:
        return
    unnamed = sum(facts.alliances[key].unnamed_partners or 0 for key in within)
    explanation = (
        N_("The plan names fewer partners than this indicator promises.")
        if named < target
        else N_("The plan names more partners than this indicator promises.")
    )
    if len(seats) == target:
        explanation = N_(
            "The target counts the partners of each alliance: those in two alliances are counted twice. Counted once "
            "they are fewer."
        )
    elif unnamed and named < target <= named + unnamed:
        explanation = N_("Partners without a name (%(unnamed)s) may explain the difference.")
    yield Finding(
        "partners-target",
        Severity.WARNING if named < target else Severity.NOTE,
        place_of(facts.alliances[alliance].name if alliance else "", indicator.name),
        path,
        explanation,
        declared=figure_written(target, "count"),
        computed=figure_written(Decimal(named), "count"),
        difference=difference_written(target - named, "count"),
        params={"unnamed": str(unnamed)},
    )
