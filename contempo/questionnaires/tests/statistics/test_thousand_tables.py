"""A thousand random tables are the same as those of an independent computation."""

from fractions import Fraction
from math import inf, isclose, sqrt
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest

from contempo.core.verdict import Refusal
from contempo.network.tests.factories import make_world
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.columns import refresh
from contempo.questionnaires.queries.tables import Numbers, Sheet, cross, frequency, opened_tables
from contempo.questionnaires.queries.tables.counting import dimension
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.tables import Book, Spec, read
from contempo.questionnaires.tests.statistics import by_pandas
from contempo.questionnaires.tests.statistics.by_pandas import Frame
from contempo.questionnaires.tests.statistics.surveys import random_survey

pytestmark = pytest.mark.django_db

SEEDS = (20261120, 17, 4242, 99)
TABLES = 250
"""Of each survey."""

Z = 1.959963984540054


@pytest.mark.parametrize("seed", SEEDS)
def test_random_tables_equal_those_of_pandas(seed: int, settings: Any, tmp_path: Any) -> None:
    print(f"seed {seed}")
    settings.COLUMNS_ROOT = tmp_path
    survey = random_survey(seed, make_world().milano)
    if seed % 2:
        refresh(SYSTEM, campaign_id=survey.campaign.pk)
    frame, chance, done = Frame(survey), Random(seed), 0
    with opened_tables(survey.campaign) as tables:
        while done < TABLES:
            spec = _random_spec(chance, tables.book, frame)
            if spec is None:
                continue
            _check_frequency(tables, spec, frame)
            if spec.columns is not None:
                _check_cross(tables, spec, frame)
            done += 1


def _random_spec(chance: Random, book: Book, frame: Frame) -> Spec | None:
    codes = chance.sample([*book.offers], 3)[: chance.choice([1, 2, 2, 3])]
    kept: dict[str, Any] = dict(zip(("rows", "columns", "layers"), codes, strict=False))
    kept["weighted"] = chance.random() < 0.4
    kept["mentions"] = chance.random() < 0.3
    kept["filters"] = [_random_filter(chance, book) for _ in range(chance.choice([0, 0, 1, 2]))]
    try:
        return read(kept, book)
    except Refusal:
        return None


def _random_filter(chance: Random, book: Book) -> dict[str, Any]:
    code = chance.choice([*book.offers])
    question = book.question(book.offers[code].variable)
    if question is not None and question.kind in (Kind.SCALE, Kind.NUMBER):
        return {"variable": code, "least": chance.choice([0, 2.5]), "most": chance.choice([5, 8.1])}
    if question is not None and question.kind == Kind.RANKING:
        return {"variable": code, "values": ["1", "0"]}
    if question is not None and question.options:
        keys = [option.key for option in question.options]
        return {"variable": code, "values": chance.sample(keys, chance.randint(1, len(keys)))}
    known = {"a.size": ["micro", "large"], "a.stratum": ["north", "centre"], "channel": ["email", "paper"]}
    return {"variable": code, "values": known.get(code, ["015146", "1", "2", "2024-03", "2024-05"])}


def _check_frequency(tables: Any, spec: Spec, frame: Frame) -> None:
    found = frequency(tables, spec)
    kept, weight = frame.chosen(spec), frame.weight(spec)
    levels = frame.levels(spec.rows, dimension(tables, spec.rows).bars)
    unasked = frame.data["unasked"].map(lambda keys: spec.rows.key in keys) & (spec.rows.source == "q")
    answered = levels.index[kept[levels.index]]
    base = found.base
    assert base.responses == kept.sum()
    assert base.unasked == (kept & unasked).sum()
    assert base.answered == len(answered)
    assert base.missing == (kept & ~unasked).sum() - len(answered)
    assert base.asked == (kept & ~unasked).sum()
    of = sum(weight[answered])
    if spec.mentions:
        of = sum(sum(weight[answered[levels.loc[answered, key]]]) for key in levels)
        assert base.mentions == levels.loc[answered].to_numpy().sum()
    size = by_pandas.size(weight[answered], tables.units, len(frame.data)) if len(answered) else 0
    told = [(bar.count, bar.share) for bar in found.bars] if found.bars else None
    categories = found.categories or ()
    keys = [str(at) for at in range(len(found.bars))] if told else [one.key for one in categories]
    assert set(levels.columns[levels.loc[answered].any()]) <= set(keys)
    for at, key in enumerate(keys):
        having = answered[levels.loc[answered, key]] if key in levels else answered[:0]
        count, share = told[at] if told else (categories[at].count, categories[at].share)
        assert count == len(having)
        assert _same(share, float(sum(weight[having]) / of) if of else None)
        if not told and share is not None and not spec.mentions:
            assert _same(categories[at].interval.low, _wilson(share, size)[0])
            assert _same(categories[at].interval.high, _wilson(share, size)[1])
    if found.numbers is not None:
        _check_numbers(found.numbers, spec, frame, tables, answered, weight)


