"""Each journey has its own visitors."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Visitor
from tests.journeys.site import Site

CAST = tomllib.loads((Path(__file__).parents[2] / "demo" / "cast.toml").read_text(encoding="utf-8"))

Comes = Callable[..., Visitor]


@pytest.fixture(params=["with JavaScript", "without JavaScript on a phone"])
def comes(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Comes]:
    """`comes()` is a visitor, `comes("marta")` a person of the demo cast, signed in.

    `phone` says what they hold in their hand where the way of the journey does not decide it.
    """
    javascript = request.param == "with JavaScript"
    visitors: list[Visitor] = []

    def come(key: str | None = None, *, phone: bool = not javascript) -> Visitor:
        visitor = Visitor(browser, site, javascript=javascript, phone=phone)
        visitors.append(visitor)
        if key:
            person = next(person for person in CAST["persons"] if person["key"] == key)
            visitor.signs_in(person["email"], CAST["password"])
        return visitor

    yield come
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def mode(request: pytest.FixtureRequest) -> str:
    """A word that tells the two ways of one journey apart, for names and codes that must not meet."""
    return "levante" if "without" not in request.node.name else "ponente"
