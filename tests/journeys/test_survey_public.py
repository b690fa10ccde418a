"""Results told to everybody after closing: what a visitor without a name reads, and what stays with who keeps them."""

import re

from playwright.sync_api import expect

from tests.journeys.agile import downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import MAPPING, SURVEYS, opens_the_campaign
from tests.journeys.survey_reading import chooses_in, percent_in, table_of

OTHERS_PAGES = "inviti delegati copertura risposte testi dati/csv dati/codici impostazioni ritardi popolazione".split()


def tells(keeper: Visitor, mapping: str, *, everybody: bool) -> None:
    """Let everybody read the results, or nobody but those of the network."""
    keeper.goes_to(f"{mapping}impostazioni/periodo/")
    keeper.page.locator('main [name="results_public"]').set_checked(everybody, force=True)
    keeper.presses("Salva")


def counts_in(rows: list[list[str]]) -> list[int]:
    """Every count that the cells of a table tell, and the zeros."""
    told = [re.search(r"\n(\d+)", cell) for row in rows[1:] for cell in row[1:]]
    return [int(one[1]) for one in told if one]


def test_a_visitor_reads_results_without_small_counts(comes: Comes) -> None:
    marta, visitor = comes("marta", phone=False), comes()
    mapping = opens_the_campaign(marta, MAPPING)
    tells(marta, mapping, everybody=True)
    try:
        visitor.goes_to(SURVEYS)
        visitor.follows(MAPPING)
        visitor.looks_at("survey-public-board")
        visitor.does_not_see("personale.u140@example.org", "Unione di Comuni Terre dell’Adda")
        for page in ("tassi", "mappa"):
            assert visitor.goes_to(f"{mapping}{page}/") == 200
            visitor.looks_at(f"survey-public-{page}")
            links = visitor.page.locator("main table.rows td a")
            expect(links).to_have_count(0)
        visitor.goes_to(f"{mapping}risultati/")
        visitor.looks_at("survey-public-results")
        visitor.sees("Qui nessuna persona è riconoscibile")
        crosses(visitor, mapping)
        visitor.goes_to(f"{mapping}confronto/")
        visitor.looks_at("survey-public-compare")
        visitor.goes_to(f"{mapping}dati/")
        visitor.looks_at("survey-public-data")
        visitor.does_not_see("CSV", "SPSS")
        assert downloads(visitor, "Scarica il rapporto").startswith(b"%PDF")
        for page in OTHERS_PAGES:
            visitor.goes_to(f"{mapping}{page}/")
            visitor.does_not_see("personale.u140@example.org", "Unione di Comuni Terre dell’Adda")
            assert "/accesso/" in visitor.page.url, page
    finally:
        tells(marta, mapping, everybody=False)
    visitor.goes_to(f"{mapping}risultati/")
    assert "/accesso/" in visitor.page.url


def crosses(visitor: Visitor, mapping: str) -> None:
    """A table of a visitor tells no small count; who keeps the campaign reads them all."""
    visitor.goes_to(f"{mapping}tabelle/")
    chooses_in(visitor, "righe", "C’è un piano di welfare per chi lavora?")
    chooses_in(visitor, "colonne", "Tipo")
    visitor.presses("Mostra")
    visitor.looks_at("survey-public-cross")
    rows = table_of(visitor)
    assert all(count >= 5 or count == 0 for count in counts_in(rows)), rows
    assert any(percent_in(cell) is None for row in rows[1:-1] for cell in row[1:]), "nothing is kept back"
    text = downloads(visitor, "Scarica in CSV").decode("utf-8-sig")
    assert not re.search(r";[1-4];\d", text), text
    assert downloads(visitor, "Scarica in PDF").startswith(b"%PDF")
