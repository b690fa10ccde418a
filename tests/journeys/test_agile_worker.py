"""A worker's month: from the desk to the calendar, the bank, what is held about them."""

import re
import urllib.error
import urllib.request
from datetime import date, timedelta

import pytest

from tests.journeys.agile import EMPLOYER, box, boxes, days_left, downloads, has_days_left, opens_a_month
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor


def test_a_worker_plans_a_month(comes: Comes) -> None:
    sara = comes("sara", phone=True)
    goes_to_my_month(sara)
    month = opens_a_month(sara, dates=3)
    sara.looks_at("agile-month")

    wants_more_than_there_is(sara)
    opens_a_month(sara, dates=3)
    has_days_left(sara, 3)

    had, at_home = days_left(sara), boxes(sara.page, ticked=False)[:2]
    for day in at_home:
        box(sara.page, day).check()
    sara.presses("Salva le mie giornate")
    sara.sees("2 giornate pianificate")
    assert days_left(sara) == had - 2
    assert set(at_home) <= set(boxes(sara.page, ticked=True))

    near = boxes(sara.page, ticked=False)[0]
    box(sara.page, near).check()
    sara.page.locator('main [name="where"]').select_option(label="Casa del Comune, Greco")
    sara.presses("Salva le mie giornate")
    sara.sees("1 giornata pianificata", "Casa del Comune, Greco")

    sara.goes_to(f"{EMPLOYER}mese/{month}/{int(at_home[0][-2:])}/")
    sara.looks_at("agile-day")
    sara.presses("Restituisci questa giornata")
    sara.goes_to(f"{EMPLOYER}mese/{month}/")
    assert at_home[0] in boxes(sara.page, ticked=False)
    assert days_left(sara) == had - 2

    sara.follows("Il mese in elenco")
    sara.sees("Casa del Comune, Greco")
    sara.looks_at("agile-list")
    sara.goes_to(f"{EMPLOYER}squadra/{month}/")
    sara.sees("Pratiche a distanza", "Grazia Lomuto")
    sara.looks_at("agile-team")


def goes_to_my_month(worker: Visitor) -> None:
    """From the desk, through the menu of the site, to one's own month."""
    worker.goes_to("/milano/scrivania/")
    worker.page.locator(".phone-menu > summary").click()
    worker.page.locator(".phone-menu").get_by_role("link", name="Lavoro agile").click()
    worker.sees("Comune di Milano")
    worker.looks_at("agile-employers")
    worker.follows("Comune di Milano")
    worker.sees("Che cosa ti aspetta")
    worker.looks_at("agile-employer-worker")
    worker.page.get_by_role("link", name="Il mio mese").click()
    worker.sees("da usare")


def wants_more_than_there_is(worker: Visitor) -> None:
    """More dates than days, and a holiday: both are told, and what was ticked stays so."""
    month = opens_a_month(worker, dates=3)
    free = boxes(worker.page, ticked=False)
    left = days_left(worker)
    if len(free) > left:
        for day in free:
            box(worker.page, day).check()
        worker.presses("Salva le mie giornate")
        worker.sees(f"Vuoi pianificare {len(free)} giornate")
        assert set(free) <= set(boxes(worker.page, ticked=True))
        worker.looks_at("agile-month-wrong", again=False)

    sunday = next(day for day in days_of(month) if day.weekday() == 6)
    worker.goes_to(f"{EMPLOYER}mese/{month}/{sunday.day}/")
    worker.does_not_see("Pianifica questa giornata")


def days_of(month: str) -> list[date]:
    """The dates of a month, `2026-12`."""
    first = date.fromisoformat(f"{month}-01")
    return [day for number in range(31) if (day := first + timedelta(days=number)).month == first.month]


def test_a_worker_follows_their_days_from_a_calendar(comes: Comes) -> None:
    sara = comes("sara", phone=True)
    opens_a_month(sara, dates=1)
    has_days_left(sara, 1)
    day = boxes(sara.page, ticked=False)[0]
    box(sara.page, day).check()
    sara.presses("Salva le mie giornate")

    sara.follows("Segui le tue giornate dal tuo calendario")
    sara.presses("Crea l’indirizzo")
    address = sara.page.locator("#feed-address").input_value()
    sara.looks_at("agile-feeds", again=False)
    with urllib.request.urlopen(address, timeout=10) as answer:
        calendar = answer.read().decode()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert f"DTSTART;VALUE=DATE:{day.replace('-', '')}" in calendar

    sara.goes_to(f"{EMPLOYER}indirizzi/")
    sara.looks_at("agile-feeds-kept")
    while sara.page.get_by_role("button", name="Revoca questo indirizzo").count():
        sara.presses("Revoca questo indirizzo")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address, timeout=10)


def test_a_worker_reads_their_account_and_why(comes: Comes) -> None:
    sara = comes("sara", phone=True)
    sara.goes_to(f"{EMPLOYER}banca/")
    sara.sees("disponibili", "pianificate", "Che cosa è successo alle tue giornate")
    sara.looks_at("agile-bank")

    months = [link.get_attribute("href") for link in sara.page.locator('main a[href*="/banca/20"]').all()]
    assert months
    for month in months:
        sara.goes_to(month)
        if sara.page.locator("main #esito").count():
            break
    sara.sees("Perché io?", "Il tuo esito")
    sara.looks_at("agile-why")
    sara.follows("Apri il resoconto pubblico")
    sara.sees("Impronta dell’esito")


def test_a_worker_sees_all_that_is_held(comes: Comes) -> None:
    sara = comes("sara", phone=True)
    sara.goes_to(f"{EMPLOYER}miei-dati/")
    sara.sees("Tutti i dati che ti riguardano", "001168")
    sara.looks_at("agile-my-data")
    closed = sara.page.locator("main details.fold:not([open]) > summary")
    while closed.count():
        closed.first.click()
    sara.looks_at("agile-my-data-open", again=False)

    sara.writes(km="ventiquattro")
    sara.presses("Salva il mio percorso")
    assert sara.page.locator('main [name="km"]').input_value() == "ventiquattro"
    sara.writes(km="24,5")
    sara.presses("Salva il mio percorso")
    assert b"001168" in downloads(sara, "Scarica tutto")

    sara.goes_to(f"{EMPLOYER}accordi/")
    sara.looks_at("agile-agreements")
    sara.follows(re.compile(r"Accordo (n\. )?\d+"))
    sara.looks_at("agile-agreement")
    assert downloads(sara, "Scarica in PDF").startswith(b"%PDF")
