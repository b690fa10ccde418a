"""What coordinators decide on the page of a request, and how it looks when two decide at once."""

import pytest
from django.test import Client

from contempo.core.clock import today
from contempo.network.actions.accession.decisions import admit
from contempo.network.actions.accession.drafts import upload_signed_copy
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.rules.accession import State
from contempo.network.tests.factories import OrganisationFactory, World, give, pdf
from contempo.network.tests.test_pages_agency import browser, buttons, here, page, page_after, sent
from contempo.people.models import Notification
from contempo.people.public import NetworkRole


@pytest.fixture
def marta(client: Client, world: World) -> Client:
    """The browser of Marta, who coordinates Milan."""
    client.force_login(world.marta)
    return client


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.SUBMITTED, {"Inizia l’esame", "Ammetti", "Chiedi modifiche", "Rifiuta la richiesta"}),
        (State.IN_EXAMINATION, {"Ammetti", "Chiedi modifiche", "Rifiuta la richiesta"}),
        (State.CHANGES_ASKED, {"Manda un promemoria", "Rifiuta la richiesta"}),
        (State.ADMITTED, {"Manda un promemoria"}),
        (State.SIGNED, {"Chiudi l’adesione"}),
        (State.REFUSED, set()),
    ],
)
def test_each_state_offers_its_decisions_and_one_comes_first(
    marta: Client, world: World, state: State, offered: set[str]
) -> None:
    shown = page(marta, here(world.request(state)))
    assert buttons(shown) == offered
    first = shown.select(".state-panel .btn-primary")
    assert len(first) == (1 if offered - {"Chiudi l’adesione"} else 0)


def test_a_request_is_examined_and_admitted_in_two_taps(marta: Client, world: World) -> None:
    request = world.request()
    assert "In esame" in sent(marta, f"{here(request)}esamina/").select_one(".state-panel").text
    shown = sent(marta, f"{here(request)}ammetti/")
    assert "Ammessa" in shown.select_one(".state-panel").text
    admitted = AccessionRequest.objects.get(id=request.id)
    assert admitted.organisation.tax_code == request.tax_code
    assert shown.select_one(f"a[href='/milano/agenzia/soggetti/{admitted.organisation_id}/']")


def test_the_slower_of_two_coordinators_reads_a_sentence(marta: Client, world: World) -> None:
    request = world.request(State.IN_EXAMINATION)
    admit(world.actor(world.giulio), request_id=request.id)
    late = marta.post(f"{here(request)}ammetti/", follow=True)
    assert "Questo passo non è più possibile" in late.content.decode()
    reason = "Manca il numero di persone della seconda sede."
    kept = sent(marta, f"{here(request)}rifiuta/", reason=reason, decide="yes")
    assert "Questo passo non è più possibile" in kept.select_one(".error-summary").text
    assert kept.select_one("textarea[name=reason]").text.strip() == reason
    assert "Ecco a che punto è" in page_after(marta, f"{here(request)}rifiuta/").text
    begun = world.request(State.IN_EXAMINATION)
    answer = marta.post(f"{here(begun)}esamina/", HTTP_REFERER=f"http://testserver{here(begun)}")
    assert (answer.status_code, answer["Location"]) == (303, f"http://testserver{here(begun)}")


@pytest.mark.parametrize(
    ("decision", "state", "becomes"),
    [
        ("modifiche", State.IN_EXAMINATION, State.CHANGES_ASKED),
        ("rifiuta", State.SUBMITTED, State.REFUSED),
        ("cessa", State.SIGNED, State.CEASED),
    ],
)
def test_a_decision_with_a_reason_shows_what_the_organisation_will_read(
    marta: Client, world: World, decision: str, state: State, becomes: State
) -> None:
    request = world.request(state)
    path = f"{here(request)}{decision}/"
    empty = sent(marta, path, reason="", decide="yes")
    assert "Scrivi il motivo" in empty.select_one(".error-summary a").text
    short = sent(marta, path, reason="Corto", decide="yes")
    assert "almeno 10 caratteri" in short.select_one(".field-bad").text
    assert short.select_one("textarea").text.strip() == "Corto"
    reason = "La sede <b>nuova</b> va descritta."
    shown = sent(marta, path, reason=reason, preview="yes")
    assert not shown.select(".error-summary")
    letter = shown.select_one("#letter .letter-text").text
    assert AccessionRequest.objects.get(id=request.id).state == state
    sent(marta, path, reason=reason, decide="yes")
    assert AccessionRequest.objects.get(id=request.id).state == becomes
    assert Notification.objects.filter(person=world.ivo).latest("id").text == letter
    assert reason in letter


