"""The clearing is fair, and cannot be played: random banks against what they must be."""

import hashlib
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contempo.agile.rules.clearing import Supply, clear, draws, gathered, ties
from contempo.agile.tests.clearing.worlds import SEED, Person, World, claims_of, days_of, fairest, fits, worlds

MANY = settings(max_examples=300, deadline=None)


@MANY
@given(worlds(5))
def test_the_award_is_the_fairest_of_all_that_there_could_be(world: World) -> None:
    assert world.days() == fairest(world)


@MANY
@given(worlds(5, held=True))
def test_with_days_held_it_is_the_fairest_of_all_that_take_none_back(world: World) -> None:
    assert world.days() == fairest(world)


@MANY
@given(worlds(12, held=True))
def test_nobody_gets_a_day_while_another_of_the_class_with_fewer_could_have_it(world: World) -> None:
    days = world.days()
    given_out = [days[each.pseudonym] for each in world.persons]
    for i, poorer in enumerate(world.persons):
        for j, richer in enumerate(world.persons):
            fewer = poorer.enjoyed + given_out[i] + 1 < richer.enjoyed + given_out[j]
            if poorer.klass == richer.klass and given_out[i] < poorer.wanted and given_out[j] > richer.held and fewer:
                moved = list(given_out)
                moved[i], moved[j] = moved[i] + 1, moved[j] - 1
                assert not fits(world, moved)


@MANY
@given(worlds(12, held=True))
def test_nobody_gets_a_day_that_a_class_before_could_have(world: World) -> None:
    days = world.days()
    given_out = [days[each.pseudonym] for each in world.persons]
    for i, first in enumerate(world.persons):
        for j, second in enumerate(world.persons):
            if first.klass < second.klass and given_out[i] < first.wanted and given_out[j] > second.held:
                moved = list(given_out)
                moved[i], moved[j] = moved[i] + 1, moved[j] - 1
                assert not fits(world, moved)


@MANY
@given(worlds(12, held=True))
def test_no_day_is_left_that_somebody_could_have(world: World) -> None:
    days = world.days()
    given_out = [days[each.pseudonym] for each in world.persons]
    for i, each in enumerate(world.persons):
        more = [number + (i == j) for j, number in enumerate(given_out)]
        assert given_out[i] == each.wanted or not fits(world, more)


@MANY
@given(worlds(12, held=True))
def test_every_day_awarded_comes_from_a_pool_and_the_own_one_is_emptied_first(world: World) -> None:
    result = world.cleared()
    assert (result.days == result.own + result.shared).all()
    assert result.own.min(initial=0) >= 0
    assert result.shared.min(initial=0) >= 0
    assert result.shared.sum() <= world.supply.shared
    own, shared = Counter(), Counter()
    for where, days, others in zip(result.claims.directorate, result.own, result.shared, strict=True):
        own[int(where)] += int(days)
        shared[int(where)] += int(others)
    for where, pool in enumerate(world.supply.own):
        assert own[where] == pool if shared[where] else own[where] <= pool


@MANY
@given(worlds(12, held=True))
def test_nobody_gets_more_than_asked_or_than_the_cap_nor_less_than_held(world: World) -> None:
    days = world.days()
    assert all(each.held <= days[each.pseudonym] <= each.wanted for each in world.persons)


@MANY
@given(worlds(12, held=True), st.integers(0, 3))
def test_a_day_more_in_any_pool_lowers_nobodys_award(world: World, pool: int) -> None:
    own = tuple(days + (number == pool) for number, days in enumerate(world.supply.own))
    richer = replace(world, supply=Supply(own, world.supply.shared + (pool == 3)))
    before, after = world.days(), richer.days()
    assert all(after[who] >= days for who, days in before.items())


@MANY
@given(st.data(), worlds(12).filter(lambda world: world.persons))
def test_asking_for_more_than_needed_gains_nothing(data: st.DataObject, world: World) -> None:
    honest = data.draw(st.sampled_from(world.persons))
    greedy = replace(honest, asked=honest.asked + data.draw(st.integers(1, 5)))
    needed = honest.asked
    gained = min(world.with_person(greedy).days()[honest.pseudonym], needed)
    assert gained <= min(world.days()[honest.pseudonym], needed)


@MANY
@given(st.data(), worlds(12).filter(lambda world: world.persons))
def test_splitting_a_request_changes_nothing(data: st.DataObject, world: World) -> None:
    whole = data.draw(st.sampled_from(world.persons))
    part = data.draw(st.integers(0, whole.asked))
    rest = tuple(each for each in world.persons if each != whole)
    parts = (replace(whole, asked=part), *rest, replace(whole, asked=whole.asked - part))
    assert days_of(clear(claims_of(parts), world.supply, SEED)) == world.days()


