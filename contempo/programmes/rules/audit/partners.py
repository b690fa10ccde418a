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


def partners_against_targets(facts: Facts) -> Iterator[Finding]:
    """Indicators of partners whose target is another number than the partners the plan names, each counted once."""
    for number, indicator in enumerate(facts.plan.indicators):
        if indicator.typology is not Typology.PARTNERS or indicator.unit is not Unit.COUNT:
            continue
        kinds = kinds_of(indicator)
        if indicator.source != SOURCE and not kinds:
            continue
        yield from _against(facts, f"indicators[{number}].target", indicator, kinds, "", indicator.target)
        for place, each in enumerate(indicator.targets):
            yield from _against(
                facts, f"indicators[{number}].targets[{place}]", indicator, kinds, each.alliance, each.target
            )


def kinds_of(indicator: Indicator) -> frozenset[str]:
    """The kinds of organisation an indicator counts; empty for all of them."""
    return frozenset(kind for kind in re.split(r"[+,;\s]+", indicator.filters.get("kind", "")) if kind)


def _against(
    facts: Facts, path: str, indicator: Indicator, kinds: frozenset[str], alliance: str, text: str
) -> Iterator[Finding]:
    target = target_of(indicator.unit, text)
    if not isinstance(target, Decimal) or (alliance and alliance not in facts.members):
        return
    within = [alliance] if alliance else list(facts.members)
    seats = [name for key in within for name in facts.members[key]]
    if kinds:
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
