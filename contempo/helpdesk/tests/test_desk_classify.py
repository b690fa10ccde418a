"""What a question is about is corrected by the desk: figures, conflicts and the choice of the expert follow."""

from datetime import timedelta

import pytest

from contempo.core.clock import now
from contempo.core.outbox import kept_mails
from contempo.core.verdict import NotPermitted, Refusal
from contempo.helpdesk.actions.classifying import classify
from contempo.helpdesk.actions.moves import reckon
from contempo.helpdesk.actions.routing import assign
from contempo.helpdesk.models import DeskTally, Expert, Move, Promise, Question
from contempo.helpdesk.queries.following import followed
from contempo.helpdesk.rules.asking import Capacity
from contempo.helpdesk.rules.questions import State
from contempo.helpdesk.rules.topics import Topic
from contempo.helpdesk.tests.test_pages_desk import signed_in, soup_of, url
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import BERGAMO, MILANO, OrganisationFactory, give, place
from contempo.norms.rules.norms import NormKind
from contempo.norms.tests.factories import NormFactory
from contempo.people.public import OrganisationRole

pytestmark = pytest.mark.django_db

MAILED = {"topic": Topic.OTHER, "capacity": Capacity.OTHER}
RIGHT = {"topic": Topic.HOURLY_LEAVE, "capacity": Capacity.WORKER}


def again(question):
    return Question.objects.get(pk=question.pk)


def correct(desk, who, question, **facts):
    return classify(desk.actor(who), question_id=question.pk, **{**RIGHT, **facts})


def acts_for(desk, who, kind):
    organisation = OrganisationFactory(network=desk.world.milano, name="Altra parte", kind=kind)
    give(who, OrganisationRole.DELEGATE, desk.world.milano, organisation.pk)


def tally(desk, measure, key):
    rows = DeskTally.objects.filter(network_id=desk.network_id, measure=measure, key=key)
    return sum(rows.values_list("count", flat=True))


@pytest.mark.parametrize("name", ["nadia", "marta"])
def test_an_expert_or_a_coordinator_corrects_a_question_on_its_page_and_history_and_figures_follow(desk, name):
    municipality = place(MILANO)
    contract = NormFactory(network=desk.world.milano, kind=NormKind.CONTRACT, short_title="Panificatori")
    question = desk.question(**MAILED)
    client = signed_in(desk.nadia if name == "nadia" else desk.world.marta)
    page = url("desk_question", number=question.number)
    assert "Correggi tema e dati" in soup_of(client.get(page)).get_text()
    typed = {**RIGHT, "municipality": "Milano", "sector": "C", "contract": contract.pk}
    sent = client.post(url("desk_classify", number=question.number), typed)
    assert sent["Location"] == page
    found = again(question)
    assert (found.topic, found.capacity, found.sector) == (Topic.HOURLY_LEAVE, Capacity.WORKER, "C")
    assert (found.municipality, found.contract) == (municipality, contract)
    text = soup_of(client.get(page)).select_one("main").get_text(" ")
    assert "Tema e dati corretti" in text
    assert "Tema: Altro → Congedo a ore" in text
    assert "Comune: non detto → Milano (MI)" in text
    assert (tally(desk, "topic", Topic.OTHER), tally(desk, "topic", Topic.HOURLY_LEAVE)) == (0, 1)
    assert tally(desk, "municipality", MILANO) == 1


def test_the_form_begins_with_what_is_known_and_keeps_a_contract_nobody_may_choose_any_more(desk):
    contract = NormFactory(network=desk.world.milano, kind=NormKind.CONTRACT, published=False)
    question = desk.question(municipality=place(MILANO).pk, contract_id=contract.pk)
    client = signed_in(desk.nadia)
    form = soup_of(client.get(url("desk_classify", number=question.number))).select_one("main form")
    assert form.select_one("select[name=topic] option[selected]")["value"] == Topic.HOURLY_LEAVE
    assert form.select_one("input[name=capacity][checked]")["value"] == Capacity.WORKER
    assert form.select_one("input[name=municipality]")["value"] == "Milano (MI)"
    assert form.select_one("select[name=contract] option[selected]")["value"] == str(contract.pk)
    sent = {**RIGHT, "topic": Topic.WELFARE, "municipality": "Milano (MI)", "contract": contract.pk}
    client.post(url("desk_classify", number=question.number), sent)
    assert (again(question).topic, again(question).contract) == (Topic.WELFARE, contract)


def test_nothing_corrected_leaves_no_line_in_the_history(desk):
    question = desk.question()
    assert correct(desk, desk.nadia, question) is False
    assert not Move.objects.filter(transition="classify").exists()


@pytest.mark.parametrize("make", ["question", "taken", "waiting", "answered"])
def test_the_clock_does_not_change_whatever_the_state(desk, at, make):
    moment = at("2026-03-02T09:00")
    question = getattr(desk, make)()
    at(moment + timedelta(hours=30))
    before = again(question), list(Promise.objects.values())
    correct(desk, desk.world.marta, question, topic=Topic.WELFARE)
    found = again(question)
    reckon(found, now())
    for name in ("state", "state_since", "due_at", "answered_at", "first_answered_at", "within", "minutes_to_answer"):
        assert getattr(found, name) == getattr(before[0], name), name
    assert list(Promise.objects.values()) == before[1]
    assert found.holder_id == before[0].holder_id


