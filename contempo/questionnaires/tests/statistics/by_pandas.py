"""The same tables, computed by pandas from the answers alone: nothing here knows how Contempo computes them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.tables import Filter, Spec, Variable
from contempo.questionnaires.tests.statistics.surveys import Survey


class Frame:
    """A survey as a data frame: a row for each response, a column for each answer, whatever it is."""

    def __init__(self, survey: Survey) -> None:
        self.questions = {placed.question.key: placed.question for placed in survey.document.questions()}
        self.data = pd.DataFrame(
            [
                {
                    "channel": one["channel"],
                    "size": one["attributes"].get("size"),
                    "stratum": one["attributes"].get("stratum"),
                    "unasked": set(one["unasked"]),
                    **{f"q:{key}": one["answers"].get(key) for key in self.questions},
                }
                for one in survey.people
            ],
            dtype=object,
        )
        held = self.data["stratum"].where(self.data["stratum"].notna(), "")
        sizes = held.value_counts()
        self.weights = held.map(
            lambda stratum: Fraction(survey.units[stratum], int(sizes[stratum])) if stratum in survey.units else None
        )
        self.units = sum(survey.units.values())

    def values(self, variable: Variable) -> "pd.Series[Any]":
        """The answer of each response, None for none; of a multiple choice a list."""
        if variable.source == "channel":
            return self.data["channel"]
        if variable.source == "a":
            return (
                self.data[variable.key]
                if variable.key in self.data
                else pd.Series([None] * len(self.data), dtype=object)
            )
        question, held = self.questions[variable.key], self.data[f"q:{variable.key}"]
        if question.kind == Kind.MATRIX:
            return held.map(lambda cells: cells.get(variable.part) if isinstance(cells, dict) else None)
        if question.kind == Kind.RANKING:
            return held.map(
                lambda order: (
                    ([0, *order].index(variable.part) if variable.part in order else 0)
                    if isinstance(order, list)
                    else None
                )
            )
        return held

    def levels(self, variable: Variable, bars: Sequence[float] = ()) -> "pd.DataFrame":
        """True where a response has a level; no level at all where it gave no answer."""
        held = self.values(variable)
        held = held[held.map(lambda value: value is not None and value == value)]
        kind = self.questions[variable.key].kind if variable.source == "q" else None
        if kind == Kind.NUMBER:
            cut = pd.cut(held.astype(float), bars, right=False, labels=[str(at) for at in range(len(bars) - 1)])
            held = cut.astype(str)
        elif kind == Kind.DATE:
            held = pd.to_datetime(held).dt.strftime("%Y-%m")
        apart = held.explode() if kind == Kind.MULTIPLE else held
        told = apart.map(lambda value: str(int(value)) if isinstance(value, float) else str(value))
        return pd.get_dummies(told).groupby(level=0).max().astype(bool)

    def passes(self, one: Filter) -> "pd.Series[bool]":
        """Whether each response passes a filter."""
        held = self.values(one.variable)
        kind = self.questions[one.variable.key].kind if one.variable.source == "q" else None
        if kind == Kind.MULTIPLE:
            return held.map(lambda chosen: isinstance(chosen, list) and bool(set(chosen) & set(one.values)))
        if kind in (Kind.SCALE, Kind.NUMBER, Kind.RANKING):
            number = pd.to_numeric(held, errors="coerce")
            if one.values:
                return number.isin([float(value) for value in one.values])
            low, high = (-np.inf if one.least is None else one.least), (np.inf if one.most is None else one.most)
            return number.between(low, high)
        if kind == Kind.DATE:
            held = held.map(lambda day: day[:7] if day else None)
        return held.map(lambda value: value is not None and str(value) in one.values)

    def chosen(self, spec: Spec) -> "pd.Series[bool]":
        """Which responses the filters, and the weights, leave."""
        kept = pd.Series(True, index=self.data.index)
        for one in spec.filters:
            kept &= self.passes(one)
        return kept & self.weights.notna() if spec.weighted else kept

    def weight(self, spec: Spec) -> "pd.Series[Any]":
        return self.weights if spec.weighted else pd.Series(Fraction(1), index=self.data.index)


def quantile(values: "pd.Series[Any]", weights: "pd.Series[Any]", share: Fraction) -> float:
    """The weighed quantile, by adding up one answer after the other in whole fractions."""
    order = values.astype(float).sort_values(kind="stable")
    wanted, reached, below = share * sum(weights[order.index]), Fraction(0), None
    for place, value in order.items():
        if below is not None and value > below:
            return (below + value) / 2
        reached += weights[place]
        if reached > wanted:
            return value
        if reached == wanted:
            below = value
    return float(order.iloc[-1])


def size(weights: "pd.Series[Any]", units: int | None, responses: int) -> float:
    """Kish's effective size with the correction for a finite population."""
    total, squares = sum(weights), sum(weight * weight for weight in weights)
    kish = total * total / squares
    if units is None or units < responses:
        return float(kish)
    population = max(len(weights), round(len(weights) * units / responses))
    return float(kish * (population - 1) / (population - len(weights))) if population > len(weights) else np.inf