def _check_numbers(found: Numbers, spec: Spec, frame: Frame, tables: Any, answered: Any, weight: Any) -> None:
    question = frame.questions[spec.rows.key]
    held = frame.values(spec.rows)[answered]
    if question.options and question.kind != Kind.RANKING:
        scores = {option.key: option.score for option in question.options}
        held = held.map(scores)
        held = held[held.notna()]
    if question.kind == Kind.RANKING:
        held = held[held > 0]
    assert found.count == len(held)
    if not len(held):
        return
    numbers, weights = held.astype(float), weight[held.index].astype(float)
    mean = np.average(numbers, weights=weights)
    assert _same(found.mean, mean)
    assert (found.least, found.most) == (numbers.min(), numbers.max())
    for value, share in ((found.first, 1), (found.median, 2), (found.third, 3)):
        assert _same(value, by_pandas.quantile(held, weight, Fraction(share, 4)))
    if len(held) > 1:
        spread = np.average((numbers - mean) ** 2, weights=weights) * len(held) / (len(held) - 1)
        assert _same(found.deviation, sqrt(spread))
        if not spec.weighted:
            assert _same(found.deviation, numbers.std())


def _check_cross(tables: Any, spec: Spec, frame: Frame) -> None:
    found = cross(tables, spec)
    kept, weight = frame.chosen(spec), frame.weight(spec)
    levels = [frame.levels(one, dimension(tables, one).bars) for one in spec.variables]
    both = frame.data.index[kept]
    for one in levels:
        both = both.intersection(one.index)
    assert found.left_out == kept.sum() - len(both) if not spec.mentions else True
    _check_sheet(found.whole, found.columns, levels, both, weight, spec)
    for sheet in found.layers:
        third = levels[2]
        having = both[third.loc[both, sheet.layer]] if sheet.layer in third else both[:0]
        _check_sheet(sheet, found.columns, levels, having, weight, spec)


def _check_sheet(sheet: Sheet, columns: Any, levels: Any, both: Any, weight: Any, spec: Spec) -> None:
    rows = levels[0].reindex(columns=[line.key for line in sheet.lines], fill_value=False).loc[both]
    beside = levels[1].reindex(columns=list(columns), fill_value=False).loc[both]
    counts = pd.DataFrame(rows.T.astype(int).to_numpy() @ beside.astype(int).to_numpy())
    heavy = weight[both].astype(float).to_numpy()
    weights = rows.T.astype(float).to_numpy() @ (beside.astype(float).to_numpy() * heavy[:, None])
    assert [[cell.count for cell in line.cells] for line in sheet.lines] == counts.to_numpy().tolist()
    assert [line.total.count for line in sheet.lines] == rows.sum().tolist()
    of_columns = (
        weights.sum(axis=0) if spec.mentions else (beside.astype(float).to_numpy() * heavy[:, None]).sum(axis=0)
    )
    of_rows = (rows.astype(float).to_numpy() * heavy[:, None]).sum(axis=0)
    if spec.mentions:
        assert sheet.base == rows.to_numpy().sum()
        assert list(sheet.bases) == counts.sum(axis=0).tolist()
    else:
        assert sheet.base == len(both)
        assert list(sheet.bases) == beside.sum().tolist()
    for line, row in zip(sheet.lines, range(len(weights)), strict=True):
        for at, cell in enumerate(line.cells):
            assert _same(cell.of_column, weights[row][at] / of_columns[at] if of_columns[at] else None)
            assert _same(cell.of_row, weights[row][at] / of_rows[row] if of_rows[row] else None)


def _wilson(share: float, size: float) -> tuple[float, float]:
    """The shares p for which |share - p| = z·sqrt(p(1-p)/size), by solving the quadratic equation."""
    if size == inf:
        return share, share
    low, high = sorted(np.roots([1 + Z * Z / size, -(2 * share + Z * Z / size), share * share]).real)
    return max(0.0, low), min(1.0, high)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-7)
