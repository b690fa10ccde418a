"""Sending a request: who is known already, what is still missing, signing in on the way."""

from bs4 import BeautifulSoup

from contempo.network.rules.accession import State, Step
from contempo.network.tests.applicant import CODE, Applicant, errors
from contempo.network.tests.factories import OrganisationFactory, World
from contempo.web.templatetags.web import by_day


def test_a_member_is_told_at_once_and_not_by_name(someone: Applicant, world: World) -> None:
    world.member(name="Nome segreto", tax_code=CODE)
    page = someone.leave(Step.ORGANISATION)
    assert "aderisce già" in errors(page)["tax_code"]
    assert "Nome segreto" not in page.get_text()
    assert someone.request.answers[Step.ORGANISATION]["name"] == "Panificio Aurora"


def test_a_request_under_way_is_told_and_not_by_whom(someone: Applicant, world: World) -> None:
    world.request(State.IN_EXAMINATION, applicant=world.sara, tax_code=CODE, contact_name="Sara Moretti")
    page = someone.leave(Step.ORGANISATION)
    assert "già una richiesta in corso" in errors(page)["tax_code"]
    assert "Sara" not in page.main.get_text()


def test_the_registry_recognises_and_prefills_nothing(someone: Applicant, world: World) -> None:
    OrganisationFactory(network=world.milano, name="Nome segreto", tax_code=CODE, phone="+390277404343")
    someone.leave(Step.ORGANISATION)
    page = someone.see("territorio/")
    assert "L’Agenzia conosce già questa organizzazione" in page.get_text()
    assert "Nome segreto" not in page.get_text()
    assert "+390277404343" not in str(someone.see("riepilogo/"))


def test_the_summary_lists_what_is_missing_with_the_way_there(someone: Applicant) -> None:
    someone.leave(Step.ORGANISATION, tax_code="1", go="close")
    links = {link.get_text(): link["href"] for link in someone.see("riepilogo/").select(".error-summary a")}
    assert [href for text, href in links.items() if "Codice fiscale" in text] == [
        someone.url("organizzazione/#id_tax_code")
    ]
    assert someone.url("obiettivi/") in links.values()
    assert not someone.see("riepilogo/").select(f'form[action="{someone.url("invia/")}"]')


def test_a_visitor_signs_in_only_to_send_and_comes_back_to_the_summary(someone: Applicant) -> None:
    someone.fill()
    way = someone.see("riepilogo/").find("a", string="Entra o registrati per inviare")["href"]
    assert way == f"/accesso/?next={someone.url('riepilogo/')}"
    assert someone.client.post(someone.url("invia/"))["Location"] == way
    assert someone.request.state == State.DRAFT


def test_the_confirmation_tells_number_next_step_and_date(sent: Applicant) -> None:
    page = sent.see("").main.get_text(" ", strip=True)
    assert "La richiesta è stata inviata." in page
    assert f"Richiesta n. {sent.request.number}" in page
    assert f"risponde entro {by_day(sent.request.due_on)}" in page


def test_what_is_sent_is_what_was_checked(sent: Applicant) -> None:
    told = sent.request.application
    assert told["municipality"] == "015209"
    assert told["website"] == "https://www.panificioaurora.example.org"
    assert told["headcount"] == 1200
    assert told["experience_kinds"] == ["flexible_hours", "agile_work"]


def test_a_second_click_changes_nothing(sent: Applicant) -> None:
    number = sent.request.number
    assert sent.client.post(sent.url("invia/"))["Location"] == sent.url()
    assert sent.client.get(sent.url("organizzazione/"))["Location"] == sent.url()
    assert sent.request.number == number
    assert sent.request.state == State.SUBMITTED


def test_who_is_quicker_with_the_same_organisation_wins(someone: Applicant, world: World) -> None:
    someone.fill()
    someone.client.force_login(world.ivo)
    someone.see("riepilogo/")
    world.request(State.SUBMITTED, applicant=world.sara, tax_code=CODE)
    page = BeautifulSoup(someone.client.post(someone.url("invia/")).content, "html.parser")
    assert "già una richiesta in corso" in page.select_one(".error-summary").get_text()
    assert someone.request.state == State.DRAFT
