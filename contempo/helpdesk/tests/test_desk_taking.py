"""Taking a question: of those who try at the same moment exactly one has it, and the others read who.

Fifty connections of their own, side by side, truly at once: nobody begins before all are ready.
"""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from contempo.core.clock import now
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.answering import save_answer_draft, send_answer
from contempo.helpdesk.actions.taking import release, renew, take
from contempo.helpdesk.models import Move, Question
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.tests.factories import ANSWER, make_desk
from contempo.people.public import NetworkRole
from contempo.people.tests.factories import RoleGrantFactory, person
from contempo.web.sentences import sentence

TAKERS = 50
PATIENCE = 60


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_take_a_question_at_once_exactly_one_has_it_and_the_others_read_who(desk_at_work):
    desk, experts = desk_at_work
    question = desk.question()
    actors = [desk.actor(expert) for expert in experts]
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        assert int(cursor.fetchone()[0]) > TAKERS
    ready = Barrier(TAKERS)

    def attempt(actor):
        try:
            # A connection of its own, not one of the pool, which has fewer.
            connection.settings_dict = {**connection.settings_dict, "OPTIONS": without_pool()}
            connection.ensure_connection()
            pid = connection.connection.info.backend_pid
            ready.wait(PATIENCE)
            take(actor, question_id=question.pk)
            return pid, None
        except Refusal as refusal:
            return pid, sentence(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(TAKERS) as pool:
        results = [each.result(PATIENCE) for each in [pool.submit(copy_context().run, attempt, one) for one in actors]]
    pids, told = zip(*results, strict=True)
    assert len(set(pids)) == TAKERS
    question.refresh_from_db()
    assert question.state == State.TAKEN
    winner = next(expert for expert in experts if expert.pk == question.holder_id)
    assert told.count(None) == 1
    assert told[experts.index(winner)] is None
    assert all(winner.full_name in text for text in told if text)
    assert Move.objects.filter(question=question, transition="take").count() == 1


def without_pool() -> dict:
    return {key: value for key, value in connection.settings_dict["OPTIONS"].items() if key != "pool"}


@pytest.fixture
def desk_at_work(transactional_db):
    """The desk, and fifty experts."""
    desk = make_desk()
    experts = [person(f"Esperta{number}", "Prova") for number in range(TAKERS)]
    for expert in experts:
        RoleGrantFactory(person=expert, role=NetworkRole.EXPERT, network_id=desk.network_id)
    return desk, experts


@pytest.mark.django_db
def test_taking_again_keeps_the_question_and_writes_nothing_more(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.taken()
    at(moment + timedelta(minutes=30))
    desk.taken(question)
    question.refresh_from_db()
    assert question.lease_until == now() + timedelta(minutes=60)
    assert question.moves.filter(transition="take").count() == 1


@pytest.mark.django_db
def test_a_lease_that_has_run_out_lets_others_take_the_question_over(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.taken()
    at(moment + timedelta(minutes=59))
    with pytest.raises(Refusal) as refused:
        take(desk.actor(desk.tullio), question_id=question.pk)
    assert sentence(refused.value) == f"La domanda è con {desk.nadia} fino alle 10:00."
    at(moment + timedelta(minutes=60))
    take(desk.actor(desk.tullio), question_id=question.pk)
    question.refresh_from_db()
    assert question.holder_id == desk.tullio.pk


@pytest.mark.django_db
def test_whoever_lost_the_question_sends_nothing_and_keeps_what_was_written(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.taken()
    nadia = desk.actor(desk.nadia)
    draft = save_answer_draft(nadia, question_id=question.pk, text=ANSWER, version=0)
    at(moment + timedelta(minutes=61))
    take(desk.actor(desk.tullio), question_id=question.pk)
    assert renew(nadia, question_id=question.pk) is False
    with pytest.raises(NotPermitted):
        send_answer(nadia, question_id=question.pk, version=draft.version)
    assert question.drafts.get(author=desk.nadia).text == ANSWER


@pytest.mark.django_db
def test_writing_keeps_the_question(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.taken()
    at(moment + timedelta(minutes=50))
    save_answer_draft(desk.actor(desk.nadia), question_id=question.pk, text=ANSWER, version=0)
    at(moment + timedelta(minutes=90))
    with pytest.raises(Refusal):
        take(desk.actor(desk.tullio), question_id=question.pk)


@pytest.mark.django_db
def test_what_is_given_back_is_free_again(desk):
    question = desk.taken()
    release(desk.actor(desk.nadia), question_id=question.pk, reason="Non è il mio campo.")
    take(desk.actor(desk.tullio), question_id=question.pk)
    assert Question.objects.get(pk=question.pk).holder_id == desk.tullio.pk
