"""Human resources: a staff file brought and undone, an activity assessed, a month from budget to public file."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from contempo.core.clock import today
from tests.journeys.agile import EMPLOYER, downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.site import ROOT
from tests.journeys.tasks import awaits


def test_a_staff_file_is_brought_looked_at_written_and_undone(comes: Comes, mode: str) -> None:
    paolo = comes("paolo", phone=False)
    number = {"ponente": "009901", "levante": "009902"}[mode]
    paolo.goes_to(f"{EMPLOYER}personale/")
    paolo.looks_at("agile-staff")
    paolo.follows("Storia dei caricamenti")
    paolo.looks_at("agile-imports")
    head, changed = rows_of(downloads(paolo, "Tutti i dati (CSV)").decode("utf-8-sig"), "001160")
    new = changed.replace("001160", number).replace("m001160@", f"m{number}@")
    brings(paolo, head, changed.replace("D02-12", "D02-11"), new, new.replace(number, "009909").replace("D02-12", "X9"))

    paolo.looks_at("agile-import-columns")
    paolo.presses("Mostra che cosa cambierebbe")
    awaits(paolo, "Ancora non è cambiato niente.")
    paolo.sees("1 riga ha errori", "Riga 2", "Riga 3")
    paolo.looks_at("agile-import-preview")
    paolo.follows("Guarda gli errori")
    paolo.sees("Riga 4", "C · Codice dell’unità", "Nessuna unità ha questo codice")
    paolo.looks_at("agile-import-wrong")
    assert b"X9" in downloads(paolo, "Righe sbagliate (CSV)")

    paolo.presses("Importa 2 righe")
    awaits(paolo, "Importata")
    paolo.looks_at("agile-import-done")
    run = paolo.page.url
    unit_of(paolo, "001160", "Sportelli anagrafici")
    unit_of(paolo, number, "Stato civile")

    paolo.page.goto(run)
    paolo.follows("Annulla l’importazione")
    paolo.looks_at("agile-import-undo")
    paolo.presses("Annulla l’importazione")
    awaits(paolo, "Annullata")
    unit_of(paolo, "001160", "Stato civile")
    paolo.goes_to(f"{EMPLOYER}personale/?cerca={number}")
    paolo.sees("0 persone")


def rows_of(text: str, number: str) -> tuple[str, str]:
    """The first row of a file and that of one person."""
    rows = text.splitlines()
    return rows[0], next(row for row in rows if row.startswith(number))


def brings(keeper: Visitor, *rows: str) -> None:
    """Bring a file with these rows, in the encoding and with the line ends of old spreadsheets."""
    keeper.follows("Porta un file")
    keeper.presses("Leggi il file")
    keeper.looks_at("agile-import-none", again=False)
    file = {"name": "personale.csv", "mimeType": "text/csv", "buffer": "\r\n".join(rows).encode("cp1252")}
    keeper.page.locator('main [name="file"]').set_input_files(file)
    keeper.presses("Leggi il file")


def unit_of(keeper: Visitor, number: str, unit: str) -> None:
    """The list of the staff has the person in this unit."""
    keeper.goes_to(f"{EMPLOYER}personale/?cerca={number}")
    keeper.sees("1 persona", unit)


def test_an_activity_is_assessed_and_a_reason_is_never_missing(comes: Comes) -> None:
    paolo = comes("paolo", phone=False)
    paolo.goes_to(f"{EMPLOYER}attivita/?cerca=D02-13.1")
    paolo.looks_at("agile-activities")
    paolo.follows("Sportello al pubblico")
    paolo.looks_at("agile-activity")
    paolo.follows("Valutala di nuovo")
    reasons = paolo.page.locator('main textarea[name^="reason_"]').all()
    key = reasons[-1].get_attribute("name").removeprefix("reason_")
    paolo.picks(f"met_{key}", "partly")
    paolo.writes(**{f"reason_{key}": ""}, note="Vista con chi lavora allo sportello.")
    paolo.presses("Salva la valutazione")
    paolo.sees("Di’ perché: chi lavora qui lo leggerà.")
    assert paolo.page.locator('main [name="note"]').input_value() == "Vista con chi lavora allo sportello."
    paolo.looks_at("agile-assess-wrong", again=False)
    paolo.writes(**{f"reason_{key}": "Il tempo dipende da chi si presenta."})
    paolo.presses("Salva la valutazione")
    paolo.sees("Il tempo dipende da chi si presenta.", "Paolo Ghezzi")

    for page in ("attivita/riepilogo", "omogeneita", "idoneita", "monitoraggio", "comunicazioni", "accordi/registro"):
        paolo.goes_to(f"{EMPLOYER}{page}/")
        paolo.looks_at(f"agile-{page.replace('/', '-')}")


def test_a_month_is_followed_from_its_budget_to_its_public_file(comes: Comes, tmp_path: Path) -> None:
    paolo = comes("paolo", phone=False)
    month = f"{today():%Y-%m}"
    paolo.goes_to(f"{EMPLOYER}mesi/{month}/")
    paolo.sees("I conti tornano")
    paolo.looks_at("agile-month-keeper")

    directorate = paolo.page.locator(
        "main table.rows tr", has=paolo.page.get_by_role("link", name="Servizi demografici")
    )
    persons = int(directorate.locator("td").nth(1).inner_text().replace(".", ""))
    paolo.follows("Servizi demografici")
    paolo.sees(f"{persons} persone")
    paolo.looks_at("agile-persons")

    paolo.goes_to(f"{EMPLOYER}mesi/{month}/")
    paolo.follows("Apri il registro")
    paolo.sees("I conti tornano")
    paolo.looks_at("agile-ledger")
    paolo.goes_to(f"{EMPLOYER}mesi/{month}/richieste/")
    paolo.looks_at("agile-requests")

    paolo.goes_to(f"{EMPLOYER}mesi/{month}/")
    paolo.follows(re.compile("Assegnazione 1"))
    paolo.looks_at("agile-result")
    published = paolo.page.locator("main code.wrap").all_inner_texts()
    file = tmp_path / "banca.jsonl"
    file.write_bytes(downloads(paolo, "Scarica il file"))
    assert recomputed(file) in published

    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        recomputed(file)


def recomputed(file: Path) -> str:
    """The hash of the result of a file, cleared again on a machine that has no database."""
    command = [sys.executable, "-m", "contempo", "agile", "recompute", str(file)]
    nowhere = {"PATH": "/usr/bin:/bin", "CONTEMPO_HOME": str(file.parent / "home")}
    done = subprocess.run(command, cwd=ROOT, env=nowhere, check=True, capture_output=True, text=True, timeout=120)
    assert "The result is the one that was published." in done.stdout
    return re.search(r"Hash of the result: (\w+)", done.stdout)[1]
