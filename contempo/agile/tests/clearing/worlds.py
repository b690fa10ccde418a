"""Small random banks, and what a slow exact reference says of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from hypothesis import strategies as st

from contempo.agile.rules.clearing import Claims, Result, Supply, clear, ties

SEED = bytes(range(32))


@dataclass(frozen=True)
class Person:
    """One row of the claims."""

    pseudonym: int
    klass: int = 1
    directorate: int = 0
    enjoyed: int = 0
    asked: int = 1
    cap: int = 31
    held: int = 0

    @property
    def wanted(self) -> int:
        return max(min(self.asked, self.cap), self.held)


@dataclass(frozen=True)
class World:
    """Persons, each pseudonym once, and the pools."""

    persons: tuple[Person, ...]
    supply: Supply

    def cleared(self, seed: bytes = SEED) -> Result:
        return clear(claims_of(self.persons), self.supply, seed)

    def days(self, seed: bytes = SEED) -> dict[int, int]:
        """Days awarded by pseudonym."""
        return days_of(self.cleared(seed))

    def with_person(self, changed: Person) -> "World":
        """The same world, one person of it changed."""
        kept = tuple(changed if each.pseudonym == changed.pseudonym else each for each in self.persons)
        return replace(self, persons=kept)


def claims_of(persons: tuple[Person, ...]) -> Claims:
    return Claims.of({name: [getattr(each, name) for each in persons] for name in Person.__annotations__})


def days_of(result: Result) -> dict[int, int]:
    return dict(zip(result.claims.pseudonym.tolist(), result.days.tolist(), strict=True))


def persons(most: int, *, days: int = 3, held: bool = False) -> st.SearchStrategy[tuple[Person, ...]]:
    """Up to `most` persons, in any order, with few days each, so that pools end in their middle."""
    one = st.builds(
        Person,
        pseudonym=st.integers(0, 2**64 - 1),
        klass=st.integers(1, 3),
        directorate=st.integers(0, 2),
        enjoyed=st.integers(0, 3),
        asked=st.integers(0, days),
        cap=st.integers(0, days + 1),
        held=st.integers(0, 2) if held else st.just(0),
    )
    return st.lists(one, max_size=most, unique_by=lambda each: each.pseudonym).map(tuple)


def worlds(most: int = 6, *, days: int = 3, held: bool = False) -> st.SearchStrategy[World]:
    """Banks of three directorates in which the days that are held fit, if any are."""
    people = persons(most, days=days)
    if held:  # in half of them: with days held, only full pools are left
        people = people | persons(most, days=days, held=True)
    supplies = st.builds(Supply, st.tuples(*[st.integers(0, 5)] * 3), st.integers(0, 6))
    return st.builds(World, people, supplies).filter(lambda world: fits(world, [each.held for each in world.persons]))


def fits(world: World, days: list[int] | tuple[int, ...]) -> bool:
    """Whether the pools have so many days for each person."""
    of: Counter[int] = Counter()
    for person, number in zip(world.persons, days, strict=True):
        of[person.directorate] += number
    return sum(max(0, number - world.supply.own[where]) for where, number in of.items()) <= world.supply.shared


def allocations(world: World) -> Iterator[tuple[int, ...]]:
    """Every way to give out days that the pools allow and that takes back none that is held."""
    choices = [range(each.held, each.wanted + 1) for each in world.persons]
    return (days for days in product(*choices) if fits(world, days))


def fairest(world: World, seed: bytes = SEED) -> dict[int, int]:
    """The award by definition, from all that there could be.

    Class after class that is kept whose days of the year, from the poorest upwards, are the most (leximin); and of
    equals, class after class, that which gives most to the person first in the draw, then to the second.
    """
    draw = dict(
        zip(
            [each.pseudonym for each in world.persons],
            ties(seed, claims_of(world.persons).pseudonym).tolist(),
            strict=True,
        )
    )
    turn = sorted(
        range(len(world.persons)), key=lambda i: (draw[world.persons[i].pseudonym], world.persons[i].pseudonym)
    )
    classes = sorted({each.klass for each in world.persons})

    def worth(days: tuple[int, ...]) -> list[list[int]]:
        levels = [
            sorted(
                each.enjoyed + number for each, number in zip(world.persons, days, strict=True) if each.klass == klass
            )
            for klass in classes
        ]
        drawn = [[days[i] for i in turn if world.persons[i].klass == klass] for klass in classes]
        return [*levels, *drawn]

    best = max(allocations(world), key=worth)
    return {each.pseudonym: number for each, number in zip(world.persons, best, strict=True)}
