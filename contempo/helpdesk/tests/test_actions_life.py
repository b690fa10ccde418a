"""The life of a question: asked, taken, details awaited, answered, asked again, rated, withdrawn; and its clock."""

from datetime import timedelta

import pytest

from contempo.core.outbox import kept_mails
from contempo.core.testing import At
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.answering import ask_details, save_answer_draft, send_answer
from contempo.helpdesk.actions.asker import add_to_question, rate, withdraw
from contempo.helpdesk.actions.asking import save_draft, send_draft
from contempo.helpdesk.actions.taking import release, renew, take
from contempo.helpdesk.models import DeskTally, Message, MessageKind, Question, QuestionDraft
from contempo.helpdesk.rules.asking import Asked, Capacity
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import ANSWER, QUESTION, Desk

ASKED = Asked(text=QUESTION, topic=Topic.HOURLY_LEAVE, capacity=Capacity.WORKER)


def tally(desk: Desk, measure: str, key: str) -> int:
    return sum(
        DeskTally.objects.filter(network_id=desk.network_id, measure=measure, key=key).values_list("count", flat=True)
    )


def test_a_question_is_promised_an_answer_within_48_hours_and_its_asker_is_told(desk: Desk, at: At) -> None:
    asked = at("2026-11-18T23:00")
    question = desk.question()
    assert question.state == State.OPEN
    assert question.due_at == asked + timedelta(hours=48)
    assert question.number == 1
    mail = kept_mails(to=desk.sara.email)[0]
    assert "venerdì 20 novembre 2026 alle 23:00" in mail.subject
    assert question.letters.get().kind == "desk.received"


def test_a_draft_sent_twice_is_one_question(desk: Desk) -> None:
    sara = desk.actor(desk.sara)
    draft = save_draft(sara, key=None, values={"text": QUESTION}, language="it")
    first = send_draft(sara, key=draft.key, asked=ASKED)
    assert send_draft(sara, key=draft.key, asked=ASKED) == first
    assert not QuestionDraft.objects.exists()


def test_a_draft_is_not_sent_for_a_visitor(desk: Desk) -> None:
    visitor = desk.world.actor(None)
    draft = save_draft(visitor, key=None, values={"text": QUESTION}, language="it")
    with pytest.raises(NotPermitted):
        send_draft(visitor, key=draft.key, asked=ASKED)
    assert QuestionDraft.objects.filter(key=draft.key).exists()


def test_an_answer_in_time_keeps_the_promise_and_says_how_long_it_took(desk: Desk, at: At) -> None:
    at("2026-11-18T09:00")
    question = desk.question()
    at("2026-11-19T10:30")
    question = desk.answered(question)
    assert (question.state, question.within, question.minutes_to_answer) == (State.ANSWERED, True, 25 * 60 + 30)
    assert tally(desk, "within", "yes") == 1
    assert ANSWER in kept_mails(to=desk.sara.email)[0].text


def test_a_late_answer_breaks_the_promise(desk: Desk, at: At) -> None:
    at("2026-11-18T09:00")
    question = desk.question()
    at("2026-11-20T09:01")
    assert desk.answered(question).within is False


def test_waiting_for_details_moves_the_deadline_by_as_long_as_it_took(desk: Desk, at: At) -> None:
    asked = at("2026-11-18T09:00")
    question = desk.question()
    at("2026-11-18T12:00")
    question = desk.waiting(question)
    assert question.state == State.AWAITING_DETAILS
    at("2026-11-19T12:00")
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Contratto dei panificatori.")
    question.refresh_from_db()
    assert question.state == State.OPEN
    assert question.proposed_to == desk.nadia
    assert question.due_at == asked + timedelta(hours=72)
    assert (question.pauses, question.paused_minutes) == (1, 24 * 60)
    assert question.messages.filter(kind=MessageKind.DETAILS, by_asker=True).count() == 1


def test_asking_again_begins_a_second_promise_and_keeps_the_first(desk: Desk, at: At) -> None:
    at("2026-11-18T09:00")
    question = desk.answered()
    first_due = question.due_at
    again = at("2026-11-25T09:00")
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="E se il datore di lavoro dice di no?")
    question.refresh_from_db()
    first, second = question.promises.all()
    assert (first.met, first.due_elapsed_at) == (True, first_due)
    assert (second.met, second.due_elapsed_at) == (None, again + timedelta(hours=48))
    assert question.due_at == second.due_elapsed_at
    assert (question.within, question.reopenings) == (True, 1)


