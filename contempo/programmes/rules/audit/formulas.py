"""Declared figures against what their document says they are made of: parts and wholes, shares, means, lists of
names."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from contempo.core.money import Percentage, decimals_of
from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.programmes.rules.audit.comparing import Judgement, judged, tolerance
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.figures import other_reading, subject_of, value_written
from contempo.programmes.rules.audit.measured import Measured, NotMeasured, mean_of, share_of
from contempo.programmes.rules.audit.measures import measure_named, measured
from contempo.programmes.rules.audit.written import difference_written, figure_written, names_written, shortened
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.measures import Declaration, Formula, Operation, Qualifier

SAID: Mapping[Operation, str] = {
    Operation.SUM: N_("The parts add up to another figure."),
    Operation.DIFFERENCE: N_("The difference of its parts is another figure."),
    Operation.SHARE: N_("The part and the whole give another share."),
    Operation.MEAN: N_("The mean of its parts is another figure."),
    Operation.COUNT: N_("Counting the names gives another number."),
}

RULES_OF: Mapping[Operation, str] = {
    Operation.SUM: "sum",
    Operation.DIFFERENCE: "difference",
    Operation.SHARE: "share-of-figures",
    Operation.MEAN: "mean",
    Operation.COUNT: "count",
}


def made_of(operation: Operation) -> Callable[[Facts], Iterator[Finding]]:
    """The rule for the figures made by one operation."""

    def find(facts: Facts) -> Iterator[Finding]:
        keyed = {declaration.key: declaration for declaration in facts.plan.declared}
        for number, declaration in enumerate(facts.plan.declared):
            formula = declaration.formula
            if formula is None or formula.operation is not operation or declaration.unit == "text":
                continue
            try:
                yield from _compared(facts, keyed, number, declaration, formula)
            except NotMeasured:
                continue

    return find


def unknown_references(facts: Facts) -> Iterator[Finding]:
    """Formulas that name what is neither a declared figure nor a measure of this plan, or that cannot be made."""
    keyed = {declaration.key: declaration for declaration in facts.plan.declared}
    for number, declaration in enumerate(facts.plan.declared):
        if declaration.formula is None:
            continue
        try:
            _made(facts, keyed, declaration, declaration.formula)
        except NotMeasured as why:
            yield Finding(
                "unknown-reference",
                Severity.ERROR,
                place_of(declaration.place),
                f"declared[{number}].formula",
                why.reason,
                declared=value_written(declaration),
                params=why.params,
                subject=subject_of(declaration),
            )


def names_twice(facts: Facts) -> Iterator[Finding]:
    """Names that a counted list, or parts that a sum, has twice."""
    for number, declaration in enumerate(facts.plan.declared):
        if declaration.formula is None or declaration.formula.operation not in {Operation.COUNT, Operation.SUM}:
            continue
        seen = Counter(normalise(name) for name in declaration.formula.of)
        for name in declaration.formula.of:
            if seen.pop(normalise(name), 0) > 1:
                yield Finding(
                    "name-twice",
                    Severity.WARNING,
                    place_of(declaration.place),
                    f"declared[{number}].formula.of",
                    N_("What is counted or added up has “%(name)s” more than once."),
                    declared=shortened(name),
                    params={"name": name},
                    subject=subject_of(declaration),
                )


def _compared(
    facts: Facts, keyed: Mapping[str, Declaration], number: int, declaration: Declaration, formula: Formula
) -> Iterator[Finding]:
    found, parts = _made(facts, keyed, declaration, formula)
    written = declaration.number
    judgement = judged(written, found.number, declaration.qualifier, SAID[formula.operation])
    if judgement is None:
        return
    judgement, params = _explained(declaration, formula, found, parts, judgement)
    decimals = decimals_of(written)
    if declaration.unit != "percent":
        decimals = max((decimals, *(decimals_of(part) for part in parts.values())))
    yield Finding(
        RULES_OF[formula.operation],
        judgement.severity,
        place_of(declaration.place),
        f"declared[{number}]",
        judgement.explanation,
        declared=value_written(declaration),
        computed=figure_written(found.number, declaration.unit, decimals=decimals),
        difference=difference_written(written - found.number, declaration.unit, decimals=decimals),
        params=params,
        subject=subject_of(declaration),
    )


def _made(
    facts: Facts, keyed: Mapping[str, Declaration], declaration: Declaration, formula: Formula
) -> tuple[Measured, dict[str, Decimal]]:
    """What the formula makes, and the numbers it is made of under their references."""
    operation = formula.operation
    if operation is Operation.COUNT:
        return Measured("count", Decimal(len({normalise(name) for name in formula.of}))), {}
    values = [_reference(facts, keyed, declaration, name) for name in formula.of]
    numbers = [value.number for value in values]
    parts = dict(zip(formula.of, numbers, strict=True))
    if operation is Operation.SUM:
        return Measured(declaration.unit, sum(numbers, Decimal(0))), parts
    if operation is Operation.DIFFERENCE:
        return Measured(declaration.unit, numbers[0] - sum(numbers[1:], Decimal(0))), parts
    if operation is Operation.SHARE:
        if len(numbers) != 2:
            raise NotMeasured(N_("A share is made of two figures: the part and the whole."))
        return share_of(*numbers), parts
    shares = tuple(value.share for value in values if value.share is not None)
    if len(shares) == len(values):
        return mean_of(shares), parts
    return Measured(declaration.unit, sum(numbers, Decimal(0)) / len(numbers)), parts


def _reference(facts: Facts, keyed: Mapping[str, Declaration], declaration: Declaration, name: str) -> Measured:
    if name == declaration.key:
        raise NotMeasured(N_("The figure is made of itself."))
    if name in keyed:
        return _declared(facts, keyed, keyed[name])
    if measure_named(name) is None:
        raise NotMeasured(N_("“%(name)s” is neither a declared figure nor a measure of the plan."), name=name)
    found = measured(facts, name)
    if found.unit == "text":
        raise NotMeasured(N_("“%(name)s” is not a number."), name=name)
    return found


def _declared(facts: Facts, keyed: Mapping[str, Declaration], declaration: Declaration) -> Measured:
    """A declared figure, with the part and the whole of a share when it says them."""
    if declaration.unit == "text":
        raise NotMeasured(N_("“%(name)s” is not a number."), name=declaration.key)
    share: Percentage | None = None
    formula = declaration.formula
    if formula is not None and formula.operation is Operation.SHARE and all(name in keyed for name in formula.of):
        part, whole = (keyed[name] for name in formula.of[:2])
        if "text" not in {part.unit, whole.unit} and whole.number:
            share = Percentage(part.number, whole.number)
    elif declaration.measures:
        try:
            share = measured(facts, declaration.measures).share
        except NotMeasured:
            share = None
    return Measured(declaration.unit, declaration.number, share=share)


def _explained(
    declaration: Declaration,
    formula: Formula,
    found: Measured,
    parts: Mapping[str, Decimal],
    judgement: Judgement,
) -> tuple[Judgement, dict[str, str]]:
    if judgement.severity is Severity.NOTE or declaration.qualifier is not Qualifier.EXACT:
        return judgement, {}
    written, difference = declaration.number, declaration.number - found.number
    other = other_reading(found)
    if other is not None and judged(written, other.number, Qualifier.EXACT, "") is None:
        return Judgement(
            judgement.severity,
            N_(
                "It is declared as the mean of the parts, but it is the share of their sums (%(other)s): a mean counts "
                "every part the same, whatever its size."
            ),
        ), {"other": figure_written(other.number, "percent", decimals=decimals_of(written))}
    if formula.operation not in {Operation.SUM, Operation.DIFFERENCE}:
        return judgement, {}
    rounded = declaration.unit == "percent" or any(decimals_of(part) for part in parts.values())
    if declaration.unit != "euro" and rounded and abs(difference) <= tolerance((*parts.values(), written)):
        return Judgement(
            Severity.NOTE, N_("Each part is rounded to its last printed digit: that explains the difference.")
        ), {}
    if declaration.unit == "count" and abs(difference) <= tolerance((*parts.values(), written), counts=True):
        return Judgement(
            Severity.NOTE, N_("The parts are printed in whole thousands: rounding them explains the difference.")
        ), {}
    same = [name for name, part in parts.items() if part and part == abs(difference)]
    if len(same) == 1:
        explanation = (
            N_("The difference is exactly one of the parts, “%(part)s”: it seems to be counted twice.")
            if difference > 0
            else N_("The difference is exactly one of the parts, “%(part)s”: it seems to be left out.")
        )
        return Judgement(judgement.severity, explanation), {"part": names_written([same[0]])}
    return judgement, {}
