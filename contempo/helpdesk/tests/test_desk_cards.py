"""What the desk puts before each of its people, and that each card leads to what it counts."""

import pytest
from django.test import Client

from contempo.core.clock import now
from contempo.core.testing import At
from contempo.helpdesk.actions.answering import ask_reading, save_answer_draft
from contempo.helpdesk.actions.clock import check_question, explain_breach, questions_to_check
from contempo.helpdesk.models import Expert
from contempo.helpdesk.queries.desk import shelf_counts
from contempo.helpdesk.queries.desk_cards import cards
from contempo.helpdesk.tests.factories import ANSWER, Desk
from contempo.network.rules.organisations import OrganisationKind
from contempo.network.tests.factories import OrganisationFactory, give
from contempo.people.models import Person
from contempo.people.public import SYSTEM, DeskCard, OrganisationRole


def on_desk(desk: Desk, who: Person) -> list[DeskCard]:
    return sorted(cards(desk.actor(who), now()), key=lambda card: card.order)


def titles(desk: Desk, who: Person) -> list[str]:
    return [str(card.title) for card in on_desk(desk, who)]


def look() -> None:
    for number in questions_to_check():
        check_question(SYSTEM, question_id=number)


def test_who_does_not_work_at_the_desk_finds_nothing_of_it(desk: Desk) -> None:
    desk.question()
    for somebody in (desk.sara, desk.world.ivo, desk.world.elena, desk.world.renato, desk.world.davide):
        assert on_desk(desk, somebody) == []
    assert list(cards(desk.world.actor(None), now())) == []


def test_an_expert_finds_the_next_question_one_tap_away_with_its_deadline(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    question = desk.taken()
    first = on_desk(desk, desk.nadia)[0]
    assert "domanda 1" in str(first.title)
    assert (first.url, first.due_at, first.tone) == ("/milano/esperti/domande/1/", question.due_at, "info")
    at("2026-11-18T09:00")
    assert on_desk(desk, desk.nadia)[0].tone == "warning"
    at("2026-11-18T10:00")
    assert on_desk(desk, desk.nadia)[0].tone == "danger"


def test_a_question_that_waits_for_its_asker_does_not_wait_for_the_expert(desk: Desk) -> None:
    question = desk.waiting()
    assert not any(card.url.endswith(f"/{question.number}/") for card in on_desk(desk, desk.nadia))


def test_the_second_expert_finds_the_question_that_needs_one(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    desk.taken()
    at("2026-11-17T10:00")
    look()
    assert any("seconda persona esperta" in title for title in titles(desk, desk.tullio))


def test_a_delay_waits_for_its_reason_until_it_is_written(desk: Desk, at: At) -> None:
    at("2026-11-16T10:00")
    question = desk.taken()
    at("2026-11-18T10:00")
    look()
    for who in (desk.nadia, desk.world.marta):
        assert any(card.url == "/milano/esperti/domande/1/ritardo/" for card in on_desk(desk, who))
    assert not any("ritardo" in card.url for card in on_desk(desk, desk.tullio))
    explain_breach(desk.actor(desk.nadia), question_id=question.pk, reason="Ero in trasferta tutta la settimana.")
    for who in (desk.nadia, desk.world.marta):
        assert not any("ritardo" in card.url for card in on_desk(desk, who))


def test_a_senior_expert_finds_the_answers_to_read_but_not_the_own(desk: Desk) -> None:
    for who in (desk.nadia, desk.tullio):
        Expert.objects.update_or_create(network_id=desk.network_id, person=who, defaults={"senior": True})
    question = desk.taken()
    nadia = desk.actor(desk.nadia)
    draft = save_answer_draft(nadia, question_id=question.pk, text=ANSWER, version=0)
    ask_reading(nadia, question_id=question.pk, version=draft.version)
    assert any("/lettura/" in card.url for card in on_desk(desk, desk.tullio))
    assert not any("/lettura/" in card.url for card in on_desk(desk, desk.nadia))


def test_a_question_with_a_conflict_is_on_no_card_of_that_expert(desk: Desk, at: At) -> None:
    bakery = OrganisationFactory(network=desk.world.milano, name="Panificio Aurora", kind=OrganisationKind.COMPANY)
    give(desk.nadia, OrganisationRole.DELEGATE, desk.world.milano, bakery.id)
    at("2026-11-16T10:00")
    desk.question(counterparts=("Panificio Aurora",))
    at("2026-11-19T10:00")
    look()
    assert on_desk(desk, desk.nadia) == []
    assert on_desk(desk, desk.tullio) != []


@pytest.mark.parametrize("who", ["nadia", "marta"])
def test_every_count_is_the_length_of_the_list_it_opens(desk: Desk, at: At, client: Client, who: str) -> None:
    at("2026-11-14T10:00")
    desk.question()
    at("2026-11-16T08:00")
    desk.taken()
    desk.question()
    desk.waiting()
    desk.answered()
    at("2026-11-17T09:00")
    desk.question()
    look()
    somebody = desk.nadia if who == "nadia" else desk.world.marta
    client.force_login(somebody)
    counted = [card for card in on_desk(desk, somebody) if card.count]
    assert counted
    for card in counted:
        assert client.get(card.url).context["page"].total == card.count, card.title
    assert shelf_counts(desk.actor(somebody), now())


def test_the_statements_do_not_grow_with_the_questions(desk: Desk, django_assert_max_num_queries) -> None:
    for _number in range(8):
        desk.question()
    for who, most in ((desk.nadia, 5), (desk.world.marta, 4)):
        actor = desk.actor(who)
        with django_assert_max_num_queries(most):
            list(cards(actor, now()))
