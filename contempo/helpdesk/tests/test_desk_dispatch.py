"""Questions that change hands: out of scope, joined, split, passed on. The clock is never set back."""

from datetime import timedelta

import pytest

from contempo.core.outbox.models import Mail
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.answering import add_note
from contempo.helpdesk.actions.asker import add_to_question
from contempo.helpdesk.actions.dispatch import merge, out_of_scope
from contempo.helpdesk.actions.passing import pass_on, split
from contempo.helpdesk.models import Message, MessageKind, Question
from contempo.helpdesk.queries.following import followed
from contempo.helpdesk.queries.working import document, working
from contempo.helpdesk.rules.dispatch import Part
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.factories import ANSWER
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import OrganisationFactory, pdf
from contempo.people.public import NetworkRole
from contempo.people.tests.factories import RoleGrantFactory

pytestmark = pytest.mark.django_db

WHY = "Chiedi una consulenza fiscale: lo sportello risponde su lavoro e famiglia."
WHERE = "CAF di zona, telefono 02 000 000"
PASSED = "La tua azienda è a Bergamo: risponde lo sportello di quel territorio."


def fresh(question):
    return Question.objects.get(pk=question.pk)


def mails(kind):
    return list(Mail.objects.filter(kind=kind).order_by("id"))


def test_out_of_scope_tells_why_and_where_to_turn_by_mail_and_on_the_page(desk):
    question = desk.taken()
    out_of_scope(desk.actor(desk.nadia), question_id=question.pk, reason=WHY, turn_to=WHERE)
    assert fresh(question).state == State.OUT_OF_SCOPE
    (mail,) = mails("desk.ended")
    assert WHY in mail.text
    assert WHERE in mail.text
    page = followed(desk.actor(desk.sara), question.key)
    assert WHERE in page.said[-1].text


@pytest.mark.parametrize(
    ("reason", "turn_to", "field"),
    [("", WHERE, "reason"), ("No.", WHERE, "reason"), (WHY, " ", "turn_to"), (WHY, "x" * 501, "turn_to")],
)
def test_out_of_scope_needs_the_reason_and_the_address(desk, reason, turn_to, field):
    question = desk.taken()
    with pytest.raises(Refusal) as refused:
        out_of_scope(desk.actor(desk.nadia), question_id=question.pk, reason=reason, turn_to=turn_to)
    assert refused.value.field == field
    assert fresh(question).state == State.TAKEN
    assert not mails("desk.ended")


def test_only_who_holds_a_question_or_coordinates_sends_it_away(desk):
    question = desk.taken()
    for who in (desk.tullio, desk.sara, desk.world.elena):
        with pytest.raises(NotPermitted):
            out_of_scope(desk.actor(who), question_id=question.pk, reason=WHY, turn_to=WHERE)
    out_of_scope(desk.actor(desk.world.marta), question_id=question.pk, reason=WHY, turn_to=WHERE)


def test_an_answer_to_a_joined_question_reaches_both_askers_once_each(desk):
    one, other = desk.taken(), desk.question(asker=desk.world.ivo)
    merge(desk.actor(desk.world.marta), question_id=other.pk, into=one.number, confirmed=True)
    assert (fresh(other).state, fresh(other).merged_into_id) == (State.MERGED, one.pk)
    assert len(mails("desk.merged")) == 1
    desk.answer(one)
    assert {mail.to for mail in mails("desk.answered")} == {desk.sara.email, desk.world.ivo.email}
    for asker, question in ((desk.sara, one), (desk.world.ivo, other)):
        assert followed(desk.actor(asker), question.key).last_answer.text == ANSWER
    assert str(one.number) not in mails("desk.merged")[0].subject.replace(str(other.number), "")


def test_the_same_asker_is_not_written_the_same_answer_twice(desk):
    one, again = desk.taken(), desk.question()
    merge(desk.actor(desk.world.marta), question_id=again.pk, into=one.number)
    desk.answer(one)
    assert len(mails("desk.answered")) == 1
    assert followed(desk.actor(desk.sara), again.key).last_answer.text == ANSWER


def test_a_question_joined_to_one_answered_already_gets_that_answer_at_once(desk):
    one, other = desk.answered(), desk.question(asker=desk.world.ivo)
    merge(desk.actor(desk.world.marta), question_id=other.pk, into=one.number, confirmed=True)
    assert followed(desk.actor(desk.world.ivo), other.key).last_answer.text == ANSWER
    assert [mail.to for mail in mails("desk.answered")] == [desk.sara.email, desk.world.ivo.email]


