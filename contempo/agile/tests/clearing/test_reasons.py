"""Everybody can be told why: the reason is true, complete and the same for the same case."""

import json

import numpy as np
from hypothesis import given, settings

from contempo.agile.rules.clearing import (
    End,
    PoolKind,
    Summary,
    Supply,
    Why,
    explained,
    pseudonym,
    seed_hash,
    summed,
    ties,
)
from contempo.agile.tests.clearing.worlds import SEED, Person, World, worlds

MANY = settings(max_examples=300, deadline=None)
KEYS = ("d1", "d2", "d3")


def why_of(world: World) -> dict[int, Why]:
    result = world.cleared()
    return dict(zip(result.claims.pseudonym.tolist(), map(Why, result.why.tolist()), strict=True))


def of_class(klass: int, names: range, **figures: int) -> tuple[Person, ...]:
    return tuple(Person(name, klass=klass, **figures) for name in names)


@MANY
@given(worlds(12, held=True))
def test_who_had_all_is_told_so_and_only_they(world: World) -> None:
    days, why = world.days(), why_of(world)
    for each in world.persons:
        had = days[each.pseudonym]
        assert (why[each.pseudonym] is Why.FULL) == (had >= each.asked)
        assert (why[each.pseudonym] is Why.CAP) == (had == each.wanted < each.asked)


@MANY
@given(worlds(12, held=True))
def test_where_a_pool_ended_everybody_before_had_all_and_the_count_is_right(world: World) -> None:
    result, days = world.cleared(), world.days()
    for where, end in enumerate(result.ends):
        here = [each for each in world.persons if each.directorate == where]
        short = [each for each in here if days[each.pseudonym] < each.wanted]
        assert (end is None) == (not short)
        if end is None:
            continue
        assert end.pool is PoolKind.OWN or world.supply.shared
        among = here if end.pool is PoolKind.OWN else [each for each in world.persons if result.ends[each.directorate]]
        for each in among:
            if days[each.pseudonym] < each.wanted:
                assert (each.klass, each.enjoyed + days[each.pseudonym] + 1) >= (end.klass, end.level)
        if end.pool is PoolKind.OWN:
            stood = [
                each
                for each in here
                if each.klass == end.klass and each.enjoyed < end.level <= each.enjoyed + each.wanted
            ]
            won = [each for each in stood if each.enjoyed + days[each.pseudonym] >= end.level]
            assert (len(won), len(stood)) == (end.winners, end.candidates)


@MANY
@given(worlds(12, held=True))
def test_the_reason_says_where_the_person_stood(world: World) -> None:
    result, days, why = world.cleared(), world.days(), why_of(world)
    place = dict(zip(result.claims.pseudonym.tolist(), result.position.tolist(), strict=True))
    for each in world.persons:
        end, code = result.ends[each.directorate], why[each.pseudonym]
        if code in (Why.FULL, Why.CAP):
            assert place[each.pseudonym] == 0
            continue
        stood = each.enjoyed + days[each.pseudonym] + 1
        empty = not world.supply.own[each.directorate] and not world.supply.shared
        drawn = each.klass == end.klass and stood == end.level and end.winners > 0
        assert (code is Why.EMPTY) == empty
        assert (code is Why.DRAW) == (drawn and not empty)
        assert (code is Why.CLASS) == (each.klass > end.klass and not empty)
        assert (code is Why.LEVEL) == (each.klass == end.klass and not drawn and not empty)
        assert end.winners < place[each.pseudonym] <= end.candidates if code is Why.DRAW else not place[each.pseudonym]


def test_places_in_the_draw_are_those_of_the_ties() -> None:
    world = World(of_class(1, range(1, 38)), Supply((14,)))
    result = world.cleared()
    assert result.ends == (End(PoolKind.OWN, 1, 1, 14, 37),)
    order = np.argsort(ties(SEED, result.claims.pseudonym))
    assert result.position[order].tolist() == [0] * 14 + list(range(15, 38))


def test_the_draw_for_shared_days_goes_over_all_directorates() -> None:
    persons = tuple(Person(name, directorate=name % 2) for name in range(1, 21))
    result = World(persons, Supply((3, 2), 4)).cleared()
    assert set(result.ends) == {End(PoolKind.SHARED, 1, 1, 4, 15)}
    assert sorted(result.position.tolist()) == [0] * 9 + list(range(5, 16))


def test_a_directorate_whose_own_days_end_after_the_shared_ones_is_told_of_its_own() -> None:
    persons = (*of_class(1, range(1, 6), directorate=0), *of_class(2, range(6, 11), directorate=1))
    result = World(persons, Supply((0, 2), 3)).cleared()
    assert result.ends == (End(PoolKind.SHARED, 1, 1, 3, 5), End(PoolKind.OWN, 2, 1, 2, 5))


def test_a_directorate_without_own_days_is_told_of_the_shared_ones() -> None:
    persons = (*of_class(1, range(1, 6), directorate=0), *of_class(2, range(6, 11), directorate=1))
    result = World(persons, Supply((0, 0), 3)).cleared()
    assert result.ends == (End(PoolKind.SHARED, 1, 1, 3, 5),) * 2


