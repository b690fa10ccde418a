"""What happens at the desk by itself: calls in time, promises broken once, pauses that end, questions that close."""

from datetime import datetime, timedelta

import pytest

from contempo.core.outbox import kept_mails
from contempo.core.testing import At, published
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.answering import ask_details
from contempo.helpdesk.actions.asker import add_to_question, withdraw
from contempo.helpdesk.actions.clock import check_question, explain_breach, questions_to_check
from contempo.helpdesk.actions.taking import release, take
from contempo.helpdesk.events import PromiseBroken
from contempo.helpdesk.models import DeskPolicy, Question
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.tests.factories import DETAILS, Desk
from contempo.people.public import SYSTEM

REASON = "La persona esperta era malata e nessuno l'ha sostituita."
MONDAY = "2026-11-16T10:00"


def look() -> int:
    """What the job does; tells how many questions it looked at."""
    return sum(check_question(SYSTEM, question_id=number) for number in questions_to_check())


def subjects(email: str) -> list[str]:
    """What somebody was mailed about time running out, the oldest first."""
    return [mail.subject for mail in reversed(kept_mails(to=email)) if mail.kind == "desk.time"]


def again(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def test_nobody_is_called_before_half_of_the_time_has_gone(desk: Desk, at: At) -> None:
    at(MONDAY)
    desk.question()
    at("2026-11-17T09:59")
    assert look() == 0


def test_a_second_expert_is_called_at_half_and_the_coordinators_at_three_quarters(desk: Desk, at: At) -> None:
    at(MONDAY)
    question = desk.taken()
    at("2026-11-17T10:00")
    assert look() == 1
    assert again(question).second_expert == desk.tullio
    assert subjects(desk.tullio.email) == ["La domanda 1 ha bisogno di una seconda persona esperta"]
    at("2026-11-17T22:00")
    assert look() == 1
    for coordinator in (desk.world.marta, desk.world.giulio):
        assert subjects(coordinator.email) == ["La domanda 1 è a rischio"]
    assert subjects(desk.nadia.email) == []


def test_a_broken_promise_is_recorded_at_its_deadline_and_the_reason_asked_for(desk: Desk, at: At) -> None:
    received = at(MONDAY)
    question = desk.taken()
    at("2026-11-17T22:00")
    look()
    at("2026-11-18T10:04")
    assert look() == 1
    promise = question.promises.get()
    assert (promise.met, promise.breached_at) == (False, received + timedelta(hours=48))
    assert again(question).within is False
    assert published(PromiseBroken) == [PromiseBroken(question_id=question.pk, promise=1)]
    assert subjects(desk.nadia.email) == ["La domanda 1 è in ritardo"]
    assert subjects(desk.world.marta.email)[-1] == "La domanda 1 è in ritardo"


def test_looking_twice_does_nothing_more(desk: Desk, at: At) -> None:
    at(MONDAY)
    desk.taken()
    for moment in ("2026-11-17T10:00", "2026-11-17T22:00", "2026-11-18T10:00"):
        at(moment)
        assert (look(), look()) == (1, 0)
    assert len(subjects(desk.world.marta.email)) == 2
    assert len(subjects(desk.tullio.email)) == 1


def test_two_rounds_that_read_the_same_list_call_once(desk: Desk, at: At) -> None:
    at(MONDAY)
    desk.taken()
    at("2026-11-17T12:00")
    both = [questions_to_check(), questions_to_check()]
    assert both[0] == both[1] != []
    assert [check_question(SYSTEM, question_id=number) for number in both[0] + both[1]] == [True, False]


def test_after_ten_days_off_only_the_breach_is_told_in_one_mail_each(desk: Desk, at: At) -> None:
    received = at(MONDAY)
    question = desk.taken()
    at("2026-11-26T10:00")
    assert (look(), look()) == (1, 0)
    assert question.promises.get().breached_at == received + timedelta(hours=48)
    for somebody in (desk.world.marta, desk.world.giulio, desk.nadia):
        assert subjects(somebody.email) == ["La domanda 1 è in ritardo"]
    assert subjects(desk.tullio.email) == []


def test_after_a_short_stop_both_are_called_while_they_can_help(desk: Desk, at: At) -> None:
    at(MONDAY)
    desk.taken()
    at("2026-11-18T02:00")
    assert look() == 1
    assert len(subjects(desk.tullio.email)) == len(subjects(desk.world.marta.email)) == 1


def test_nobody_is_called_after_the_answer(desk: Desk, at: At) -> None:
    at(MONDAY)
    desk.answered()
    for moment in ("2026-11-17T12:00", "2026-11-18T12:00", "2026-11-30T12:00"):
        at(moment)
        assert look() == 0


def test_nobody_is_called_for_a_question_taken_back(desk: Desk, at: At) -> None:
    at(MONDAY)
    question = desk.question()
    withdraw(desk.actor(desk.sara), question_id=question.pk)
    at("2026-11-30T12:00")
    assert look() == 0


def test_nobody_is_called_while_details_are_awaited(desk: Desk, at: At) -> None:
    at(MONDAY)
    desk.waiting()
    at("2026-11-19T12:00")
    assert look() == 0


def test_details_that_do_not_come_give_the_question_back_to_who_asked_for_them(desk: Desk, at: At) -> None:
    asked = at(MONDAY)
    question = desk.waiting()
    at("2026-11-21T09:59")
    assert look() == 0
    at("2026-11-21T10:00")
    assert look() == 1
    question = again(question)
    assert (question.state, question.proposed_to, question.holder) == (State.OPEN, desk.nadia, None)
    assert question.due_at == asked + timedelta(days=5, hours=48)
    assert "non sono arrivati" in kept_mails(to=desk.nadia.email)[0].subject
    at("2026-11-22T10:00")
    assert look() == 1
    assert again(question).second_expert == desk.tullio


def test_a_pause_that_ended_long_ago_counts_only_as_long_as_it_may(desk: Desk, at: At) -> None:
    asked = at(MONDAY)
    question = desk.waiting()
    at("2026-12-10T10:00")
    assert (look(), look()) == (1, 0)
    question = again(question)
    assert question.state == State.OPEN
    assert question.promises.get().breached_at == asked + timedelta(days=5, hours=48)
    assert subjects(desk.nadia.email) == ["La domanda 1 è in ritardo"]
    assert len([mail for mail in kept_mails(to=desk.nadia.email) if "non sono arrivati" in mail.subject]) == 0


def test_a_pause_that_does_not_count_ends_too(desk: Desk, at: At) -> None:
    DeskPolicy.objects.create(network_id=desk.network_id, max_pauses=0)
    at(MONDAY)
    question = desk.waiting()
    at("2026-11-18T10:00")
    assert look() == 1
    assert (again(question).state, again(question).within) == (State.AWAITING_DETAILS, False)
    at("2026-11-21T10:00")
    assert look() == 1
    assert again(question).state == State.OPEN


def test_a_late_answer_records_the_breach_even_if_no_job_ran(desk: Desk, at: At) -> None:
    received = at(MONDAY)
    question = desk.question()
    at("2026-11-25T10:00")
    desk.answered(question)
    promise = question.promises.get()
    assert (promise.met, promise.breached_at) == (False, received + timedelta(hours=48))
    assert len(published(PromiseBroken)) == 1
    assert look() == 0


def test_asking_for_details_too_late_does_not_mend_the_promise(desk: Desk, at: At) -> None:
    at(MONDAY)
    question = desk.taken()
    at("2026-11-19T10:00")
    take(desk.actor(desk.nadia), question_id=question.pk)
    ask_details(desk.actor(desk.nadia), question_id=question.pk, text=DETAILS)
    at("2026-11-20T10:00")
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Contratto dei panificatori.")
    assert again(question).within is False
    assert again(question).due_at == datetime.fromisoformat("2026-11-18T10:00+01:00")
    assert len(published(PromiseBroken)) == 1


def test_a_question_asked_again_is_escalated_anew_and_the_first_promise_stays_kept(desk: Desk, at: At) -> None:
    at(MONDAY)
    question = desk.answered()
    at("2026-11-23T10:00")
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="E se il datore di lavoro dice di no?")
    at("2026-11-25T10:00")
    assert look() == 1
    assert list(question.promises.values_list("met", flat=True)) == [True, False]
    assert again(question).within is True
    assert published(PromiseBroken) == [PromiseBroken(question_id=question.pk, promise=2)]


