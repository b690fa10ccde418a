"""The second screen: the code, who asks, sending."""

from contempo.core.files import Attachment
from contempo.core.outbox import kept_mails
from contempo.helpdesk.models import Question, QuestionDraft
from contempo.helpdesk.tests.asking.asker import (
    ANSWERS,
    NEW,
    WRITE,
    errors,
    follow_url,
    link_sent_to,
    read,
    told,
    words,
)
from contempo.network.tests.factories import MILANO, OrganisationFactory, pdf
from contempo.norms.public import NormKind
from contempo.norms.tests.factories import NormFactory
from contempo.people.models import Person
from contempo.people.tests.reading import code_sent_to, signed_in
from contempo.people.tests.test_two_steps import digits, turn_on_two_steps


def test_a_stranger_asks_with_two_screens_and_four_answers(visit, at):
    at("2026-11-18T23:00")
    sara = visit()
    assert sara.write().status_code == 302
    assert "venerdì 20 novembre 2026 alle 23:00" in words(sara.page(sara.check_url))
    answer = sara.send()
    question = Question.objects.get()
    assert answer["Location"] == follow_url(question)
    assert told(answer)[-1] == (
        "La tua domanda è arrivata: è la numero 1. Riceverai la risposta entro venerdì 20 novembre 2026 alle 23:00."
    )
    assert (question.channel, question.topic, question.capacity) == ("web", "hourly_leave", "worker")
    assert question.asker == Person.objects.get(email=NEW)
    assert not question.consent
    assert not QuestionDraft.objects.exists()
    assert "Domanda 1" in words(sara.follow(question))
    assert question.letters.get().kind == "desk.received"
    assert follow_url(question) in link_sent_to(NEW)


def test_what_may_help_travels_with_the_question(visit, desk):
    OrganisationFactory(network=desk.world.milano, name="Forno Bianchi srl")
    contract = NormFactory(network=desk.world.milano, kind=NormKind.CONTRACT, published=True)
    question = visit().ask(
        full_name="Nuova Persona",
        municipality="Milano",
        sector="C",
        contract=str(contract.pk),
        counterpart="Forno Bianchi",
        language="en",
        consent="on",
        documents=[pdf("busta.pdf")],
    )
    assert (question.municipality_id, question.sector, question.contract) == (MILANO, "C", contract)
    assert (question.language, question.consent) == ("en", True)
    assert question.counterparts.get().organisation.name == "Forno Bianchi srl"
    assert str(question.asker) == "Nuova Persona"
    message = question.messages.get()
    assert Attachment.objects.get(owner_kind="helpdesk.message", owner_id=message.pk).name == "busta.pdf"


def test_whoever_signed_in_sends_without_a_code(visit, desk):
    sara = visit(desk.sara)
    sara.write(email=None)
    page = sara.page(sara.check_url)
    assert "sara.moretti@example.org" in words(page)
    assert not page.select_one('input[name="code"]')
    sara.client.post(sara.check_url, {"sender": page.select_one('input[name="sender"]')["value"]})
    assert Question.objects.get().asker == desk.sara


def test_a_wrong_code_is_said_beside_the_field_and_loses_nothing(visit):
    sara = visit()
    sara.write()
    answer = sara.send("0000-0000")
    assert errors(answer) == ["Codice: Non è il codice che aspettiamo: controllalo e riscrivilo."]
    assert ANSWERS["text"] in words(read(answer))
    assert errors(sara.send(" ")) == ["Codice: Scrivi il codice che trovi nell’e-mail."]
    assert not Question.objects.exists()
    assert sara.send().status_code == 302


def test_after_three_wrong_codes_another_is_sent_and_the_question_leaves(visit):
    sara = visit()
    sara.write()
    for _attempt in range(3):
        sara.send("0000-0000")
    assert "fattene mandare un altro" in words(sara.page(sara.check_url))
    answer = sara.client.post(f"{sara.check_url}codice/")
    assert answer["Location"] == sara.check_url
    assert sara.send().status_code == 302
    assert Question.objects.count() == 1