def test_when_the_shared_days_are_gone_before_a_level_its_own_days_are_what_ended() -> None:
    persons = (*of_class(1, range(1, 3), directorate=0), *of_class(2, range(3, 6), directorate=1))
    result = World(persons, Supply((0, 1), 2)).cleared()
    assert result.ends == (None, End(PoolKind.OWN, 2, 1, 1, 3))


def test_who_has_no_days_at_all_to_hope_for_is_told_so() -> None:
    result = World((Person(1), Person(2)), Supply((0,), 0)).cleared()
    assert result.ends == (End(PoolKind.OWN, 1, 1, 0, 2),)
    assert result.why.tolist() == [Why.EMPTY] * 2


def test_who_lost_the_draw_for_the_shared_days_is_told_of_that_draw() -> None:
    persons = tuple(Person(name, directorate=min(name // 10, 1)) for name in range(1, 21))
    for seed in range(20):
        result = World(persons, Supply((8, 10), 1)).cleared(bytes([seed]))
        assert set(result.ends) <= {End(PoolKind.SHARED, 1, 1, 1, 2), None}
        assert sorted(result.position.tolist()) == [0] * 19 + [2]


SENTENCES = {
    Why.FULL: ["All the days asked for were awarded."],
    Why.DRAW: [
        "Class 2, Children, reached 1 day each; the days of the directorate ended at 14 of 37.",
        "Among the 37 the draw put this request in place 21.",
    ],
    Why.LEVEL: [
        "Class 2, Children, reached 1 day each; the days of the directorate ended at 14 of 37.",
        "This request was waiting for day 2 of the year.",
    ],
    Why.CLASS: [
        "Class 2, Children, reached 1 day each; the days of the directorate ended at 14 of 37.",
        "This request is in class 3, which comes after.",
    ],
    Why.CAP: ["5 days were asked for; the personal cap of this month is 4."],
    Why.EMPTY: ["There were no days to give, neither in the directorate nor shared."],
}


def test_every_reason_is_said_in_sentences() -> None:
    end = End(PoolKind.OWN, 2, 2, 14, 37)
    said = {
        why: [
            phrase.text % phrase.params
            for phrase in explained(
                why, klass=3, enjoyed=1, asked=5, cap=4, awarded=0, position=21, end=end, label="Children"
            )
        ]
        for why in Why
    }
    assert said == SENTENCES


def test_how_a_pool_ended_is_said_for_every_level_and_pool() -> None:
    said = set()
    for pool in PoolKind:
        for level in (1, 2, 3):
            first, _second = explained(
                Why.CLASS, klass=3, enjoyed=0, asked=1, cap=1, awarded=0, end=End(pool, 2, level, 14, 37), label="Care"
            )
            said.add(first.text % first.params)
    assert said == {
        "In class 2, Care, the days of the directorate ended at the first: 14 of 37.",
        "Class 2, Care, reached 1 day each; the days of the directorate ended at 14 of 37.",
        "Class 2, Care, reached 2 days each; the days of the directorate ended at 14 of 37.",
        "In class 2, Care, the shared days ended at the first: 14 of 37.",
        "Class 2, Care, reached 1 day each; the shared days ended at 14 of 37.",
        "Class 2, Care, reached 2 days each; the shared days ended at 14 of 37.",
    }


@MANY
@given(worlds(12, held=True))
def test_the_summary_counts_what_was_given_and_survives_json(world: World) -> None:
    result, days = world.cleared(), world.days()
    summary = summed(result, KEYS)
    assert Summary.read(json.loads(json.dumps(summary.as_json()))) == summary
    assert {key: summary.end_of(key) for key in KEYS} == dict(zip(KEYS, result.ends, strict=True))
    assert summary.awarded == sum(days.values()) == sum(line.awarded for line in summary.lines)
    assert summary.asked == sum(each.asked for each in world.persons) == sum(line.asked for line in summary.lines)
    groups = {(KEYS[each.directorate], each.klass) for each in world.persons}
    assert [(line.directorate, line.klass) for line in summary.lines] == sorted(groups)
    for line in summary.lines:
        here = [
            each for each in world.persons if (KEYS[each.directorate], each.klass) == (line.directorate, line.klass)
        ]
        levels = [each.enjoyed + days[each.pseudonym] for each in here if days[each.pseudonym] < each.wanted]
        assert line.persons == len(here)
        assert line.awarded == line.own + line.shared == sum(days[each.pseudonym] for each in here)
        assert line.reached == min(levels, default=None)
        if levels:
            stood = [each for each in here if each.enjoyed <= line.reached < each.enjoyed + each.wanted]
            won = [each for each in stood if each.enjoyed + days[each.pseudonym] > line.reached]
            assert (line.winners, line.candidates) == (len(won), len(stood))
        else:
            assert (line.winners, line.candidates) == (0, 0)


def test_pseudonyms_are_of_one_month_and_fit_the_database() -> None:
    drawn = {pseudonym(salt, number) for salt in (b"march", b"april") for number in ("007", "7", "8")}
    assert len(drawn) == 6
    assert all(0 <= each < 2**63 for each in drawn)


def test_the_hash_of_a_seed_is_its_sha256() -> None:
    assert seed_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
