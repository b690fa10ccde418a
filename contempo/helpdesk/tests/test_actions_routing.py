"""To whom a question is proposed when it arrives, comes back, or the coordinator chooses."""

from datetime import UTC, date, datetime

import pytest

from contempo.core.outbox import kept_mails
from contempo.core.testing import At
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.asker import add_to_question
from contempo.helpdesk.actions.routing import assign
from contempo.helpdesk.actions.taking import release
from contempo.helpdesk.models import Absence, Expert, Question
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import Desk
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import OrganisationFactory, give
from contempo.people.models import Person
from contempo.people.public import OrganisationRole

REASON = "Conosce il contratto dei panificatori."


def expert(desk: Desk, who: Person, **fields: object) -> Expert:
    return Expert.objects.create(network_id=desk.network_id, person=who, **fields)


def again(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def told(question: Question) -> str:
    return " ".join(reason["message"] % reason["params"] for reason in again(question).proposed_why)


def acts_for(desk: Desk, who: Person, kind: str, name: str = "Panificio Aurora") -> None:
    organisation = OrganisationFactory(network=desk.world.milano, name=name, kind=kind)
    give(who, OrganisationRole.DELEGATE, desk.world.milano, organisation.id)


def test_a_question_is_proposed_on_arrival_with_the_reasons_and_the_expert_is_told(desk: Desk) -> None:
    expert(desk, desk.tullio, topics=[Topic.HOURLY_LEAVE])
    question = desk.question()
    assert question.proposed_to == desk.tullio
    assert told(question).startswith("Answers on this topic.")
    assert kept_mails(to=desk.tullio.email)[0].subject == "La domanda 1 ti aspetta"
    assert not kept_mails(to=desk.nadia.email)


def test_questions_go_round_among_experts_who_are_alike(desk: Desk) -> None:
    people = [desk.question().proposed_to for _number in range(4)]
    assert people == [desk.nadia, desk.tullio, desk.nadia, desk.tullio]


def test_an_expert_on_leave_is_passed_over(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    Absence.objects.create(expert=expert(desk, desk.nadia), since=date(2026, 11, 9), until=date(2026, 11, 30))
    assert desk.question().proposed_to == desk.tullio


def test_an_expert_with_as_many_as_agreed_is_passed_over(desk: Desk) -> None:
    expert(desk, desk.nadia, capacity=1)
    people = [desk.question().proposed_to for _number in range(3)]
    assert people == [desk.nadia, desk.tullio, desk.tullio]


def test_a_question_in_english_goes_to_who_answers_in_english(desk: Desk) -> None:
    expert(desk, desk.tullio, languages=["it", "en"])
    assert desk.question(language="en").proposed_to == desk.tullio


def test_an_expert_who_acts_for_the_counterpart_never_receives_the_question(desk: Desk) -> None:
    acts_for(desk, desk.nadia, OrganisationKind.COMPANY)
    assert desk.question(counterparts=("Panificio Aurora",)).proposed_to == desk.tullio


def test_when_both_sides_are_excluded_the_coordinators_are_told_that_nobody_fits(desk: Desk) -> None:
    acts_for(desk, desk.nadia, OrganisationKind.COMPANY)
    acts_for(desk, desk.tullio, OrganisationKind.TRADE_UNION, "Sindacato")
    question = desk.question(counterparts=("Panificio Aurora",))
    assert question.proposed_to is None
    assert "Kept away by a conflict of interest: 2." in told(question)
    assert "Nessuno può ricevere la domanda 1" in kept_mails(to=desk.world.marta.email)[0].subject


def test_who_gives_a_question_back_is_not_asked_again(desk: Desk) -> None:
    question = desk.taken()
    release(desk.actor(desk.nadia), question_id=question.pk)
    assert again(question).proposed_to == desk.tullio


def test_details_bring_the_question_back_to_who_asked_for_them(desk: Desk) -> None:
    question = desk.waiting()
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Contratto dei panificatori.")
    assert again(question).proposed_to == desk.nadia
    assert told(question) == "Knows the case already."
    assert "sono arrivati" in kept_mails(to=desk.nadia.email)[0].subject


def test_unless_that_person_is_away_by_then(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    question = desk.waiting()
    row, _made = Expert.objects.get_or_create(network_id=desk.network_id, person=desk.nadia)
    Absence.objects.create(expert=row, since=date(2026, 11, 17), until=date(2026, 12, 17))
    at("2026-11-17T10:00")
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Contratto dei panificatori.")
    assert again(question).proposed_to == desk.tullio


def test_a_question_asked_again_goes_to_who_answered(desk: Desk) -> None:
    question = desk.answered(by=desk.tullio)
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="E se il datore di lavoro dice di no?")
    assert again(question).proposed_to == desk.tullio
    assert "chiesta di nuovo" in kept_mails(to=desk.tullio.email)[0].subject


def test_what_is_added_reaches_who_has_the_question(desk: Desk) -> None:
    question = desk.taken()
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Ho dimenticato: il bimbo ha due anni.")
    assert "aggiunto" in kept_mails(to=desk.nadia.email)[0].subject


def test_the_coordinator_chooses_and_says_why(desk: Desk) -> None:
    question = desk.question()
    assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.tullio.pk, reason=REASON)
    assert again(question).proposed_to == desk.tullio
    assert told(question) == f"Chosen by the coordinator: {REASON}"
    line = question.moves.latest("id")
    assert (line.transition, line.person, line.text) == ("assign", desk.world.marta, REASON)
    assert "va a un’altra persona" in kept_mails(to=desk.nadia.email)[0].subject
    assert kept_mails(to=desk.tullio.email)[0].subject == "La domanda 1 ti aspetta"


def test_the_coordinator_takes_it_from_who_holds_it(desk: Desk, at: At) -> None:
    asked = at("2026-11-16T10:00")
    question = desk.taken()
    assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.tullio.pk, reason=REASON)
    question = again(question)
    assert (question.state, question.holder, question.proposed_to) == (State.OPEN, None, desk.tullio)
    assert question.due_at == datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert question.promises.get().started_at == asked


