"""A browser, and somebody who asks in it."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from contempo.helpdesk.tests.asking.asker import Asker
from contempo.helpdesk.tests.factories import Desk
from contempo.people.models import Person

Visit = Callable[..., Asker]


@pytest.fixture
def visit(desk: Desk) -> Visit:
    """`visit(person)` is a browser in which the person has signed in; `visit()` a stranger's."""
    cache.clear()

    def open_browser(who: Person | None = None) -> Asker:
        client = Client()
        if who is not None:
            client.force_login(who)
        return Asker(client)

    return open_browser
