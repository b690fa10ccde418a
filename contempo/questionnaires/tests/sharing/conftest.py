"""The surveys of Milan on a day of November, and who asks for their pages."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from contempo.core.testing import At
from contempo.people.models import Person
from contempo.questionnaires.tests.factories import TODAY, Surveys, make_surveys


@dataclass(frozen=True)
class Pages:
    """The surveys (`it`) with their pages as somebody of the cast sees them."""

    it: Surveys

    def client(self, who: Person | str | None) -> Client:
        client = Client()
        if (found := self.it.person(who)) is not None:
            client.force_login(found)
        return client

    def get(self, path: str, who: Person | str | None = None, **params: str) -> HttpResponse:
        """The answer of an address of Milan."""
        return self.client(who).get(f"/milano/{path}", params)

    def see(self, path: str, who: Person | str | None = None, **params: str) -> BeautifulSoup:
        """A page of Milan as `who` sees it."""
        answer = self.get(path, who, **params)
        assert answer.status_code == 200, answer.status_code
        return BeautifulSoup(answer.content, "html.parser").main

    def post(self, path: str, who: Person | str | None = None, **typed: object) -> HttpResponse:
        """The answer to a form sent to an address of Milan."""
        return self.client(who).post(f"/milano/{path}", typed)


@pytest.fixture
def pages(db: None, at: At) -> Pages:
    """The surveys, on 20 November 2026."""
    at(TODAY)
    return Pages(make_surveys())


def words(page: BeautifulSoup) -> str:
    """The text of a page, its spaces as single ones."""
    return " ".join(page.get_text(" ").split())