def test_an_organisation_known_by_its_tax_code_is_recognised(marta: Client, world: World) -> None:
    known = OrganisationFactory(network=world.milano, name="Forno di Ivo")
    request = world.request(name="Panificio Aurora", tax_code=known.tax_code)
    assert "Forno di Ivo" in page(marta, here(request)).select_one(".notice").text
    sent(marta, f"{here(request)}ammetti/")
    assert AccessionRequest.objects.get(id=request.id).organisation_id == known.id
    assert Organisation.objects.get(id=known.id).name == "Panificio Aurora"


def test_an_organisation_of_a_like_name_is_put_before_the_coordinator(marta: Client, world: World) -> None:
    alike = OrganisationFactory(network=world.milano, name="Cooperativa Sociale Eureka", tax_code="")
    OrganisationFactory(network=world.bergamo, name="Eureka", tax_code="")
    request = world.request(name="Coop. Soc. Eureka")
    shown = page(marta, here(request))
    assert "Cooperativa Sociale Eureka" in shown.select_one(".notice").text
    assert shown.select_one(f"a.btn[href='{here(request)}ammetti/']")
    unchosen = sent(marta, f"{here(request)}ammetti/")
    assert "così nessuna organizzazione è due volte" in unchosen.select_one(".error-summary").text
    assert len(unchosen.select("input[name=same]")) == 2
    sent(marta, f"{here(request)}ammetti/", same=str(alike.id))
    assert AccessionRequest.objects.get(id=request.id).organisation_id == alike.id


def test_like_names_need_not_be_the_same_organisation(marta: Client, world: World) -> None:
    alike = OrganisationFactory(network=world.milano, name="Eureka", tax_code="")
    request = world.request(name="Eureka S.r.l.")
    sent(marta, f"{here(request)}ammetti/", same="another")
    assert AccessionRequest.objects.get(id=request.id).organisation_id not in (None, alike.id)


def test_notes_are_written_and_read_by_coordinators(marta: Client, world: World) -> None:
    request = world.request()
    empty = sent(marta, f"{here(request)}note/", text=" ")
    assert empty.select_one("details[open] .field-bad")
    shown = sent(marta, f"{here(request)}note/", text="Sentita: <i>bene</i>.")
    assert "Sentita: <i>bene</i>." in shown.select_one(".timeline").text
    assert "Nota interna" in shown.select_one(".timeline").text
    assert marta.get(f"{here(request)}note/").status_code == 302


def test_the_applicant_is_reminded_at_most_once_a_day(marta: Client, world: World) -> None:
    request = world.request(State.ADMITTED)
    assert "è partito" in sent(marta, f"{here(request)}sollecita/").text
    assert "meno di un giorno fa" in page_after_post(marta, f"{here(request)}sollecita/", here(request))
    assert "meno di un giorno fa" not in page(marta, here(request)).text


def page_after_post(client: Client, path: str, referer: str) -> str:
    """The text of the page a form sent from `referer` comes back to."""
    return client.post(path, HTTP_REFERER=f"http://testserver{referer}", follow=True).content.decode()


def test_a_signed_copy_is_opened_and_confirmed(marta: Client, world: World) -> None:
    request = world.request(State.ADMITTED)
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    shown = page(marta, here(request))
    assert "Conferma la copia firmata" in buttons(shown)
    copy = shown.select_one(".state-panel a[href*='documenti']")["href"]
    assert marta.get(copy)["Content-Type"] == "application/pdf"
    assert browser(world.elena).get(copy).status_code == 403
    sent(marta, f"{here(request)}conferma/")
    assert AccessionRequest.objects.get(id=request.id).organisation.member_since == today()


def test_whoever_asks_to_join_does_not_examine_themselves(world: World) -> None:
    give(world.ivo, NetworkRole.COORDINATOR, world.milano)
    request = world.request()
    ivo = browser(world.ivo)
    shown = page(ivo, here(request))
    assert not buttons(shown)
    assert "un’altra persona" in shown.select_one(".state-panel").text
    assert ivo.post(f"{here(request)}ammetti/").status_code == 403
