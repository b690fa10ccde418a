"""Following a question: where it stands, and what may still be done; no password."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contempo.core.files import Attachment
from contempo.core.outbox import kept_mails
from contempo.helpdesk.access import LINK_LIFE_SECONDS
from contempo.helpdesk.models import Expert, Message, MessageKind, Question
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.tests.asking.asker import MINE, NEW, errors, follow_url, link_sent_to, read, told, words
from contempo.helpdesk.tests.factories import ANSWER, DETAILS
from contempo.network.tests.factories import pdf
from contempo.norms.tests.factories import NormFactory

PROMISE = "Riceverai la risposta entro venerdì 20 novembre 2026 alle 09:00"


@pytest.fixture
def question(desk, at):
    """Sara's question, asked on a Wednesday morning."""
    at("2026-11-18T09:00")
    return desk.question()


@pytest.fixture
def sara(visit, desk):
    """The browser of Sara, signed in."""
    return visit(desk.sara)


def test_a_question_waiting_says_by_when_the_answer_comes(sara, question):
    text = words(sara.follow(question))
    assert PROMISE in text
    assert "In attesa di una persona esperta" in text
    assert "Aspetta la prima persona esperta libera" in text


def test_who_has_it_is_told_by_role(sara, question, desk):
    desk.taken(question)
    text = words(sara.follow(question))
    assert "Ci lavora una persona esperta della rete" in text
    assert "Nadia" not in text


def test_who_has_it_is_named_when_the_expert_chose_so(sara, question, desk):
    Expert.objects.update_or_create(network=desk.world.milano, person=desk.nadia, defaults={"shows_name": True})
    taken = desk.taken(question)
    assert "Ci lavora Nadia Ferrante" in words(sara.follow(question))
    desk.answer(taken)
    assert "Nadia Ferrante" in words(sara.follow(question))


def test_a_promise_broken_is_owned_up_to(sara, question, at):
    at("2026-11-20T09:01")
    assert "siamo in ritardo, e ci dispiace" in words(sara.follow(question))


def test_details_awaited_are_shown_with_the_clock_in_pause(sara, question, desk, at):
    desk.waiting(question)
    page = sara.follow(question)
    assert "Il tempo è in pausa, perché aspettiamo i tuoi dettagli" in words(page)
    assert DETAILS in words(page)
    assert PROMISE not in words(page)
    at("2026-11-19T09:00")
    answer = sara.do(question, "aggiungi", **{"say-text": "Contratto dei panificatori.", "say-documents": pdf()})
    assert told(answer) == [
        "Abbiamo ricevuto quello che hai scritto: riceverai la risposta entro sabato 21 novembre 2026 alle 09:00."
    ]
    question.refresh_from_db()
    assert question.state == State.OPEN
    details = question.messages.get(kind=MessageKind.DETAILS)
    assert Attachment.objects.get(owner_id=details.pk).name == "accordo-firmato.pdf"


def test_something_is_added_while_the_answer_is_awaited(sara, question):
    answer = sara.do(question, "aggiungi", **{"say-text": "Ho dimenticato: lavoro di notte."})
    assert told(answer) == ["Abbiamo ricevuto quello che hai scritto."]
    assert "Ho dimenticato: lavoro di notte." in words(sara.follow(question))
    assert Question.objects.get().state == State.OPEN


def test_an_empty_addition_is_refused_beside_its_field(sara, question):
    answer = sara.do(question, "aggiungi", **{"say-text": " "})
    assert errors(answer) == ["Che cosa vuoi aggiungere?: Scrivi il testo."]
    assert question.messages.count() == 1


def test_a_file_refused_leaves_nothing_behind_and_keeps_the_text(sara, question):
    program = SimpleUploadedFile("foto.jpg", b"MZ\x90\x00 a program")
    answer = sara.do(question, "aggiungi", **{"say-text": "Ecco la foto.", "say-documents": program})
    assert "foto.jpg" in errors(answer)[0]
    assert "Ecco la foto." in read(answer).select_one('textarea[name="say-text"]').get_text()
    assert question.messages.count() == 1


def test_the_answer_is_read_with_its_norms_and_files(sara, question, desk):
    desk.answered(question)
    message = question.messages.get(kind=MessageKind.ANSWER)
    norm = NormFactory(network=desk.world.milano, published=True)
    message.norms.add(norm)
    message.organisations.add(desk.world.comune)
    page = sara.follow(question)
    assert ANSWER in words(page)
    assert page.select_one('article a[href*="/norme/"]').get_text().startswith(norm.short_title)
    assert page.select_one('article a[href^="/milano/soggetti/"]').get_text() == "Comune di Milano"