def test_going_back_and_on_again_sends_no_second_code(visit):
    sara = visit()
    sara.write()
    draft = sara.check_url.split("/")[-2]
    sara.write(bozza=draft, topic="childcare")
    assert len(kept_mails(to=NEW)) == 1
    sara.send()
    assert Question.objects.get().topic == "childcare"


def test_another_address_gets_another_code_and_the_answer(visit):
    sara = visit()
    sara.write(email="sbagliata@example.org")
    draft = sara.check_url.split("/")[-2]
    sara.write(bozza=draft)
    sara.send()
    assert Question.objects.get().asker.email == NEW
    assert QuestionDraft.objects.count() == 0


def test_known_and_unknown_addresses_look_alike(visit, desk):
    known, unknown = visit(), visit()
    known.write(email=desk.sara.email)
    unknown.write()
    first, second = words(known.page(known.check_url)), words(unknown.page(unknown.check_url))
    assert first.replace(desk.sara.email, "") == second.replace(NEW, "")


def test_whoever_uses_two_steps_comes_back_and_sends(visit, desk):
    secret = turn_on_two_steps(visit(desk.sara).client)
    sara = visit()
    sara.write(email=desk.sara.email)
    answer = sara.client.post(sara.check_url, {"code": code_sent_to(desk.sara.email)})
    assert answer["Location"] == "/accesso/due-passaggi/codice/"
    answer = sara.client.post(answer["Location"], {"code": digits(secret)})
    assert answer["Location"] == sara.check_url
    sender = sara.page(sara.check_url).select_one('input[name="sender"]')["value"]
    sara.client.post(sara.check_url, {"sender": sender})
    assert Question.objects.get().asker == desk.sara


def test_whoever_signed_in_meanwhile_sees_in_whose_name_the_question_goes(visit, desk):
    browser = visit()
    browser.write()
    browser.client.force_login(desk.world.marta)
    answer = browser.send(code_sent_to(NEW))
    assert "marta.colnaghi@example.org" in words(read(answer))
    assert "non a nuova@example.org" in words(read(answer))
    assert not Question.objects.exists()
    browser.client.post(browser.check_url, {"sender": str(desk.world.marta.pk)})
    assert Question.objects.get().asker == desk.world.marta


def test_sent_twice_it_is_one_question(visit, desk):
    sara = visit(desk.sara)
    sara.write(email=None)
    for _click in range(2):
        answer = sara.client.post(sara.check_url, {"sender": str(desk.sara.pk)})
        assert answer["Location"] == follow_url(Question.objects.get())


def test_after_sending_a_new_question_can_be_asked_from_the_same_page(visit, desk):
    sara = visit(desk.sara)
    sara.write(email=None)
    draft = sara.check_url.split("/")[-2]
    sara.client.post(sara.check_url, {"sender": str(desk.sara.pk)})
    sara.write(email=None, bozza=draft, text="Un’altra cosa, del tutto diversa dalla prima.")
    sara.client.post(sara.check_url, {"sender": str(desk.sara.pk)})
    assert Question.objects.count() == 2


def test_the_draft_of_another_browser_cannot_be_opened(visit):
    sara, other = visit(), visit()
    sara.write(documents=[pdf()])
    for path in ("", f"documenti/{Attachment.objects.get().key}/"):
        assert other.client.get(f"{sara.check_url}{path}").status_code == 404
    for path in ("", "codice/", "elimina/"):
        assert other.client.post(f"{sara.check_url}{path}").status_code == 404
    assert QuestionDraft.objects.count() == 1


def test_a_draft_no_longer_complete_is_mended_before_it_is_sent(visit):
    sara = visit()
    sara.write()
    QuestionDraft.objects.update(values={**QuestionDraft.objects.get().values, "topic": ""})
    answer = sara.send()
    assert len(errors(answer)) == 1
    assert read(answer).select_one("#question")["action"] == WRITE
    assert signed_in(sara.client) is None