@MANY
@given(st.data(), worlds(12, held=True))
def test_the_order_of_the_input_never_matters(data: st.DataObject, world: World) -> None:
    mixed = replace(world, persons=tuple(data.draw(st.permutations(world.persons))))
    one, other = world.cleared(), mixed.cleared()
    for name in ("days", "own", "shared", "why", "position"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert one.ends == other.ends


@MANY
@given(worlds(12, held=True))
def test_cleared_again_with_all_awards_held_everything_stays(world: World) -> None:
    first, days = world.cleared(), world.days()
    again = replace(world, persons=tuple(replace(each, held=days[each.pseudonym]) for each in world.persons)).cleared()
    for name in ("days", "own", "shared", "why", "position"):
        assert getattr(again, name).tolist() == getattr(first, name).tolist()
    assert again.ends == first.ends


@MANY
@given(st.data(), worlds(12).filter(lambda world: world.persons))
def test_cleared_again_after_a_correction_nobody_loses_a_day_they_hold(data: st.DataObject, world: World) -> None:
    days = world.days()
    held = tuple(replace(each, held=days[each.pseudonym]) for each in world.persons)
    wronged = data.draw(st.sampled_from(held))
    again = replace(world, persons=held).with_person(replace(wronged, klass=1, asked=wronged.asked + 2)).days()
    assert all(again[who] >= number for who, number in days.items())


@MANY
@given(st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=12, unique=True), st.data())
def test_a_tie_is_broken_by_the_draw_and_by_nothing_else(names: list[int], data: st.DataObject) -> None:
    days = data.draw(st.integers(0, len(names)))
    seed = data.draw(st.binary(min_size=1, max_size=64))
    drawn = dict(zip(names, ties(seed, np.array(names, np.uint64)).tolist(), strict=True))
    world = World(tuple(Person(name) for name in names), Supply((days,)))
    winners = {who for who, number in world.days(seed).items() if number}
    assert winners == set(sorted(names, key=lambda name: (drawn[name], name))[:days])


@MANY
@given(st.lists(st.integers(0, 2**64 - 1), max_size=12, unique=True), st.integers(0, 12), st.integers(0, 12))
def test_of_two_digests_alike_the_lower_pseudonym_comes_first(names: list[int], own: int, shared: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draws, "ties", lambda seed, drawn: drawn % np.uint64(2))
        days = World(tuple(Person(name) for name in names), Supply((own,), shared)).days()
    winners = {who for who, number in days.items() if number}
    assert winners == set(sorted(names, key=lambda name: (name % 2, name))[: own + shared])


def test_ties_are_blake2b_of_the_pseudonym_with_the_seed_as_key() -> None:
    names = [0, 1, 2**63, 2**64 - 1, *range(5, 70_000)]
    by_hand = [
        int.from_bytes(hashlib.blake2b(name.to_bytes(8, "big"), digest_size=8, key=b"seed").digest(), "big")
        for name in names
    ]
    assert ties(b"seed", np.array(names, np.uint64)).tolist() == by_hand
    assert by_hand[1] == 16378902661783631729


@pytest.mark.parametrize("name", ["klass", "directorate", "enjoyed", "cap", "held"])
def test_rows_of_one_person_that_disagree_are_refused(name: str) -> None:
    person = Person(7, cap=4, held=1)
    other = replace(person, **{name: getattr(person, name) + 1})
    with pytest.raises(ValueError, match=name):
        gathered(claims_of((person, other)))


def test_more_days_held_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="held"):
        clear(claims_of((Person(1, held=2), Person(2, held=2))), Supply((2,), 1), SEED)


def test_a_directorate_without_pool_is_refused() -> None:
    with pytest.raises(ValueError, match="pool"):
        clear(claims_of((Person(1, directorate=1),)), Supply((2,)), SEED)


@pytest.mark.parametrize(("name", "value"), [("klass", 0), ("enjoyed", 367), ("asked", 32), ("held", -1), ("cap", 40)])
def test_numbers_out_of_bounds_are_refused(name: str, value: int) -> None:
    with pytest.raises(ValueError, match=name):
        claims_of((replace(Person(1), **{name: value}),))


def test_a_bank_without_requests_is_cleared_too() -> None:
    result = World((), Supply((3, 0), 2)).cleared()
    assert len(result.days) == 0
    assert result.ends == (None, None)


def test_there_is_no_pool_with_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="pool"):
        Supply((3, -1))
