"""The language of `Declaration.measures`: what the plan itself makes of a figure. See docs/plan-audit.md.

A measure is words joined by points (`budget.cell.training.dgr-1081`). In a pattern a word in angle brackets stands for
a key, a kind, or kinds joined by `+`.
"""

from collections.abc import Mapping

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts
from contempo.programmes.rules.audit.measured import Measured, NotMeasured
from contempo.programmes.rules.audit.measures_of_money import MONEY
from contempo.programmes.rules.audit.measures_of_parts import PARTS
from contempo.programmes.rules.audit.pattern import Measure

MEASURES: tuple[Measure, ...] = (*MONEY, *PARTS)
"""Every pattern; no name is written after two of them."""

_BY_FIRST: Mapping[str, tuple[Measure, ...]] = {
    first: tuple(measure for measure in MEASURES if measure.pattern.split(".")[0] == first)
    for first in {measure.pattern.split(".")[0] for measure in MEASURES}
}


def measure_named(name: str) -> Measure | None:
    """The measure whose pattern `name` is written after; None when there is none."""
    words = tuple(name.strip().split("."))
    return next((measure for measure in _BY_FIRST.get(words[0], ()) if measure.keys_in(words) is not None), None)


def measured(facts: Facts, name: str) -> Measured:
    """What the plan makes of `name`. Raises NotMeasured with the reason when it makes nothing."""
    measure = measure_named(name)
    if measure is None:
        raise NotMeasured(
            N_("“%(measure)s” is not a measure of the language of declared figures."), measure=name.strip()
        )
    return measure.make(facts, *(measure.keys_in(tuple(name.strip().split("."))) or ()))
