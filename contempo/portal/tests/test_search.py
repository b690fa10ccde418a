"""Search across what a network has published."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from contempo.network.actions.organisations import register_organisation
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import World
from contempo.portal.tests.conftest import Opens

HOSTILE = [
    "\x00",
    "nido\x00",
    "x" * 5000,
    "nido " * 1000,
    "'",
    '"nido',
    "' OR 1=1 --",
    "'; DROP TABLE network_organisation; --",
    "nido & | ! ( :*",
    "<script>alert(1)</script>",
    "%s %(x)s {0} \\",
    "\ud7ff\U0001f476\u202e",
]


def titles(shown: BeautifulSoup) -> list[str]:
    return [title.get_text(strip=True) for title in shown.select(".result-title")]


def request_of_a_nursery(world: World, state: str, name: str = "Nido Girasole") -> None:
    world.request(state, name=name, description="Un nido aperto fino a sera.", published=("description",))


def test_a_member_is_found_by_what_it_does(world: World, opens: Opens) -> None:
    request_of_a_nursery(world, "signed")
    shown = opens("/milano/cerca/?q=NIDI")
    assert titles(shown) == ["Nido Girasole"]
    assert "1 risultato per “NIDI”" in shown.main.get_text()
    assert [mark.get_text() for mark in shown.select("mark")] == ["nido"]
    assert opens(shown.select_one(".result-title a")["href"]).h1.get_text(strip=True) == "Nido Girasole"


def test_what_was_asked_stays_in_the_field(world: World, opens: Opens) -> None:
    assert opens("/milano/cerca/?q=+nido+%22blu%22+")("input", id="words")[0]["value"] == 'nido "blu"'


def test_whoever_is_not_a_member_is_not_found(world: World, opens: Opens) -> None:
    for state in ("draft", "submitted", "admitted", "refused", "ceased"):
        request_of_a_nursery(world, state, f"Nido {state}")
    register_organisation(world.actor(world.marta), record={"name": "Nido", "kind": OrganisationKind.ASSOCIATION})
    for who in (None, world.ivo, world.marta):
        assert titles(opens("/milano/cerca/?q=nido", who)) == []


def test_what_an_organisation_does_not_publish_is_not_found(world: World, opens: Opens) -> None:
    world.request("signed", name="Forno Aurora", description="Un nido nel cortile.", published=())
    assert titles(opens("/milano/cerca/?q=nido")) == []
    assert titles(opens("/milano/cerca/?q=aurora")) == ["Forno Aurora"]


def test_another_network_finds_nothing_of_it(world: World, opens: Opens) -> None:
    request_of_a_nursery(world, "signed")
    shown = opens("/bergamo/cerca/?q=nido", world.marta)
    assert titles(shown) == []
    assert shown.main.select_one(".empty a")["href"] == "/bergamo/contatti/"


def test_without_words_the_page_says_what_can_be_looked_for(world: World, opens: Opens) -> None:
    for path in ("/milano/cerca/", "/milano/cerca/?q=", "/milano/cerca/?q=++", "/milano/cerca/?page=3"):
        main = opens(path).main
        assert "Cerca tra gli enti della rete" in main.get_text()
        assert main.select_one("a.link-more")["href"] == "/milano/soggetti/"


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_break_it(client: Client, world: World, words: str) -> None:
    request_of_a_nursery(world, "signed")
    response = client.get("/milano/cerca/", {"q": words})
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert len(page("input", id="words")[0]["value"]) <= 200
    assert "alert(1)" not in "".join(script.get_text() for script in page("script"))


def test_results_have_pages_and_a_senseless_one_is_the_first(world: World, opens: Opens) -> None:
    for number in range(25):
        world.member(name=f"Bottega {number}")
    first = opens("/milano/cerca/?q=bottega")
    assert len(titles(first)) == 20
    second = opens("/milano/cerca/" + first.select_one("a[rel=next]")["href"])
    assert len(titles(second)) == 5
    assert len({*titles(first), *titles(second)}) == 25
    assert titles(opens("/milano/cerca/" + second.select_one("a[rel=prev]")["href"])) == titles(first)
    for page in ("-1", "0", "abc", "3", "99", "9" * 40, "1.5", "%00"):
        assert titles(opens(f"/milano/cerca/?q=bottega&page={page}")) == titles(first)
