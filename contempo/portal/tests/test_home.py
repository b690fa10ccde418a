"""The home of a network: what it is, its figures, who joined last, how to join."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import World
from contempo.portal.tests.conftest import Opens


def figures(home: BeautifulSoup) -> dict[str, int]:
    """Each figure of the home, by the address of its list."""
    return {
        stat.a["href"]: int(stat.select_one(".stat-value").get_text(strip=True)) for stat in home.main.select(".stat")
    }


@pytest.fixture
def grown(world: World) -> World:
    """Milan with nine members of five kinds: more than the home has room for."""
    kinds = [
        *[OrganisationKind.COMPANY] * 3,
        *[OrganisationKind.ASSOCIATION] * 2,
        *[OrganisationKind.TRADE_UNION] * 2,
        OrganisationKind.SCHOOL,
    ]
    for month, kind in enumerate(kinds, start=1):
        world.member(name=f"Ente {month}", kind=kind, since=date(2025, month, 1))
    return world


def test_every_figure_opens_a_list_of_the_same_length(grown: World, opens: Opens) -> None:
    shown = figures(opens("/milano/"))
    assert list(shown.values()) == [9, 3, 2, 2]
    for address, count in shown.items():
        assert len(opens(address).select("table.rows tbody tr")) == count


def test_the_last_to_join_come_first_and_lead_to_their_page(grown: World, opens: Opens) -> None:
    links = opens("/milano/").select("section[aria-labelledby=latest] .tile-title a")
    assert [link.get_text(strip=True) for link in links] == [f"Ente {number}" for number in (8, 7, 6, 5, 4, 3)]
    assert opens(links[0]["href"]).h1.get_text(strip=True) == "Ente 8"


def test_an_organisation_that_left_is_neither_counted_nor_shown(world: World, opens: Opens) -> None:
    gone = world.request("ceased")
    home = opens("/milano/")
    assert gone.name not in home.main.get_text()
    assert figures(home)["/milano/soggetti/"] == 1


def test_a_network_without_members_says_so_and_invites(world: World, opens: Opens) -> None:
    home = opens("/bergamo/")
    assert figures(home) == {"/bergamo/soggetti/": 0}
    empty = home.main.select_one(".empty")
    assert "Ancora nessun ente aderente" in empty.get_text()
    assert empty.a["href"] == "/bergamo/adesione/"


def test_asking_is_the_one_main_action(world: World, opens: Opens) -> None:
    actions = opens("/milano/").main.select("a.btn-primary")
    assert [action["href"] for action in actions] == ["/milano/sportello/domanda/"]
