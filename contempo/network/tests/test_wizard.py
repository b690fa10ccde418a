"""Asking to join: what is typed is never lost, and nothing wrong is sent."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contempo.core.files import attachments_of
from contempo.core.outbox import kept_mails
from contempo.core.testing import Budget
from contempo.network.actions.accession.decisions import admit, ask_changes
from contempo.network.models import AccessionRequest, Municipality, Organisation, Signature
from contempo.network.rules.accession import MAX_DOCUMENTS, State, Step
from contempo.network.tests.factories import PDF, OrganisationFactory, World, pdf, tax_code_number

CODE = tax_code_number(999_001)
ORGANISATION = {
    "name": "Panificio Aurora",
    "kind": "company",
    "tax_code": CODE,
    "municipality": "sesto san giovanni",
    "website": "www.panificioaurora.example.org",
    "headcount": "1.200",
}
TERRITORY = {"territory": "Quartiere Greco.", "experience_kinds": ["flexible_hours", "agile_work"]}
AIMS = {"aims": "Un nido vicino al forno.", "priorities": ["organisational_flexibility"]}
PEOPLE = {
    "standing": "representative",
    "contact_name": "Ivo Ferri",
    "contact_email": "ivo.ferri@example.org",
    "published": ["website"],
    "privacy_accepted": "on",
}
ANSWERS = {Step.ORGANISATION: ORGANISATION, Step.TERRITORY: TERRITORY, Step.AIMS: AIMS, Step.PEOPLE: PEOPLE}


class Applicant:
    """Somebody at a browser, with one draft."""

    def __init__(self, client: Client, key: UUID | None = None) -> None:
        self.client = client
        if key is None:
            begun = client.post("/milano/adesione/inizia/")
            key = UUID(begun["Location"].split("/")[3])
        self.key = key

    def url(self, rest: str = "") -> str:
        return f"/milano/adesione/{self.key}/{rest}"

    @property
    def request(self) -> AccessionRequest:
        return AccessionRequest.objects.get(key=self.key)

    def see(self, rest: str, status: int = 200) -> BeautifulSoup:
        response = self.client.get(self.url(rest))
        assert response.status_code == status
        return BeautifulSoup(response.content, "html.parser")

    def leave(self, step: Step, go: str = "on", **changes: object) -> BeautifulSoup | str:
        """Send a step; the page that says what is wrong, or the address one is led to."""
        response = self.client.post(self.url(f"{step}/"), {**ANSWERS[step], "go": go, **changes})
        if response.status_code == 302:
            return response["Location"]
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def fill(self) -> "Applicant":
        for step in Step:
            self.leave(step)
        return self


@pytest.fixture
def someone(client: Client, world: World) -> Applicant:
    """A visitor who has begun."""
    return Applicant(client)


def errors(page: BeautifulSoup) -> dict[str, str]:
    """What is wrong, by the name of the control it stands beside."""
    found = {}
    for field in page.select(".field-bad"):
        control = field.select_one("input, select, textarea")
        found[control["name"]] = field.select_one(".errorlist").get_text(" ", strip=True)
    return found


def test_each_step_leads_to_the_next_and_the_last_to_the_summary(someone: Applicant) -> None:
    assert someone.leave(Step.ORGANISATION) == someone.url("territorio/")
    assert someone.leave(Step.TERRITORY) == someone.url("obiettivi/")
    assert someone.leave(Step.AIMS) == someone.url("persone/")
    assert someone.leave(Step.PEOPLE) == someone.url("riepilogo/")
    assert not someone.see("riepilogo/").select(".error-summary")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Scrivi il nome"),
        ("kind", "", "Scegli il tipo"),
        ("tax_code", "", "Scrivi il codice fiscale"),
        ("tax_code", "RSSMRA85T10A562", "15 caratteri"),
        ("tax_code", f"{CODE[:-1]}{(int(CODE[-1]) + 1) % 10}", "ultima cifra"),
        ("vat_number", "123", "3 caratteri"),
        ("ipa_code", "c_f205", "Solo gli enti pubblici"),
        ("ateco_code", "99.99.99", "99.99.99"),
        ("headcount", "dodici", "numero intero"),
        ("headcount", "-1", "minore di zero"),
        ("municipality", "", "Scrivi il comune"),
        ("municipality", "Paperopoli", "Nessun comune"),
        ("postcode", "2012", "4 cifre"),
        ("postcode", "2012a", "solo cifre"),
        ("website", "non un sito", "indirizzo di un sito"),
        ("email", "pippo", "indirizzo e-mail"),
        ("pec", "pippo@", "indirizzo e-mail"),
        ("phone", "12", "troppo corto"),
    ],
)
def test_a_wrong_answer_gets_its_sentence_and_is_kept(
    someone: Applicant, field: str, typed: str, sentence: str
) -> None:
    page = someone.leave(Step.ORGANISATION, **{field: typed})
    assert sentence in errors(page)[field]
    assert list(errors(page)) == [field]
    assert page.select_one(".error-summary a")["href"] == f"#id_{field}"
    assert someone.request.answers[Step.ORGANISATION] == {
        **dict.fromkeys(someone.request.answers[Step.ORGANISATION], ""),
        **ORGANISATION,
        field: typed,
    }
    again = someone.see("organizzazione/").find(attrs={"name": field})
    assert again.get("value", "") == typed or again.select_one("option[selected]")["value"] == typed


def test_what_is_missing_is_not_held_against_who_comes_back(someone: Applicant) -> None:
    someone.leave(Step.ORGANISATION, go="close", tax_code="", municipality="")
    page = someone.see("organizzazione/")
    assert not page.select(".error-summary")
    assert page.find(attrs={"name": "name"})["value"] == "Panificio Aurora"


def test_several_municipalities_of_one_name_are_told_apart(someone: Applicant) -> None:
    for code, province in (("001235", "TO"), ("022165", "TN")):
        Municipality.objects.create(
            istat_code=code, name="Samone", search_name="samone", province=province, region="Una"
        )
    page = someone.leave(Step.ORGANISATION, municipality="Samone")
    assert list(errors(page)) == ["municipality_choice"]
    assert [label.get_text(strip=True) for label in page.select(".choice label")] == ["Samone (TN)", "Samone (TO)"]
    assert someone.leave(Step.ORGANISATION, municipality="Samone", municipality_choice="001235") == someone.url(
        "territorio/"
    )
    assert "Samone (TO)" in someone.see("riepilogo/").get_text()
    assert someone.leave(Step.ORGANISATION, municipality="Samone (TN)") == someone.url("territorio/")
    assert "Samone (TN)" in someone.see("riepilogo/").get_text()


def test_a_name_half_written_is_offered_in_full(someone: Applicant) -> None:
    page = someone.leave(Step.ORGANISATION, municipality="sesto san")
    assert page.select_one(".choice label").get_text(strip=True) == "Sesto San Giovanni (MI)"
    someone.leave(Step.ORGANISATION, municipality="sesto san", municipality_choice="015209")
    assert "Sesto San Giovanni (MI)" in someone.see("riepilogo/").get_text()


def test_a_choice_that_was_not_offered_is_no_choice(someone: Applicant) -> None:
    page = someone.leave(Step.ORGANISATION, municipality="sesto san", municipality_choice="015146")
    assert list(errors(page)) == ["municipality_choice"]


def test_names_are_proposed_while_one_types(client: Client, world: World) -> None:
    response = client.get("/milano/comuni/?municipality=sésto")
    assert response.content.decode().strip() == '<option value="Sesto San Giovanni (MI)"></option>'
    assert client.get("/milano/comuni/").content.strip() == b""


def test_characters_no_database_keeps_do_no_harm(someone: Applicant) -> None:
    someone.leave(Step.TERRITORY, territory="Greco\x00 e Isola")
    assert someone.request.answers[Step.TERRITORY]["territory"] == "Greco e Isola"


def test_at_least_one_priority(someone: Applicant) -> None:
    page = someone.leave(Step.AIMS, priorities=[])
    assert errors(page) == {"priorities": "Scegli almeno una priorità."}
    assert page.find("textarea", {"name": "aims"}).get_text(strip=True) == AIMS["aims"]


def test_a_delegate_names_who_signs(someone: Applicant) -> None:
    page = someone.leave(Step.PEOPLE, standing="delegate")
    assert list(errors(page)) == ["representative_name"]
    assert someone.leave(Step.PEOPLE, standing="delegate", representative_name="Lia Rossi") == someone.url("riepilogo/")


def test_the_privacy_notice_is_one_tap_away_and_must_have_been_read(someone: Applicant) -> None:
    page = someone.leave(Step.PEOPLE, privacy_accepted="")
    assert list(errors(page)) == ["privacy_accepted"]
    assert page.select_one('.field a[href="/privacy/"]')


def test_who_is_signed_in_is_not_asked_who_they_are(client: Client, world: World) -> None:
    client.force_login(world.ivo)
    page = Applicant(client).see("persone/")
    assert page.find(attrs={"name": "contact_name"})["value"] == "Ivo Ferri"
    assert page.find(attrs={"name": "contact_email"})["value"] == world.ivo.email


def test_going_back_keeps_what_was_typed(someone: Applicant) -> None:
    assert someone.leave(Step.AIMS, go="back", priorities=[]) == someone.url("territorio/")
    assert someone.request.answers[Step.AIMS]["aims"] == AIMS["aims"]


def test_going_back_from_an_empty_step_leaves_no_trace(someone: Applicant) -> None:
    someone.client.post(someone.url("obiettivi/"), {"go": "back"})
    assert Step.AIMS not in someone.request.answers


# Documents


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bilancio.pdf", b"MZ\x90\x00" + b"\x00" * 200, "un programma per Windows"),
        ("pagina.pdf", b"<html><script>alert(1)</script></html>", "una pagina web"),
        ("vuoto.pdf", b"", "è vuoto"),
        ("grande.pdf", b"%PDF-1.7\n" + b"x" * (10 * 1024 * 1024), "10 MB"),
    ],
)
def test_a_wrong_file_gets_its_sentence_and_loses_nothing(
    someone: Applicant, name: str, content: bytes, sentence: str
) -> None:
    page = someone.leave(Step.TERRITORY, documents=SimpleUploadedFile(name, content))
    assert sentence in errors(page)["documents"]
    assert page.find("textarea", {"name": "territory"}).get_text(strip=True) == TERRITORY["territory"]
    assert someone.request.answers[Step.TERRITORY]["experience_kinds"] == TERRITORY["experience_kinds"]
    assert not attachments_of("accession", someone.request.id)


def test_documents_are_added_seen_and_taken_away(someone: Applicant) -> None:
    back = someone.leave(Step.TERRITORY, go="attach", documents=[pdf("statuto.pdf"), pdf("progetto.pdf")])
    assert back == someone.url("territorio/") + "#documents"
    first, second = attachments_of("accession", someone.request.id)
    link = someone.see("territorio/").find("a", string="statuto.pdf")["href"]
    assert b"".join(someone.client.get(link).streaming_content) == PDF
    someone.client.post(someone.url("territorio/"), {**TERRITORY, "detach": str(first.key)})
    assert attachments_of("accession", someone.request.id) == (second,)
    assert "progetto.pdf" in someone.see("riepilogo/").get_text()


def test_one_document_too_many(someone: Applicant) -> None:
    page = someone.leave(Step.TERRITORY, documents=[pdf(f"{number}.pdf") for number in range(MAX_DOCUMENTS + 1)])
    assert "al massimo 5 documenti" in errors(page)["documents"]
    assert len(attachments_of("accession", someone.request.id)) == MAX_DOCUMENTS


def test_the_document_of_a_draft_is_nobody_elses(someone: Applicant, world: World) -> None:
    someone.leave(Step.TERRITORY, go="attach", documents=pdf())
    (attached,) = attachments_of("accession", someone.request.id)
    path = someone.url(f"documenti/{attached.key}/")
    assert Client().get(path)["Location"].startswith("/accesso/")
    for person in (world.sara, world.marta):
        stranger = Client()
        stranger.force_login(person)
        assert stranger.get(path).status_code == 404


# Stopping and going on


def test_a_draft_is_found_again_in_the_same_browser(someone: Applicant) -> None:
    someone.leave(Step.ORGANISATION, go="close")
    page = BeautifulSoup(someone.client.get("/milano/adesione/").content, "html.parser")
    assert page.find("a", string="Continua")["href"] == someone.url()
    assert someone.client.get(someone.url())["Location"] == someone.url("continua/")
    assert someone.client.get(someone.url("continua/"))["Location"] == someone.url("territorio/")


def test_another_browser_is_asked_to_sign_in(someone: Applicant) -> None:
    for rest in ("", "continua/", "organizzazione/", "riepilogo/", "salvata/"):
        assert Client().get(someone.url(rest))["Location"].startswith("/accesso/?next=")


def mailed_link(someone: Applicant, address: str = "ivo.ferri@example.org") -> str:
    """The path in the mail that was just asked for."""
    someone.client.post(someone.url("salvata/"), {"email": address})
    link = re.search(r"https?://\S+", kept_mails(to=address)[0].text).group()
    assert link.startswith(settings.SITE_URL)
    return link.removeprefix(settings.SITE_URL)


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


# Who is known already


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


# Sending


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


@pytest.fixture
def sent(someone: Applicant, world: World) -> Applicant:
    """Ivo, who has sent his request."""
    someone.fill()
    someone.client.force_login(world.ivo)
    someone.see("riepilogo/")
    assert someone.client.post(someone.url("invia/"))["Location"] == someone.url()
    return someone


def test_the_confirmation_tells_number_next_step_and_date(sent: Applicant) -> None:
    page = sent.see("").main.get_text(" ", strip=True)
    assert "La richiesta è stata inviata." in page
    assert f"Richiesta n. {sent.request.number}" in page
    assert f"risponde entro il {sent.request.due_on.day} " in page


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


# Following


def test_internal_notes_never_reach_the_applicant(sent: Applicant, world: World) -> None:
    from contempo.network.actions.accession.decisions import add_note

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


@pytest.fixture
def admitted(sent: Applicant, world: World) -> Applicant:
    """Ivo, whose organisation may sign."""
    admit(world.actor(world.marta), request_id=sent.request.id)
    return sent


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


def test_statements_of_the_wizard(someone: Applicant, budget: Budget) -> None:
    someone.fill()
    someone.leave(Step.TERRITORY, go="attach", documents=[pdf(f"{number}.pdf") for number in range(3)])
    for name, rest in {"step of the wizard": "territorio/", "summary of the wizard": "riepilogo/"}.items():
        with budget(name):
            someone.client.get(someone.url(rest))


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
