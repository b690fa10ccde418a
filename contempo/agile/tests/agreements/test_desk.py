"""What stands on the desks: one's own agreement, requests to decide on, what the Ministry is owed."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from contempo.agile.actions.agreements import ending, safety, upkeep
from contempo.agile.queries.desk import cards
from contempo.agile.tests.conftest import Comune
from contempo.core import clock
from contempo.people.public import SYSTEM, DeskCard


def desk(comune: Comune, who: str) -> dict[str, DeskCard]:
    with translation.override("en"):
        found = cards(comune.actor(who), clock.now())
        return {str(card.title): card for card in found if card.kind != "shortcut"}


def test_a_request_stands_on_the_desk_of_who_heads_the_unit_and_of_human_resources(comune, sent) -> None:
    sent()
    for who in ("ugo", "diana", "paolo"):
        card = desk(comune, who)["Agreements on agile work to decide on"]
        page = comune.client(who).get(card.url)
        assert (card.count, page.status_code) == (1, 200)
    assert not desk(comune, "anna")
    assert not desk(comune, "carla")


def test_an_approved_agreement_stands_on_the_desk_of_the_worker(comune, approved) -> None:
    approved()
    assert "Your agreement on agile work waits for you" in desk(comune, "anna")


def test_what_the_ministry_is_owed_has_its_last_day_and_turns_red_when_late(comune, signed, at) -> None:
    signed(starts_on=date(2026, 11, 20))
    card = desk(comune, "paolo")["Agreements to tell the Ministry of"]
    assert (card.count, card.tone) == (1, "warning")
    assert card.due_at is not None
    assert card.due_at.date() == date(2026, 12, 20)
    at("2026-12-21T09:00")
    assert desk(comune, "paolo")["Agreements to tell the Ministry of"].tone == "danger"


def test_an_agreement_about_to_end_and_a_notice_to_acknowledge_are_told_to_the_worker(comune, signed) -> None:
    signed(starts_on=date(2026, 11, 20), until=date(2026, 12, 11))
    safety.publish_notice(
        comune.actor("paolo"), employer_id=comune.it.employer.pk, year=2026, title="Rischi", text="Attenzione."
    )
    titles = set(desk(comune, "anna"))
    assert titles == {"Your agreement on agile work is about to end", "Safety notice to acknowledge"}
    assert set(desk(comune, "sergio")) == {"Safety notice to acknowledge"}
    assert "Agreements that end within thirty days" in desk(comune, "paolo")


def test_an_agreement_to_evaluate_stands_on_the_desk_of_who_does_and_its_list_is_as_long(comune, signed, at) -> None:
    ended = signed(starts_on=date(2026, 11, 20), until=date(2026, 12, 1))
    signed("bruno", starts_on=date(2026, 11, 20), until=date(2027, 6, 1))
    signed("ugo", starts_on=date(2026, 11, 20), until=date(2026, 12, 1))
    at("2026-12-03T09:00")
    for key in upkeep.over_today(date(2026, 12, 3)):
        upkeep.end_over(SYSTEM, agreement_id=key)
    title = "Agreements on agile work to evaluate"
    for who, count in (("ugo", 1), ("diana", 2), ("paolo", 2)):
        card = desk(comune, who)[title]
        page = BeautifulSoup(comune.client(who).get(card.url).content, "html.parser")
        assert (card.count, len(page.select("main tbody tr"))) == (count, count)
    assert title not in desk(comune, "anna")
    marks = ["reached", "partly"]
    ending.evaluate(comune.actor("ugo"), agreement_id=ended.pk, marks=marks)
    assert title not in desk(comune, "ugo")
    assert desk(comune, "paolo")[title].count == 1


def test_who_has_a_part_has_the_way_to_it_on_the_desk(comune) -> None:
    def way(who: str) -> list[str]:
        found = cards(comune.actor(who), clock.now())
        return [f"{card.url}" for card in found if card.kind == "shortcut"]

    assert way("anna") == way("sergio") == [comune.it.url("mese/")]
    assert way("paolo") == [comune.it.url()]
    assert way("chiara") == []


@pytest.mark.parametrize("who", ["omar", "chiara"])
def test_who_has_no_part_gets_no_card_for_one_statement(comune, who: str, django_assert_num_queries) -> None:
    actor = comune.actor(who)
    with django_assert_num_queries(1) as asked:
        assert list(cards(actor, clock.now())) == []
    assert isinstance(asked, CaptureQueriesContext)