def test_an_open_question_is_proposed_to_whom_its_topic_suits(desk):
    Expert.objects.create(network_id=desk.network_id, person=desk.nadia, topics=[Topic.WELFARE])
    Expert.objects.create(network_id=desk.network_id, person=desk.tullio, topics=[Topic.HOURLY_LEAVE])
    question = desk.question(topic=Topic.WELFARE)
    assert question.proposed_to == desk.nadia
    correct(desk, desk.world.marta, question)
    assert again(question).proposed_to == desk.tullio
    assert kept_mails(to=desk.tullio.email)[0].subject == f"La domanda {question.number} ti aspetta"


def test_whoever_stays_proposed_is_not_told_twice(desk):
    Expert.objects.create(network_id=desk.network_id, person=desk.nadia, topics=[Topic.WELFARE, Topic.HOURLY_LEAVE])
    Expert.objects.create(network_id=desk.network_id, person=desk.tullio, topics=[Topic.CHILDCARE])
    question = desk.question(topic=Topic.WELFARE)
    correct(desk, desk.nadia, question)
    assert again(question).proposed_to == desk.nadia
    assert len(kept_mails(to=desk.nadia.email)) == 1


def test_whom_the_coordinator_chose_stays(desk):
    Expert.objects.create(network_id=desk.network_id, person=desk.tullio, topics=[Topic.HOURLY_LEAVE])
    question = desk.question(**MAILED)
    assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.nadia.pk, reason="Conosce il caso.")
    correct(desk, desk.world.marta, question)
    assert again(question).proposed_to == desk.nadia


def test_but_not_with_a_conflict_that_the_correction_brings_to_light(desk):
    acts_for(desk, desk.nadia, OrganisationKind.TRADE_UNION)
    question = desk.question(**MAILED, counterparts=("Acme Logistica",))
    assign(desk.actor(desk.world.marta), question_id=question.pk, person_id=desk.nadia.pk, reason="Conosce il caso.")
    correct(desk, desk.world.marta, question)
    found = again(question)
    assert (found.union_side, found.employer_side, found.proposed_to) == (True, True, desk.tullio)


def test_whoever_holds_it_loses_it_when_the_correction_puts_them_in_conflict(desk):
    acts_for(desk, desk.nadia, OrganisationKind.TRADE_UNION)
    question = desk.taken(desk.question(**MAILED, counterparts=("Acme Logistica",)))
    client = signed_in(desk.nadia)
    sent = client.post(url("desk_classify", number=question.number), RIGHT)
    assert sent["Location"] == url("desk")
    found = again(question)
    assert (found.state, found.holder, found.proposed_to) == (State.OPEN, None, desk.tullio)
    assert client.get(url("desk_question", number=question.number)).status_code == 404


def test_a_side_that_only_the_wrong_capacity_gave_is_given_up_and_one_known_from_elsewhere_stays(desk):
    question = desk.question(counterparts=("Acme Logistica",))
    assert (question.union_side, question.employer_side) == (True, True)
    correct(desk, desk.nadia, question, capacity=Capacity.OTHER)
    assert (again(question).union_side, again(question).employer_side) == (False, True)
    # As when it came from a network that knows the counterpart as a trade union.
    Question.objects.filter(pk=question.pk).update(union_side=True)
    correct(desk, desk.nadia, question, capacity=Capacity.EMPLOYER)
    assert (again(question).union_side, again(question).employer_side) == (True, True)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"topic": "x"}, "topic"),
        ({"capacity": "x"}, "capacity"),
        ({"sector": "?"}, "sector"),
        ({"municipality": "000000"}, "municipality"),
    ],
)
def test_what_is_not_a_value_is_refused_beside_its_field(desk, facts, field):
    question = desk.question(**MAILED)
    with pytest.raises(Refusal) as refused:
        correct(desk, desk.nadia, question, **facts)
    assert refused.value.field == field
    assert again(question).topic == Topic.OTHER


@pytest.mark.parametrize(("network", "kind"), [("bergamo", NormKind.CONTRACT), ("milano", NormKind.LAW)])
def test_a_contract_is_one_of_the_contracts_of_the_network(desk, network, kind):
    norm = NormFactory(network=getattr(desk.world, network), kind=kind)
    with pytest.raises(Refusal) as refused:
        correct(desk, desk.nadia, desk.question(), contract_id=norm.pk)
    assert refused.value.field == "contract"


def test_nobody_else_corrects_it(desk):
    acts_for(desk, desk.tullio, OrganisationKind.COMPANY)
    question = desk.question(counterparts=("Acme Logistica",))
    for who in (desk.sara, desk.tullio, desk.world.elena):
        with pytest.raises(NotPermitted):
            correct(desk, who, question, topic=Topic.WELFARE)


def test_words_erased_are_not_corrected_any_more(desk):
    question = desk.answered()
    Question.objects.filter(pk=question.pk).update(erased_at=now())
    with pytest.raises(Refusal):
        correct(desk, desk.nadia, question, topic=Topic.WELFARE)


def test_the_asker_reads_the_corrected_facts_and_nothing_of_the_correction(desk):
    question = desk.question(**MAILED)
    correct(desk, desk.nadia, question, municipality=place(BERGAMO).pk)
    page = followed(desk.actor(desk.sara), question.key)
    assert ("Comune", "Bergamo (BG)") in page.facts
    assert [entry.title for entry in page.story] == ["Domanda ricevuta"]
