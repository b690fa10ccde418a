"""The surveys of Milan on a day of November, and their boards as somebody of the cast sees them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from contempo.core.testing import At
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.tests.factories import TODAY, Surveys, make_surveys


@dataclass(frozen=True)
class Boards:
    """The surveys (`it`) with the pages of their campaigns."""

    it: Surveys

    def get(self, campaign: Campaign, path: str = "", who: str | None = "marta") -> HttpResponse:
        """The answer of a page of a campaign; `path` may have a query."""
        client = Client()
        if (found := self.it.person(who)) is not None:
            client.force_login(found)
        return client.get(self.it.url(campaign, path))

    def see(self, campaign: Campaign, path: str = "", who: str | None = "marta") -> BeautifulSoup:
        """The main part of a page."""
        answer = self.get(campaign, path, who)
        assert answer.status_code == 200, (answer.status_code, path)
        return BeautifulSoup(answer.content, "html.parser").main

    def shown(self, campaign: Campaign, path: str, name: str, who: str | None = "marta") -> Any:
        """What a page was made from."""
        return self.get(campaign, path, who).context[name]

    def count(self, url: str, who: str | None = "marta") -> int:
        """How many rows the list at an address has."""
        client = Client()
        client.force_login(self.it.person(who))
        context = client.get(url).context
        page = context["units"].page if "units" in context else context["page"]
        return int(page.total)

    def rows(self, campaign: Campaign, path: str, who: str | None = "marta") -> list[dict[str, str]]:
        """The rows of the CSV of a list."""
        answer = self.get(campaign, f"{path}{'&' if '?' in path else '?'}formato=csv", who)
        text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
        return list(csv.DictReader(StringIO(text), delimiter=";"))


@pytest.fixture
def boards(db: None, at: At) -> Boards:
    """The boards, on 20 November 2026."""
    at(TODAY)
    return Boards(make_surveys())


def words(page: BeautifulSoup) -> str:
    """The text of a page, its spaces as single ones."""
    return " ".join(page.get_text(" ").split())


def openings(rows: Iterable[Any]) -> list[tuple[int, str]]:
    """Every count with an address in rows of rates: the count, and the address."""
    return [(int(value), value.url) for row in rows for value in vars(row).values() if getattr(value, "url", "")]
