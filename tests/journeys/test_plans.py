"""Plans: loaded from a file and read by the auditor; a claim from the partner to the payment; a period sealed; a figure
followed down to its records.
"""

import re
from pathlib import Path

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.tasks import PDF, awaits, new_tax_code

PLAN = Path(__file__).parents[2] / "demo" / "milano" / "plans" / "piano-2014-2016.yaml"
TODAY = "/milano/piani/piano-2025-2027/"


def plan_called(key: str, title: str) -> str:
    """The plan of Milan under another name."""
    text = PLAN.read_text(encoding="utf-8")
    text = re.sub(r"^key: .*$", f"key: {key}", text, count=1, flags=re.MULTILINE)
    return re.sub(r"^title: .*$", f"title: {title}", text, count=1, flags=re.MULTILINE)


def brings(visitor: Visitor, text: str) -> None:
    """Have the file of a plan read."""
    visitor.goes_to("/milano/agenzia/piani/carica/")
    file = {"name": "piano.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    visitor.page.locator('main [name="file"]').set_input_files(file)
    visitor.presses("Leggi il file")


def loads(visitor: Visitor, key: str, title: str) -> None:
    """Load the plan of Milan under another name, and put it in force."""
    brings(visitor, plan_called(key, title))
    visitor.sees("Questo è un piano nuovo")
    visitor.looks_at("plan-preview")
    visitor.presses("Carica il piano")
    visitor.sees(title)
    visitor.presses("Metti in vigore")
    visitor.sees("In vigore")


def test_a_plan_is_loaded_and_its_disagreements_are_read(comes: Comes, mode: str) -> None:
    marta, key = comes("marta"), f"prova-{mode}"

    wrong = plan_called(key, "Un piano con errori").replace("starts_on: 2014-01-01", "starts_on: 2014-13-01", 1)
    brings(marta, wrong.replace("lead: comune-di-milano", "lead: comune", 1))
    marta.sees("starts_on", "2014-13-01", "alliances[0].lead")
    marta.looks_at("plan-wrong", again=False)

    loads(marta, key, f"Piano di prova {mode}")
    marta.looks_at("plan")
    marta.follows("Verifica")
    marta.sees("108.605,00 €", "108.000,00 €", "118", "95", "903.329,10 €", "825.021,32 €")
    marta.looks_at("plan-findings")

    brings(marta, plan_called(key, f"Piano di prova {mode}"))
    marta.sees("Non cambierebbe nulla")


def test_a_partner_claims_the_lead_controls_the_coordinator_pays(comes: Comes, mode: str) -> None:
    partner, lead, marta = comes("omar"), comes("federica"), comes("marta")

    partner.goes_to(f"{TODAY}rendicontazione/")
    partner.looks_at("claims-partner")
    partner.follows("Inizia una rendicontazione")
    where = partner.page.locator("main fieldset label", has_text="Tempi aperti")
    partner.page.locator(f"main #{where.first.get_attribute('for')}").check(force=True)
    partner.writes(title=f"Materiali di novembre, {mode}")
    partner.presses("Inizia la rendicontazione")
    claim = re.search(r"(/milano/piani/.+/rendicontazione/\d+/)", partner.page.url)[1]
    for number, amount in ((1, "1.000,00"), (2, "500,00")):
        partner.goes_to(claim)
        partner.follows("Aggiungi una spesa")
        spends(partner, f"{mode} {number}/2026", amount)
    partner.sees("1.500,00 €")
    partner.looks_at("claim")
    partner.presses("Invia la rendicontazione")

    lead.goes_to(claim)
    lead.presses("Inizia il controllo")
    lead.looks_at("claim-control")
    second = lead.page.locator("#spesa-2")
    second.locator('[name="accepted"]').fill("300,00")
    second.locator('[name="reason"]').fill("Duecento euro sono di un altro progetto.")
    with lead.page.expect_event("load"):
        second.get_by_role("button", name="Ammetti l’importo scritto").click()
    lead.presses("Ammetti tutto il resto")
    lead.presses("Chiudi il controllo")
    lead.sees("1.300,00 €")

    marta.goes_to(claim)
    marta.follows("Registra il pagamento")
    marta.looks_at("claim-pay")
    marta.writes(reference=f"Mandato {mode}")
    marta.presses("Registra il pagamento")
    marta.sees("Pagata")

    partner.goes_to(claim)
    partner.sees("Duecento euro sono di un altro progetto.", "1.300,00 €")
    partner.looks_at("claim-paid")


def spends(partner: Visitor, number: str, amount: str) -> None:
    """Add an invoice with its proof of payment to the claim."""
    allocation = partner.page.locator('main select[name="allocation"]')
    allocation.select_option(index=1)
    partner.picks("kind", "invoice")
    partner.writes(
        number=number,
        dated_on="2026-11-03",
        supplier="Cartoleria del Parco",
        supplier_code=new_tax_code(),
        description="Materiali per i laboratori",
        net=amount,
        claimed=amount,
        paid_on="2026-11-10",
        payment="Bonifico del 10 novembre",
    )
    for field in ("documents", "proofs"):
        file = {"name": f"{field}.pdf", "mimeType": "application/pdf", "buffer": PDF + f"{number}{field}".encode()}
        partner.page.locator(f'main [name="{field}"]').set_input_files(file)
    partner.looks_at("claim-expense", again=False)
    partner.presses("Salva la spesa")


def test_a_period_is_closed_and_its_seal_verified(comes: Comes, mode: str) -> None:
    marta = comes("marta")
    loads(marta, f"sigilli-{mode}", f"Piano dei sigilli {mode}")

    marta.goes_to(f"/milano/piani/sigilli-{mode}/periodi/")
    marta.looks_at("plan-periods")
    marta.follows("2014")
    marta.sees("Non ancora misurato")
    marta.page.locator('main [name="without_missing"]').check(force=True)
    marta.looks_at("plan-period", again=False)
    marta.presses("Chiudi e sigilla")
    awaits(marta, "Chiuso e sigillato")
    marta.follows("Verifica il sigillo")
    marta.looks_at("plan-seal")
    marta.sees("Tutto è stato ricalcolato ora")


def test_the_observer_follows_a_figure_to_its_records(comes: Comes) -> None:
    elena = comes("elena")
    elena.goes_to(f"{TODAY}indicatori/")
    elena.looks_at("board")
    elena.follows(re.compile("Domande arrivate allo Sportello", re.IGNORECASE))
    elena.looks_at("indicator")
    told = int(elena.page.locator("main .stat-value").first.inner_text().replace(".", ""))
    assert told
    with elena.page.expect_event("load"):
        elena.page.locator("main .stat-grid a").first.click()
    elena.looks_at("indicator-records")
    listed = elena.page.locator("main .list-count strong").inner_text()
    assert int(re.sub(r"\D", "", listed)) == told

    elena.goes_to(f"{TODAY}conti/")
    elena.looks_at("reports")
    elena.goes_to(f"{TODAY}bilancio/")
    elena.looks_at("budget")


def test_anybody_reads_a_plan_and_its_public_board(comes: Comes) -> None:
    visitor = comes()
    visitor.goes_to("/milano/")
    visitor.page.goto(f"{visitor.site.url}/milano/piani/")
    visitor.looks_at("plans")
    visitor.follows("Piano territoriale di conciliazione 2025-2027")
    visitor.looks_at("plan-public")
    visitor.follows("Tempi aperti")
    visitor.looks_at("alliance")
    visitor.goes_to(f"{TODAY}calendario/")
    visitor.looks_at("plan-calendar")
    visitor.goes_to(f"{TODAY}indicatori/")
    visitor.sees("non detto")
    visitor.looks_at("board-public")
    visitor.goes_to(f"{TODAY}attivita/?quando=late")
    visitor.looks_at("activities")
    visitor.goes_to(f"{TODAY}premialita/")
    visitor.looks_at("reward")
    assert visitor.goes_to(f"{TODAY}rendicontazione/") in (200, 403)
