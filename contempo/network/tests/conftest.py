"""The two networks and their people, ready to act."""

import pytest

from contempo.network.tests.factories import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Milan, Bergamo and the cast."""
    return make_world()
