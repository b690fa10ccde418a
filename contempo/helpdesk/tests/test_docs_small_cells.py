"""What the documentation says of small cells is what the code does."""

import re
from pathlib import Path

import pytest

from contempo.core.small_cells import LEAST, hidden_in_row, hidden_in_table, is_small
from contempo.helpdesk.rules.figures import Share
from contempo.helpdesk.rules.publication import may_tell_percentile

DOC = (Path(__file__).parents[3] / "docs" / "algorithms" / "small-cells.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z] \d.*?) \| (.+?) \|$", DOC, re.MULTILINE)
TABLES = re.findall(r"^\| ([\d /]+) \| (.+?) \|$", DOC, re.MULTILINE)


def told(row):
    """A row as the documentation tells it: "A 20, others 11"."""
    hidden = hidden_in_row(row)
    if is_small(sum(row.values())):
        return "nothing"
    parts = [f"{key} {count}" for key, count in row.items() if key not in hidden]
    return ", ".join(parts + ([f"others {sum(row[key] for key in hidden)}"] if hidden else []))


def test_there_are_examples_of_rows_and_of_tables():
    assert (len(ROWS), len(TABLES)) == (6, 3)


@pytest.mark.parametrize(("counts", "expected"), ROWS)
def test_each_example_of_a_row_is_right(counts, expected):
    row = {part.split()[0]: int(part.split()[1]) for part in counts.split(", ")}
    assert told(row) == expected


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_each_example_of_a_table_is_right(text, expected):
    table = {
        (row, column): int(count)
        for row, line in zip("abc", text.split("/"), strict=True)
        for column, count in zip("xyz", line.split(), strict=True)
    }
    assert " ".join(sorted("".join(cell) for cell in hidden_in_table(table))) == (
        "" if expected == "none" else expected
    )


def test_the_bounds_of_the_fifth_row_are_right():
    low, high = Share(100 - LEAST + 1, 100), Share(99, 100)
    assert (low.percent, high.percent) == (96.0, 99.0)


def test_percentiles_are_told_from_ten_and_from_fifty_answers():
    assert [may_tell_percentile(count, 50) for count in (9, 10)] == [False, True]
    assert [may_tell_percentile(count, 90) for count in (49, 50)] == [False, True]