def test_files_of_the_answer_reach_both(desk):
    from contempo.helpdesk.actions.answer_files import attach_to_answer
    from contempo.helpdesk.actions.answering import save_answer_draft, send_answer

    one, other = desk.taken(), desk.question(asker=desk.world.ivo)
    merge(desk.actor(desk.world.marta), question_id=other.pk, into=one.number, confirmed=True)
    nadia = desk.actor(desk.nadia)
    draft = save_answer_draft(nadia, question_id=one.pk, text=ANSWER, version=0)
    attach_to_answer(nadia, question_id=one.pk, upload=pdf())
    send_answer(nadia, question_id=one.pk, version=draft.version)
    for asker, question in ((desk.sara, one), (desk.world.ivo, other)):
        (file,) = followed(desk.actor(asker), question.key).last_answer.documents
        assert file.name == "accordo-firmato.pdf"


def test_questions_joined_in_a_chain_all_wait_for_the_last(desk):
    first, second, third = desk.question(), desk.question(), desk.question()
    marta = desk.actor(desk.world.marta)
    merge(marta, question_id=first.pk, into=second.number)
    merge(marta, question_id=second.pk, into=third.number)
    assert {fresh(first).merged_into_id, fresh(second).merged_into_id} == {third.pk}


@pytest.mark.parametrize("state", [State.OUT_OF_SCOPE, State.WITHDRAWN, State.MERGED])
def test_nothing_is_joined_to_what_is_over(desk, state):
    one, over = desk.question(), desk.question()
    Question.objects.filter(pk=over.pk).update(state=state, merged_into=one if state == State.MERGED else None)
    with pytest.raises(Refusal) as refused:
        merge(desk.actor(desk.world.marta), question_id=one.pk, into=over.number)
    assert refused.value.field == "into"


def test_nor_to_itself_to_nothing_or_to_a_question_of_somebody_else_without_saying_so(desk):
    one, other = desk.question(), desk.question(asker=desk.world.ivo)
    marta = desk.actor(desk.world.marta)
    for number, field in ((one.number, "into"), (99_999, "into"), (other.number, "confirmed")):
        with pytest.raises(Refusal) as refused:
            merge(marta, question_id=one.pk, into=number)
        assert refused.value.field == field
    assert fresh(one).state == State.OPEN


def test_a_question_with_a_counterpart_is_not_hidden_inside_one_without(desk):
    dispute = desk.question(counterparts=("Acme Logistica",))
    plain = desk.question()
    with pytest.raises(Refusal):
        merge(desk.actor(desk.world.marta), question_id=dispute.pk, into=plain.number)
    merge(desk.actor(desk.world.marta), question_id=plain.pk, into=dispute.number)
    assert fresh(plain).state == State.MERGED


def test_an_expert_cannot_join_to_a_question_they_may_not_see(desk):
    hidden = desk.question(asker=desk.nadia)
    mine = desk.taken()
    with pytest.raises(Refusal) as refused:
        merge(desk.actor(desk.nadia), question_id=mine.pk, into=hidden.number, confirmed=True)
    assert refused.value.reason.startswith("There is no question")


def test_what_somebody_of_the_desk_asked_is_not_answered_under_another_number(desk):
    asked_by_expert, other = desk.question(asker=desk.tullio), desk.question()
    with pytest.raises(Refusal):
        merge(desk.actor(desk.world.marta), question_id=asked_by_expert.pk, into=other.number, confirmed=True)


