"""A table is read strictly: what the questionnaire does not know is refused, beside its field."""

from typing import Any

import pytest

from contempo.core.verdict import Refusal
from contempo.questionnaires.rules.tables import Book, fits, read, to_json
from contempo.questionnaires.tests.samples import sample_book

BOOK = sample_book()
FULL = {
    "rows": "q.how",
    "columns": "q.table.mothers",
    "layers": "a.size",
    "filters": [{"variable": "q.workers", "least": 5}, {"variable": "q.flexible", "values": ["yes"]}],
    "weighted": True,
    "mentions": True,
}


def test_a_table_survives_being_kept() -> None:
    spec = read(FULL, BOOK)
    assert to_json(spec) == FULL
    assert read(to_json(spec), BOOK) == spec


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"rows": ""}, "rows"),
        ({"rows": "q.nothing"}, "rows"),
        ({"rows": 'q.workers" FROM x; --'}, "rows"),
        ({"rows": "q.notes"}, "rows"),
        ({"rows": "q.service"}, "rows"),
        ({"rows": "q.table"}, "rows"),
        ({"rows": "q.flexible"}, "rows"),
        ({"columns": "q.how"}, "columns"),
        ({"columns": "a.email"}, "columns"),
        ({"columns": ""}, "columns"),
        ({"layers": "q.how"}, "layers"),
        ({"filters": [{"variable": "q.flexible", "values": ["perhaps"]}]}, "filters"),
        ({"filters": [{"variable": "q.flexible", "least": 1}]}, "filters"),
        ({"filters": [{"variable": "q.flexible"}]}, "filters"),
        ({"filters": [{"variable": "q.workers", "least": 5, "most": 2}]}, "filters"),
        ({"filters": [{"variable": "q.workers", "least": float("nan")}]}, "filters"),
        ({"filters": [{"variable": "q.workers", "values": ["1; DROP"]}]}, "filters"),
        ({"filters": [{"variable": "q.workers", "least": True}]}, "filters"),
        ({"filters": [{"variable": "a.size", "values": [1]}]}, "filters"),
        ({"filters": [{"variable": "a.size", "values": ["x"], "sql": "1"}]}, "filters"),
        ({"filters": ["x"]}, "filters"),
        ({"filters": [{"variable": "a.size", "values": ["x"]}] * 7}, "filters"),
        ({"order": "rows"}, None),
    ],
)
def test_what_is_none_is_refused(changed: dict[str, Any], field: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        read(FULL | changed, BOOK)
    assert refused.value.field == field


def test_a_table_fits_only_what_asks_its_questions() -> None:
    spec = read(FULL, BOOK)
    assert fits(spec, BOOK)
    assert not fits(spec, Book())
