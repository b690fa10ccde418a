"""What waits for whom on the desk: planning, the bank, the result, steps of a month, appeals."""

import pytest

from contempo.agile.actions.appeals import reject
from contempo.agile.actions.bank.appealing import appeal
from contempo.agile.actions.bank.asking import ask
from contempo.agile.actions.clearing.making import clear_bank
from contempo.agile.actions.clearing.publishing import publish_result
from contempo.agile.queries.bank.desk import cards
from contempo.agile.rules.months import Reason
from contempo.agile.tests.bank.world import BANK, OVER, PUBLISHED, Bank, moment
from contempo.people.models import Notification

pytestmark = pytest.mark.django_db


def urls(bank: Bank, who: str, when: str) -> list[str]:
    """The last parts of the addresses of the cards somebody has at a moment."""
    found = cards(bank.comune.actor(who), moment(when))
    return [card.url.split("/lavoro-agile/", 1)[1].split("/", 1)[1] for card in found]


def test_workers_see_planning_the_bank_and_the_result_while_they_last(bank, at):
    ask(bank.comune.actor("anna"), month_id=bank.month_id, reason=Reason.OTHER, days=1)
    assert urls(bank, "anna", "2026-11-16T10:00") == ["mese/2026-12/"]
    assert urls(bank, "anna", "2026-11-18T08:00") == []
    assert urls(bank, "anna", BANK) == ["banca/2026-12/"]
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    assert urls(bank, "anna", OVER) == []
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)
    assert urls(bank, "anna", PUBLISHED) == ["banca/2026-12/"]
    assert urls(bank, "bruno", PUBLISHED) == []
    assert urls(bank, "anna", "2026-11-29T18:00") == []
    assert urls(bank, "sergio", BANK) == []


def test_who_keeps_the_employer_sees_what_is_to_do_and_hears_of_appeals(bank, at):
    assert urls(bank, "paolo", BANK) == []
    assert urls(bank, "paolo", OVER) == ["mesi/2026-12/"]
    at(OVER)
    clear_bank(bank.hr, month_id=bank.month_id)
    assert urls(bank, "paolo", OVER) == ["mesi/2026-12/"]
    at(PUBLISHED)
    publish_result(bank.hr, month_id=bank.month_id)
    made = appeal(bank.comune.actor("anna"), month_id=bank.month_id, text="Rivedete")
    assert urls(bank, "paolo", PUBLISHED) == ["mesi/2026-12/ricorsi/?stato=open"]
    told = Notification.objects.get(person=bank.comune.person("paolo"))
    assert told.url.endswith(f"/mesi/2026-12/ricorsi/{made.pk}/")
    reject(bank.hr, appeal_id=made.pk, answer="No.")
    assert urls(bank, "paolo", PUBLISHED) == []


def test_who_has_no_part_has_no_cards(bank):
    assert urls(bank, "chiara", BANK) == []
