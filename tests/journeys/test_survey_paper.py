"""Forms on paper, typed in by who keeps the campaign: corrected, and two of them for one unit."""

import re

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import chooses, value_of

WHY = "Il Comune ha compilato il suo modulo: conta quello."


def types_a_form(keeper: Visitor, number: str, unit: str, *, minutes: str) -> None:
    """A form as it came on paper; the page of forms is open."""
    keeper.writes(paper=number, invitation=unit, comune="Bresso", viaggio=minutes)
    chooses(keeper, cura="nessuno")
    chooses(keeper, bisogni="orari")


def test_paper_forms_are_entered_corrected_and_settled(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    campaign = marta.site.opens_a_survey(
        f"Moduli di carta, {mode}",
        f"Unione delle Groane <unione.{mode}@example.org>",
        f"Comune di Valverde <valverde.{mode}@example.org>",
    )
    paper = f"{campaign}carta/"
    marta.goes_to(paper)
    marta.looks_at("survey-paper")
    types_a_form(marta, "12", "groane", minutes="molti")
    marta.presses("Registra il modulo e passa al prossimo")
    assert value_of(marta, "viaggio") == "molti"
    marta.looks_at("survey-paper-wrong", again=False)
    marta.writes(viaggio="25")
    marta.presses("Registra il modulo e passa al prossimo")
    marta.sees("Il modulo 12 è registrato.")
    assert value_of(marta, "paper") == "13"

    corrects_the_first(marta, paper)
    speaks_for_the_other(marta, campaign)
    marta.goes_to(paper)
    types_a_form(marta, "13", "valverde", minutes="15")
    marta.presses("Registra il modulo e passa al prossimo")
    marta.goes_to(f"{campaign}copertura/")
    marta.follows(re.compile("1 risposta"))
    marta.sees("Comune di Valverde", "Per questa unità valgono più risposte")
    marta.looks_at("survey-paper-disputed")
    marta.page.locator("main").get_by_label(re.compile("^La sua risposta")).check(force=True)
    marta.writes(reason=WHY)
    with marta.page.expect_event("load"):
        marta.page.get_by_role("main").get_by_role("button", name=re.compile("^Decido")).first.click()
    marta.goes_to(f"{campaign}copertura/?stato=coperte")
    marta.sees("2 unità")
    marta.goes_to(f"{campaign}risposte/")
    marta.sees("2 risposte")


def corrects_the_first(keeper: Visitor, paper: str) -> None:
    """What was typed wrongly in form 12 is typed again; a number nobody entered is told so."""
    keeper.goes_to(f"{paper}?correggi=99")
    keeper.sees("Nessun modulo con il numero 99")
    keeper.page.locator("main details.fold summary").last.click()
    keeper.writes(correggi="12")
    keeper.presses("Correggilo")
    keeper.sees("Correggi il modulo 12")
    assert value_of(keeper, "viaggio") == "25"
    keeper.looks_at("survey-paper-correct")
    keeper.writes(viaggio="52")
    keeper.presses("Salva le correzioni")
    keeper.sees("Il modulo 12 è stato corretto.")


def speaks_for_the_other(keeper: Visitor, campaign: str) -> None:
    """The answer of the union counts for its municipality too, which did not say so."""
    keeper.goes_to(f"{campaign}copertura/?cerca=groane")
    keeper.page.locator("main table.rows").get_by_role("link", name=re.compile("Groane")).first.click()
    keeper.page.wait_for_url(re.compile(r"/copertura/\d+/"))
    keeper.follows("Indico le altre unità per cui risponde")
    keeper.looks_at("survey-unit-others")
    keeper.writes(cerca="valverde")
    keeper.presses("Mostra")
    keeper.page.locator('main [name="others"]').first.check(force=True)
    keeper.presses("Risponde anche per queste")