def test_an_answer_nobody_questions_is_closed_after_thirty_days(desk: Desk, at: At) -> None:
    at(MONDAY)
    question = desk.answered()
    at("2026-12-16T09:59")
    assert look() == 0
    at("2026-12-16T10:00")
    assert (look(), look()) == (1, 0)
    assert again(question).state == State.CLOSED
    assert again(question).next_check_at is None


def test_a_policy_changed_later_does_not_change_a_promise_given(desk: Desk, at: At) -> None:
    asked = at(MONDAY)
    question = desk.taken()
    DeskPolicy.objects.filter(network_id=desk.network_id).update(elapsed_hours=200)
    release(desk.actor(desk.nadia), question_id=question.pk)
    assert again(question).due_at == asked + timedelta(hours=48)
    at("2026-11-18T10:00")
    look()
    assert again(question).within is False
    assert desk.question().due_at == datetime.fromisoformat("2026-11-18T10:00+01:00") + timedelta(hours=200)


def test_a_network_that_promises_opening_hours_is_held_to_them(desk: Desk, at: At) -> None:
    DeskPolicy.objects.create(network_id=desk.network_id, promised="working")
    at("2026-12-04T10:00")
    question = desk.question()
    promise = question.promises.get()
    assert question.due_at == promise.due_working_at == datetime.fromisoformat("2026-12-09T10:00+01:00")
    assert promise.due_elapsed_at == datetime.fromisoformat("2026-12-06T10:00+01:00")
    at("2026-12-08T10:00")
    look()
    assert again(question).within is None


