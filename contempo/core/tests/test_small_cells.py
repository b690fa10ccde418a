"""No small count can be found out from what is told beside it."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contempo.core.small_cells import LEAST, hidden_in_row, hidden_in_table, is_small, merged

counts = st.one_of(st.integers(0, 9), st.sampled_from([0, 0, 1, 4, 5, 20, 300]))
rows_of_counts = st.dictionaries(st.sampled_from("abcdefgh"), counts, min_size=1)


def fillings(total, places):
    """Every way to share `total` among so many places."""
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in fillings(total - first, places - 1):
            yield (first, *rest)


@given(rows_of_counts)
def test_in_one_row_small_counts_and_their_complements_are_hidden(row):
    hidden = hidden_in_row(row)
    assert all(key in hidden for key, count in row.items() if is_small(count))
    assert not hidden or len(hidden) == len(row) or (len(hidden) > 1 and sum(row[key] for key in hidden) >= LEAST)


@given(rows_of_counts)
def test_nothing_is_hidden_where_nothing_is_small(row):
    if not any(is_small(count) for count in row.values()) and not is_small(sum(row.values())):
        assert hidden_in_row(row) == frozenset()


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 7), min_size=1))
def test_from_the_total_no_hidden_count_of_a_row_is_found(row):
    total, hidden = sum(row.values()), sorted(hidden_in_row(row))
    if is_small(total) or not hidden or len(row) == 1:
        return
    rest = total - sum(count for key, count in row.items() if key not in hidden)
    nothing_told = len(hidden) == len(row)
    possible = [filling for filling in fillings(rest, len(hidden)) if all(filling) or nothing_told]
    for place in range(len(hidden)):
        assert len({filling[place] for filling in possible}) > 1


def test_merged_counts_stand_together_and_nothing_is_lost():
    assert merged({"a": 20, "b": 3, "c": 7, "d": 0}, "others") == {"a": 20, "d": 0, "others": 10}
    assert merged({"a": 20, "b": 0}, "others") == {"a": 20, "b": 0}


@st.composite
def tables(draw, size=5, count=counts):
    """Tables whose totals are none or at least LEAST."""
    rows, columns = draw(st.integers(1, size)), draw(st.integers(1, size))
    table = {(f"r{row}", f"c{column}"): draw(count) for row in range(rows) for column in range(columns)}
    for line in [0, 1] * 2:
        totals = Counter()
        for cell, value in table.items():
            totals[cell[line]] += value
        table = {cell: value for cell, value in table.items() if not is_small(totals[cell[line]])}
    totals = Counter()
    for (row, column), value in table.items():
        totals[row] += value
        totals[column] += value
    return table if not any(map(is_small, totals.values())) else {}


def found_by_subtraction(table, hidden):
    """The hidden cells a patient reader finds: all unknown cells of all totals, as a system of linear equations."""
    unknown = sorted(hidden)
    equations = []
    for line in (0, 1):
        for name in {cell[line] for cell in table}:
            equations.append([Fraction(cell[line] == name) for cell in unknown])
    found, pivot = set(), 0
    for column in range(len(unknown)):
        best = next((row for row in range(pivot, len(equations)) if equations[row][column]), None)
        if best is None:
            continue
        equations[pivot], equations[best] = equations[best], equations[pivot]
        equations[pivot] = [value / equations[pivot][column] for value in equations[pivot]]
        for row in range(len(equations)):
            if row != pivot and (times := equations[row][column]):
                pairs = zip(equations[row], equations[pivot], strict=True)
                equations[row] = [value - times * other for value, other in pairs]
        pivot += 1
    for equation in equations:
        if sum(map(bool, equation)) == 1:
            found.add(unknown[next(place for place, value in enumerate(equation) if value)])
    return found


@given(tables())
def test_in_a_table_no_hidden_cell_is_found_by_subtraction(table):
    hidden = hidden_in_table(table)
    assert all(cell in hidden for cell, count in table.items() if is_small(count))
    assert found_by_subtraction(table, hidden) == set()


def all_tables(rows, columns, known):
    """Every table of counts with these totals that has the `known` cells."""
    if not rows:
        if not any(columns.values()):
            yield {}
        return
    (name, total), *others = rows.items()
    for filling in fillings(total, len(columns)):
        line = dict(zip(((name, column) for column in columns), filling, strict=True))
        left = {column: columns[column] - line[name, column] for column in columns}
        if min(left.values()) < 0 or any(known.get(cell, count) != count for cell, count in line.items()):
            continue
        for rest in all_tables(dict(others), left, known):
            yield line | rest


@given(tables(size=3, count=st.integers(0, 4)))
def test_no_hidden_cell_is_found_by_knowing_that_counts_are_not_negative(table):
    hidden = hidden_in_table(table)
    rows, columns = Counter(), Counter()
    for (row, column), count in table.items():
        rows[row] += count
        columns[column] += count
    known = {cell: count for cell, count in table.items() if cell not in hidden}
    possible = {cell: set() for cell in hidden}
    if hidden:
        for other in all_tables(rows, columns, known):
            for cell in hidden:
                possible[cell].add(other.get(cell, 0))
            if all(len(values) > 1 for values in possible.values()):
                break
    assert all(len(values) > 1 for values in possible.values())


def test_the_sums_of_what_is_hidden_in_a_line_tell_nothing_either():
    table = {("a", "x"): 3, ("a", "y"): 1, ("a", "z"): 90, ("b", "x"): 40, ("b", "y"): 70, ("b", "z"): 80}
    hidden = hidden_in_table(table)
    assert sum(table[cell] for cell in hidden if cell[0] == "a") >= LEAST


def test_a_table_without_small_cells_is_told_whole():
    assert hidden_in_table({("a", "x"): 5, ("a", "y"): 0, ("b", "x"): 0, ("b", "y"): 12}) == frozenset()


def test_a_zero_is_hidden_only_when_nothing_else_would_do():
    hidden = hidden_in_table({("a", "x"): 3, ("a", "y"): 9, ("a", "z"): 0, ("b", "x"): 8, ("b", "y"): 7, ("b", "z"): 6})
    assert ("a", "z") not in hidden
