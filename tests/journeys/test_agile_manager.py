"""Who heads an area: what waits for them, the days of their units on which too many are away, exceptions."""

import re
from datetime import date

import pytest

from tests.journeys.agile import EMPLOYER, boxes, days_left, has_days_left, opens_a_month
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor

OFFICE = "Pratiche a distanza"


@pytest.mark.parametrize("allowed", [True, False], ids=["allowed", "not allowed"])
def test_an_exception_is_asked_and_decided(comes: Comes, allowed: bool) -> None:
    paolo, bruno, sara = comes("paolo", phone=False), comes("bruno", phone=False), comes("sara", phone=True)
    month = opens_a_closed_month(sara)
    has_days_left(sara, 1)
    day = date.fromisoformat(boxes(sara.page, ticked=False)[-1])
    had = days_left(sara)

    nobody_may_be_away(paolo, day)
    try:
        asks_for_an_exception(sara, month, day)
        bruno.goes_to(f"{EMPLOYER}")
        bruno.looks_at("agile-employer-manager")
        looks_for_conflicts(bruno, month)
        decides(bruno, month, day, allowed=allowed)

        sara.goes_to(f"{EMPLOYER}mese/{month}/{day.day}/")
        sara.sees("Ne parliamo domani.")
        sara.looks_at("agile-day-answered")
        sara.goes_to(f"{EMPLOYER}mese/{month}/")
        assert days_left(sara) == had - allowed
    finally:
        paolo.goes_to(f"{EMPLOYER}presenza/?cerca={OFFICE}")
        paolo.presses("Togli")


def nobody_may_be_away(keeper: Visitor, day: date) -> None:
    """Have everybody of the office present on the weekday of `day`."""
    keeper.goes_to(f"{EMPLOYER}presenza/")
    office = keeper.page.locator('main select[name="unit"] option', has_text=OFFICE).get_attribute("value")
    keeper.picks("unit", office)
    keeper.picks("weekday", f"{day.weekday()}")
    keeper.writes(percent="200")
    keeper.presses("Salva la soglia")
    assert keeper.page.locator('main [name="percent"]').input_value() == "200"
    keeper.looks_at("agile-presence-wrong", again=False)
    keeper.writes(percent="100")
    keeper.presses("Salva la soglia")
    keeper.sees("La presenza minima è salvata.")
    keeper.goes_to(f"{EMPLOYER}presenza/?cerca={OFFICE}")
    keeper.sees("1 regola", OFFICE)
    keeper.looks_at("agile-presence")


def opens_a_closed_month(worker: Visitor) -> str:
    """The first month whose planning is closed and which still has a date to choose: the key of it."""
    opens_a_month(worker, dates=1)
    if "chi prima arriva prima sceglie" not in worker.page.locator("main").inner_text():
        # The month being planned comes first; the running one is the one before.
        worker.follows("Mese prima")
    return re.search(r"/mese/(\d{4}-\d{2})/", worker.page.url)[1]


def asks_for_an_exception(worker: Visitor, month: str, day: date) -> None:
    """On a full date: a reason is needed, then who manages the unit is asked."""
    worker.goes_to(f"{EMPLOYER}mese/{month}/{day.day}/")
    worker.follows("Chiedi un’eccezione")
    worker.presses("Invia la richiesta")
    worker.looks_at("agile-exception-ask", again=False)
    worker.writes(reason="Un corso vicino a casa.")
    worker.presses("Invia la richiesta")
    worker.sees("decide")


def looks_for_conflicts(manager: Visitor, month: str) -> None:
    """The days of the office on which too many are away or somebody asks, among those of all units managed."""
    manager.goes_to(f"{EMPLOYER}squadra/")
    manager.follows("Conflitti ed eccezioni")
    manager.goes_to(f"{EMPLOYER}conflitti/{month}/")
    manager.looks_at("agile-conflicts")
    manager.page.locator('main select[name="unita"]').select_option(label=OFFICE)
    manager.presses("Mostra")
    manager.sees(OFFICE)


def decides(manager: Visitor, month: str, day: date, *, allowed: bool) -> None:
    """From the day of the unit to the answer."""
    rows = manager.page.locator(f'main a[href*="/conflitti/{month}/"][href$="/{day.day}/"]')
    with manager.page.expect_event("load"):
        rows.first.click()
    manager.looks_at("agile-conflict-day")
    manager.follows(re.compile("Decidi Sara Moretti"))
    manager.sees("Un corso vicino a casa.")
    manager.looks_at("agile-exception")
    manager.writes(reason="Ne parliamo domani.")
    manager.presses("Concedi la giornata" if allowed else "Non concederla")
