"""What cannot be shown is said kindly, with a way on, and 500 needs nothing that may be broken."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from contempo.web.tests.conftest import Opens
from contempo.web.views import server_error


def test_a_page_that_is_not_there(opens: Opens) -> None:
    page = opens("/nulla/", status=404)
    assert page.h1.get_text() == "Non troviamo questa pagina"
    assert page.select_one("main .button-row a")["href"] == "/"


def test_not_permitted_says_why(opens: Opens) -> None:
    page = opens("/rifiuta/", status=403, chi="x")
    assert "Only the coordinator of the network decides." in page.main.get_text()


def test_a_refusal_on_the_way_to_a_page_is_a_page_of_its_own(opens: Opens) -> None:
    page = opens("/rifiuta/", status=409)
    assert "The request of Panificio Fornai is already signed." in page.main.get_text()


@pytest.mark.django_db
@pytest.mark.usefixtures("gallery_site")
def test_a_refusal_of_a_posted_form_is_a_message_where_it_came_from(client: Client) -> None:
    response = client.post("/rifiuta/", headers={"referer": "http://testserver/modulo/?passo=2"})
    assert (response.status_code, response["Location"]) == (303, "http://testserver/modulo/?passo=2")
    [message] = get_messages(response.wsgi_request)
    assert str(message) == "The request of Panificio Fornai is already signed."


@pytest.mark.django_db
@pytest.mark.usefixtures("gallery_site")
def test_nobody_is_sent_to_another_site(client: Client) -> None:
    response = client.post("/rifiuta/", headers={"referer": "https://elsewhere.example/"})
    assert response.status_code == 409


@pytest.mark.django_db
@pytest.mark.usefixtures("gallery_site")
def test_a_stale_form_says_that_what_was_typed_is_one_step_back() -> None:
    response = Client(enforce_csrf_checks=True).post("/modulo/", {"name": "x"})
    assert response.status_code == 403
    assert "ciò che hai scritto è ancora lì" in response.content.decode()


@pytest.mark.usefixtures("gallery_site")
def test_a_broken_page_is_answered_without_database() -> None:
    client = Client(raise_request_exception=False)
    response = client.get("/rompe/")
    assert response.status_code == 500
    assert "Non è colpa tua" in response.content.decode()


@pytest.mark.django_db
def test_the_500_page_asks_the_database_nothing() -> None:
    with CaptureQueriesContext(connection) as statements:
        server_error(RequestFactory().get("/"))
    assert len(statements) == 0
