"""Whoever may decide on a revision finds it on the own desk, and nobody else."""

from contempo.core.clock import now
from contempo.people.models import Person
from contempo.programmes.actions.revisions import approve_revision
from contempo.programmes.queries.money.desk import cards
from contempo.programmes.tests.money.factories import Money


def counts(money: Money, who: Person) -> list[int]:
    return [card.count for card in cards(money.actor(who), now())]


def test_a_revision_waits_on_the_desk_of_those_who_may_decide_on_it(money: Money) -> None:
    within = money.proposed(*money.shift(100))
    money.proposed(*money.shift(400_000))
    money.draft(*money.shift(100))
    world = money.world
    assert counts(money, world.marta) == []
    assert counts(money, world.giulio) == [1]
    assert counts(money, world.renato) == [2]
    assert counts(money, world.elena) == counts(money, world.chiara) == []
    approve_revision(money.actor(world.giulio), revision_id=within.pk)
    assert counts(money, world.giulio) == []
    assert counts(money, world.renato) == [1]
