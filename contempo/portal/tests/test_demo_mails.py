"""In a demo, and only there, the mails that would have left can be read."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from contempo.core.outbox import deliver_pending, queue_mail
from contempo.portal.tests.conftest import Opens

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True
    for number, name in enumerate(("marta", "ivo"), start=1):
        queue_mail(
            kind="code",
            to=f"{name}@example.org",
            subject=f"Codice {number}",
            text="Ciao <b>tu</b>\n\nApri https://contempo.example.org/accesso/ e scrivi ABC-123",
        )
    deliver_pending()


def test_outside_a_demo_there_is_no_such_page(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get("/posta-demo/").status_code == 404


@pytest.mark.usefixtures("demo")
def test_the_newest_come_first_with_links_that_can_be_followed(opens: Opens) -> None:
    main = opens("/posta-demo/").main
    assert [title.get_text() for title in main.select(".mails h2")] == ["Codice 2", "Codice 1"]
    assert main.select_one(".mail-text a")["href"] == "https://contempo.example.org/accesso/"
    assert not main.select(".mail-text b")


@pytest.mark.usefixtures("demo")
def test_one_person_finds_their_own(opens: Opens) -> None:
    main = opens("/posta-demo/?a=+MARTA@example.org+").main
    assert [title.get_text() for title in main.select(".mails h2")] == ["Codice 1"]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("address", ["nobody@example.org", "%00%27", "x" * 5000])
def test_an_address_without_mails_says_what_to_do(opens: Opens, address: str) -> None:
    empty = opens(f"/posta-demo/?a={address}").main.select_one(".empty")
    assert empty.a["href"] == "/posta-demo/"


def test_an_empty_demo_says_how_mails_come(settings: Settings, opens: Opens) -> None:
    settings.DEMO = True
    assert "Ancora nessun messaggio" in opens("/posta-demo/").main.get_text()
