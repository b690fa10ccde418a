"""The surveys of Milan, on a day of November, and those who look at them."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from contempo.core.testing import At
from contempo.core.tests.conftest import Postbox, postbox
from contempo.people.models import Person
from contempo.people.public import Actor
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.tests.factories import TODAY, Surveys, make_surveys

__all__ = ["Postbox", "postbox"]


@dataclass(frozen=True)
class Desk:
    """Pages of the surveys `it`, as people see them."""

    it: Surveys

    def actor(self, who: str | None = "marta") -> Actor:
        return self.it.actor(who)

    def client(self, who: Person | str | None) -> Client:
        client = Client()
        if (found := self.it.person(who)) is not None:
            client.force_login(found)
        return client

    def get(self, url: str, who: str | None = "marta", **params: str) -> HttpResponse:
        """The answer of an address."""
        return self.client(who).get(url, params)

    def see(self, campaign: Campaign | None, path: str = "", who: str | None = "marta", **params: str) -> BeautifulSoup:
        """A page of a campaign, or of the list of campaigns, as `who` sees it."""
        url = self.it.url(campaign, path) if campaign else f"/milano/questionari/{path}"
        answer = self.get(url, who, **params)
        assert answer.status_code == 200, answer.status_code
        return BeautifulSoup(answer.content, "html.parser").main

    def post(self, campaign: Campaign, path: str, who: str | None = "marta", **typed: object) -> HttpResponse:
        """The answer to a form sent to a page of a campaign."""
        return self.client(who).post(self.it.url(campaign, path), typed)


@pytest.fixture
def desk(db: None, at: At) -> Desk:
    """The surveys on 20 November 2026."""
    at(TODAY)
    return Desk(make_surveys())


def words(page: BeautifulSoup) -> str:
    """The text of a page, its spaces as single ones."""
    return " ".join(page.get_text(" ").split())
