"""The catalogue as everybody reads it."""

import json
import re
from datetime import date

import pytest
from django.test import Client

from contempo.helpdesk.actions.catalogue.deciding import ask_review, retire
from contempo.helpdesk.actions.catalogue.drafting import begin_revision, save_revision
from contempo.helpdesk.models import Deflection, Entry, Question, Revision, SearchMiss, Usefulness
from contempo.helpdesk.rules.entries import Words
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.catalogue.factories import IN_ENGLISH, SOURCE, WORDS
from contempo.norms.tests.factories import NormFactory

HOME = "/milano/sportello/catalogo/"


def _translated(catalogue, entry):
    revision = begin_revision(catalogue.desk.actor(catalogue.desk.nadia), entry_id=entry.pk, language="en")
    nadia = catalogue.desk.actor(catalogue.desk.nadia)
    save_revision(nadia, revision_id=revision.pk, words=IN_ENGLISH, significance="substance")
    return catalogue.approved(Revision.objects.get(pk=revision.pk))


def _text(response):
    return response.content.decode()


@pytest.fixture
def entry(catalogue):
    """A published entry that cites a norm in force and one that has ended."""
    network = catalogue.desk.world.milano
    norm = NormFactory(network=network, short_title="Legge 104/1992")
    ended = NormFactory(network=network, short_title="Decreto 12/2015", valid_to=date(2020, 1, 1))
    return catalogue.published(norms=(norm.pk, ended.pk), sources=(SOURCE,))


def test_an_entry_shows_answer_norms_with_validity_sources_review_and_a_role(client, entry):
    page = _text(client.get(f"{HOME}{entry.slug}/"))
    for shown in (WORDS.title, "<strong>a ore</strong>", "Legge 104/1992", "Decreto 12/2015", SOURCE.url, SOURCE.title):
        assert shown in page
    assert "1 gennaio 2020" in page
    for name in ("Nadia", "Ferrante", "Tullio", "Sala"):
        assert name not in page


def test_an_entry_says_so_when_a_norm_it_rests_on_has_ended(client, entry):
    assert "non è più in vigore" in _text(client.get(f"{HOME}{entry.slug}/"))


def test_an_entry_to_be_reviewed_says_so(client, catalogue):
    entry = catalogue.published()
    assert "In revisione" not in _text(client.get(f"{HOME}{entry.slug}/"))
    ask_review(catalogue.desk.actor(catalogue.desk.tullio), entry_id=entry.pk)
    assert "In revisione" in _text(client.get(f"{HOME}{entry.slug}/"))


def test_search_engines_read_a_faq_page_that_cannot_end_its_script(client, catalogue):
    entry = catalogue.published(Words("A </script><b>?", "", "Sì & no </script>."))
    page = _text(client.get(f"{HOME}{entry.slug}/"))
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(said)
    assert told["@type"] == "FAQPage"
    assert told["mainEntity"][0]["name"] == "A </script><b>?"
    assert "<b>?" not in page.replace(said, "")


def test_old_addresses_lead_to_the_new_one_for_good(client, catalogue, entry):
    old, nadia = entry.slug, catalogue.desk.actor(catalogue.desk.nadia)
    revision = begin_revision(nadia, entry_id=entry.pk, language="it")
    save_revision(nadia, revision_id=revision.pk, words=Words("Congedo a ore", "", "Sì."), significance="wording")
    catalogue.approved(Revision.objects.get(pk=revision.pk))
    response = client.get(f"{HOME}{old}/?lingua=it")
    assert (response.status_code, response["Location"]) == (301, f"{HOME}congedo-a-ore/?lingua=it")
    assert client.get(f"{HOME}mai-esistita/").status_code == 404


def test_a_draft_has_no_page_and_a_retired_entry_tells_why_and_nothing_else(client, catalogue):
    draft = catalogue.draft()
    assert client.get(f"{HOME}{draft.entry.slug}/").status_code == 404
    entry = catalogue.published(Words("Che cosa cambia?", "", "Una risposta lunga."))
    retire(catalogue.desk.actor(catalogue.desk.tullio), entry_id=entry.pk, reason="La norma è stata abrogata.")
    response = client.get(f"{HOME}{entry.slug}/")
    assert response.status_code == 410
    assert "La norma è stata abrogata." in _text(response)
    assert "Una risposta lunga" not in _text(response)


