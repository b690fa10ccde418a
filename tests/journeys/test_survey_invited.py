"""A list is brought, letters leave, and people answer from them: half, later, with the network gone and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import (
    NEEDS,
    begins_from_the_library,
    is_chosen,
    makes_a_campaign,
    publishes,
    value_of,
)
from tests.journeys.survey_keeping import answers_about_needs, begins, gets_a_letter
from tests.journeys.tasks import awaits

HEAD = "Codice;Denominazione;Referente;E-mail;Comune;Tipo"


def brings_a_list(keeper: Visitor, campaign: str, *rows: str) -> None:
    """The list of whom the campaign asks, in which one row has no address one could write to."""
    keeper.goes_to(f"{campaign}popolazione/?fonte=list")
    keeper.looks_at("survey-population-list")
    keeper.picks("unit_kind", "organisation")
    keeper.presses("Salva")
    keeper.goes_to(f"{campaign}popolazione/")
    keeper.follows("Carica l’elenco")
    keeper.looks_at("survey-list-runs")
    keeper.follows("Porta un file")
    text = "\r\n".join([HEAD, *rows])
    file = {"name": "elenco.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
    keeper.page.locator('main [name="file"]').set_input_files(file)
    keeper.presses("Leggi il file")
    keeper.looks_at("survey-list-columns")
    keeper.presses("Mostra che cosa cambierebbe")
    awaits(keeper, "Ancora non è cambiato niente.")
    keeper.sees("1 riga ha errori")
    keeper.looks_at("survey-list-preview")
    keeper.follows("Guarda gli errori")
    keeper.sees("Riga 4", "E-mail")
    keeper.looks_at("survey-list-wrong")
    keeper.presses("Importa 3 righe")
    awaits(keeper, "Importata")


def opens_it_with_its_letters(keeper: Visitor, campaign: str) -> None:
    """Invitations are prepared; they leave once the campaign is open."""
    keeper.goes_to(f"{campaign}inviti/")
    keeper.presses("Prepara gli inviti di 3 unità")
    keeper.sees("3 inviti preparati.", "3 lettere sono pronte.")
    keeper.looks_at("survey-invitations-prepared")
    keeper.goes_to(f"{campaign}impostazioni/periodo/")
    assert value_of(keeper, "keep_until")
    keeper.page.locator('main [name="public_link"]').set_checked(False, force=True)
    keeper.presses("Salva e continua")
    keeper.sees("Controlla e apri")
    keeper.presses("Apri ora la campagna")
    keeper.sees("La campagna è aperta. Ora invia gli inviti.")
    keeper.presses("Invia 3 inviti")
    keeper.sees("3 lettere in partenza.")


def test_a_list_is_brought_and_who_is_on_it_answers_from_the_letter(comes: Comes, mode: str) -> None:
    marta, title = comes("marta", phone=False), f"Ascolto delle imprese, {mode}"
    begins_from_the_library(marta, NEEDS, title)
    publishes(marta)
    campaign = makes_a_campaign(marta, title, title, mode="identified")
    email = f"anna.fumagalli.{mode}@example.org"
    brings_a_list(
        marta,
        campaign,
        f"A1;Officina Fumagalli;Anna Fumagalli;{email};Bresso;Impresa",
        f"A2;Legatoria del Parco;Pino Tosi;pino.tosi.{mode}@example.org;Bresso;Impresa",
        "A3;Sartoria Zeta;Rosa Zeta;rosa.zeta(chiocciola)example.org;Bresso;Impresa",
        f"A4;Forno Martesana;Ugo Riva;ugo.riva.{mode}@example.org;Milano;Impresa",
    )
    opens_it_with_its_letters(marta, campaign)

    anna = comes(phone=True)
    link = gets_a_letter(anna, email, title)
    assert "legge le tue risposte con il nome di chi le ha date" in anna.site.newest_mail(email, title)
    anna.goes_to(link)
    anna.sees("Che cosa sapremo di te", "si conservano fino al")
    anna.looks_at("survey-landing-named")
    anna.presses("Comincia")
    speaks_for_another(anna)
    anna.writes(comune="Bresso", viaggio="35")
    anna.presses("Continua")
    anna.presses("Salva, continuo più tardi")
    anna.sees("Per continuare apri lo stesso indirizzo di oggi")

    marta.goes_to(f"{campaign}inviti/")
    marta.looks_at("survey-invitations-running")
    marta.goes_to(f"{campaign}inviti/?stato=begun")
    marta.sees("1 invito", "Officina Fumagalli")

    later = comes(phone=False)
    later.goes_to(link)
    later.presses("Continua a rispondere")
    later.sees("Pagina 2 di 4")
    later.presses("Torna indietro")
    assert value_of(later, "viaggio") == "35"
    answers_about_needs(later)
    later.sees("Officina Fumagalli, Forno Martesana")
    later.presses("Invia le mie risposte")
    later.sees("Le tue risposte sono arrivate: grazie")

    marta.goes_to(f"{campaign}copertura/?stato=coperte")
    marta.sees("2 unità", "Officina Fumagalli", "Forno Martesana")


def speaks_for_another(someone: Visitor) -> None:
    """One answers for the own organisation, and for another one found by its name."""
    someone.sees("Per chi rispondi?", "Officina Fumagalli")
    someone.looks_at("survey-units")
    if someone.javascript:
        someone.page.get_by_text("Rispondo anche per altre organizzazioni").click()
    else:
        someone.page.locator("main details.fold").first.locator("summary").click()
    someone.writes(words="martesana")
    someone.presses("Cerca")
    someone.page.locator('main [name="others"]').first.check(force=True)
    someone.looks_at("survey-units-found", again=False)
    someone.presses("Continua")
    someone.sees("Pagina 1 di 4")


@pytest.mark.parametrize("comes", ["with JavaScript"], indirect=True)
def test_nothing_typed_is_lost_when_the_network_goes(comes: Comes) -> None:
    bruno, title = comes(phone=True), "Quando la rete manca"
    bruno.site.opens_a_survey(title, "Bruno Sala <bruno.sala@example.org>")
    link = gets_a_letter(bruno, "bruno.sala@example.org", title)
    begins(bruno, link)
    status = bruno.page.locator("main [data-status]")
    bruno.writes(comune="Bresso")
    expect(status).to_contain_text("Salvato")

    bruno.loses_the_network()
    expect(status).to_contain_text("Sei senza rete")
    bruno.writes(viaggio="40")
    bruno.page.get_by_role("button", name="Continua", exact=True).last.click()
    expect(status).to_contain_text("appena torna la rete")
    bruno.looks_at("survey-page-offline", again=False)
    assert value_of(bruno, "viaggio") == "40"
    bruno.has_the_network_again()
    expect(bruno.page.locator("main")).to_contain_text("Pagina 2 di 4")

    bruno.page.go_back()
    assert value_of(bruno, "viaggio") == "40"
    bruno.page.reload()
    assert (value_of(bruno, "comune"), value_of(bruno, "viaggio")) == ("Bresso (MI)", "40")
    bruno.presses("Continua")
    bruno.loses_the_network()
    bruno.page.locator('main label[for$="-nessuno"]').first.click()
    expect(status).to_contain_text("Sei senza rete")
    bruno.has_the_network_again()
    expect(status).to_contain_text("Salvato")
    bruno.page.reload()
    assert is_chosen(bruno, "cura", "nessuno")

    again = comes(phone=False)
    again.goes_to(link)
    again.presses("Continua a rispondere")
    again.sees("Pagina 2 di 4")
    assert is_chosen(again, "cura", "nessuno")
    assert re.search(r"/pagina/2/$", again.page.url)
