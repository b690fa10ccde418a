"""Which unit may stand below which."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules import structure
from contempo.agile.rules.structure import (
    Node,
    check_change_day,
    check_last_day,
    check_place,
    path_of,
    problems,
    top_of,
)
from contempo.core.verdict import Refusal

TREE = {
    1: Node("directorate", None),
    2: Node("area", 1),
    3: Node("office", 2),
    4: Node("office", 1),
    5: Node("directorate", None),
}


def test_areas_stand_below_directorates_and_offices_below_either() -> None:
    assert problems(TREE, TREE) == {}


@pytest.mark.parametrize(
    ("key", "node", "reason"),
    [
        (1, Node("directorate", 5), structure.ON_TOP),
        (1, Node("directorate", 2), structure.UNDER_ITSELF),
        (2, Node("area", 2), structure.UNDER_ITSELF),
        (2, Node("area", None), structure.WITHOUT_PARENT),
        (2, Node("area", 3), structure.UNDER_ITSELF),
        (3, Node("office", 4), structure.NOT_WIDER),
        (2, Node("office", 1), structure.HAS_WIDER_BELOW),
        (3, Node("office", 9), structure.NO_SUCH_PARENT),
    ],
)
def test_a_place_that_cannot_be_is_refused_with_its_reason(key: int, node: Node[int], reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_place(key, {**TREE, key: node})
    assert refused.value.reason == reason
    assert refused.value.field == "parent"


def test_a_unit_cannot_be_put_into_one_that_has_ended() -> None:
    tree = {**TREE, 5: Node("directorate", None, ended=True), 2: Node("area", 5)}
    assert problems(tree, [2]) == {2: structure.ENDED_PARENT}


def test_a_unit_cannot_end_before_those_that_are_part_of_it() -> None:
    assert problems({**TREE, 2: Node("area", 1, ended=True)}, [2]) == {2: structure.OPEN_BELOW}


def test_a_circle_of_units_that_hangs_from_nothing_is_found() -> None:
    tree = {1: Node("area", 2), 2: Node("office", 1)}
    assert problems(tree, tree) == {1: structure.UNDER_ITSELF, 2: structure.UNDER_ITSELF}


@given(
    st.lists(st.integers(0, 5), min_size=6, max_size=6), st.lists(st.sampled_from(list(structure.WIDTH)), min_size=6)
)
def test_a_tree_without_problems_has_a_path_for_every_unit(parents: list[int], kinds: list[str]) -> None:
    tree = {key: Node(str(kinds[key]), parents[key] - 1 if parents[key] else None) for key in range(6)}
    if not problems(tree, tree):
        for key in tree:
            assert path_of(key, tree).endswith(f"/{key}/")
            assert tree[top_of(path_of(key, tree))].kind == "directorate"


def test_a_path_lists_the_units_from_the_top() -> None:
    assert path_of(3, TREE) == "/1/2/3/"
    assert top_of("/1/2/3/") == 1
    assert structure.depth_of("/1/2/3/") == 2


def test_a_change_is_not_of_tomorrow_nor_from_before_the_last_one() -> None:
    today, since = date(2026, 11, 20), date(2026, 3, 1)
    check_change_day(today, today=today, since=since)
    check_change_day(since, today=today, since=since)
    for wrong in (date(2026, 11, 21), date(2026, 2, 28)):
        with pytest.raises(Refusal) as refused:
            check_change_day(wrong, today=today, since=since)
        assert refused.value.field == "day"


def test_the_last_day_is_not_before_the_first() -> None:
    check_last_day(date(2026, 3, 1), since=date(2026, 3, 1))
    with pytest.raises(Refusal):
        check_last_day(date(2026, 2, 28), since=date(2026, 3, 1))
