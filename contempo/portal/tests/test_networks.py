"""The first page of an installation: the networks it holds, or the only one."""

import pytest
from django.test import Client

from contempo.network.models import Network
from contempo.network.tests.factories import NetworkFactory, World
from contempo.portal.tests.conftest import Opens

pytestmark = pytest.mark.django_db


def test_the_only_network_opens_at_once(client: Client) -> None:
    NetworkFactory(slug="milano", short_name="Milano")
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/milano/")


def test_of_several_networks_one_chooses(world: World, opens: Opens) -> None:
    main = opens("/").main
    assert [link["href"] for link in main.select("a.link-more, .tile-title a")] == ["/bergamo/", "/milano/"]


def test_whoever_is_signed_in_reaches_each_desk_from_there(world: World, opens: Opens) -> None:
    links = opens("/", world.ivo).main.select("a.link-more")
    assert [link["href"] for link in links] == ["/bergamo/scrivania/", "/milano/scrivania/"]


def test_a_network_that_is_not_open_is_not_listed(world: World, opens: Opens) -> None:
    Network.objects.filter(id=world.bergamo.id).update(opened_at=None)
    NetworkFactory(slug="lodi", short_name="Lodi")
    assert "Bergamo" not in opens("/").main.get_text()


def test_without_networks_the_page_says_what_will_be_there(opens: Opens) -> None:
    assert "Nessuna rete è ancora aperta" in opens("/").main.get_text()
