"""An agreement from its first step to the signature, with a stop and changes asked for; how one leaves it."""

import re
from datetime import timedelta

import pytest

from contempo.core.clock import today
from tests.journeys.agile import EMPLOYER, downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor


def test_an_agreement_is_written_changed_approved_and_signed(comes: Comes, mode: str) -> None:
    grazia, bruno = comes("grazia", phone=True), comes("bruno", phone=False)

    renews(grazia)
    grazia.looks_at("agile-step-work", again=False)
    grazia.writes(objectives=f"Chiudere le pratiche di {mode} entro i termini.")
    grazia.presses("Salva e continua")
    grazia.writes(contact_bands="dalle nove alle dodici")
    grazia.presses("Salva e continua")
    grazia.sees("Scrivi ogni fascia")
    assert grazia.page.locator('main [name="contact_bands"]').input_value() == "dalle nove alle dodici"
    grazia.looks_at("agile-step-wrong", again=False)
    grazia.writes(contact_bands="09:30-12:00\n14:30-16:00")
    grazia.presses("Salva e chiudi")

    grazia.goes_to(f"{EMPLOYER}accordi/")
    grazia.follows("Continua a scrivere")
    number = re.search(r"/accordi/(\d+)/", grazia.page.url)[1]
    grazia.goes_to(f"{EMPLOYER}accordi/{number}/passo/luoghi/")
    grazia.page.get_by_label("Casa del Comune, Greco").check(force=True)
    grazia.looks_at("agile-step-places", again=False)
    grazia.presses("Salva e continua")
    grazia.presses("Salva e continua")
    # Each way of the journey renews the agreement of the way before, which has to begin first.
    first = today() + timedelta(days={"levante": 45, "ponente": 75}[mode])
    grazia.writes(starts_on=f"{first}", notice_days="10")
    grazia.presses("Salva e continua")
    grazia.goes_to(f"{EMPLOYER}accordi/{number}/riepilogo/")
    grazia.sees("almeno 30 giorni")
    grazia.looks_at("agile-summary-wrong")
    grazia.page.locator("main .error-summary a").first.click()
    grazia.writes(notice_days="30")
    grazia.presses("Salva e continua")
    grazia.looks_at("agile-summary")
    grazia.presses("Invia a chi decide")
    grazia.sees("Aspetta la decisione")

    bruno.goes_to(f"{EMPLOYER}")
    bruno.sees("Che cosa ti aspetta")
    bruno.looks_at("agile-employer-head")
    bruno.goes_to(f"{EMPLOYER}accordi/")
    bruno.looks_at("agile-agreements-head")
    bruno.follows(re.compile("Grazia Lomuto"))
    bruno.sees(f"pratiche di {mode}")
    bruno.follows("Chiedi modifiche o rifiuta")
    bruno.presses("Invia a chi lavora")
    bruno.looks_at("agile-decide-wrong", again=False)
    bruno.picks("decision", "changes")
    bruno.writes(text="Aggiungi un obiettivo sui tempi di risposta.")
    bruno.presses("Invia a chi lavora")

    grazia.goes_to(f"{EMPLOYER}accordi/{number}/")
    grazia.sees("Aggiungi un obiettivo sui tempi di risposta.")
    grazia.looks_at("agile-changes-asked")
    grazia.goes_to(f"{EMPLOYER}accordi/{number}/passo/lavoro/")
    grazia.writes(objectives=f"Chiudere le pratiche di {mode} entro i termini.\nRispondere entro due giorni.")
    grazia.presses("Salva e continua")
    grazia.goes_to(f"{EMPLOYER}accordi/{number}/riepilogo/")
    grazia.sees("Rispondere entro due giorni.")
    grazia.presses("Invia a chi decide")

    bruno.goes_to(f"{EMPLOYER}accordi/{number}/")
    bruno.sees("Rispondere entro due giorni.")
    bruno.looks_at("agile-changes-made")
    bruno.presses("Approva")

    grazia.goes_to(f"{EMPLOYER}accordi/{number}/")
    grazia.follows("Leggi e firma")
    grazia.presses("Firma l’accordo")
    grazia.sees("Per firmare, conferma")
    grazia.looks_at("agile-sign", again=False)
    grazia.page.locator('main [name="agreed"]').check(force=True)
    grazia.presses("Firma l’accordo")
    grazia.sees("Grazia Lomuto", "Vale dal")
    grazia.looks_at("agile-signed")
    assert downloads(grazia, "Scarica in PDF").startswith(b"%PDF")


def renews(worker: Visitor) -> None:
    """From the page of agreements to the first step of the one that follows the newest."""
    worker.goes_to(f"{EMPLOYER}accordi/")
    cards = worker.page.locator("main #mine ~ .card-grid .tile-title a")
    for address in [card.get_attribute("href") for card in cards.all()]:
        worker.goes_to(address)
        if worker.page.get_by_role("main").get_by_role("link", name="Rinnova o modifica").count():
            worker.follows("Rinnova o modifica")
            worker.looks_at("agile-renew")
            worker.presses("Comincia")
            return
    pytest.fail("no agreement that can be renewed")


def test_who_leaves_an_agreement_reads_first_until_when_it_holds(comes: Comes) -> None:
    sara = comes("sara", phone=True)
    sara.goes_to(f"{EMPLOYER}accordi/")
    sara.follows(re.compile(r"Accordo (n\. )?\d+"))
    here = sara.page.url
    sara.follows("Recedi")
    sara.sees("30 giorni di preavviso", "Legge 22 maggio 2017, n. 81")
    sara.looks_at("agile-withdraw")
    sara.picks("way", "notice")
    sara.presses("Recedi dall’accordo")
    sara.sees("Conferma di aver letto")
    assert sara.page.locator('main [name="way"][value="notice"]').is_checked()

    sara.page.goto(here)
    sara.sees("Vale dal")
