"""What numbers are summed up in: means, deviations, quartiles."""

from collections.abc import Iterable, Mapping
from math import sqrt

from contempo.questionnaires.queries.tables import sql
from contempo.questionnaires.queries.tables.counting import Counted, Dimension, Sum
from contempo.questionnaires.queries.tables.opened import Tables
from contempo.questionnaires.queries.tables.shapes import Numbers
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.guarding import ANYBODY, mean_is_told
from contempo.questionnaires.rules.statistics import effective, error_of_mean, mean_interval, quantile
from contempo.questionnaires.rules.statistics.spread import NEAR
from contempo.questionnaires.rules.tables import Spec

LEAST_FOR_MEDIAN, LEAST_FOR_QUARTILES = 10, 20
"""Answers from which a median, and quartiles, are told of a guarded campaign: five at least lie on each side."""

_SHARES = (0.25, 0.5, 0.75)


def scores(one: Dimension, levels: Iterable[str]) -> Mapping[str, float]:
    """The number that each level stands for; empty when levels are no numbers. Places of a ranking: those given."""
    question = one.question
    if question is None:
        return {}
    if question.kind == Kind.SCALE:
        return {level: float(level) for level in levels}
    if question.kind in (Kind.LIKERT, Kind.MATRIX):
        return {option.key: float(option.score) for option in question.options if option.score is not None}
    if question.kind == Kind.RANKING:
        return {str(place): float(place) for place in range(1, len(question.options) + 1)}
    return {}


def summed_up_levels(tables: Tables, found: Counted, one: Dimension, *beside: str) -> Numbers:
    """The numbers that levels of the first dimension stand for, of who has the levels `beside` in the others."""
    values = scores(one, found.levels(0))
    sums = {level: found.sum(level, *beside) for level in values}
    told = {values[level]: sums[level].count for level in values if found.tells(level, *beside)}
    hidden = {values[level]: sums[level].count for level in values if values[level] not in told}
    whole = sum(sums.values(), Sum())
    if not found.tells(ANYBODY, *beside):
        return Numbers(None)
    if found.guarded and not mean_is_told(told, hidden):
        return Numbers(None if hidden else whole.count)
    if not whole.weight:
        return Numbers(whole.count)
    mean = sum(values[level] * sums[level].weight for level in values) / whole.weight
    spread = sum(sums[level].weight * (values[level] - mean) ** 2 for level in values)
    weighed = [(values[level], sums[level].weight) for level in values]
    first, median, third = (quantile(weighed, share) for share in _SHARES)
    held = [values[level] for level in values if sums[level].count]
    ends = (min(held), max(held))
    made = _made(tables, whole, mean, spread, (first, median, third), ends)
    if hidden:
        return Numbers(whole.count, made.mean, made.interval, error=made.error)
    return _kept(made, open_=not found.guarded)


def summed_up(tables: Tables, one: Dimension, spec: Spec, *, silent: bool) -> Numbers:
    """The numbers given as answers to the rows of a table. Two SQL of DuckDB."""
    if silent:
        return Numbers(None)
    held = sql.column(one.variable)
    source, weight = (tables.weighed(), "weight") if spec.weighted else (tables.relation, "1.0::DOUBLE")
    where = sql.everything([sql.condition(tables, each) for each in spec.filters])
    only = f"{where.sql} AND {held} IS NOT NULL AND NOT {sql.unasked(spec.rows)} AND {weight} IS NOT NULL"
    values = f"SELECT {held} AS v, {weight} AS w FROM {source} WHERE {only}"
    count, total, squares, least, most, mean, spread = tables.columns.row(
        f"WITH answer AS MATERIALIZED ({values}), middle AS (SELECT sum(v * w) / sum(w) AS mean FROM answer) "
        "SELECT count(*), sum(w), sum(w * w), min(v), max(v), any_value(mean), sum(w * (v - mean) ** 2) "
        "FROM answer, middle",
        where.values,
    )
    if not count:
        return Numbers(0)
    steps = ", ".join(
        f"min(v) FILTER (reached >= {share} * whole - {NEAR} * whole), "
        f"min(v) FILTER (reached > {share} * whole + {NEAR} * whole)"
        for share in _SHARES
    )
    found = tables.columns.row(
        f"WITH answer AS ({values}), each AS (SELECT v, sum(w) AS w FROM answer GROUP BY v), step AS (SELECT v, "
        "sum(w) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS reached, sum(w) OVER () AS whole FROM each) "
        f"SELECT {steps} FROM step",
        where.values,
    )
    quartiles = tuple(
        found[at] if found[at + 1] is None else (found[at] + found[at + 1]) / 2 for at in range(0, len(found), 2)
    )
    made = _made(tables, Sum(count, total, squares), mean, spread, quartiles, (least, most))
    return _kept(made, open_=not tables.guarded)


def _made(
    tables: Tables,
    whole: Sum,
    mean: float,
    spread: float,
    quartiles: tuple[float | None, ...],
    ends: tuple[float, float],
) -> Numbers:
    n = whole.count
    deviation = sqrt(spread / whole.weight * n / (n - 1)) if n > 1 else None
    population = tables.population_of(n)
    size = effective(n, whole.weight, whole.squares, population)
    kish = effective(n, whole.weight, whole.squares, None)
    interval = mean_interval(mean, deviation, size, kish) if deviation is not None else None
    first, median, third = quartiles
    error = error_of_mean(deviation, size, kish) if deviation is not None else None
    return Numbers(n, mean, interval, deviation, median, first, third, *ends, error)


def _kept(made: Numbers, *, open_: bool) -> Numbers:
    """What of it is told: of a guarded campaign nothing that is the answer of one."""
    if open_:
        return made
    n = made.count or 0
    quartiles = n >= LEAST_FOR_QUARTILES
    return Numbers(
        n,
        made.mean,
        made.interval,
        made.deviation if n >= LEAST_FOR_MEDIAN else None,
        made.median if n >= LEAST_FOR_MEDIAN else None,
        made.first if quartiles else None,
        made.third if quartiles else None,
        error=made.error,
    )
