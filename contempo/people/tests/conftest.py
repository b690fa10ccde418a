"""The cast, the networks they move in, and a browser each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from contempo.core.outbox import KeptMail, kept_mails
from contempo.people.models import Person
from contempo.people.rules import ports
from contempo.people.tests import networks
from contempo.people.tests.factories import PASSWORD, Cast, PersonFactory, make_cast

NETWORK_MIDDLEWARE = "contempo.network.middleware.NetworkMiddleware"

Visit = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def _plain_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_networks", [networks.networks])
    monkeypatch.setattr(ports, "_organisation_names", [networks.organisation_names])
    monkeypatch.setattr(ports, "_organisation_networks", [networks.organisation_networks])
    monkeypatch.setattr(ports, "_landing", [])
    monkeypatch.setattr(ports, "_personal_data", {})


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, with their roles."""
    return make_cast()


@pytest.fixture
def sara(db: None) -> Person:
    """Somebody with a password and no role, alone in the world."""
    return PersonFactory(full_name="Sara Moretti", email="sara@example.org", password=make_password(PASSWORD))


@pytest.fixture
def visit(db: None, settings: Any) -> Visit:
    """`visit(person)` is a browser in which the person has signed in; `visit(None)` a stranger's."""
    settings.ROOT_URLCONF = "contempo.people.tests.urls"
    ours = f"{networks.__name__}.{networks.Middleware.__name__}"
    settings.MIDDLEWARE = [ours if each == NETWORK_MIDDLEWARE else each for each in settings.MIDDLEWARE]
    cache.clear()

    def open_browser(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return open_browser


@pytest.fixture
def mails(db: None) -> Callable[[str], tuple[KeptMail, ...]]:
    """`mails(address)` are those written to it, the newest first."""
    return lambda address: kept_mails(to=address)