def test_an_answer_that_does_not_answer_is_asked_again(sara, question, desk, at):
    desk.answered(question)
    assert "Se non ti basta, chiedi ancora entro venerdì 18 dicembre 2026" in words(sara.follow(question))
    at("2026-11-25T09:00")
    answer = sara.do(question, "aggiungi", **{"say-text": "E se il datore di lavoro dice di no?"})
    assert "entro venerdì 27 novembre 2026 alle 09:00" in told(answer)[0]
    question.refresh_from_db()
    assert (question.state, question.reopenings) == (State.OPEN, 1)


def test_after_thirty_days_nothing_can_be_asked_again(sara, question, desk, at):
    desk.answered(question)
    at("2026-12-18T09:01")
    assert not sara.follow(question).select('form[action$="/aggiungi/"]')
    answer = sara.do(question, "aggiungi", **{"say-text": "E se il datore di lavoro dice di no?"})
    assert "trenta giorni" in errors(answer)[0]


def test_the_answer_is_rated_once(sara, question, desk):
    desk.answered(question)
    assert errors(sara.do(question, "valuta")) == ["Quanto ti è servita la risposta?: Scegli da 1 a 5."]
    answer = sara.do(question, "valuta", **{"rate-stars": "4", "rate-comment": "Chiara."})
    assert answer["Location"] == follow_url(question)
    assert "4 su 5" in words(sara.follow(question))
    assert not sara.follow(question).select("#rate")
    assert len(errors(sara.do(question, "valuta", **{"rate-stars": "1"}))) == 1
    question.refresh_from_db()
    assert (question.rating, question.rating_comment) == (4, "Chiara.")


def test_a_question_is_withdrawn_after_asking_once_more(sara, question):
    page = sara.page(f"{follow_url(question)}ritira/")
    assert "Vuoi ritirare la domanda?" in words(page)
    assert Question.objects.get().state == State.OPEN
    sara.do(question, "ritira", reason="Non mi serve più.")
    assert Question.objects.get().state == State.WITHDRAWN
    assert "Hai ritirato la domanda" in words(sara.follow(question))
    assert sara.client.get(f"{follow_url(question)}ritira/")["Location"] == follow_url(question)


def test_a_question_that_settled_itself_is_closed(sara, question):
    answer = sara.do(question, "risolto")
    assert told(answer) == ["Bene: la domanda è chiusa. Torna quando vuoi."]
    assert Question.objects.get().state == State.WITHDRAWN


def test_the_consent_to_publication_is_given_and_taken_back(sara, question):
    for ticked, consent in (({"consent-consent": "on"}, True), ({}, False)):
        sara.do(question, "consenso", **ticked)
        assert Question.objects.get().consent is consent


def test_what_is_published_stays_and_the_page_says_whom_to_write_to(sara, question):
    Question.objects.update(consent=True, publication="published")
    assert not sara.follow(question).select('form[action$="/consenso/"]')
    assert len(errors(sara.do(question, "consenso"))) == 1
    assert Question.objects.get().consent


def test_once_a_publication_is_proposed_the_consent_is_taken_back_through_the_desk(sara, question):
    Question.objects.update(consent=True, publication="proposed")
    (error,) = errors(sara.do(question, "consenso"))
    assert "scrivi allo Sportello per fermarla" in error
    assert Question.objects.get().consent
    Question.objects.update(publication="")
    sara.do(question, "consenso")
    assert not Question.objects.get().consent


def test_the_mailed_link_opens_the_page_and_leaves_no_secret_in_the_address(visit, desk, question):
    stranger = visit()
    answer = stranger.client.get(link_sent_to(desk.sara.email))
    assert answer["Location"] == follow_url(question)
    assert PROMISE in words(stranger.follow(question))
    stranger.do(question, "aggiungi", **{"say-text": "Scrivo dal telefono."})
    assert question.messages.get(kind=MessageKind.ADDITION).author == desk.sara


@pytest.mark.parametrize("person", [None, "ivo", "marta"])
def test_without_the_link_nothing_is_seen_nor_done(visit, desk, question, person):
    other = visit(getattr(desk.world, person) if person else None)
    text = words(other.follow(question, 403))
    assert "Apri la tua domanda" in text
    assert "panificio" not in text
    assert desk.sara.email not in text
    for step in ("aggiungi", "valuta", "consenso", "ritira", "risolto"):
        told_ = {"say-text": "Io no.", "rate-stars": "1"}
        assert "panificio" not in words(read(other.do(question, step, **told_), 403))
    question.refresh_from_db()
    assert (question.state, question.rating, question.messages.count()) == (State.OPEN, None, 1)


