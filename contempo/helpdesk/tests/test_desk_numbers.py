"""Numbers of questions and entries are names: no page writes them with a thousands separator."""

import pytest
from django.test import Client

from contempo.helpdesk.models import DeskPolicy, Entry, Question
from contempo.helpdesk.tests.catalogue.factories import Catalogue
from contempo.helpdesk.tests.test_pages_desk import signed_in, url

pytestmark = pytest.mark.django_db

NUMBER, WRITTEN = 12345, "12.345"


@pytest.fixture
def question(desk):
    """The question with that number, answered; its asker agreed to a publication."""
    DeskPolicy.objects.update_or_create(network=desk.world.milano, defaults={"last_number": NUMBER - 1})
    return desk.answered(desk.question(consent=True))


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    text = response.content.decode()
    assert WRITTEN not in text, address
    return text


def test_a_question_on_the_pages_of_the_desk(desk, question):
    client = signed_in(desk.world.marta)
    names = ["desk_question", "desk_similar", "desk_note", "desk_classify", "entry_propose"]
    for address in (url("desk") + "?scheda=tutte", *(url(name, number=NUMBER) for name in names)):
        assert str(NUMBER) in read(client, address)
    Question.objects.filter(pk=question.pk).update(state="open", holder=None)
    desk.question()
    for name in ("desk_answer", "desk_assign", "desk_merge"):
        assert str(NUMBER) in read(client, url(name, number=NUMBER))
    assert str(NUMBER) in read(signed_in(desk.nadia), url("desk_similar", number=NUMBER + 1))


def test_a_question_on_the_pages_of_whoever_asked_it(desk, question):
    client = signed_in(desk.sara)
    follow = url("follow", key=question.key)
    for address in (follow, url("my_questions")):
        assert str(NUMBER) in read(client, address)
    open_one = desk.question()
    for name in ("withdraw", "follow_nearest"):
        assert str(NUMBER + 1) in read(client, url(name, key=open_one.key))


def test_an_entry_on_its_pages(desk):
    catalogue = Catalogue(desk)
    entry = catalogue.published()
    Entry.objects.filter(pk=entry.pk).update(number=NUMBER)
    client = signed_in(desk.nadia)
    assert f"numero {NUMBER}" in read(Client(), url("entry", slug=entry.slug))
    assert str(NUMBER) in read(client, url("entry_keep", number=NUMBER))
    revision = entry.revisions.get()
    for name in ("revision", "revision_preview"):
        assert str(NUMBER) in read(client, url(name, number=NUMBER, revision_id=revision.pk))
    read(client, url("catalogue_keep"))
