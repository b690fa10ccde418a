"""Parts of a plan that measure: indicators with targets, the reward, and what the document declares of itself."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from contempo.core.money import number_written
from contempo.core.words import N_
from contempo.programmes.rules.plan.parts import (
    Amount,
    Key,
    Line,
    Ordinal,
    Part,
    Percent,
    Short,
    Text,
    YesNo,
)


class Typology(StrEnum):
    """What an indicator speaks of. Source: territorial plan of Milan 2014-2016, table of indicators."""

    PARTNERS = "partners"
    INVOLVED = "involved"
    COMPANIES = "companies"
    PERSONS = "persons"
    ACTIONS = "actions"
    INTEGRATION = "integration"
    COFINANCING = "cofinancing"


TYPOLOGY_LABELS: dict[str, str] = {
    Typology.PARTNERS: N_("Partners of the alliances"),
    Typology.INVOLVED: N_("Involved besides the partners"),
    Typology.COMPANIES: N_("Companies"),
    Typology.PERSONS: N_("Persons"),
    Typology.ACTIONS: N_("Actions"),
    Typology.INTEGRATION: N_("Integration"),
    Typology.COFINANCING: N_("Co-financing"),
}


class Unit(StrEnum):
    COUNT = "count"
    SHARE = "share"
    YES_NO = "yes_no"
    TEXT = "text"


UNIT_LABELS: dict[str, str] = {
    Unit.COUNT: N_("Count"),
    Unit.SHARE: N_("Share"),
    Unit.YES_NO: N_("Yes or no"),
    Unit.TEXT: N_("Text"),
}


class Method(StrEnum):
    """How the value of the plan is made of those of its periods."""

    SUM = "sum"
    LAST = "last"
    DISTINCT = "distinct"
    AVERAGE = "average"


METHOD_LABELS: dict[str, str] = {
    Method.SUM: N_("Sum of the periods"),
    Method.LAST: N_("Last value"),
    Method.DISTINCT: N_("Each counted once over the plan"),
    Method.AVERAGE: N_("Average of the periods"),
}

METHODS_OF: dict[Unit, frozenset[Method]] = {
    Unit.COUNT: frozenset(Method),
    Unit.SHARE: frozenset({Method.SUM, Method.LAST, Method.AVERAGE}),
    Unit.YES_NO: frozenset({Method.LAST}),
    Unit.TEXT: frozenset({Method.LAST}),
}
"""The methods that mean something for a unit. For a share, the sum adds numerators and denominators."""


class Dimension(StrEnum):
    """By what a value may be divided."""

    KIND = "kind"
    SIZE = "size"
    MUNICIPALITY = "municipality"
    SEX = "sex"
    OTHER = "other"


DIMENSION_LABELS: dict[str, str] = {
    Dimension.KIND: N_("Kind of organisation"),
    Dimension.SIZE: N_("Size"),
    Dimension.MUNICIPALITY: N_("Municipality"),
    Dimension.SEX: N_("Sex"),
    Dimension.OTHER: N_("Other"),
}

_YES = frozenset({"sì", "si", "yes", "true"})
_NO = frozenset({"no", "false"})


def target_of(unit: Unit, text: str) -> Decimal | bool | str | None:
    """What a target says: a number for counts, per cent for shares, a bool, a text; None when nothing is promised.

    Raises ValueError, with a message id, when the text is not a target in that unit.
    """
    bare = text.strip()
    if not bare:
        return None
    if unit is Unit.TEXT:
        return bare
    if unit is Unit.YES_NO:
        if bare.lower() in _YES | _NO:
            return bare.lower() in _YES
        raise ValueError(N_("The target of this indicator is “sì” or “no”."))
    if unit is Unit.SHARE and not bare.endswith("%"):
        raise ValueError(N_("The target of a share is written with its sign: 20,18%."))
    number = number_written(re.sub(r"\s*%$", "", bare) if unit is Unit.SHARE else bare)
    if number < 0:
        raise ValueError(N_("A target is not negative."))
    return number


class AllianceTarget(Part):
    alliance: Key
    target: Line


class Indicator(Part):
    """Something that is counted. `source` names where it is computed from; without it the value is entered.

    `filters` narrow the source (`kind: company`); `target` is the promise of the plan, `targets` those of alliances.
    """

    key: Key
    typology: Typology
    number: Ordinal | None = None
    name: Line
    unit: Unit = Unit.COUNT
    method: Method = Method.LAST
    target: Short = ""
    targets: tuple[AllianceTarget, ...] = ()
    source: Short = Field(default="", max_length=80)
    filters: dict[Key, Line] = Field(default_factory=dict)
    by: tuple[Dimension, ...] = ()
    evidence: Text = Field(default="", max_length=2000)
    public: YesNo = True
    note: Text = ""

    @field_validator("method")
    @classmethod
    def _means_something(cls, method: Method, info: ValidationInfo) -> Method:
        if "unit" in info.data and method not in METHODS_OF[info.data["unit"]]:
            raise ValueError(N_("This method cannot be used with this unit."))
        return method

    @field_validator("target", "targets")
    @classmethod
    def _is_in_the_unit(cls, value: Any, info: ValidationInfo) -> Any:
        if "unit" in info.data:
            for text in (value,) if isinstance(value, str) else (each.target for each in value):
                target_of(info.data["unit"], text)
        return value


class Weight(Part):
    indicator: Key
    weight: int = Field(ge=1, le=100)


class Reward(Part):
    """Extra funds on results: `amount` times the weighted average of the targets reached, each at most whole.

    Nothing below `threshold` per cent. See docs/algorithms/reward-quota.md.
    """

    amount: Amount
    act: Key | None = None
    threshold: Percent = Decimal(0)
    weights: tuple[Weight, ...] = ()
    rule: Text = ""


class Qualifier(StrEnum):
    """How far a document commits itself to a figure."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    NEARLY = "nearly"


class Operation(StrEnum):
    """How one figure is made of others; a reference is a key of `declared` or a measure of the plan."""

    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    MEAN = "mean"
    COUNT = "count"


class Formula(Part):
    """`of` holds references, for `share` the part and then the whole, for `count` the names that are counted."""

    operation: Operation
    of: tuple[Line, ...] = Field(min_length=1)


class Declaration(Part):
    """A figure as the document prints it, and where.

    `value` is a number in the unit: euro, a count, per cent, a year, or a text. `quantity` names what is counted, so
    that two places that speak of the same are compared. `measures` names what the plan itself makes of it
    (`budget.total`); `formula` what it should be made of.
    """

    key: Key
    place: Line
    quote: Text = ""
    unit: Literal["euro", "count", "percent", "text"] = "count"
    value: Line
    qualifier: Qualifier = Qualifier.EXACT
    quantity: Short = ""
    measures: Short = ""
    formula: Formula | None = None
    note: Text = ""

    @field_validator("value")
    @classmethod
    def _is_a_number(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("unit", "text") != "text":
            number_written(value.rstrip("% "))
        return value

    @property
    def number(self) -> Decimal:
        """The figure with the decimals it is printed with; a text has none."""
        return number_written(self.value.rstrip("% "))
