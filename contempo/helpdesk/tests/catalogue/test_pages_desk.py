"""The desk drafts, judges marks one by one, approves, reviews and retires, page by page."""

import pytest

from contempo.helpdesk.actions.catalogue.deciding import ask_review
from contempo.helpdesk.actions.catalogue.drafting import begin_revision
from contempo.helpdesk.models import Entry, Question, Revision, SearchMiss
from contempo.helpdesk.rules.entries import State, Words
from contempo.helpdesk.tests.catalogue.factories import SOURCE, WORDS
from contempo.norms.tests.factories import NormFactory

KEEP = "/milano/esperti/catalogo/"
TOLD = "Mi chiamo Sara Moretti e ho un bambino: posso chiedere il congedo parentale a ore?"
ANSWER = "Gentile Sara, sì: il congedo parentale si può prendere a ore. Chiama il 333 1234567."


@pytest.fixture
def question(desk):
    """An answered question whose asker agreed to a publication."""
    taken = desk.taken(desk.question(text=TOLD, consent=True))
    desk.answer(taken, text=ANSWER)
    return Question.objects.get(pk=taken.pk)


@pytest.fixture
def nadia(client, desk):
    """Nadia's browser."""
    client.force_login(desk.nadia)
    return client


def _text(response):
    return response.content.decode()


def _as(client, person):
    client.force_login(person)
    return client


def _page(revision):
    return f"{KEEP}{revision.entry.number}/revisioni/{revision.pk}/"


def _typed(revision, **changes):
    return {
        "title": revision.title,
        "question": revision.question,
        "answer": revision.answer,
        "topic": "hourly_leave",
        "significance": "substance",
        "source-TOTAL_FORMS": "1",
        "source-INITIAL_FORMS": "0",
        "source-0-title": "",
        "source-0-url": "",
        "source-0-checked_on": "",
        **changes,
    }


def test_from_an_answered_question_to_a_page_the_public_finds(nadia, desk, question):
    propose = f"/milano/esperti/domande/{question.number}/catalogo/"
    shown = _text(nadia.get(propose))
    for marked in ("<mark>Sara Moretti</mark>", "<mark>333 1234567</mark>"):
        assert marked in shown
    response = nadia.post(propose)
    revision = Revision.objects.get()
    assert response["Location"] == _page(revision)
    assert "Sara" not in f"{revision.title}{revision.question}{revision.answer}"
    norm = NormFactory(network=desk.world.milano)
    words = {"title": WORDS.title, "question": WORDS.question, "answer": "Sì, a ore. Risponde il Contact Center INPS."}
    source = {"source-0-title": SOURCE.title, "source-0-url": SOURCE.url, "source-0-checked_on": "2026-01-10"}
    saved = nadia.post(_page(revision), _typed(revision, **words, **source, norms=[norm.pk], more_topics=["welfare"]))
    assert saved.status_code == 302
    page = _text(nadia.get(_page(revision)))
    assert "<mark>Contact Center</mark>" in page
    nadia.post(f"{_page(revision)}proponi/")
    revision.refresh_from_db()
    assert revision.state == "draft"
    nadia.post(f"{_page(revision)}segni/", {"mark-0": "public_body"})
    nadia.post(f"{_page(revision)}proponi/")
    revision.refresh_from_db()
    assert revision.state == "proposed"
    assert nadia.post(f"{_page(revision)}approva/").status_code == 403
    assert _as(nadia, desk.tullio).post(f"{_page(revision)}approva/").status_code == 302
    entry = Entry.objects.get()
    assert (entry.state, entry.topics) == (State.PUBLISHED, ["hourly_leave", "welfare"])
    nadia.logout()
    public = _text(nadia.get("/milano/sportello/catalogo/cerca/", {"q": "congedo a ore"}))
    assert f"/milano/sportello/catalogo/{entry.slug}/" in public


def test_a_question_without_consent_has_no_such_page(nadia, desk):
    answered = desk.answered(desk.question(consent=False))
    response = nadia.get(f"/milano/esperti/domande/{answered.number}/catalogo/")
    assert response.status_code == 403
    assert nadia.get("/milano/esperti/domande/9999/catalogo/").status_code == 404


def test_wrong_words_stay_on_the_page_with_a_sentence_and_change_nothing(nadia, catalogue):
    revision = catalogue.draft()
    wrong = _typed(revision, title="", answer="Nuova risposta.", review_on="2001-01-01")
    page = _text(nadia.post(_page(revision), wrong))
    assert "Nuova risposta." in page
    revision.refresh_from_db()
    assert revision.answer == WORDS.answer
    past = nadia.post(_page(revision), _typed(revision, review_on="2001-01-01"))
    assert past.status_code == 200
    source = {"source-0-title": "Senza indirizzo"}
    assert nadia.post(_page(revision), _typed(revision, **source)).status_code == 200


def test_a_second_window_is_told_and_keeps_what_it_typed(nadia, catalogue):
    revision = catalogue.draft()
    seen = revision.changed_at.isoformat()
    nadia.post(_page(revision), _typed(revision, seen_at=seen, answer="Prima."))
    page = nadia.post(_page(revision), _typed(revision, seen_at=seen, answer="Seconda."))
    assert page.status_code == 200
    assert "Seconda." in _text(page)
    revision.refresh_from_db()
    assert revision.answer == "Prima."