def test_an_entry_is_read_in_its_languages_and_a_translation_that_is_behind_says_so(client, catalogue):
    entry = catalogue.published()
    _translated(catalogue, entry)
    url = f"{HOME}{entry.slug}/"
    assert WORDS.title in _text(client.get(url))
    assert IN_ENGLISH.title in _text(client.get(f"{url}?lingua=en"))
    client.cookies["django_language"] = "en"
    assert "behind" not in _text(client.get(url))
    assert IN_ENGLISH.title in _text(client.get(url))
    nadia = catalogue.desk.actor(catalogue.desk.nadia)
    revision = begin_revision(nadia, entry_id=entry.pk, language="it")
    save_revision(nadia, revision_id=revision.pk, words=WORDS, significance="normative")
    catalogue.approved(Revision.objects.get(pk=revision.pk))
    assert "This translation is behind" in _text(client.get(url))


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("congedo a ore", "it"),
        ("congedi parentali", "it"),
        ("astensione facoltativa", "it"),
        ("CONGEDO", "it"),
        ("hourly leave", "en"),
        ("parents leave by the hour", "en"),
    ],
)
def test_the_search_finds_in_both_languages_with_synonyms(client, catalogue, asked, language):
    entry = catalogue.published()
    _translated(catalogue, entry)
    page = _text(client.get(f"{HOME}cerca/", {"q": asked, "lingua": language}))
    assert f"{HOME}{entry.slug}/" in page
    assert not SearchMiss.objects.exists()


def test_a_word_mistyped_is_asked_about(client, catalogue):
    catalogue.published()
    page = _text(client.get(f"{HOME}cerca/", {"q": "conjedo parrentale"}))
    assert "congedo parentale" in page
    assert "Forse cercavi" in page


def test_a_search_is_narrowed_by_topic_and_norm(client, catalogue, entry):
    norm = entry.citations.first().norm_id
    found = {"q": "congedo", "argomento": Topic.HOURLY_LEAVE, "norma": norm}
    assert WORDS.title in _text(client.get(f"{HOME}cerca/", found))
    assert WORDS.title not in _text(client.get(f"{HOME}cerca/", {**found, "argomento": Topic.WELFARE}))
    assert not SearchMiss.objects.exists()


def test_a_search_in_vain_is_kept_without_what_identifies(client, catalogue):
    client.get(f"{HOME}cerca/", {"q": "bonus per Mario Rossi 333 1234567 sara@example.org"})
    (miss,) = SearchMiss.objects.all()
    assert miss.text == "bonus per […] […] […]"
    for _ in range(3):
        client.get(f"{HOME}cerca/", {"q": "Bonus per Mario Rossi 333 1234567 sara@example.org"})
    client.get(f"{HOME}cerca/", {"q": "333 1234567"})
    client.get(f"{HOME}cerca/", {"q": "?!"})
    assert SearchMiss.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["q=%00", "q=a&pagina=x", "q=a&norma=9999999", "q=a&argomento=x&lingua=fr", "q=" + "x" * 3000]
)
def test_a_search_with_nonsense_is_still_a_page(client, catalogue, query):
    assert client.get(f"{HOME}cerca/?{query}").status_code == 200


def test_the_list_is_filtered_sorted_and_exported(client, catalogue, entry):
    other = catalogue.published(Words("Esiste un nido aziendale?", "", "Sì."), topics=(Topic.CHILDCARE,))
    page = _text(client.get(f"{HOME}?argomento=childcare"))
    assert other.slug in page
    assert entry.slug not in page
    file = client.get(f"{HOME}?formato=csv")
    assert WORDS.title in b"".join(file.streaming_content).decode("utf-8-sig")


def test_the_list_shows_each_entry_once_in_the_language_of_the_reader_or_its_own(client, catalogue):
    both, one = catalogue.published(), catalogue.published(Words("Solo in italiano?", "", "Sì."))
    _translated(catalogue, both)
    client.cookies["django_language"] = "en"
    page = _text(client.get(HOME))
    assert IN_ENGLISH.title in page
    assert WORDS.title not in page
    assert one.slug in page
    assert "Solo in italiano?" not in _text(client.get(f"{HOME}?lingua=en"))


def test_feeds_tell_of_the_entries_of_the_network_and_of_one_topic(client, catalogue, entry):
    catalogue.published(Words("Esiste un nido aziendale?", "", "Sì."), topics=(Topic.CHILDCARE,))
    whole = client.get(f"{HOME}feed/")
    assert whole["Content-Type"].startswith("application/atom+xml")
    assert _text(whole).count("<entry>") == 2
    assert _text(client.get(f"{HOME}feed/childcare/")).count("<entry>") == 1
    assert client.get(f"{HOME}feed/nessuno/").status_code == 404


