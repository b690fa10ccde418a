"""Nothing leads from an entry back to the question it comes from: no relation, no history, no word."""

from collections import deque

import pytest
from django.apps import apps
from django.db import models
from pghistory.models import Context

from contempo.core.outbox.models import OutboxEvent
from contempo.helpdesk.actions.catalogue.drafting import propose_entry, save_revision
from contempo.helpdesk.models import (
    CatalogueWord,
    Deflection,
    Entry,
    EntryAddress,
    EntryNorm,
    EntrySource,
    Move,
    Question,
    ResolvedMark,
    Revision,
    SearchMiss,
    Usefulness,
)
from contempo.helpdesk.tests.catalogue.factories import WORDS

CATALOGUE = {
    CatalogueWord,
    Deflection,
    Entry,
    EntryAddress,
    EntryNorm,
    EntrySource,
    ResolvedMark,
    Revision,
    SearchMiss,
    Usefulness,
}
TOLD = "Mi chiamo Sara Moretti, lavoro come zirconiatrice e ho un bimbo: posso chiedere il congedo parentale a ore?"
ANSWER = "Gentile Sara, sì: il congedo parentale si può prendere a ore, anche da zirconiatrice."
COMMON = {"network", "person", "norm", "municipality", "contenttype", "context", "organisation"}
"""What nearly every row of the house refers to: it leads to everything and therefore to nothing."""


def _desk_models():
    return [model for model in apps.get_app_config("helpdesk").get_models() if "History" not in model.__name__]


def _targets(model):
    for field in model._meta.get_fields(include_hidden=True):
        other = getattr(field, "related_model", None)
        if other and other != "self" and other._meta.model_name not in COMMON:
            yield other


def test_no_chain_of_relations_leads_from_the_catalogue_to_a_question():
    seen, waiting = set(CATALOGUE), deque(CATALOGUE)
    while waiting:
        for other in _targets(waiting.popleft()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    questions = {model for model in _desk_models() if model is Question or Question in set(_targets(model))}
    assert Question in questions
    assert Move in questions
    assert not seen & questions


def test_no_column_of_the_catalogue_holds_a_number_or_key_of_a_question():
    for model in CATALOGUE:
        for field in model._meta.concrete_fields:
            # The question of an entry is its own text, put in general.
            if "question" in field.name:
                assert (model, field.name) == (Revision, "question")
                assert isinstance(field, models.TextField)


@pytest.fixture
def question(desk):
    """An answered question whose asker agreed to a publication."""
    taken = desk.taken(desk.question(text=TOLD, consent=True))
    desk.answer(taken, text=ANSWER)
    return Question.objects.get(pk=taken.pk)


def _published(catalogue, question):
    nadia = catalogue.desk.actor(catalogue.desk.nadia)
    revision = propose_entry(nadia, question_id=question.pk)
    save_revision(nadia, revision_id=revision.pk, words=WORDS, significance="substance")
    return Entry.objects.get(pk=catalogue.approved(Revision.objects.get(pk=revision.pk)).entry_id)


def test_the_history_of_a_question_and_of_an_entry_share_no_action(catalogue, question):
    _published(catalogue, question)
    contexts = {}
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            name = model.pgh_tracked_model
            for context in model.objects.exclude(pgh_context=None).values_list("pgh_context", flat=True):
                contexts.setdefault(context, set()).add(name)
    assert contexts
    for models_written in contexts.values():
        assert not (models_written & CATALOGUE and models_written & {Question, Move})
    drafted = Context.objects.filter(metadata__action__endswith="propose_entry")
    assert drafted.exists()
    assert all(str(question.key) not in str(each.metadata) for each in drafted)


def test_no_fact_told_to_others_names_question_and_entry_together(catalogue, question):
    _published(catalogue, question)
    told = OutboxEvent.objects.values_list("payload", flat=True)
    assert not [payload for payload in told if {"question_id", "entry_id"} <= set(payload)]


def test_no_page_feed_or_file_of_an_entry_tells_of_the_question(client, catalogue, question):
    entry = _published(catalogue, question)
    home = "/milano/sportello/catalogo/"
    pages = [
        client.get(home),
        client.get(f"{home}{entry.slug}/"),
        client.get(f"{home}feed/"),
        client.get(f"{home}cerca/?q=congedo"),
        client.get("/milano/cerca/?q=congedo"),
        client.post("/milano/sportello/vicine/", {"text": "congedo parentale a ore"}),
    ]
    outputs = [page.content.decode() for page in pages]
    outputs.append(b"".join(client.get(f"{home}?formato=csv").streaming_content).decode("utf-8-sig"))
    for output in outputs:
        assert WORDS.title in output
        for secret in ("Sara", "Moretti", "zirconiatrice", str(question.key)):
            assert secret not in output


def test_the_record_of_an_entry_at_the_desk_does_not_name_the_question_either(client, catalogue, question):
    entry = _published(catalogue, question)
    client.force_login(catalogue.desk.tullio)
    page = client.get(f"/milano/esperti/catalogo/{entry.number}/").content.decode()
    assert f"/esperti/domande/{question.number}/" not in page
    assert str(question.key) not in page
