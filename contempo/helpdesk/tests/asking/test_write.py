"""The first screen: four answers, and nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core.files import Attachment
from contempo.core.outbox import kept_mails
from contempo.helpdesk.models import QuestionDraft
from contempo.helpdesk.rules.asking import MAX_TEXT
from contempo.helpdesk.tests.asking.asker import ANSWERS, NEW, SERVICE, WRITE, errors, read, told, words
from contempo.network.tests.factories import SESTO, pdf
from contempo.people.models import Person

REQUIRED = {"text", "topic", "capacity", "email"}


def answers_asked(page):
    """The names of the answers a form cannot do without."""
    return {field["name"] for field in page.select("#question [required]")}


def test_four_answers_are_needed_and_three_of_whoever_signed_in(visit, desk):
    assert answers_asked(visit().page(WRITE)) == REQUIRED
    assert answers_asked(visit(desk.sara).page(WRITE)) == REQUIRED - {"email"}


def test_nothing_is_ticked_beforehand(visit):
    page = visit().page(WRITE)
    assert not page.select("#question input[checked]")


def test_the_privacy_notice_is_named_beside_the_button(visit, desk):
    assert visit().page(WRITE).select_one('.form-foot a[href="/privacy/"]')
    assert not visit(desk.sara).page(WRITE).select_one('.form-foot a[href="/privacy/"]')


def test_what_is_missing_is_said_beside_each_field_and_no_code_is_sent(visit):
    answer = visit().write(text="Troppo poco", topic=None, capacity=None, email="non è un indirizzo")
    said = errors(answer)
    assert len(said) == 4
    assert "Che cosa vorresti sapere?: Racconta qualcosa di più: almeno 20 caratteri" in said[0]
    assert not kept_mails()
    assert not Person.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("text", ["", "   \r\n ", "a" * (MAX_TEXT + 1)])
def test_a_text_too_short_or_too_long_is_refused(visit, text):
    assert len(errors(visit().write(text=text))) == 1


def test_a_text_as_long_as_the_browser_allows_is_taken(visit):
    lines = "\r\n".join(["riga di prova"] * 570)[: MAX_TEXT + 500]
    text = lines.replace("\r\n", "\n")[:MAX_TEXT].replace("\n", "\r\n")
    assert visit().write(text=text).status_code == 302


def test_everything_typed_is_kept_when_something_is_wrong(visit):
    sara = visit()
    told_more = {"full_name": "Sara", "sector": "Q", "counterpart": "Forno Bianchi", "consent": "on", "language": "en"}
    page = read(sara.write(topic=None, **told_more))
    assert page.select_one("textarea").get_text().strip() == ANSWERS["text"]
    assert page.select_one('input[name="capacity"][value="worker"]').has_attr("checked")
    for name in ("email", "full_name", "counterpart"):
        assert page.select_one(f'input[name="{name}"]')["value"] == {**ANSWERS, **told_more}[name]
    for name, value in (("sector", "Q"), ("language", "en")):
        assert page.select_one(f'select[name="{name}"] option[selected]')["value"] == value
    assert page.select_one('input[name="consent"]').has_attr("checked")
    assert page.select_one("details.fold").has_attr("open")


def test_files_are_kept_when_something_else_is_wrong(visit):
    sara = visit()
    page = read(sara.write(topic=None, documents=[pdf("busta paga.pdf"), pdf("lettera.pdf")]))
    assert [link.get_text() for link in page.select("#documents li a")] == ["busta paga.pdf", "lettera.pdf"]
    draft = page.select_one('input[name="bozza"]')["value"]
    sara.write(bozza=draft)
    assert [link.get_text() for link in sara.page(sara.check_url).select("aside dd a")] == [
        "busta paga.pdf",
        "lettera.pdf",
    ]
    assert QuestionDraft.objects.count() == 1


def test_a_file_of_a_kind_not_accepted_is_named_and_the_others_are_kept(visit):
    program = SimpleUploadedFile("foto.jpg", b"MZ\x90\x00 a program")
    answer = visit().write(documents=[program, pdf("busta.pdf")])
    assert any("foto.jpg" in each for each in errors(answer))
    assert Attachment.objects.get().name == "busta.pdf"


def test_at_most_five_files_are_taken(visit):
    answer = visit().write(documents=[pdf(f"{number}.pdf") for number in range(6)])
    assert any("5" in each for each in errors(answer))
    assert Attachment.objects.count() == 5


def test_a_file_is_uploaded_and_removed_without_scolding_for_the_rest(visit):
    sara = visit()
    there = sara.write(text="", topic=None, capacity=None, email="", go="attach", documents=[pdf("busta.pdf")])
    page = sara.page(there["Location"].partition("#")[0])
    assert not page.select(".error-summary, .errorlist")
    draft, button = page.select_one('input[name="bozza"]')["value"], page.select_one('button[name="detach"]')
    assert sara.client.get(page.select_one("#documents li a")["href"]).status_code == 200
    sara.client.post(WRITE, {"bozza": draft, "detach": button["value"]})
    assert not Attachment.objects.exists()


def test_a_municipality_of_a_name_like_others_is_chosen(visit, desk):
    page = read(visit().write(municipality="Sesto"))
    assert page.select_one(f'input[name="municipality_choice"][value="{SESTO}"]')


def test_the_service_leads_back_to_what_was_begun_here_and_nowhere_else(visit):
    sara, other = visit(), visit()
    sara.write(topic=None)
    (link,) = sara.page(SERVICE).select('[aria-labelledby="begun"] a')
    assert sara.page(link["href"]).select_one("textarea").get_text().strip() == ANSWERS["text"]
    assert not other.page(SERVICE).select('[aria-labelledby="begun"]')
    assert not other.page(link["href"]).select_one("textarea").get_text().strip()


def test_a_draft_is_erased_on_request_with_its_files(visit):
    sara = visit()
    page = read(sara.write(topic=None, documents=[pdf()]))
    form = next(each for each in page.select("form") if each["action"].endswith("/elimina/"))
    answer = sara.client.post(form["action"])
    assert answer["Location"] == SERVICE
    assert told(answer) == ["La bozza è stata eliminata."]
    assert not QuestionDraft.objects.exists()
    assert not Attachment.objects.exists()


def test_the_service_says_how_often_the_promise_was_kept_unless_it_would_speak_of_few(visit, desk, at):
    for number in range(10):
        at("2026-08-03T09:00")
        question = desk.question()
        at("2026-08-04T09:00" if number < 5 else "2026-08-06T09:00")
        desk.answered(question)
        at("2026-11-18T09:00")
        told_ = "risposte su cento" in words(visit().page(SERVICE))
        assert told_ is (number in (4, 9))
    assert "50 risposte su cento" in words(visit().page(SERVICE))


def test_the_service_says_what_is_promised(visit, at):
    at("2026-11-18T23:00")
    text = words(visit().page(SERVICE))
    assert "entro 48 ore, notti e festivi compresi" in text
    assert "venerdì 20 novembre 2026 alle 23:00" in text
