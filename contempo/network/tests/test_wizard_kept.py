"""Stopping and going on: a draft survives a closed browser, another device, an ended session, and is nobody else's."""

from bs4 import BeautifulSoup
from django.test import Client

from contempo.core.files import attachments_of
from contempo.core.outbox import kept_mails
from contempo.network.models import AccessionRequest
from contempo.network.rules.accession import Step
from contempo.network.tests.applicant import AIMS, Applicant, mailed_link
from contempo.network.tests.factories import World, pdf


def test_a_draft_is_found_again_in_the_same_browser(someone: Applicant) -> None:
    someone.leave(Step.ORGANISATION, go="close")
    page = BeautifulSoup(someone.client.get("/milano/adesione/").content, "html.parser")
    assert page.find("a", string="Continua")["href"] == someone.url()
    assert someone.client.get(someone.url())["Location"] == someone.url("continua/")
    assert someone.client.get(someone.url("continua/"))["Location"] == someone.url("territorio/")


def test_another_browser_is_asked_to_sign_in(someone: Applicant) -> None:
    for rest in ("", "continua/", "organizzazione/", "riepilogo/", "salvata/"):
        assert Client().get(someone.url(rest))["Location"].startswith("/accesso/?next=")


def test_the_mailed_link_opens_the_draft_elsewhere(someone: Applicant) -> None:
    assert someone.leave(Step.ORGANISATION, go="close") == someone.url("salvata/")
    link = mailed_link(someone)
    elsewhere = Applicant(Client(), someone.key)
    assert elsewhere.client.get(link, follow=True).redirect_chain[-1][0] == someone.url("territorio/")
    assert elsewhere.see("organizzazione/").find(attrs={"name": "name"})["value"] == "Panificio Aurora"
    assert someone.see("organizzazione/"), "the browser that asked for the link goes on too"


def test_a_new_link_replaces_the_one_before(someone: Applicant) -> None:
    first = mailed_link(someone)
    second = mailed_link(someone)
    assert Client().get(first, follow=True).redirect_chain[-1][0].startswith("/accesso/")
    assert Client().get(second, follow=True).redirect_chain[-1][0] == someone.url("organizzazione/")


def test_nobodys_letter_box_is_flooded(someone: Applicant) -> None:
    for _again in range(3):
        mailed_link(someone)
    page = someone.client.post(someone.url("salvata/"), {"email": "ivo.ferri@example.org"})
    assert "già mandato il collegamento" in page.content.decode()
    assert len(kept_mails(to="ivo.ferri@example.org")) == 3


def test_a_wrong_address_is_said_and_kept(someone: Applicant) -> None:
    page = someone.client.post(someone.url("salvata/"), {"email": "ivo.ferri"})
    assert 'value="ivo.ferri"' in page.content.decode()
    assert "indirizzo e-mail" in page.content.decode()


def test_signing_in_claims_the_draft_for_good(someone: Applicant, world: World) -> None:
    someone.fill()
    link = mailed_link(someone)
    someone.client.force_login(world.ivo)
    someone.see("riepilogo/")
    assert someone.request.applicant == world.ivo
    assert Client().get(link, follow=True).redirect_chain[-1][0].startswith("/accesso/?next=")
    stranger = Client()
    stranger.force_login(world.sara)
    assert stranger.get(link).status_code == 404
    elsewhere = Client()
    elsewhere.force_login(world.ivo)
    assert elsewhere.get(link, follow=True).redirect_chain[-1][0] == someone.url("riepilogo/")


def test_what_is_typed_while_the_session_ends_waits_for_who_comes_back(client: Client, world: World) -> None:
    client.force_login(world.ivo)
    ivo = Applicant(client)
    client.logout()
    answer = client.post(ivo.url("obiettivi/"), {**AIMS, "go": "on"})
    assert answer["Location"].startswith("/accesso/?next=")
    client.force_login(world.ivo)
    page = ivo.see("obiettivi/")
    assert page.find("textarea", {"name": "aims"}).get_text(strip=True) == AIMS["aims"]


def test_a_draft_may_be_erased(someone: Applicant) -> None:
    someone.leave(Step.TERRITORY, go="attach", documents=pdf())
    number = someone.request.id
    assert someone.see("elimina/").h1.get_text(strip=True) == "Eliminare la bozza?"
    assert AccessionRequest.objects.filter(id=number).exists(), "asking is not doing"
    someone.client.post(someone.url("elimina/"))
    assert not AccessionRequest.objects.filter(id=number).exists()
    assert not attachments_of("accession", number)
