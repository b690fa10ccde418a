"""A confidential campaign of an employer: who keeps it sees who answered, not what; nobody else enters it."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.survey import SATISFACTION, SURVEYS, opens_the_campaign

PAGES = (
    "",
    "tassi/",
    "inviti/",
    "risultati/",
    "tabelle/",
    "dati/",
    "copertura/",
    "carta/",
    "impostazioni/",
    "risposte/",
)


def test_human_resources_see_who_answered_and_never_what(comes: Comes) -> None:
    paolo = comes("paolo")
    campaign = opens_the_campaign(paolo, SATISFACTION)
    paolo.sees("Inviti per stato", "Con risposta")
    paolo.looks_at("survey-employer-board")
    paolo.goes_to(f"{campaign}inviti/?stato=completed")
    expect(paolo.page.locator("main table.rows tbody tr").first).to_contain_text("Con risposta")
    paolo.looks_at("survey-employer-invitations")
    paolo.page.locator("main table.rows tbody a").first.click()
    paolo.page.wait_for_url(re.compile(r"/inviti/\d+/"))
    paolo.does_not_see("Link da consegnare")
    paolo.looks_at("survey-employer-invitation")

    assert paolo.goes_to(f"{campaign}risposte/") == 403
    assert paolo.goes_to(f"{campaign}risposte/00000000-0000-4000-8000-000000000000/") == 403
    paolo.goes_to(f"{campaign}risultati/")
    paolo.does_not_see("Risposte una per una")
    paolo.looks_at("survey-employer-results")
    paolo.goes_to(f"{campaign}tabelle/")
    paolo.looks_at("survey-employer-tables")


def test_who_coordinates_the_network_does_not_enter_it(comes: Comes) -> None:
    paolo = comes("paolo", phone=False)
    campaign = opens_the_campaign(paolo, SATISFACTION)
    marta = comes("marta")
    marta.goes_to(SURVEYS)
    marta.does_not_see(SATISFACTION)
    assert {marta.goes_to(f"{campaign}{page}") for page in PAGES} <= {403, 404}
