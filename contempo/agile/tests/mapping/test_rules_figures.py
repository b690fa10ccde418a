"""Who may ask for agile work: exact figures, and those without small cells."""

from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules.mapping import Counted, told
from contempo.core.small_cells import LEAST

counted = st.integers(0, 40).flatmap(lambda staff: st.builds(Counted, st.just(staff), st.integers(0, staff)))
tables = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), counted, min_size=1, max_size=6)


def test_who_keeps_the_staff_reads_every_figure() -> None:
    found = told({"a": Counted(3, 1), "b": Counted(0, 0)}, exact=True)
    assert found.rows == {"a": Counted(3, 1), "b": Counted(0, 0)}
    assert found.total == Counted(3, 1)


def test_a_small_part_is_hidden_with_another_that_would_give_it_away() -> None:
    counts = {"a": Counted(50, 47), "b": Counted(60, 30), "c": Counted(80, 40)}
    found = told(counts, exact=False)
    assert found.rows == {"a": None, "b": None, "c": Counted(80, 40)}
    assert found.total == Counted(190, 117)


def test_parts_that_are_large_or_empty_are_told() -> None:
    counts = {"a": Counted(50, 50), "b": Counted(60, 0)}
    assert told(counts, exact=False).rows == counts


def test_a_small_total_hides_everything() -> None:
    found = told({"a": Counted(30, 2), "b": Counted(30, 1)}, exact=False)
    assert found.total is None
    assert set(found.rows.values()) == {None}


@given(tables)
def test_nothing_told_is_small_and_nothing_hidden_is_found_from_the_total(counts: dict[str, Counted]) -> None:
    found = told(counts, exact=False)
    for each in found.rows.values():
        if each is not None:
            assert not 0 < each.eligible < LEAST
            assert not 0 < each.others < LEAST
    if found.total is None:
        return
    hidden = [counts[key] for key, each in found.rows.items() if each is None]
    if hidden:
        assert len(hidden) > 1
        for side in (sum(each.eligible for each in hidden), sum(each.others for each in hidden)):
            assert side == 0 or side >= LEAST
