"""The second screen: the code, who asks, sending."""

from contempo.helpdesk.models import Question, QuestionDraft
from contempo.helpdesk.tests.asking.asker import NEW
from contempo.people.models import Person


def test_a_stranger_asks_with_two_screens_and_four_answers(visit, at):
    at("2026-11-18T23:00")
    sara = visit()
    question = sara.ask()
    assert (question.channel, question.topic, question.capacity) == ("web", "hourly_leave", "worker")
    assert question.asker == Person.objects.get(email=NEW)
    assert not QuestionDraft.objects.exists()
    page = sara.follow(question)
    assert "Domanda 1" in page.select_one("h1").get_text()
    assert Question.objects.count() == 1