def test_the_patron_saint_of_the_network_is_kept(desk: Desk, at: At) -> None:
    DeskPolicy.objects.create(network_id=desk.network_id, promised="working", municipality_id="015146")
    at("2026-12-04T10:00")
    assert desk.question().due_at == datetime.fromisoformat("2026-12-10T10:00+01:00")


def late(desk: Desk, at: At) -> Question:
    at(MONDAY)
    question = desk.taken()
    at("2026-11-18T10:00")
    look()
    return question


def test_whoever_has_it_says_once_why_it_was_late(desk: Desk, at: At) -> None:
    question = late(desk, at)
    explain_breach(desk.actor(desk.nadia), question_id=question.pk, reason=f"  {REASON} ")
    promise = question.promises.get()
    assert (promise.breach_reason, promise.breach_explained_by) == (REASON, desk.nadia)
    with pytest.raises(Refusal, match="already"):
        explain_breach(desk.actor(desk.world.marta), question_id=question.pk, reason="Un altro motivo.")


def test_a_reason_that_says_nothing_is_refused(desk: Desk, at: At) -> None:
    question = late(desk, at)
    with pytest.raises(Refusal) as refused:
        explain_breach(desk.actor(desk.nadia), question_id=question.pk, reason="tardi")
    assert refused.value.field == "reason"
    assert question.promises.get().breach_reason == ""


def test_the_asker_and_strangers_explain_nothing(desk: Desk, at: At) -> None:
    question = late(desk, at)
    for somebody in (desk.sara, desk.world.ivo, desk.world.elena, desk.world.renato):
        with pytest.raises(NotPermitted):
            explain_breach(desk.actor(somebody), question_id=question.pk, reason=REASON)


def test_a_question_in_time_has_nothing_to_explain(desk: Desk) -> None:
    question = desk.taken()
    with pytest.raises(Refusal, match="no delay"):
        explain_breach(desk.actor(desk.nadia), question_id=question.pk, reason=REASON)


def test_nobody_looks_at_the_clock_by_hand(desk: Desk, at: At) -> None:
    at(MONDAY)
    question = desk.question()
    for actor in desk.world.everybody.values():
        with pytest.raises(NotPermitted):
            check_question(actor, question_id=question.pk)


def test_a_question_that_is_gone_is_not_looked_at(db: None) -> None:
    assert check_question(SYSTEM, question_id=999_999) is False
