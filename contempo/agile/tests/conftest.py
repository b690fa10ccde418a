"""The municipality of Milan as an employer, on a day of November, and those who work there."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from contempo.agile.access import Part, part_of
from contempo.agile.tests.factories import EmployerWorld, make_employer
from contempo.core.testing import At
from contempo.network.tests.factories import World, make_world
from contempo.people.models import Person
from contempo.people.public import Actor

TODAY = "2026-11-20T10:00"


@dataclass(frozen=True)
class Comune:
    """The world of the network (Paolo keeps the agile work of the municipality, Chiara only represents it) and that
    of the employer; see `EmployerWorld` for who works there.
    """

    world: World
    it: EmployerWorld

    def person(self, who: Person | str | None) -> Person | None:
        """Of the staff or of the network, by first name ("anna", "paolo"); None is a visitor."""
        if not isinstance(who, str):
            return who
        found: Person = self.it.people.get(who) or getattr(self.world, who)
        return found

    def actor(self, who: Person | str | None) -> Actor:
        return self.it.actor(self.person(who))

    def part(self, who: Person | str | None) -> Part:
        return part_of(self.actor(who), self.it.employer)

    def client(self, who: Person | str | None) -> Client:
        client = Client()
        if (found := self.person(who)) is not None:
            client.force_login(found)
        return client

    def get(self, path: str = "", who: Person | str | None = None, **params: str) -> HttpResponse:
        """The answer of a page of the employer."""
        return self.client(who).get(self.it.url(path), params)

    def see(self, path: str = "", who: Person | str | None = None, **params: str) -> BeautifulSoup:
        """A page of the employer as `who` sees it."""
        answer = self.get(path, who, **params)
        assert answer.status_code == 200, answer.status_code
        return BeautifulSoup(answer.content, "html.parser").main

    def post(self, path: str, who: Person | str | None, **typed: object) -> HttpResponse:
        """The answer to a form sent to a page of the employer."""
        return self.client(who).post(self.it.url(path), typed)


@pytest.fixture
def comune(db: None, at: At) -> Comune:
    """The employer, on 20 November 2026."""
    at(TODAY)
    world = make_world()
    return Comune(world, make_employer(world.comune))


def words(page: BeautifulSoup) -> str:
    """The text of a page, its spaces as single ones."""
    return " ".join(page.get_text(" ").split())
