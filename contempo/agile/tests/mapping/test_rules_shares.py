"""The share of the time that can be done remotely, and who may ask for agile work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contempo.agile.rules.mapping import (
    Part,
    Remoteness,
    checked_shares,
    is_eligible,
    remote_percent,
    standing,
)
from contempo.core.verdict import Refusal

results = st.sampled_from([*map(str, Remoteness), ""])


@st.composite
def all_parts(draw: st.DrawFn) -> list[Part]:
    left, found = 100, []
    for _each in range(draw(st.integers(0, 6))):
        if not left:
            break
        percent = draw(st.integers(1, left))
        left -= percent
        found.append(Part(percent, draw(results), draw(st.booleans())))
    return found


def test_remote_counts_whole_partly_half_and_not_nothing() -> None:
    parts = [Part(50, "remote"), Part(30, "partly"), Part(20, "not")]
    assert remote_percent(parts) == 65


def test_halves_are_cut_not_rounded() -> None:
    assert remote_percent([Part(49, "remote"), Part(1, "partly")]) == 49


def test_nothing_assessed_is_not_known_and_not_zero() -> None:
    assert remote_percent([]) is None
    assert remote_percent([Part(100, "")]) is None
    assert remote_percent([Part(100, "remote", over=True)]) is None
    assert remote_percent([Part(100, "not")]) == 0


def test_what_is_not_assessed_yet_counts_nothing() -> None:
    found = standing([Part(40, "remote"), Part(40, "")], 50)
    assert (found.remote, found.unassessed, found.missing, found.eligible) == (40, 40, 20, False)


def test_who_reaches_the_threshold_is_eligible() -> None:
    assert is_eligible(50, 50)
    assert not is_eligible(49, 50)
    assert not is_eligible(None, 1)
    assert not is_eligible(100, None)


@given(all_parts(), st.integers(1, 100))
def test_cutting_changes_nobodys_eligibility(parts: list[Part], threshold: int) -> None:
    found = standing(parts, threshold)
    known = found.remote is not None
    assert found.eligible == (known and found.half_points >= 2 * threshold)


@given(all_parts())
def test_the_share_is_between_zero_and_the_whole(parts: list[Part]) -> None:
    found = standing(parts, 50)
    assert found.remote is None or 0 <= found.remote <= 100
    assert found.shared + found.missing == 100


@given(all_parts(), st.randoms())
def test_the_order_of_shares_never_matters(parts: list[Part], chance: object) -> None:
    mixed = list(parts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert standing(parts, 60) == standing(mixed, 60)


@given(all_parts(), st.data())
def test_a_better_result_of_an_activity_never_lowers_the_share(parts: list[Part], data: st.DataObject) -> None:
    order = ["not", "partly", "remote"]
    known = [index for index, each in enumerate(parts) if each.counts]
    if not known:
        return
    index = data.draw(st.sampled_from(known))
    old = parts[index]
    better = order[data.draw(st.integers(order.index(old.result), 2))]
    changed = [*parts[:index], Part(old.percent, better), *parts[index + 1 :]]
    assert (remote_percent(changed) or 0) >= (remote_percent(parts) or 0)


@given(st.integers(2, 100), results)
def test_splitting_a_share_between_activities_of_the_same_result_gains_nothing(percent: int, result: str) -> None:
    half = percent // 2
    whole = remote_percent([Part(percent, result)])
    assert remote_percent([Part(half, result), Part(percent - half, result)]) == whole


def test_shares_of_more_than_the_whole_time_are_refused_with_what_is_too_much() -> None:
    with pytest.raises(Refusal) as refused:
        checked_shares({1: 70, 2: 45})
    assert refused.value.params == {"total": 115, "excess": 15}


def test_a_share_outside_its_bounds_is_refused_beside_it() -> None:
    with pytest.raises(Refusal) as refused:
        checked_shares({1: 70, 2: -1})
    assert refused.value.field == "share_2"


def test_shares_of_zero_are_no_shares() -> None:
    assert checked_shares({1: 70, 2: 0}) == {1: 70}