def test_nobody_asks_again_after_thirty_days(desk: Desk, at: At) -> None:
    at("2026-11-01T09:00")
    question = desk.answered()
    at("2026-12-02T09:01")
    with pytest.raises(Refusal, match="thirty days"):
        add_to_question(desk.actor(desk.sara), question_id=question.pk, text="E adesso?")


def test_an_answer_is_rated_once(desk: Desk) -> None:
    question = desk.answered()
    rate(desk.actor(desk.sara), question_id=question.pk, stars=5, comment="Chiaro.")
    with pytest.raises(Refusal, match="already"):
        rate(desk.actor(desk.sara), question_id=question.pk, stars=1)
    assert tally(desk, "rating", "5") == 1


def test_a_question_taken_back_is_answered_by_nobody(desk: Desk) -> None:
    question = desk.question()
    withdraw(desk.actor(desk.sara), question_id=question.pk)
    with pytest.raises(Refusal):
        desk.taken(question)


def test_a_stranger_changes_nothing(desk: Desk) -> None:
    question = desk.question()
    for somebody in (desk.world.ivo, desk.nadia, desk.world.marta, None):
        with pytest.raises(NotPermitted):
            withdraw(desk.world.actor(somebody), question_id=question.pk)


def test_who_holds_a_question_is_named_to_whoever_comes_second(desk: Desk, at: At) -> None:
    at("2026-11-18T09:00")
    question = desk.taken()
    with pytest.raises(Refusal) as lost:
        take(desk.actor(desk.tullio), question_id=question.pk)
    assert lost.value.params == {"name": "Nadia Ferrante", "time": "10:00"}


def test_a_lease_that_ran_out_lets_another_take_the_question(desk: Desk, at: At) -> None:
    at("2026-11-18T09:00")
    question = desk.taken()
    at("2026-11-18T10:00")
    assert take(desk.actor(desk.tullio), question_id=question.pk).holder == desk.tullio
    assert not renew(desk.actor(desk.nadia), question_id=question.pk)


def test_writing_renews_the_lease(desk: Desk, at: At) -> None:
    at("2026-11-18T09:00")
    question = desk.taken()
    writing = at("2026-11-18T09:50")
    save_answer_draft(desk.actor(desk.nadia), question_id=question.pk, text="Sì", version=0)
    question.refresh_from_db()
    assert question.lease_until == writing + timedelta(hours=1)


def test_a_draft_changed_in_another_window_is_not_overwritten(desk: Desk) -> None:
    question, nadia = desk.taken(), desk.actor(desk.nadia)
    draft = save_answer_draft(nadia, question_id=question.pk, text=ANSWER, version=0)
    with pytest.raises(Refusal, match="another window"):
        save_answer_draft(nadia, question_id=question.pk, text="Altro", version=0)
    with pytest.raises(Refusal, match="another window"):
        send_answer(nadia, question_id=question.pk, version=0)
    send_answer(nadia, question_id=question.pk, version=draft.version)


def test_only_who_holds_it_answers_or_asks_for_details(desk: Desk) -> None:
    question = desk.taken()
    with pytest.raises(NotPermitted):
        ask_details(desk.actor(desk.tullio), question_id=question.pk, text="Che contratto si applica al lavoro?")
    with pytest.raises(NotPermitted):
        desk.answer(question, by=desk.tullio)


def test_a_question_given_back_waits_for_another(desk: Desk) -> None:
    question = desk.taken()
    release(desk.actor(desk.nadia), question_id=question.pk, reason="Serve un'esperta di contratti.")
    question.refresh_from_db()
    assert (question.state, question.holder) == (State.OPEN, None)


def test_a_late_second_thought_changes_nothing_of_what_was_sent(desk: Desk) -> None:
    question = desk.answered()
    with pytest.raises((Refusal, NotPermitted)):
        desk.answer(question)
    assert Message.objects.filter(question=question, kind=MessageKind.ANSWER).count() == 1


def test_questions_of_one_network_are_not_found_from_another(desk: Desk) -> None:
    question = desk.question()
    davide = desk.world.actor(desk.world.davide, desk.world.bergamo)
    with pytest.raises(Refusal):
        take(davide, question_id=question.pk)
    assert Question.objects.get().holder is None