def test_while_details_are_awaited_the_one_chosen_goes_on_with_it(desk: Desk) -> None:
    question = desk.waiting()
    assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.tullio.pk, reason=REASON)
    assert again(question).state == State.AWAITING_DETAILS
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Contratto dei panificatori.")
    assert again(question).proposed_to == desk.tullio
    assert again(question).pauses == 1


def test_a_conflict_is_never_overcome_by_the_coordinator(desk: Desk) -> None:
    acts_for(desk, desk.nadia, OrganisationKind.COMPANY)
    question = desk.question(counterparts=("Panificio Aurora",))
    with pytest.raises(Refusal) as refused:
        assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.nadia.pk, reason=REASON)
    assert refused.value.field == "person"
    assert again(question).proposed_to == desk.tullio


def test_only_experts_of_the_network_are_chosen(desk: Desk) -> None:
    question = desk.question()
    for somebody in (desk.world.ivo, desk.world.marta, desk.world.davide):
        with pytest.raises(Refusal) as refused:
            assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=somebody.pk, reason=REASON)
        assert refused.value.field == "person"


def test_a_choice_without_a_reason_changes_nothing(desk: Desk) -> None:
    question = desk.question()
    with pytest.raises(Refusal) as refused:
        assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.tullio.pk, reason=" ")
    assert refused.value.field == "reason"
    assert again(question).proposed_to == desk.nadia


def test_only_coordinators_choose(desk: Desk) -> None:
    question = desk.question()
    for somebody in (desk.nadia, desk.sara, desk.world.elena, desk.world.renato, desk.world.ivo):
        with pytest.raises(NotPermitted):
            assign(desk.actor(somebody), question_id=question.pk, person_id=desk.tullio.pk, reason=REASON)


def test_a_coordinator_does_not_choose_who_answers_an_own_question(desk: Desk) -> None:
    question = desk.question(asker=desk.world.marta)
    with pytest.raises(NotPermitted):
        assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.tullio.pk, reason=REASON)


def test_an_answered_question_is_given_to_nobody(desk: Desk) -> None:
    question = desk.answered()
    with pytest.raises(Refusal):
        assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.tullio.pk, reason=REASON)
