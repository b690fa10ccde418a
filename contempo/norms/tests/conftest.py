"""Milan and Bergamo with their people, one of whom is an expert."""

import pytest
from django.test import Client

from contempo.network.tests.factories import World, give, make_world
from contempo.people.public import NetworkRole


@pytest.fixture
def world(db: None) -> World:
    """The two networks and their cast; Sara is an expert of Milan here."""
    made = make_world()
    give(made.sara, NetworkRole.EXPERT, made.milano)
    return made


@pytest.fixture
def marta(client: Client, world: World) -> Client:
    """A browser in which Marta, who coordinates Milan, is signed in."""
    client.force_login(world.marta)
    return client
