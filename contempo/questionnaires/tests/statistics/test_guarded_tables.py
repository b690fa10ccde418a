"""A campaign that is not with name tells no small count: in frequencies, under filters, across other questions."""

from collections import Counter
from typing import Any

import pytest

from contempo.core.small_cells import LEAST
from contempo.network.tests.factories import make_world
from contempo.questionnaires.queries.tables import Tables, cross, frequency, opened_tables
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.states import Mode
from contempo.questionnaires.rules.tables import read
from contempo.questionnaires.tests.statistics.surveys import random_survey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.ANONYMOUS])
def test_no_small_count_is_told(mode: Mode, settings: Any, tmp_path: Any) -> None:
    settings.COLUMNS_ROOT = tmp_path
    survey = random_survey(7, make_world().milano, 60, mode=mode.value)
    filters: list[Any] = [[], [{"variable": "channel", "values": ["paper"]}]]
    filters.append([*filters[1], {"variable": "q.first", "values": ["o1"]}])
    hidden = 0
    with opened_tables(survey.campaign) as tables:
        assert tables.guarded
        codes = [*tables.book.offers]
        for number, code in enumerate(codes):
            for narrowed in filters:
                kept = {"rows": code, "filters": narrowed, "columns": codes[number - 1], "layers": "a.size"}
                if len({code, codes[number - 1], "a.size"}) < 3:
                    continue
                for count in [*_frequency(tables, kept), *_cross(tables, kept)]:
                    hidden += count is None
                    assert count is None or count == 0 or count >= LEAST
    assert hidden


def _frequency(tables: Tables, kept: dict[str, Any]) -> list[int | None]:
    found = frequency(tables, read(kept, tables.book))
    base = found.base
    counts = [one.count for one in (*found.categories, *found.bars)]
    return [*counts, base.responses, base.asked, base.answered, base.missing, base.unasked]


def _cross(tables: Tables, kept: dict[str, Any]) -> list[int | None]:
    found = cross(tables, read(kept, tables.book))
    counts: list[int | None] = []
    for sheet in (found.whole, *found.layers):
        counts += [sheet.base, *sheet.bases]
        counts += [cell.count for line in sheet.lines for cell in (*line.cells, line.total)]
    return counts


def test_a_filter_that_leaves_too_few_shows_nothing(settings: Any, tmp_path: Any) -> None:
    settings.COLUMNS_ROOT = tmp_path
    survey = random_survey(3, make_world().milano, 40, mode=Mode.CONFIDENTIAL.value)
    left = Counter((one["attributes"].get("size"), one["channel"]) for one in survey.people)
    size, channel = min(pair for pair, count in left.items() if pair[0] and count < LEAST)
    strange = [{"variable": "a.size", "values": [size]}, {"variable": "channel", "values": [channel]}]
    with opened_tables(survey.campaign) as tables:
        found = frequency(tables, read({"rows": "q.first", "filters": strange}, tables.book))
        assert found.silent
        assert all(one.count is None and one.share is None for one in found.categories)
        assert cross(tables, read({"rows": "q.first", "columns": "a.stratum", "filters": strange}, tables.book)).silent


def test_an_answer_that_few_gave_is_not_even_named(settings: Any, tmp_path: Any) -> None:
    settings.COLUMNS_ROOT = tmp_path
    survey = random_survey(7, make_world().milano, 60, mode=Mode.ANONYMOUS.value)
    with opened_tables(survey.campaign) as tables:
        rare = 0
        for code, offer in tables.book.offers.items():
            if offer.placed is None or offer.placed.question.kind not in (Kind.DATE, Kind.MUNICIPALITY, Kind.NUMBER):
                continue
            key = offer.placed.question.key
            told = 7 if offer.placed.question.kind == Kind.DATE else None  # dates by month: 2024-05
            given = Counter(
                str(one["answers"][key])[:told]
                for one in survey.people
                if key in one["answers"] and key not in one["unasked"]
            )
            rare += sum(count < LEAST for count in given.values())
            found = frequency(tables, read({"rows": code}, tables.book))
            assert all(given[one.key] >= LEAST for one in found.categories)
            assert all(one.count is None or one.count >= LEAST for one in (*found.bars[:1], *found.bars[-1:]))
            alone = [{"variable": "channel", "values": ["paper"]}, {"variable": "q.first", "values": ["o1"]}]
            narrowed = frequency(tables, read({"rows": code, "filters": alone}, tables.book))
            assert [one.key for one in narrowed.categories] == [one.key for one in found.categories]
    assert rare
