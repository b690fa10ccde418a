"""Who sees the norms of a network and who keeps them, person by person."""

import pytest

from contempo.core.verdict import NotPermitted
from contempo.norms.access import may_keep_norms, may_tell_endings, visible_norms
from contempo.norms.actions import add_norm, change_norm, end_norm, load_starter_norms, replace_norm, restore_norm
from contempo.norms.models import Norm
from contempo.norms.tests.factories import LONG_AGO, NormFactory, record
from contempo.people.public import SYSTEM, VISITOR

pytestmark = pytest.mark.django_db

KEEPERS = {"marta", "giulio", "sara"}
WHY = "Abrogata dal decreto."


def names(world, allows):
    """Who of the cast is allowed."""
    return {name for name, actor in world.everybody.items() if allows(actor)}


def test_norms_are_kept_by_the_coordinators_and_the_experts_of_the_network(world):
    assert names(world, may_keep_norms) == KEEPERS
    assert may_keep_norms(SYSTEM)


def test_a_role_in_one_network_is_none_in_another(world):
    for name in KEEPERS:
        assert not may_keep_norms(world.actor(getattr(world, name), world.bergamo))
        assert not may_keep_norms(world.everybody[name], world.bergamo.id)


def test_the_passing_of_time_is_told_by_the_platform_alone(world):
    assert names(world, may_tell_endings) == set()
    assert may_tell_endings(SYSTEM)


def test_everybody_reads_what_is_published_and_its_keepers_the_rest(world):
    shown = NormFactory(network=world.milano)
    hidden = NormFactory(network=world.milano, published=False)

    def sees(norm):
        return names(world, lambda actor: visible_norms(actor, Norm.objects.filter(id=norm.id)).exists())

    assert sees(shown) == set(world.everybody)
    assert sees(hidden) == KEEPERS


def test_the_norms_of_milan_are_not_seen_from_bergamo(world):
    NormFactory(network=world.milano)
    for actor in (VISITOR, SYSTEM, world.actor(world.davide, world.bergamo), world.actor(world.marta, world.bergamo)):
        assert not visible_norms(actor, Norm.objects.all()).exists()


@pytest.mark.parametrize("name", ["a visitor", "elena", "renato", "chiara", "ivo", "davide"])
def test_nobody_else_writes(world, name):
    actor = world.everybody[name]
    norm, other = NormFactory(network=world.milano), NormFactory(network=world.milano)
    end = {"norm_id": norm.id, "valid_to": LONG_AGO.replace(year=2000), "reason": WHY}
    for attempt in (
        lambda: add_norm(actor, record=record()),
        lambda: change_norm(actor, norm_id=norm.id, changes={"number": "1"}),
        lambda: end_norm(actor, **end),
        lambda: replace_norm(actor, successor_id=other.id, **end),
        lambda: restore_norm(actor, norm_id=norm.id, reason=WHY),
        lambda: load_starter_norms(actor, network_id=world.milano.id, rows=[]),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert Norm.objects.count() == 2
