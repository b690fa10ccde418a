"""What a visitor reads of the agile work of an employer: rules, criteria, results, the work plan."""

from tests.journeys.agile import AGILE, EMPLOYER, downloads
from tests.journeys.conftest import Comes


def test_anybody_reads_rules_criteria_results_and_work_plan(comes: Comes) -> None:
    visitor = comes()
    visitor.goes_to(AGILE)
    visitor.looks_at("agile-public")
    visitor.follows("Comune di Milano")
    visitor.looks_at("agile-employer-public")
    visitor.follows("Regole del mese")
    visitor.sees("La banca delle giornate", "Classe 1")
    visitor.looks_at("agile-rules")
    visitor.follows("Criteri")
    visitor.looks_at("agile-criteria")
    visitor.follows("Esiti pubblicati")
    visitor.looks_at("agile-results")
    visitor.page.locator('main .card-grid a[href*="/esiti/20"]').first.click()
    visitor.sees("Rifai i conti")
    assert downloads(visitor, "Scarica il file").startswith(b"{")
    visitor.follows("Piano del lavoro agile")
    visitor.looks_at("agile-work-plan")
    for page in ("mese", "banca", "personale", "monitoraggio"):
        assert visitor.goes_to(f"{EMPLOYER}{page}/") in (200, 403, 404)


def test_the_safety_representative_confirms_the_notice_once(comes: Comes) -> None:
    guido = comes("guido", phone=True)
    guido.goes_to(f"{EMPLOYER}informativa/")
    guido.looks_at("agile-safety")
    button = guido.page.get_by_role("button", name="Ho ricevuto e letto l’informativa")
    if button.count():
        guido.presses("Ho ricevuto e letto l’informativa")
    guido.sees("Ricevuta")
