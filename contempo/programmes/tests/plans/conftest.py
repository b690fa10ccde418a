"""A plan in force on a day of November, and those who work in it."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from contempo.core.testing import At
from contempo.network.tests.factories import OrganisationFactory, World, give, make_world
from contempo.people.models import Person
from contempo.people.public import Actor, OrganisationRole
from contempo.programmes.models import Activity
from contempo.programmes.tests.factories import PlanWorld, plan_with_everything

TODAY = "2026-11-20T10:00"


@dataclass(frozen=True)
class Piano:
    """The plan of Milan: the municipality (Chiara) leads `homes`, the bakery (Ivo) is its partner, answers for the
    first activity and leads `times`. Marta coordinates, Elena observes, Sara has no role.
    """

    world: World
    it: PlanWorld

    def actor(self, who: Person | None) -> Actor:
        return self.world.actor(who)

    def see(self, path: str = "", who: Person | None = None, **params: str) -> BeautifulSoup:
        """A page of the plan as `who` (None: a visitor) sees it."""
        answer = self.get(path, who, **params)
        assert answer.status_code == 200, answer.status_code
        return BeautifulSoup(answer.content, "html.parser").main

    def get(self, path: str = "", who: Person | None = None, **params: str) -> HttpResponse:
        return self.client(who).get(f"/milano/piani/piano/{path}", params)

    def client(self, who: Person | None) -> Client:
        client = Client()
        if who:
            client.force_login(who)
        return client

    @property
    def activity(self) -> Activity:
        return Activity.objects.get(pk=self.it.activity.pk)


@pytest.fixture
def piano(db: None, at: At) -> Piano:
    """The plan, on 20 November 2026."""
    at(TODAY)
    world = make_world()
    bakery = OrganisationFactory(network=world.milano, name="Panificio Aurora")
    give(world.ivo, OrganisationRole.REPRESENTATIVE, world.milano, bakery.pk)
    return Piano(world, plan_with_everything(world.milano, lead=world.comune, partner=bakery))


def words(page: BeautifulSoup) -> str:
    """The text of a page, its spaces as single ones."""
    return " ".join(page.get_text(" ").split())
