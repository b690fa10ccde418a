"""Who reads a closed mapping: rates and their lists, what is to be settled, results, tables, files, the report."""

import re

from playwright.sync_api import expect

from tests.journeys.agile import downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import MAPPING, SURVEYS, opens_the_campaign
from tests.journeys.survey_reading import opens_each

OVERLAPPING = {"levante": "Comune di San Fereolo", "ponente": "Comune di Castel Martesana"}
WHY = "Il Comune ha compilato il questionario per intero: conta la sua risposta, non quella dell’Unione."


def test_every_rate_opens_a_list_of_its_length(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    marta.looks_at("survey-board")
    opens_each(marta, 3)
    marta.looks_at("survey-behind")
    for page in ("tassi", "mappa", "ritardi", "inviti", "delegati"):
        marta.goes_to(f"{mapping}{page}/")
        marta.looks_at(f"survey-{page}")


def test_an_answer_given_twice_is_settled_by_a_person(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    marta.follows("Copertura")
    marta.looks_at("survey-coverage")
    marta.goes_to(f"{mapping}copertura/?cerca={OVERLAPPING[mode].replace(' ', '+')}")
    marta.page.locator("main table.rows").get_by_role("link", name=OVERLAPPING[mode]).first.click()
    expect(marta.page.locator("main h1")).to_contain_text(OVERLAPPING[mode])
    stays_settled = mode == "ponente"
    if stays_settled:
        marta.presses("Annullo la decisione")
    try:
        marta.sees("Per questa unità valgono più risposte")
        marta.looks_at("survey-unit-disputed")
        decides(marta)
        marta.sees("Scegli la risposta che conta, o nessuna.")
        marta.looks_at("survey-unit-wrong", again=False)
    finally:
        settles_for_its_own(marta)
        marta.looks_at("survey-unit-settled")
        if not stays_settled:
            marta.presses("Annullo la decisione")
            marta.sees("Per questa unità valgono più risposte")


def decides(keeper: Visitor) -> None:
    """Press the button, which is called after what comes next."""
    name = re.compile("^Decido")
    with keeper.page.expect_event("load"):
        keeper.page.get_by_role("main").get_by_role("button", name=name).first.click()


def settles_for_its_own(keeper: Visitor) -> None:
    """The answer of the unit itself counts; the page of the unit says so."""
    here = keeper.page.url
    keeper.page.locator('main [name="keep"]').first.check(force=True)
    keeper.writes(reason=WHY)
    decides(keeper)
    keeper.page.goto(here)
    keeper.sees("Per questa unità conta una risposta.", "conta la sua risposta")


def test_results_are_read_crossed_and_taken_away(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    marta.follows("Risultati")
    marta.sees("Contano")
    marta.looks_at("survey-results")
    crosses_two_questions(marta, mapping, mode)
    marta.goes_to(f"{mapping}confronto/")
    marta.looks_at("survey-compare")
    marta.goes_to(f"{mapping}testi/")
    marta.looks_at("survey-texts")
    marta.goes_to(f"{mapping}risposte/")
    marta.page.locator("main table.rows a").first.click()
    marta.sees("Chi risponde")
    marta.looks_at("survey-response")

    marta.goes_to(f"{mapping}dati/")
    marta.looks_at("survey-data")
    assert downloads(marta, "Scarica il rapporto").startswith(b"%PDF")
    assert downloads(marta, re.compile("CSV")).startswith(b"\xef\xbb\xbf")
    assert downloads(marta, re.compile("Excel")).startswith(b"PK")
    assert downloads(marta, re.compile("Parquet")).startswith(b"PAR1")
    assert downloads(marta, re.compile("SPSS")).startswith(b"$FL")
    assert downloads(marta, "Scarica il libro dei codici")


def crosses_two_questions(reader: Visitor, mapping: str, mode: str) -> None:
    """A table by the size of who answered; kept for the report, and no longer."""
    reader.goes_to(f"{mapping}tabelle/")
    reader.looks_at("survey-tables-empty")
    rows = reader.page.locator('main select[name="righe"] option').nth(3).get_attribute("value")
    columns = reader.page.locator('main select[name="colonne"] option', has_text="Dimensione").first
    reader.picks("righe", rows)
    reader.picks("colonne", columns.get_attribute("value"))
    reader.presses("Mostra")
    reader.sees("Chi ha risposto a tutto")
    reader.looks_at("survey-cross")
    for kind, begins in (("CSV", b"\xef\xbb\xbf"), ("Excel", b"PK")):
        assert downloads(reader, re.compile(f"Scarica in {kind}")).startswith(begins)
    title = f"Per dimensione, {mode}"
    reader.writes(title=title)
    reader.presses("Conserva la tabella")
    reader.sees(title)
    reader.looks_at("survey-tables-kept")
    kept = reader.page.locator("main li.panel", has_text=title).first
    kept.locator("summary").click()
    with reader.page.expect_event("load"):
        kept.get_by_role("button", name="Non conservarla più").click()
    reader.does_not_see(title)


def test_an_observer_reads_figures_and_no_answers(comes: Comes) -> None:
    elena = comes("elena")
    mapping = opens_the_campaign(elena, MAPPING)
    elena.looks_at("survey-board-observer")
    expect(elena.page.get_by_role("main").get_by_role("link", name="Inviti", exact=True)).to_have_count(0)
    for page in ("tassi", "mappa", "risultati"):
        assert elena.goes_to(f"{mapping}{page}/") == 200
        elena.looks_at(f"survey-{page}-observer")
    for page in ("inviti", "delegati", "risposte", "copertura", "impostazioni"):
        assert elena.goes_to(f"{mapping}{page}/") == 403
    elena.goes_to(f"{SURVEYS}bisogni/")
    elena.looks_at("survey-needs")


def test_a_visitor_reads_what_is_public_and_nothing_else(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    visitor = comes()
    visitor.goes_to(SURVEYS)
    visitor.sees("I questionari a cui puoi rispondere")
    visitor.looks_at("survey-campaigns-public")
    visitor.follows("Buone pratiche")
    visitor.looks_at("survey-practices")
    for page in ("", "tassi/", "inviti/", "risposte/"):
        visitor.goes_to(f"{mapping}{page}")
        visitor.does_not_see("personale.u140@example.org", "Unione di Comuni Terre dell’Adda")