def test_an_opinion_counts_once_for_each_browser_and_tells_nobody(client, entry):
    url = f"{HOME}{entry.slug}/utile/"
    said = {"useful": "no", "reason": "unclear", "comment": "Chiamatemi: Mario Rossi, 333 1234567"}
    for _ in range(3):
        assert client.post(url, said).status_code == 302
    vote = Usefulness.objects.get()
    assert (vote.useful, vote.reason, vote.comment) == (False, "unclear", "Chiamatemi: […], […]")
    Client().post(url, {"useful": "yes"})
    entry.refresh_from_db()
    assert (entry.useful, entry.not_useful) == (1, 1)


def test_a_comment_too_long_stays_on_the_page_with_a_sentence(client, entry):
    response = client.post(f"{HOME}{entry.slug}/utile/", {"useful": "no", "comment": "lungo " * 100})
    assert response.status_code == 200
    assert "lungo lungo" in _text(response)
    assert not Usefulness.objects.exists()


def test_while_typing_the_nearest_entries_appear_and_one_that_answers_is_counted_without_the_text(client, catalogue):
    entry = catalogue.published()
    typed = {"text": "Sono mamma: posso chiedere il congedo parentale a ore?", "topic": "hourly_leave"}
    near = client.post("/milano/sportello/vicine/", typed)
    assert entry.slug in _text(near)
    assert _text(client.post("/milano/sportello/vicine/", {"text": "ciao"})).strip() == ""
    assert client.get("/milano/sportello/vicine/").status_code == 405
    told = {**typed, "capacity": "worker", "municipality": "Milano", "sector": "C"}
    assert client.post(f"/milano/sportello/vicine/{entry.pk}/", told).status_code == 302
    (row,) = Deflection.objects.all()
    assert (row.entry, row.topic, row.capacity, row.municipality_id, row.sector) == (
        entry,
        "hourly_leave",
        "worker",
        "015146",
        "C",
    )
    assert not Question.objects.exists()


def test_nonsense_beside_an_answer_is_left_out_of_the_count(client, catalogue):
    entry = catalogue.published()
    client.post(f"/milano/sportello/vicine/{entry.pk}/", {"topic": "x", "capacity": "y", "sector": "?", "bozza": "z"})
    (row,) = Deflection.objects.all()
    assert (row.topic, row.capacity, row.sector) == (Topic.HOURLY_LEAVE, "", "")
    assert client.post("/milano/sportello/vicine/99999/").status_code == 404


def test_a_question_under_way_closes_when_an_entry_answers_it(client, catalogue, desk):
    entry, question = catalogue.published(), desk.question()
    client.force_login(desk.sara)
    near = f"/milano/sportello/domande/{question.key}/vicine/"
    assert entry.slug in _text(client.get(near))
    assert client.post(f"{near}{entry.pk}/").status_code == 302
    question.refresh_from_db()
    assert (question.state, Deflection.objects.get().entry) == ("deflected", entry)


def test_entries_are_in_the_site_search_and_on_the_page_of_the_norm(client, catalogue, entry):
    assert entry.slug in _text(client.get("/milano/cerca/", {"q": "congedo a ore"}))
    norm = entry.citations.first().norm
    assert entry.slug in _text(client.get(f"/milano/norme/{norm.slug}/"))


def test_another_network_does_not_have_these_entries(client, catalogue, entry):
    assert client.get(f"/bergamo/sportello/catalogo/{entry.slug}/").status_code == 404
    assert entry.slug not in _text(client.get("/bergamo/sportello/catalogo/"))
    assert client.post(f"/bergamo/sportello/vicine/{entry.pk}/").status_code == 404


def test_pages_take_as_many_statements_for_ten_entries_as_for_one(client, catalogue, django_assert_max_num_queries):
    for number in range(6):
        catalogue.published(Words(f"Posso {number}?", "", "Congedo a ore."), sources=(SOURCE,))
    entry = Entry.objects.first()
    for url in (HOME, f"{HOME}cerca/?q=congedo", f"{HOME}{entry.slug}/", f"{HOME}feed/"):
        with django_assert_max_num_queries(12):
            client.get(url)
