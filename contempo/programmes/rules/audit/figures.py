"""Declared figures against what the plan itself makes of them."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from contempo.core.money import Percentage, decimals_of, number_written
from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.programmes.rules.audit.comparing import Judgement, judged, range_written
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.measured import Measured, NotMeasured, mean_of, share_of
from contempo.programmes.rules.audit.measures import measure_named, measured
from contempo.programmes.rules.audit.written import difference_written, figure_written, shortened
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.measures import Declaration, Qualifier

SAID: Mapping[str, str] = {
    "money-total": N_("The amounts of the budget add up to another total."),
    "money-row": N_("The amounts of this line add up to another sum."),
    "money-column": N_("The amounts from this source add up to another sum."),
    "money-cell": N_("The budget has another amount for this line from this source."),
    "money-kind": N_("The amounts of this kind of source add up to another sum."),
    "money-part": N_("The amounts of this part of the budget add up to another sum."),
    "reward-amount": N_("The plan gives another amount for the reward."),
    "share": N_("The amounts of the budget give another share."),
    "partners-declared": N_("The plan names another number of partners, each counted once."),
    "act-declared": N_("The list of acts has it differently."),
    "duration-declared": N_("The dates of the plan say otherwise."),
    "target-declared": N_("The table of indicators has another target."),
    "count-declared": N_("Counting the parts of the plan gives another number."),
}
"""What each rule says of a plain difference."""

SIGNS: Mapping[Qualifier, str] = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "≈ ",
    Qualifier.AT_LEAST: "≥ ",
    Qualifier.MORE_THAN: "> ",
    Qualifier.NEARLY: "≈ ",
}


def compared(rule: str) -> Callable[[Facts], Iterator[Finding]]:
    """The rule that compares the declared figures whose measure belongs to it."""

    def find(facts: Facts) -> Iterator[Finding]:
        for number, declaration in enumerate(facts.plan.declared):
            measure = measure_named(declaration.measures) if declaration.measures else None
            if measure is None or measure.rule != rule:
                continue
            try:
                found = measured(facts, declaration.measures)
            except NotMeasured:
                continue
            yield from difference_between(facts, rule, number, declaration, found)

    return find


def unknown_measures(facts: Facts) -> Iterator[Finding]:
    """Figures whose measure is not of the language, speaks of nothing in this plan, or is in another unit."""
    for number, declaration in enumerate(facts.plan.declared):
        if not declaration.measures:
            continue
        try:
            found = measured(facts, declaration.measures)
        except NotMeasured as why:
            yield Finding(
                "unknown-measure",
                Severity.ERROR,
                place_of(declaration.place),
                f"declared[{number}].measures",
                why.reason,
                declared=shortened(declaration.measures),
                params=why.params,
                subject=subject_of(declaration),
            )
            continue
        if not _comparable(declaration, found):
            yield Finding(
                "unknown-measure",
                Severity.ERROR,
                place_of(declaration.place),
                f"declared[{number}].unit",
                N_("The figure and its measure “%(measure)s” are not in the same unit."),
                declared=value_written(declaration),
                computed=shortened(found.text or figure_written(found.number, found.unit)),
                params={"measure": declaration.measures},
                subject=subject_of(declaration),
            )


def difference_between(
    facts: Facts, rule: str, number: int, declaration: Declaration, found: Measured
) -> Iterator[Finding]:
    """The finding of `declaration` (number `number` of the plan) against `found`, if they disagree."""
    if not _comparable(declaration, found):
        return
    written = _number(declaration)
    if found.unit == "text" or written is None:
        yield from _texts_differ(rule, number, declaration, found)
        return
    judgement = judged(written, found.number, declaration.qualifier, SAID[rule])
    if judgement is None:
        return
    explanation, params = _explained(facts, written, found, declaration.qualifier, judgement)
    decimals = decimals_of(written)
    yield Finding(
        rule,
        judgement.severity,
        place_of(declaration.place),
        f"declared[{number}]",
        explanation,
        declared=value_written(declaration),
        computed=figure_written(found.number, found.unit, decimals=decimals),
        difference=difference_written(written - found.number, found.unit, decimals=decimals),
        params=params,
        subject=subject_of(declaration),
    )


def subject_of(declaration: Declaration) -> str:
    """What a declared figure is about: the quantity it gives and the words it stands in, one of them or both."""
    return shortened(": ".join(filter(None, (declaration.quantity.strip(), declaration.quote.strip()))))


def value_written(declaration: Declaration) -> str:
    """A declared figure in Italian notation, with the sign of its qualifier (`≥ 10`); a text as it is."""
    if declaration.unit == "text":
        return shortened(declaration.value)
    return SIGNS[declaration.qualifier] + figure_written(declaration.number, declaration.unit)


def other_reading(found: Measured) -> Measured | None:
    """A mean of shares read as the share of their sums, and the other way round; None where there is one reading."""
    if not found.shares:
        return None
    if found.share is not None:
        return mean_of(found.shares)
    return _of_sums(found.shares)


def _of_sums(shares: tuple[Percentage, ...]) -> Measured | None:
    whole = sum((share.denominator for share in shares), Decimal(0))
    return share_of(sum((share.numerator for share in shares), Decimal(0)), whole) if whole else None


def _comparable(declaration: Declaration, found: Measured) -> bool:
    if found.unit == "text":
        return True
    if declaration.unit == "text":
        return range_written(declaration.value) is not None or _number(declaration) is not None
    return declaration.unit == found.unit


def _number(declaration: Declaration) -> Decimal | None:
    try:
        return number_written(declaration.value.rstrip("% "))
    except ValueError:
        return None


def _texts_differ(rule: str, number: int, declaration: Declaration, found: Measured) -> Iterator[Finding]:
    if found.unit == "text":
        agrees = normalise(declaration.value) == normalise(found.text)
    else:
        ends = range_written(declaration.value)
        agrees = ends is not None and ends[0] <= found.number <= ends[1]
    if not agrees:
        yield Finding(
            rule,
            Severity.ERROR,
            place_of(declaration.place),
            f"declared[{number}]",
            SAID[rule],
            declared=value_written(declaration),
            computed=shortened(found.text or figure_written(found.number, found.unit)),
            subject=subject_of(declaration),
        )


def _explained(
    facts: Facts, written: Decimal, found: Measured, qualifier: Qualifier, judgement: Judgement
) -> tuple[str, dict[str, str]]:
    if judgement.severity is Severity.NOTE:
        return judgement.explanation, {}
    other = other_reading(found)
    if other is not None and judged(written, other.number, qualifier, "") is None:
        other_figure = figure_written(other.number, "percent", decimals=decimals_of(written))
        if found.share is None:
            return N_(
                "It is declared as the mean of the alliances, but it is the share of their sums (%(other)s): a mean "
                "counts every alliance the same, whatever its budget."
            ), {"other": other_figure}
        return N_(
            "It is declared as the share of the sums, but it is the mean of the alliances (%(other)s): a mean counts "
            "every alliance the same, whatever its budget."
        ), {"other": other_figure}
    if found.unit == "euro" and qualifier is Qualifier.EXACT:
        return _explained_by_money(facts, written - found.number, judgement.explanation)
    return judgement.explanation, {}


def cell_worth(facts: Facts, difference: Decimal) -> dict[str, str] | None:
    """Line and source of the only cell of the budget that holds exactly a difference in euro."""
    cells = facts.cells_worth.get(int(abs(difference) * 100), ()) if difference else ()
    if len(cells) != 1 or abs(difference) * 100 != int(abs(difference) * 100):
        return None
    return {"line": cells[0][0], "source": cells[0][1]}


def _explained_by_money(facts: Facts, difference: Decimal, explanation: str) -> tuple[str, dict[str, str]]:
    cell = cell_worth(facts, difference)
    if cell is not None:
        return N_("The difference is exactly the amount of “%(line)s” from “%(source)s”."), cell
    if abs(difference) < 1:
        return N_("Only the cents differ: the figure was copied without them, or rounded."), {}
    return explanation, {}
