"""My desk: what awaits each person in their roles, what changed, where they often go."""

from bs4 import BeautifulSoup
from django.test import Client

from contempo.core.testing import At
from contempo.network.tests.factories import World, give
from contempo.people.public import NetworkRole, notify
from contempo.portal.tests.conftest import Opens

DESK = "/milano/scrivania/"


def waiting(desk: BeautifulSoup) -> list[str]:
    return [title.get_text(strip=True) for title in desk.select(".desk-card-title")]


def links(desk: BeautifulSoup, section: str) -> list[str]:
    return [link.get_text(strip=True) for link in desk.select(f"[aria-labelledby={section}] .news a")]


def test_a_visitor_signs_in_and_comes_back(client: Client, world: World) -> None:
    response = client.get(DESK)
    assert response.status_code == 302
    assert response["Location"] == f"/accesso/?next={DESK}"


def test_the_agency_sees_the_requests_to_decide_with_their_term(world: World, opens: Opens, at: At) -> None:
    at("2026-11-02T09:00")
    world.request("submitted", name="Forno Aurora")
    desk = opens(DESK, world.marta)
    assert waiting(desk) == ["“Forno Aurora” aspetta una risposta"]
    assert desk.select_one(".desk-card-due").get_text(strip=True) == "entro mercoledì 2 dicembre 2026"
    assert opens(desk.select_one(".desk-card-title a")["href"], world.marta).h1


def test_what_is_late_says_so_in_words(world: World, opens: Opens, at: At) -> None:
    at("2026-10-01T09:00")
    world.request("submitted", name="Forno Aurora")
    at("2026-11-02T09:00")
    due = opens(DESK, world.marta).select_one(".desk-card-due")
    assert due.get_text(strip=True) == "In ritardo: era da fare entro sabato 31 ottobre 2026"


def test_whoever_asked_to_join_sees_what_the_request_waits_for(world: World, opens: Opens) -> None:
    world.request("changes_asked", name="Forno Aurora")
    desk = opens(DESK, world.ivo)
    assert waiting(desk) == ["Forno Aurora: l’Agenzia chiede modifiche"]
    assert "Le mie richieste di adesione" in links(desk, "shortcuts")
    assert opens(desk.select_one(".desk-card-title a")["href"], world.ivo).h1


def test_nobody_is_told_what_waits_for_others(world: World, opens: Opens) -> None:
    world.request("submitted", name="Forno Aurora")
    for who in (world.sara, world.davide, world.chiara):
        assert "Forno Aurora" not in opens(DESK, who).get_text()


def test_whom_nothing_ties_to_the_network_is_shown_the_way_in(world: World, opens: Opens) -> None:
    desk = opens(DESK, world.sara)
    assert waiting(desk) == []
    assert desk.select_one(".empty a")["href"] == "/milano/adesione/"


def test_whoever_holds_a_role_and_has_nothing_to_do_is_told_so(world: World, opens: Opens) -> None:
    desk = opens(DESK, world.elena)
    assert "Tutto fatto" in desk.select_one(".empty").get_text()
    assert "Come cresce la rete" in links(desk, "shortcuts")


def test_whoever_acts_for_an_organisation_reaches_its_record(world: World, opens: Opens) -> None:
    assert "Scheda di Comune di Milano" in links(opens(DESK, world.teresa), "shortcuts")


def test_unread_notifications_lead_to_what_they_tell_and_then_go(world: World, opens: Opens) -> None:
    for network in (world.milano, world.bergamo):
        give(world.sara, NetworkRole.EXPERT, network)
        notify(
            [world.sara.id],
            kind="accession.agency",
            network_id=network.id,
            title=f"Novità a {network.short_name}",
            text="",
            url=f"/{network.slug}/chi-siamo/",
        )
    desk = opens(DESK, world.sara)
    assert links(desk, "news") == ["Novità a Milano"]
    client = Client()
    client.force_login(world.sara)
    opened = client.get(desk.select_one("[aria-labelledby=news] .news a")["href"])
    assert opened["Location"] == "/milano/chi-siamo/"
    assert links(opens(DESK, world.sara), "news") == []