def test_splitting_leaves_the_question_and_makes_others_with_the_same_promise(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.taken()
    at(moment + timedelta(hours=40))
    parts = [
        Part("Posso avere anche il lavoro agile due giorni a settimana?", Topic.AGILE_WORK),
        Part("E per il nido comunale c'è una riduzione della retta?", Topic.CHILDCARE),
    ]
    made = split(desk.actor(desk.nadia), question_id=question.pk, parts=parts)
    assert fresh(question).state == State.TAKEN
    assert len({question.number, *(each.number for each in made)}) == 3
    for each, part in zip(made, parts, strict=True):
        new = fresh(each)
        assert (new.state, new.topic, new.asker_id, new.split_from_id) == (
            State.OPEN,
            part.topic,
            desk.sara.pk,
            question.pk,
        )
        assert new.received_at == question.received_at
        assert new.due_at == question.due_at
        assert new.promises.get().terms == question.promises.get().terms
    assert len(mails("desk.split")) == 2


def test_a_part_keeps_the_pauses_of_the_question_it_was_taken_out_of(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.waiting()
    at(moment + timedelta(hours=24))
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Commercio e terziario.")
    desk.taken(question)
    (new,) = split(
        desk.actor(desk.nadia),
        question_id=question.pk,
        parts=[Part("Posso avere anche il lavoro agile?", Topic.AGILE_WORK)],
    )
    assert fresh(new).due_at == fresh(question).due_at == moment + timedelta(hours=72)
    assert fresh(new).pauses == 1


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([], "text_1"),
        ([Part("Breve", Topic.OTHER)], "text_1"),
        ([Part("Una domanda abbastanza lunga.", "x")], "topic_1"),
    ],
)
def test_a_part_needs_words_and_a_topic(desk, parts, field):
    question = desk.taken()
    with pytest.raises(Refusal) as refused:
        split(desk.actor(desk.nadia), question_id=question.pk, parts=parts)
    assert refused.value.field == field
    assert Question.objects.count() == 1


def test_passing_on_keeps_the_receipt_and_leaves_the_notes_behind(desk, at):
    moment = at("2026-03-02T09:00")
    question = desk.taken()
    add_note(desk.actor(desk.nadia), question_id=question.pk, text="Zafferano-7731: sentita al telefono.")
    at(moment + timedelta(hours=30))
    new = pass_on(desk.actor(desk.nadia), question_id=question.pk, network="bergamo", reason=PASSED)
    old, new = fresh(question), fresh(new)
    assert (old.state, old.passed_on_id) == (State.TRANSFERRED, new.pk)
    assert new.network_id == desk.world.bergamo.pk
    assert (new.received_at, new.due_at) == (question.received_at, question.due_at)
    assert not Message.objects.filter(question=new, kind=MessageKind.NOTE).exists()
    assert "zafferano" not in new.search_text
    assert not new.moves.filter(text__contains="Zafferano").exists()
    (mail,) = mails("desk.passed_on")
    assert PASSED in mail.text
    assert f"/bergamo/sportello/domande/{new.key}/" in mail.text
    davide = desk.world.actor(desk.world.davide, desk.world.bergamo)
    assert working(davide, network="bergamo", number=new.number).said[0].text == question.messages.first().text


def test_files_of_the_asker_travel_and_the_other_network_reads_them(desk):
    question = desk.question()
    add_to_question(desk.actor(desk.sara), question_id=question.pk, text="Ecco il contratto.", uploads=(pdf(),))
    new = pass_on(desk.actor(desk.world.marta), question_id=question.pk, network="bergamo", reason=PASSED)
    davide = desk.world.actor(desk.world.davide, desk.world.bergamo)
    page = working(davide, network="bergamo", number=new.number)
    (paper,) = [paper for said in page.said for paper in said.papers]
    key = paper.url.rstrip("/").rpartition("/")[2]
    assert document(davide, number=new.number, key=key).size == pdf().size
    assert document(desk.actor(desk.nadia), number=new.number, key=key) is None


def test_conflicts_are_those_of_the_registry_over_there(desk):
    bergamo = desk.world.bergamo
    union = OrganisationFactory(network=bergamo, name="Sindacato Orobico", kind=OrganisationKind.TRADE_UNION)
    question = desk.question(counterparts=("Sindacato Orobico",))
    assert not question.counterparts.get().organisation_id
    new = fresh(pass_on(desk.actor(desk.world.marta), question_id=question.pk, network="bergamo", reason=PASSED))
    assert new.counterparts.get().organisation_id == union.pk
    assert new.union_side
    assert new.employer_side, "a side once taken is not given up"


@pytest.mark.parametrize("network", ["milano", "nowhere", ""])
def test_a_question_is_passed_only_to_another_open_network(desk, network):
    question = desk.question()
    with pytest.raises(Refusal) as refused:
        pass_on(desk.actor(desk.world.marta), question_id=question.pk, network=network, reason=PASSED)
    assert refused.value.field == "network"


def test_the_question_over_there_is_proposed_to_an_expert_of_that_network(desk):
    RoleGrantFactory(person=desk.world.ivo, role=NetworkRole.EXPERT, network_id=desk.world.bergamo.pk)
    new = fresh(pass_on(desk.actor(desk.world.marta), question_id=desk.question().pk, network="bergamo", reason=PASSED))
    assert new.proposed_to_id == desk.world.ivo.pk
