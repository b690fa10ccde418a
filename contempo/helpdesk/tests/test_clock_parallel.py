"""Two workers that look at the same question at the same moment: what is due is done once.

The first holds its transaction open until the second waits for it, so that they truly overlap.
"""

import pytest
from django.db import connection

from contempo.core.outbox import kept_mails
from contempo.core.testing import At, published
from contempo.helpdesk.actions.clock import check_question
from contempo.helpdesk.events import PromiseBroken
from contempo.helpdesk.jobs import look_at_question, look_at_the_clock
from contempo.helpdesk.models import Question
from contempo.helpdesk.rules.escalation import Level
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.tests.factories import Desk
from contempo.network.tests.test_concurrency import overlap
from contempo.people.public import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


def both_look(question: Question) -> list[bool]:
    """What each of two workers found to do."""
    done: list[bool] = []
    lost = overlap(
        lambda: done.append(check_question(SYSTEM, question_id=question.pk)),
        lambda: done.append(check_question(SYSTEM, question_id=question.pk)),
    )
    assert lost is None
    return done


@pytest.mark.parametrize(
    ("moment", "who"), [("2026-11-17T10:00", "tullio"), ("2026-11-17T22:00", "marta"), ("2026-11-18T10:00", "marta")]
)
def test_two_workers_send_one_mail(desk: Desk, at: At, moment: str, who: str) -> None:
    at("2026-11-16T10:00")
    question = desk.taken()
    at(moment)
    assert both_look(question) == [True, False]
    somebody = desk.tullio if who == "tullio" else desk.world.marta
    assert len([mail for mail in kept_mails(to=somebody.email) if mail.kind == "desk.time"]) == 1


def test_two_workers_record_one_breach(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    question = desk.taken()
    at("2026-11-30T10:00")
    assert both_look(question) == [True, False]
    assert len(published(PromiseBroken)) == 1


def test_a_worker_and_an_answer_at_the_same_moment_break_the_promise_once(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    question = desk.taken()
    at("2026-11-18T10:30")
    overlap(lambda: desk.answer(question), lambda: check_question(SYSTEM, question_id=question.pk))
    assert len(published(PromiseBroken)) == 1
    assert Question.objects.get(pk=question.pk).state == State.ANSWERED


def test_an_answer_in_time_while_a_worker_waits_calls_nobody(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    question = desk.taken()
    at("2026-11-17T12:00")
    overlap(lambda: desk.answer(question), lambda: check_question(SYSTEM, question_id=question.pk))
    assert [mail for mail in kept_mails(to=desk.tullio.email) if mail.kind == "desk.time"] == []


def test_the_round_asks_for_one_look_at_each_question_whose_time_has_come(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    first, _second = desk.taken(), desk.answered()
    at("2026-11-17T12:00")
    desk.question()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    look_at_the_clock(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
        assert cursor.fetchall() == [("contempo.helpdesk.jobs.look_at_question", f'{{"question_id": {first.pk}}}')]
    look_at_question(question_id=first.pk)
    assert Question.objects.get(pk=first.pk).level == Level.SECOND_EXPERT