def test_the_second_person_sees_what_changes_and_may_send_it_back(client, catalogue, desk):
    entry = catalogue.published()
    revision = begin_revision(desk.actor(desk.nadia), entry_id=entry.pk, language="it")
    Revision.objects.filter(pk=revision.pk).update(answer="No: il congedo parentale non si prende a ore.")
    catalogue.proposed(Revision.objects.get(pk=revision.pk))
    page = _text(_as(client, desk.tullio).get(_page(revision)))
    assert "<ins>No</ins>" in page
    assert "<del>Sì</del>" in page
    assert _as(client, desk.tullio).post(f"{_page(revision)}rimanda/", {"back-reason": ""}).status_code == 200
    sent = client.post(f"{_page(revision)}rimanda/", {"back-reason": "Il contratto dice altro."})
    assert sent.status_code == 302
    assert "Il contratto dice altro." in _text(_as(client, desk.nadia).get(_page(revision)))


def test_an_entry_is_translated_reviewed_and_retired_from_its_record(nadia, catalogue, desk):
    entry = catalogue.published()
    url = f"{KEEP}{entry.number}/"
    assert nadia.get(url).status_code == 200
    nadia.post(f"{url}nuova-revisione/en/")
    assert Revision.objects.filter(language="en").exists()
    assert nadia.post(f"{url}nuova-revisione/fr/").status_code == 404
    nadia.post(f"{url}da-rivedere/")
    entry.refresh_from_db()
    assert entry.review_since is not None
    assert nadia.post(f"{url}rivista/", {"review-review_on": "2001-01-01"}).status_code == 200
    assert nadia.post(f"{url}ritira/", {"retire-reason": "breve"}).status_code == 200
    assert nadia.post(f"{url}ritira/", {"retire-reason": "La misura non esiste più."}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == State.RETIRED


def test_the_lists_of_the_desk_show_what_waits(client, catalogue, desk):
    waiting = catalogue.proposed(words=Words("In attesa di lettura?", "", "Sì."))
    due = catalogue.published(Words("Da rivedere?", "", "Sì."))
    ask_review(desk.actor(desk.tullio), entry_id=due.pk)
    tullio = _as(client, desk.tullio)
    page = _text(tullio.get(f"{KEEP}?vista=da-approvare"))
    assert waiting.title in page
    assert "Da rivedere?" not in page
    assert "Da rivedere?" in _text(tullio.get(f"{KEEP}?vista=da-rivedere"))
    assert waiting.title not in _text(_as(client, desk.nadia).get(f"{KEEP}?vista=da-approvare"))
    assert client.get(f"{KEEP}?formato=csv").status_code == 200


def test_needs_and_opinions_are_lists_as_long_as_what_was_kept(nadia, catalogue, desk):
    nadia.get("/milano/sportello/catalogo/cerca/", {"q": "bonus psicologo"})
    nadia.get("/milano/sportello/catalogo/cerca/", {"q": "bonus zanzariere"})
    assert SearchMiss.objects.count() == 2
    page = _text(nadia.get(f"{KEEP}bisogni/"))
    assert "bonus psicologo" in page
    assert "bonus zanzariere" in page
    entry = catalogue.published()
    nadia.post(f"/milano/sportello/catalogo/{entry.slug}/utile/", {"useful": "no", "reason": "unclear"})
    assert WORDS.title in _text(nadia.get(f"{KEEP}giudizi/"))
    for name in ("bisogni", "giudizi"):
        assert nadia.get(f"{KEEP}{name}/?formato=xlsx").status_code == 200


@pytest.mark.parametrize("path", ["", "nuova/", "bisogni/", "giudizi/", "1/"])
def test_nobody_else_opens_the_pages_of_the_desk(client, catalogue, desk, path):
    catalogue.published()
    assert client.get(f"{KEEP}{path}").status_code == 302
    for somebody in (desk.sara, desk.world.elena, desk.world.davide):
        assert _as(client, somebody).get(f"{KEEP}{path}").status_code == 403


def test_a_draft_of_another_network_is_not_found(client, catalogue, desk):
    revision = catalogue.draft()
    _as(client, desk.world.davide)
    assert client.get(f"/bergamo/esperti/catalogo/{revision.entry.number}/revisioni/{revision.pk}/").status_code == 404


def _proposed(nadia, question):
    nadia.post(f"/milano/esperti/domande/{question.number}/catalogo/")
    return f"/milano/esperti/domande/{question.number}/"


def test_the_desk_notes_on_the_question_that_it_is_published_and_its_asker_reads_it(nadia, desk, question):
    page = _proposed(nadia, question)
    assert "Segna come pubblicata" in _text(nadia.get(page))
    assert nadia.post(f"{page}catalogo/pubblicata/")["Location"] == page
    assert "Segna come pubblicata" not in _text(nadia.get(page))
    assert nadia.post(f"{page}catalogo/rinuncia/").status_code == 409
    asker = _as(nadia, desk.sara).get(f"/milano/sportello/domande/{question.key}/")
    assert "Una versione anonima è nel catalogo" in _text(asker)


def test_a_publication_given_up_leaves_the_asker_free_to_choose_again(nadia, desk, question):
    page = _proposed(nadia, question)
    assert "La pubblicazione non si farà" in _text(nadia.get(page))
    assert nadia.post(f"{page}catalogo/rinuncia/")["Location"] == page
    question.refresh_from_db()
    assert question.publication == ""
    _as(nadia, desk.sara).post(f"/milano/sportello/domande/{question.key}/consenso/", {})
    question.refresh_from_db()
    assert not question.consent


def test_nobody_with_a_conflict_notes_how_a_publication_ended(nadia, desk, question):
    page = _proposed(nadia, question)
    Question.objects.filter(pk=question.pk).update(asker=desk.tullio)
    for end in ("pubblicata", "rinuncia"):
        assert _as(nadia, desk.tullio).post(f"{page}catalogo/{end}/").status_code == 404
    question.refresh_from_db()
    assert question.publication == "proposed"
