"""The steps of the wizard: what is typed is never lost, and what is wrong gets its sentence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contempo.core.files import attachments_of
from contempo.core.testing import Budget
from contempo.network.models import Municipality
from contempo.network.rules.accession import MAX_DOCUMENTS, Step
from contempo.network.tests.applicant import AIMS, CODE, ORGANISATION, TERRITORY, Applicant, errors
from contempo.network.tests.factories import PDF, World, pdf


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


def test_statements_of_the_wizard(someone: Applicant, budget: Budget) -> None:
    someone.fill()
    someone.leave(Step.TERRITORY, go="attach", documents=[pdf(f"{number}.pdf") for number in range(3)])
    for name, rest in {"step of the wizard": "territorio/", "summary of the wizard": "riepilogo/"}.items():
        with budget(name):
            someone.client.get(someone.url(rest))
