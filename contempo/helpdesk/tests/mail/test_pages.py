"""The mail that waits, as coordinators read it and decide about it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from contempo.helpdesk.models import InboundMail, Question
from contempo.helpdesk.tests.factories import Desk
from contempo.helpdesk.tests.mail.corpus import raw
from contempo.helpdesk.tests.mail.posting import MILANO, posted, reply_to, written
from contempo.helpdesk.tests.test_pages_settings import PROMISE
from contempo.people.models import Person

LIST = "/milano/esperti/posta/"


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def marta(post: Desk) -> Client:
    """The coordinator of Milan."""
    return as_(post.world.marta)


@pytest.fixture
def waiting(post: Desk) -> InboundMail:
    """A stranger's reply to Sara's question."""
    return posted(reply_to(post.question(), "Scrivo io per Sara.", sender="Lia Sorella <lia@example.com>"))


def words(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").select_one("main").get_text(" ").split())


def test_what_waits_is_listed_with_the_reason(marta: Client, waiting: InboundMail) -> None:
    posted(written())
    posted(raw("auto-sieve"), to=(MILANO,))
    seen = words(marta, LIST)
    assert "1 e-mail" in seen
    assert "lia@example.com" in seen
    assert "chi scrive non appartiene" in seen
    assert "ada.prova" not in seen


def test_what_was_set_aside_by_itself_is_found(marta: Client, post: Desk) -> None:
    posted(raw("auto-sieve"), to=(MILANO,))
    assert "Nessuna e-mail in attesa" in words(marta, LIST)
    assert "Risposta automatica, messa da parte" in words(marta, f"{LIST}?stato=da-parte")


def test_the_list_is_narrowed_and_goes_into_a_file(marta: Client, waiting: InboundMail) -> None:
    assert "lia@example.com" in words(marta, f"{LIST}?cerca=LIA")
    assert "lia@example.com" not in words(marta, f"{LIST}?cerca=nobody")
    assert "lia@example.com" not in words(marta, f"{LIST}?motivo=staff")
    assert b"lia@example.com" in b"".join(marta.get(f"{LIST}?formato=csv"))


def test_a_message_is_shown_as_text(marta: Client, post: Desk) -> None:
    mail = posted(raw("attack-display-name"), to=(MILANO,))
    seen = words(marta, f"{LIST}{mail.pk}/")
    assert "Il nome del mittente mostra un altro indirizzo" in seen
    assert "mallory@example.com" in seen


@pytest.mark.parametrize("name", ["html-script", "attack-svg", "attack-html-file", "attack-file-rtl", "attack-empty"])
def test_no_message_brings_a_program_into_the_page(marta: Client, post: Desk, name: str) -> None:
    mail = posted(raw(name).replace(b"From:", b"From: other@example.org,"), to=(MILANO,))
    page = marta.get(f"{LIST}{mail.pk}/").content.decode()
    assert "alert(" not in page
    assert "<svg xmlns" not in page
    assert "\u202e" not in page


def test_the_message_as_it_came_is_a_file_that_no_browser_opens(marta: Client, waiting: InboundMail) -> None:
    response = marta.get(f"{LIST}{waiting.pk}/messaggio.eml")
    assert response.content == bytes(waiting.raw.data)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_decision_is_kept_and_the_message_waits_no_more(marta: Client, waiting: InboundMail) -> None:
    number = Question.objects.get().number
    told = {"decision": "join", "number": number, "reason": "È sua sorella."}
    response = marta.post(f"{LIST}{waiting.pk}/", told)
    assert (response.status_code, response["Location"]) == (302, LIST)
    seen = words(marta, f"{LIST}{waiting.pk}/")
    assert "La aggiungo a una domanda" in seen
    assert "È sua sorella." in seen
    assert "Nessuna e-mail in attesa" in words(marta, LIST)
    assert "lia@example.com" in words(marta, f"{LIST}?stato=decise")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Scegli che cosa fare"),
        ({"decision": "join", "number": "999", "reason": "Penso di sì."}, "Nessuna domanda di questa rete"),
        ({"decision": "discard", "reason": "no"}, "Scrivi perché"),
        ({"decision": "join", "number": "uno", "reason": "Penso di sì."}, "numero"),
    ],
)
def test_a_wrong_decision_is_told_beside_its_field_and_keeps_what_was_typed(
    marta: Client, waiting: InboundMail, told: dict[str, str], sentence: str
) -> None:
    page = BeautifulSoup(marta.post(f"{LIST}{waiting.pk}/", told).content, "html.parser")
    assert sentence in page.get_text(" ")
    assert page.select_one("textarea[name=reason]").get_text().strip() == told.get("reason", "")
    waiting.refresh_from_db()
    assert waiting.waiting


def test_two_coordinators_decide_once(marta: Client, waiting: InboundMail) -> None:
    told = {"decision": "discard", "reason": "Non serve."}
    marta.post(f"{LIST}{waiting.pk}/", told)
    again = marta.post(f"{LIST}{waiting.pk}/", {"decision": "ask", "reason": "Invece serve."}, follow=True)
    assert "Qualcuno ha già deciso" in again.content.decode()
    waiting.refresh_from_db()
    assert waiting.decision == "discard"


def test_experts_askers_and_other_networks_do_not_read_it(post: Desk, waiting: InboundMail) -> None:
    for person in (post.nadia, post.sara):
        for url in (LIST, f"{LIST}{waiting.pk}/", f"{LIST}{waiting.pk}/messaggio.eml"):
            assert as_(person).get(url).status_code == 403, url
    elsewhere = posted(written(post.nadia.email), to=("sportello.bergamo@example.org",))
    for url in (f"{LIST}{elsewhere.pk}/", f"{LIST}{elsewhere.pk}/messaggio.eml"):
        assert as_(post.world.marta).get(url).status_code == 404, url


def test_an_address_too_long_for_the_codes_of_replies_is_refused(marta: Client) -> None:
    response = marta.post("/milano/agenzia/sportello/", {**PROMISE, "mail_address": f"{'a' * 32}@example.org"})
    assert "al massimo 31 caratteri" in response.content.decode()


def test_the_number_of_the_question_is_written_without_a_separator(marta: Client, waiting: InboundMail) -> None:
    Question.objects.update(number=12345)
    decided = marta.post(f"{LIST}{waiting.pk}/", {"decision": "join", "number": 12345, "reason": "È sua sorella."})
    assert decided.status_code == 302
    text = words(marta, f"{LIST}{waiting.pk}/")
    assert "12345" in text
    assert "12.345" not in text
