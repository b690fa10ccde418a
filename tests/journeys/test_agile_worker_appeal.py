"""A result of the bank that was wrong: the appeal, the answer, a second clearing; nobody loses a planned day."""

import re
from datetime import timedelta

from contempo.agile.rules.policy import next_month
from contempo.core.clock import today
from tests.journeys.agile import EMPLOYER, box, boxes, days_left
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor


def test_an_appeal_is_upheld_and_the_bank_cleared_again(comes: Comes) -> None:
    grazia, sara, paolo = comes("grazia", phone=True), comes("sara", phone=True), comes("paolo", phone=False)
    month = a_month_to_appeal_against(paolo)
    sure = plans_all_there_is(sara, month)

    grazia.goes_to(f"{EMPLOYER}banca/{month}/")
    asked = re.search(r"0 giornate delle (\d) che hai chiesto", grazia.page.locator("main").inner_text())[1]
    grazia.sees("Questa richiesta è nella classe 6, che viene dopo.")
    grazia.presses("Invio il ricorso")
    grazia.sees("Scrivi che cosa non va.")
    grazia.looks_at("agile-appeal-wrong", again=False)
    grazia.writes(text="Curo mio padre: la verifica c’è, ma il motivo che ho scelto era un altro.")
    grazia.presses("Invio il ricorso")
    grazia.sees("Da decidere", "Curo mio padre")
    grazia.looks_at("agile-appeal-sent")

    upholds(paolo, month)
    clears_again(paolo, month)

    grazia.goes_to(f"{EMPLOYER}banca/{month}/")
    got = "1 giornata" if asked == "1" else f"{asked} giornate"
    grazia.sees(f"{got} delle {asked} che hai chiesto.", "Accolto", "La verifica è del mese prima.")
    grazia.looks_at("agile-appeal-upheld")
    grazia.follows("Apri il resoconto pubblico")
    grazia.sees("Assegnazione ripetuta", "Altre assegnazioni di questo mese")
    grazia.looks_at("agile-result-again")
    grazia.follows("Assegnazione 1")
    grazia.sees("assegnazione 1")

    sara.goes_to(f"{EMPLOYER}mese/{month}/")
    assert boxes(sara.page, ticked=True) == sure


def a_month_to_appeal_against(keeper: Visitor) -> str:
    """A month after all that are there, staged in the database so that its result can be appealed against today."""
    keeper.goes_to(f"{EMPLOYER}mesi/")
    keeper.looks_at("agile-months")
    links = keeper.page.locator('main a[href*="/mesi/20"]').all()
    there = [re.search(r"/mesi/(\d{4}-\d{2})/", link.get_attribute("href"))[1] for link in links]
    newest = today().replace(day=1)
    while f"{newest:%Y-%m}" <= max(there):
        newest = next_month(newest)
    key = f"{max(newest, next_month(today()) + timedelta(days=31)):%Y-%m}"
    keeper.site.stages_a_month(key)
    return key


def plans_all_there_is(worker: Visitor, month: str) -> list[str]:
    """Plan every day one has, that of the bank too; the dates."""
    worker.goes_to(f"{EMPLOYER}banca/{month}/")
    worker.sees("Che cosa è successo alle tue giornate", "La banca ti ha dato")
    worker.goes_to(f"{EMPLOYER}mese/{month}/")
    for day in boxes(worker.page, ticked=False)[: days_left(worker)]:
        box(worker.page, day).check()
    worker.presses("Salva le mie giornate")
    assert days_left(worker) == 0
    return boxes(worker.page, ticked=True)


def upholds(keeper: Visitor, month: str) -> None:
    """From what waits for human resources to the answer."""
    keeper.goes_to(EMPLOYER)
    keeper.looks_at("agile-employer-keeper")
    keeper.goes_to(f"{EMPLOYER}mesi/{month}/")
    keeper.follows("1 ricorso attende risposta")
    keeper.looks_at("agile-appeals")
    keeper.follows("Grazia Lomuto")
    keeper.picks("decision", "uphold")
    keeper.presses("Invia la risposta")
    keeper.sees("Scrivi la risposta")
    keeper.looks_at("agile-appeal-answer-wrong", again=False)
    keeper.writes(answer="La verifica è del mese prima.")
    keeper.picks("reason", "care")
    keeper.presses("Invia la risposta")
    keeper.goes_to(f"{EMPLOYER}mesi/{month}/")


def clears_again(keeper: Visitor, month: str) -> None:
    """Clear and publish; no planned day came back, and every day has one owner."""
    keeper.presses("Ripeti l’assegnazione della banca")
    keeper.looks_at("agile-clear-again-wrong", again=False)
    keeper.writes(why="Un ricorso accolto: una richiesta passa di classe.")
    keeper.presses("Ripeti l’assegnazione della banca")
    keeper.looks_at("agile-month-cleared")
    keeper.presses("Pubblica l’esito")
    keeper.sees("Assegnazione 2", "I conti tornano")
    keeper.goes_to(f"{EMPLOYER}mesi/{month}/registro/?tipo=return")
    keeper.sees("0 scritture")
