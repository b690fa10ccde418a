"""Who keeps a campaign: a small anonymous one with a public link, and one that a delegate hands on."""

import re

from playwright.sync_api import expect

from tests.journeys.agile import downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import (
    NEEDS,
    begins_from_the_library,
    chooses,
    closes_it,
    goes_on_to_the_summary,
    makes_a_campaign,
    opens_it_for_ten_days,
    publishes,
    value_of,
)


def asks_about_needs(keeper: Visitor, title: str, *, mode: str) -> str:
    """A campaign that asks about needs, in preparation; its address, without the site."""
    begins_from_the_library(keeper, NEEDS, title)
    publishes(keeper)
    return makes_a_campaign(keeper, title, title, mode=mode)


def answers_about_needs(someone: Visitor) -> None:
    """The questions without which one cannot go on; then the summary."""
    someone.writes(comune="Bresso")
    someone.presses("Continua")
    chooses(someone, cura="nessuno")
    someone.presses("Continua")
    chooses(someone, bisogni="orari")
    goes_on_to_the_summary(someone)


def test_an_anonymous_campaign_by_a_public_link_tells_nobody_who_answered(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    campaign = asks_about_needs(marta, f"Ascolto di {mode}", mode="anonymous")
    opens_it_for_ten_days(marta, campaign, public=True)
    marta.looks_at("survey-campaign-settings")
    marta.follows("Sì: link e codice QR")
    marta.looks_at("survey-campaign-link")
    public = marta.page.locator("#public-link").input_value()

    someone = comes(phone=True)
    someone.page.goto(public)
    someone.sees("Le risposte sono anonime")
    someone.looks_at("survey-landing-anonymous")
    someone.presses("Comincia")
    someone.writes(comune="Bresso", viaggio="25")
    someone.presses("Continua")
    someone.presses("Salva, continuo più tardi")
    someone.sees("Copia questo indirizzo e conservalo.")
    someone.looks_at("survey-later-anonymous")
    own = someone.page.locator("#address").input_value()

    other = comes(phone=True)
    other.page.goto(public)
    other.presses("Comincia")
    assert value_of(other, "comune") == ""

    again = comes(phone=True)
    again.page.goto(own)
    again.presses("Continua a rispondere")
    again.presses("Torna indietro")
    assert value_of(again, "viaggio") == "25"
    answers_about_needs(again)
    again.presses("Invia le mie risposte")
    again.sees("Le tue risposte sono arrivate: grazie", "si leggono solo")
    again.looks_at("survey-done-anonymous")

    assert marta.goes_to(f"{campaign}risultati/") == 403
    assert marta.goes_to(f"{campaign}risposte/") in (403, 404)
    marta.goes_to(campaign)
    marta.sees("Questa campagna è anonima")
    marta.looks_at("survey-board-anonymous")
    closes_it(marta, campaign)
    marta.goes_to(f"{campaign}risultati/")
    marta.does_not_see("Bresso")
    marta.looks_at("survey-results-few")
    someone.page.goto(public)
    someone.sees("Questo questionario è chiuso")
    someone.looks_at("survey-closed")


def gives_two_links(keeper: Visitor, campaign: str) -> str:
    """Have CNA hand on two bare links of a campaign; the address of its page."""
    keeper.goes_to(f"{campaign}delegati/")
    keeper.looks_at("survey-delegates-none")
    keeper.follows("Aggiungi un delegato")
    keeper.writes(cerca="CNA")
    keeper.presses("Cerca")
    keeper.looks_at("survey-delegate-new")
    keeper.page.locator('main [name="organisation"]').first.check(force=True)
    keeper.presses("Aggiungi il delegato")
    keeper.writes(count="molti")
    keeper.presses("Crea i link")
    keeper.sees("Scrivi un numero da 1 a 5000.")
    keeper.looks_at("survey-delegate-wrong", again=False)
    keeper.writes(count="2")
    keeper.presses("Crea i link")
    keeper.sees("2 inviti")
    return keeper.page.url


def test_a_delegate_hands_links_on_and_sees_who_answered(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    campaign = asks_about_needs(marta, f"Bisogni in azienda, {mode}", mode="identified")
    delegate = gives_two_links(marta, campaign)
    opens_it_for_ten_days(marta, campaign, public=False)
    marta.page.goto(delegate)
    marta.presses("Consegna l’elenco")
    marta.looks_at("survey-delegate-keeper")

    andrea = comes("andrea")
    andrea.goes_to(campaign)
    andrea.sees("La tua parte")
    andrea.looks_at("survey-board-delegate")
    andrea.goes_to(f"{campaign}delegati/")
    andrea.follows(re.compile("CNA"))
    andrea.sees("Hanno risposto 0 su 2")
    andrea.looks_at("survey-delegate")
    links = andrea.page.locator("main code.link-code").all_inner_texts()
    assert len(links) == 2
    assert downloads(andrea, "Scarica le lettere da stampare").startswith(b"%PDF")

    someone = comes(phone=True)
    someone.page.goto(links[0])
    someone.presses("Comincia")
    answers_about_needs(someone)
    someone.presses("Invia le mie risposte")

    andrea.page.reload()
    andrea.sees("Hanno risposto 1 su 2")
    assert andrea.goes_to(f"{campaign}risultati/") == 403
    assert andrea.goes_to(f"{campaign}risposte/") == 403
    marta.goes_to(f"{campaign}risposte/")
    marta.sees("1 risposta")
    marta.looks_at("survey-responses")
    closes_it(marta, campaign)


def test_who_handed_links_on_sees_their_own_list_after_the_end(comes: Comes) -> None:
    lucia = comes("lucia")
    lucia.goes_to("/milano/questionari/")
    lucia.looks_at("survey-campaigns-delegate")
    lucia.follows("Mappatura delle misure di conciliazione 2026")
    lucia.sees("Vede chi ha risposto, mai le risposte.")
    expect(lucia.page.locator("main table.rows tbody tr")).to_have_count(1)
    lucia.follows(re.compile("CGIL"))
    lucia.looks_at("survey-delegate-closed")
    lucia.follows("Quadro")
    lucia.sees("La tua parte")
    lucia.looks_at("survey-board-delegate-closed")
