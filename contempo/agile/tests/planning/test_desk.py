"""Exceptions on the desk of who decides on them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from contempo.agile.actions.planning.exceptions import ask_exception, refuse_exception
from contempo.agile.queries.desk import cards
from contempo.agile.tests.planning.conftest import Plan, dec
from contempo.core import clock
from contempo.people.public import DeskCard

TITLE = "Days with exceptions to decide: December 2026"


@pytest.fixture
def asked(plan: Plan) -> Plan:
    """Anna asks for the first and the second, on which two are away; Ugo, who heads the unit, for the third."""
    plan.save("bruno", dec(1, 2, 3))
    plan.save("ugo", dec(1, 2))
    plan.save("anna", dec(3))
    plan.settle()
    for name, day in (("anna", 1), ("anna", 2), ("ugo", 3)):
        actor = plan.comune.actor(name)
        ask_exception(actor, month_id=plan.month_id, day=date(2026, 12, day), reason="Riunione lontana")
    return plan


def desk(plan: Plan, who: str) -> dict[str, DeskCard]:
    with translation.override("en"):
        return {str(card.title): card for card in cards(plan.comune.actor(who), clock.now())}


def test_who_decides_sees_how_many_days_wait_and_their_list_is_as_long(asked: Plan) -> None:
    for who, count in (("ugo", 2), ("diana", 3), ("paolo", 3)):
        card = desk(asked, who)[TITLE]
        page = BeautifulSoup(asked.comune.client(who).get(card.url).content, "html.parser")
        assert (card.count, len(page.select("main tbody tr"))) == (count, count)
        assert card.due_at is not None
        assert card.due_at.date() == date(2026, 12, 1)
    for who in ("anna", "carla"):
        assert TITLE not in desk(asked, who)


def test_what_was_decided_and_what_has_passed_waits_no_more(asked: Plan) -> None:
    refuse_exception(asked.comune.actor("ugo"), planned_id=asked.row("anna", 1).pk, reason="No")
    assert desk(asked, "ugo")[TITLE].count == 1
    asked.at("2026-12-03T09:00")
    assert TITLE not in desk(asked, "ugo")
    assert desk(asked, "paolo")[TITLE].count == 1


def test_two_who_ask_for_one_day_are_one_day_of_the_list(asked: Plan) -> None:
    row = asked.row("anna", 1)
    row.pk, row.worker, row.account = None, asked.comune.it.unlinked, asked.account("unlinked")
    row.save()
    assert desk(asked, "ugo")[TITLE].count == 2
    assert len(asked.comune.see("conflitti/2026-12/", "ugo", solo="decidere").select("tbody tr")) == 2
    assert len(asked.comune.see("conflitti/2026-12/", "ugo").select("tbody tr")) == 3
