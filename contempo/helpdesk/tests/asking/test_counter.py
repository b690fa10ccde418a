"""Questions asked at the counter or on the phone, typed in by the desk."""

import pytest

from contempo.core.files import Attachment
from contempo.core.outbox import kept_mails
from contempo.helpdesk.models import Question
from contempo.helpdesk.tests.asking.asker import ANSWERS, NEW, errors, link_sent_to, words
from contempo.network.tests.factories import pdf
from contempo.people.models import Person

COUNTER = "/milano/esperti/domande/nuova/"
TOLD = {**ANSWERS, "email": "", "informed": "on"}


@pytest.mark.parametrize("name", ["nadia", "marta"])
def test_experts_and_coordinators_write_down_a_question_without_e_mail(visit, desk, name):
    who = desk.nadia if name == "nadia" else desk.world.marta
    answer = visit(who).client.post(COUNTER, {**TOLD, "documents": [pdf()]})
    assert answer["Location"] == "/milano/esperti/domande/"
    question = Question.objects.get()
    assert (question.channel, question.asker, question.capacity) == ("desk", None, "worker")
    assert Attachment.objects.get().owner_id == question.messages.get().pk
    assert not kept_mails(to=NEW)


def test_with_an_e_mail_who_asks_gets_the_page_to_follow_it(visit, desk):
    visit(desk.nadia).client.post(COUNTER, {**TOLD, "email": NEW, "full_name": "Nuova Persona"})
    question = Question.objects.get()
    assert question.asker == Person.objects.get(email=NEW)
    browser = visit()
    browser.client.get(link_sent_to(NEW))
    assert "Domanda 1" in words(browser.follow(question))


def test_what_is_missing_is_said_and_nothing_is_written(visit, desk):
    answer = visit(desk.nadia).client.post(COUNTER, {**TOLD, "text": "Poco", "informed": ""})
    assert len(errors(answer)) == 2
    assert not Question.objects.exists()


def test_who_does_not_work_at_the_desk_writes_nothing_down(visit, desk):
    for who, status in ((desk.sara, 403), (desk.world.elena, 403), (None, 302)):
        assert visit(who).client.post(COUNTER, TOLD).status_code == status
    assert not Question.objects.exists()
