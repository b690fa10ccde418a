"""Whom the desk may choose and whom it tells: conflicts of interest are left out of both."""

import pytest

from contempo.core.outbox import kept_mails
from contempo.helpdesk.actions.answering import ask_reading, end_reading, save_answer_draft
from contempo.helpdesk.models import Expert
from contempo.helpdesk.tests.factories import ANSWER
from contempo.helpdesk.tests.test_pages_desk import signed_in, soup_of, url
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import OrganisationFactory, give
from contempo.people.public import NetworkRole, OrganisationRole
from contempo.people.tests.factories import person

pytestmark = pytest.mark.django_db


def expert(desk, name, **fields):
    who = person(name, "Prova", (NetworkRole.EXPERT, desk.network_id, None))
    Expert.objects.create(network_id=desk.network_id, person=who, **fields)
    return who


def acts_for_acme(desk, who):
    acme = OrganisationFactory(network=desk.world.milano, name="Acme Logistica", kind=OrganisationKind.COMPANY)
    give(who, OrganisationRole.DELEGATE, desk.world.milano, acme.pk)


def offered(desk, question):
    form = soup_of(signed_in(desk.world.marta).get(url("desk_assign", number=question.number))).select_one("main form")
    return [each["value"] for each in form.select("option") if each["value"]], form.get_text(" ")


def test_the_coordinator_chooses_among_experts_without_conflict_and_reads_that_some_are_left_out(desk):
    acts_for_acme(desk, desk.nadia)
    question = desk.question(counterparts=("Acme Logistica",))
    people, text = offered(desk, question)
    assert people == [str(desk.tullio.pk)]
    assert "1 persona esperta non è nell’elenco" in text
    address = url("desk_assign", number=question.number)
    sent = {"person": desk.nadia.pk, "reason": "Conosce bene il contratto."}
    assert signed_in(desk.world.marta).post(address, sent).status_code == 200
    question.refresh_from_db()
    assert question.proposed_to == desk.tullio


def test_an_expert_who_asked_is_left_out_too_and_without_conflicts_nothing_is_said(desk):
    assert offered(desk, desk.question(asker=desk.nadia))[0] == [str(desk.tullio.pk)]
    people, text = offered(desk, desk.question())
    assert people == [str(desk.nadia.pk), str(desk.tullio.pk)]
    assert "conflitto" not in text


def readings(who):
    return [mail for mail in kept_mails(to=who.email) if "aspetta la tua lettura" in mail.subject]


def test_senior_experts_without_conflict_are_told_once_that_an_answer_waits_for_their_reading(desk):
    senior, kept_away = expert(desk, "Sonia", senior=True), expert(desk, "Carlo", senior=True)
    junior, former = expert(desk, "Giada"), person("Franca", "Prova")
    Expert.objects.create(network_id=desk.network_id, person=former, senior=True)
    Expert.objects.create(network_id=desk.network_id, person=desk.nadia, senior=True)
    acts_for_acme(desk, kept_away)
    question = desk.taken(desk.question(counterparts=("Acme Logistica",)))
    nadia = desk.actor(desk.nadia)
    draft = save_answer_draft(nadia, question_id=question.pk, text=ANSWER, version=0)
    for _again in range(2):
        ask_reading(nadia, question_id=question.pk, version=draft.version)
    (mail,) = readings(senior)
    assert mail.subject == f"Una risposta alla domanda {question.number} aspetta la tua lettura"
    assert url("desk_reading", number=question.number, author_id=desk.nadia.pk) in mail.text
    assert not [who for who in (kept_away, junior, former, desk.nadia, desk.tullio) if readings(who)]


def test_asked_again_after_it_was_sent_back_they_are_told_again(desk):
    senior = expert(desk, "Sonia", senior=True)
    question = desk.taken()
    nadia = desk.actor(desk.nadia)
    draft = save_answer_draft(nadia, question_id=question.pk, text=ANSWER, version=0)
    ask_reading(nadia, question_id=question.pk, version=draft.version)
    end_reading(
        desk.actor(senior), question_id=question.pk, author_id=desk.nadia.pk, passed=False, comment="Manca la norma."
    )
    ask_reading(nadia, question_id=question.pk, version=draft.version)
    assert len(readings(senior)) == 2
