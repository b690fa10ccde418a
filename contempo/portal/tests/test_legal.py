"""Privacy notice, legal notes, accessibility: of the installation, in both languages."""

import pytest

from contempo.network.tests.factories import NetworkFactory, World
from contempo.portal import queries
from contempo.portal.tests.conftest import Opens

PAGES = {
    "/privacy/": ("privacy", "Informativa sulla privacy", "Privacy notice"),
    "/note-legali/": ("note-legali", "Note legali", "Legal notes"),
    "/accessibilita/": ("accessibilita", "Accessibilità", "Accessibility"),
}


@pytest.mark.parametrize("path", PAGES)
def test_each_text_is_there_in_both_languages(db: None, opens: Opens, path: str) -> None:
    _name, italian, english = PAGES[path]
    assert opens(path).h1.get_text(strip=True) == italian
    assert opens(path, language="en").h1.get_text(strip=True) == english


@pytest.mark.parametrize("name", [name for name, *_titles in PAGES.values()])
def test_the_two_languages_say_the_same_in_the_same_order(name: str) -> None:
    italian, english = (
        [line.split(" ")[0] for line in queries.legal_text(name, language).splitlines() if line]
        for language in ("it", "en")
    )
    shape = [[mark if mark in ("##", "-") else "" for mark in lines] for lines in (italian, english)]
    assert shape[0] == shape[1]


def test_they_name_whom_to_write_to_in_every_open_network(world: World, opens: Opens) -> None:
    NetworkFactory(slug="chiusa", opened_at=None)
    addresses = [link["href"] for link in opens("/privacy/").main.select("a[href^=mailto]")]
    assert addresses == ["mailto:agenzia.bergamo@example.org", "mailto:agenzia.milano@example.org"]


def test_the_frame_of_every_page_leads_to_them(world: World, opens: Opens) -> None:
    for path in ("/", "/milano/"):
        links = {link["href"] for link in opens(path).footer.select("a[href]")}
        assert links >= set(PAGES)