def test_the_link_is_mailed_again_to_whoever_asked_a_few_times_an_hour(visit, desk, question):
    stranger = visit()
    for _time in range(3):
        answer = stranger.do(question, "link")
        assert "tra un minuto il link è nella posta di chi ha fatto la domanda" in told(answer)[-1]
    answer = stranger.do(question, "link")
    assert "riprova più tardi" in told(answer)[-1]
    assert [mail.subject for mail in kept_mails(to=desk.sara.email)].count("La pagina della tua domanda 1") == 3
    assert stranger.client.get(link_sent_to(desk.sara.email))["Location"] == follow_url(question)
    assert PROMISE in words(stranger.follow(question))


def test_a_link_too_old_or_changed_opens_nothing(visit, desk, question, monkeypatch):
    link = link_sent_to(desk.sara.email)
    for wrong in (f"{link[:-2]}/", link.replace("apri/", "apri/x")):
        stranger = visit()
        answer = stranger.client.get(wrong)
        assert told(answer) == ["Questo link è scaduto o incompleto: fattene mandare uno nuovo."]
        assert "panificio" not in words(stranger.follow(question, 403))
    monkeypatch.setattr("contempo.helpdesk.access.LINK_LIFE_SECONDS", -1)
    assert LINK_LIFE_SECONDS == 60 * 86400
    assert told(visit().client.get(link))


def test_the_link_of_one_question_does_not_open_another(visit, desk, question):
    other = desk.question(asker=desk.world.ivo)
    token = link_sent_to(desk.sara.email).split("/apri/")[1]
    stranger = visit()
    stranger.client.get(f"{follow_url(other)}apri/{token}")
    assert "Apri la tua domanda" in words(stranger.follow(other, 403))


def test_a_question_of_one_network_is_not_found_under_another(visit, desk, question):
    sara = visit(desk.sara)
    assert sara.client.get(follow_url(question).replace("/milano/", "/bergamo/")).status_code == 404


def test_a_file_is_served_to_whoever_asked_and_to_nobody_else(visit, desk, sara, question):
    sara.do(question, "aggiungi", **{"say-text": "Ecco il contratto.", "say-documents": pdf()})
    path = f"{follow_url(question)}documenti/{Attachment.objects.get().key}/"
    assert sara.client.get(path)["Content-Type"] == "application/pdf"
    for other in (None, desk.world.ivo, desk.world.marta):
        assert visit(other).client.get(path).status_code == 404


def test_a_link_of_a_website_in_an_answer_runs_nothing(sara, question, desk):
    taken = desk.taken(question)
    desk.answer(taken, text="<script>alert(1)</script> [qui](javascript:alert(1)) e una risposta abbastanza lunga.")
    article = sara.follow(question).select("article")[-1]
    assert not article.select("script, a")


def test_one_s_own_questions_are_listed_filtered_sorted_and_exported(visit, desk, question):
    desk.answered(desk.question(topic="childcare", text="Quali nidi comunali hanno posti liberi a gennaio?"))
    desk.question(asker=desk.world.ivo, text="Come posso aiutare chi lavora nel mio forno?")
    sara = visit(desk.sara)
    assert len(sara.page(MINE).select("tbody tr")) == 2
    assert len(sara.page(f"{MINE}?stato=answered").select("tbody tr")) == 1
    assert len(sara.page(f"{MINE}?argomento=childcare").select("tbody tr")) == 1
    assert len(sara.page(f"{MINE}?cerca=PANIFICIO").select("tbody tr")) == 1
    first = sara.page(f"{MINE}?ordina=number").select_one("tbody tr th a")
    assert first["href"] == follow_url(question)
    file = b"".join(sara.client.get(f"{MINE}?formato=csv").streaming_content).decode("utf-8-sig")
    assert len(file.splitlines()) == 3
    assert "forno" not in file


def test_a_visitor_signs_in_to_see_their_list(visit):
    assert visit().client.get(MINE)["Location"].startswith("/accesso/")


def test_whoever_just_asked_finds_the_question_in_the_list(visit):
    browser = visit()
    question = browser.ask()
    assert browser.page(MINE).select_one("tbody a")["href"] == follow_url(question)
    assert Message.objects.get().author.email == NEW
