"""The two networks and their people, and whoever visits the portal."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from contempo.network.tests.factories import World, make_world
from contempo.people.models import Person

Opens = Callable[..., BeautifulSoup]


@pytest.fixture
def world(db: None) -> World:
    """Milan, Bergamo and the cast."""
    return make_world()


@pytest.fixture
def opens() -> Opens:
    """`opens("/milano/")` is the page a visitor gets; `opens(path, marta)` what Marta gets, in Italian."""

    def open_page(path: str, who: Person | None = None, *, language: str = "it") -> BeautifulSoup:
        client = Client(headers={"accept-language": language})
        if who:
            client.force_login(who)
        response = client.get(path)
        assert response.status_code == 200, response.status_code
        return BeautifulSoup(response.content, "html.parser")

    return open_page
