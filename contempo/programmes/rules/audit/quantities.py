"""The same quantity in different places: declared figures that name one `quantity` are compared with the first of
them."""

from collections import defaultdict
from collections.abc import Iterator

from contempo.core.money import decimals_of
from contempo.core.text import normalise
from contempo.core.words import N_
from contempo.programmes.rules.audit.comparing import Span, cut_span, statement
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.figures import cell_worth, value_written
from contempo.programmes.rules.audit.written import difference_written
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.measures import Declaration, Qualifier


def different_values(facts: Facts) -> Iterator[Finding]:
    """Places that give a quantity another value than an earlier one; each is compared with the first that disagrees."""
    places: dict[str, list[tuple[int, Declaration]]] = defaultdict(list)
    for number, declaration in enumerate(facts.plan.declared):
        if declaration.quantity.strip():
            places[declaration.quantity.strip()].append((number, declaration))
    for same in places.values():
        values: dict[tuple[str, str, str], Declaration] = {}
        for number, declaration in same:
            for earlier in values.values():
                found = _differs(facts, earlier, number, declaration)
                if found is not None:
                    yield found
                    break
            values.setdefault((declaration.unit, declaration.value, declaration.qualifier), declaration)


def _differs(facts: Facts, earlier: Declaration, number: int, later: Declaration) -> Finding | None:
    one, other = statement(earlier), statement(later)
    if earlier.unit == later.unit == "text":
        one, other = normalise(earlier.value), normalise(later.value)
    explanation = N_("“%(quantity)s” has another value in “%(place)s”.")
    severity = Severity.ERROR
    if isinstance(one, Span) and isinstance(other, Span) and _same_unit(earlier, later):
        if one.meets(other):
            return None
        if _explained_by_cutting(earlier, later):
            severity = Severity.NOTE
            explanation = N_(
                "“%(quantity)s” has other decimals in “%(place)s”: one of the two is cut off, not rounded."
            )
        elif {earlier.qualifier, later.qualifier} != {Qualifier.EXACT}:
            severity = Severity.WARNING
    elif one == other:
        return None
    params, difference = {"quantity": later.quantity.strip(), "place": earlier.place}, ""
    if later.unit == earlier.unit != "text":
        decimals = max(decimals_of(later.number), decimals_of(earlier.number))
        difference = difference_written(later.number - earlier.number, later.unit, decimals=decimals)
        cell = cell_worth(facts, later.number - earlier.number) if later.unit == "euro" else None
        if cell is not None and severity is Severity.ERROR:
            params |= cell
            explanation = N_(
                "“%(quantity)s” has another value in “%(place)s”. The difference is exactly the amount of “%(line)s” "
                "from “%(source)s”."
            )
    return Finding(
        "same-quantity",
        severity,
        place_of(later.place),
        f"declared[{number}]",
        explanation,
        declared=value_written(later),
        computed=value_written(earlier),
        difference=difference,
        params=params,
    )


def _same_unit(one: Declaration, other: Declaration) -> bool:
    return one.unit == other.unit or "text" in {one.unit, other.unit}


def _explained_by_cutting(one: Declaration, other: Declaration) -> bool:
    if "text" in {one.unit, other.unit} or {one.qualifier, other.qualifier} != {Qualifier.EXACT}:
        return False
    return cut_span(one.number).meets(cut_span(other.number))
