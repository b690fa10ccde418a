"""Following a request: where it stands, changing answers, withdrawing, signing."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contempo.core.testing import Budget
from contempo.network.actions.accession.decisions import add_note, ask_changes
from contempo.network.models import Organisation, Signature
from contempo.network.rules.accession import State, Step
from contempo.network.tests.applicant import Applicant, errors
from contempo.network.tests.factories import World, pdf


def test_internal_notes_never_reach_the_applicant(sent: Applicant, world: World) -> None:
    add_note(world.actor(world.marta), request_id=sent.request.id, text="Da sentire con prudenza.")
    assert "prudenza" not in sent.see("").get_text()


def test_who_only_reads_the_network_sees_neither_persons_nor_documents(sent: Applicant, world: World) -> None:
    reader = Client()
    reader.force_login(world.elena)
    page = reader.get(sent.url()).content.decode()
    assert "Panificio Aurora" in page
    assert "ivo.ferri@example.org" not in page


def test_answers_are_changed_when_asked_and_sent_again(sent: Applicant, world: World) -> None:
    ask_changes(world.actor(world.marta), request_id=sent.request.id, reason="Racconta meglio le esperienze.")
    page = sent.see("")
    assert "Racconta meglio le esperienze." in page.main.get_text()
    assert page.find("a", string="Cambia le risposte")["href"] == sent.url("riepilogo/")
    assert "Racconta meglio le esperienze." in sent.see("territorio/").main.get_text()
    sent.leave(Step.TERRITORY, experience="Turni scelti insieme dal 2019.")
    assert "non ancora inviate" in sent.see("").main.get_text()
    assert sent.see("riepilogo/").find("button", string="Invia le modifiche")
    sent.client.post(sent.url("invia/"))
    assert sent.request.state == State.IN_EXAMINATION
    assert sent.request.application["experience"] == "Turni scelti insieme dal 2019."


def test_withdrawing_asks_once_more(sent: Applicant) -> None:
    assert sent.see("ritira/").h1.get_text(strip=True) == "Ritirare la richiesta?"
    assert sent.request.state == State.SUBMITTED
    sent.client.post(sent.url("ritira/"), {"reason": ""})
    assert sent.request.state == State.WITHDRAWN
    assert sent.client.get(sent.url("ritira/"))["Location"] == sent.url()


def test_the_representative_reads_states_and_signs(admitted: Applicant, world: World) -> None:
    page = admitted.see("firma/")
    assert "Le organizzazioni si impegnano." in page.main.get_text()
    statement = page.find("blockquote").get_text(strip=True)
    agreement = page.find(attrs={"name": "agreement"})["value"]
    unread = BeautifulSoup(
        admitted.client.post(admitted.url("firma/"), {"agreement": agreement}).content, "html.parser"
    )
    assert list(errors(unread)) == ["agreed"]
    admitted.client.post(admitted.url("firma/"), {"agreement": agreement, "agreed": "on"})
    signature = Signature.objects.get(request=admitted.request)
    assert signature.statement == statement
    assert "Panificio Aurora" in statement
    welcome = admitted.see("")
    member = Organisation.objects.get(name="Panificio Aurora")
    assert welcome.find("a", string="Guarda la pagina pubblica")["href"] == f"/milano/soggetti/{member.slug}/"
    assert welcome.select_one(f'a[href="/milano/organizzazione/{member.id}/"]')
    assert admitted.client.get(admitted.url("firma/"))["Location"] == admitted.url()


def test_a_version_that_came_meanwhile_must_be_read_first(admitted: Applicant, world: World) -> None:
    answer = admitted.client.post(
        admitted.url("firma/"), {"agreement": world.agreement.id + 1000, "agreed": "on"}, follow=True
    )
    assert "leggila prima di firmare" in answer.content.decode()
    assert admitted.request.state == State.ADMITTED


def test_a_copy_signed_elsewhere_is_handed_in(admitted: Applicant) -> None:
    wrong = SimpleUploadedFile("accordo.pdf", b"MZ\x90\x00" + b"\x00" * 200)
    page = BeautifulSoup(
        admitted.client.post(admitted.url("copia-firmata/"), {"signed_copy": wrong}).content, "html.parser"
    )
    assert "un programma per Windows" in errors(page)["signed_copy"]
    picture = SimpleUploadedFile("accordo.txt", b"firmato")
    page = BeautifulSoup(
        admitted.client.post(admitted.url("copia-firmata/"), {"signed_copy": picture}).content, "html.parser"
    )
    assert "PDF" in errors(page)["signed_copy"]
    admitted.client.post(admitted.url("copia-firmata/"), {"signed_copy": pdf()})
    assert "è consegnata" in admitted.see("").main.get_text()
    assert admitted.request.state == State.ADMITTED


def test_a_delegate_hands_in_a_copy_and_does_not_sign(client: Client, world: World) -> None:
    request = world.request(State.ADMITTED, standing="delegate", representative_name="Lia Rossi")
    client.force_login(world.ivo)
    delegate = Applicant(client, request.key)
    page = delegate.see("")
    assert not page.find("a", string="Leggi e firma l’accordo")
    assert page.find("a", string="Consegna una copia firmata")
    assert "Lia Rossi" in page.main.get_text()
    assert client.get(delegate.url("firma/")).status_code == 403


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.CEASED])
def test_an_ended_request_says_so_and_why(client: Client, world: World, state: State) -> None:
    request = world.request(state)
    client.force_login(world.ivo)
    page = Applicant(client, request.key).see("").main
    assert not page.select('a[href$="/riepilogo/"]')
    assert not page.select('a[href$="/ritira/"]')
    if state != State.WITHDRAWN:
        assert "Manca lo statuto" in page.get_text()


def test_everybody_sees_their_own_requests_and_nobody_elses(sent: Applicant, world: World) -> None:
    assert "Panificio Aurora" in sent.client.get("/milano/adesione/mie/").content.decode()
    stranger = Client()
    stranger.force_login(world.sara)
    assert "Panificio Aurora" not in stranger.get("/milano/adesione/mie/").content.decode()
    assert "Panificio Aurora" not in sent.client.get("/bergamo/adesione/mie/").content.decode()


@pytest.mark.parametrize("rest", ["", "organizzazione/", "riepilogo/", "salvata/", "elimina/", "ritira/", "firma/"])
def test_the_key_of_a_request_opens_nothing_to_others(sent: Applicant, world: World, rest: str) -> None:
    ask: Callable[[Client], int] = lambda who: who.get(sent.url(rest)).status_code  # noqa: E731
    assert ask(Client()) == 302
    for person in (world.sara, world.davide):
        stranger = Client()
        stranger.force_login(person)
        assert ask(stranger) == 404
    assert Client().get(f"/bergamo/adesione/{sent.key}/").status_code == 302


def test_statements_of_a_request_do_not_grow_with_its_story(sent: Applicant, world: World, budget: Budget) -> None:
    def follow() -> None:
        with budget("request followed"):
            sent.client.get(sent.url())

    sent.client.get(sent.url())
    follow()
    for _again in range(4):
        ask_changes(world.actor(world.marta), request_id=sent.request.id, reason="Racconta meglio le esperienze.")
        sent.client.post(sent.url("invia/"))
    follow()
