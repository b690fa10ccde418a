"""The two networks and their people, ready to act."""

import pytest
from django.test import Client

from contempo.network.actions.accession.decisions import admit
from contempo.network.tests.applicant import Applicant
from contempo.network.tests.factories import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Milan, Bergamo and the cast."""
    return make_world()


@pytest.fixture
def someone(client: Client, world: World) -> Applicant:
    """A visitor who has begun."""
    return Applicant(client)


@pytest.fixture
def sent(someone: Applicant, world: World) -> Applicant:
    """Ivo, who has sent his request."""
    someone.fill()
    someone.client.force_login(world.ivo)
    someone.see("riepilogo/")
    assert someone.client.post(someone.url("invia/"))["Location"] == someone.url()
    return someone


@pytest.fixture
def admitted(sent: Applicant, world: World) -> Applicant:
    """Ivo, whose organisation may sign."""
    admit(world.actor(world.marta), request_id=sent.request.id)
    return sent
