"""Tables of two and three questions, and the whole data set: what is on the page is in every file."""

import io
import re
from pathlib import Path

import duckdb
import pyreadstat
from playwright.sync_api import expect

from tests.journeys.agile import downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import MAPPING, opens_the_campaign
from tests.journeys.survey_reading import Rows, chooses_in, csv_of, percent_in, sheets_of, table_of

FLEXIBLE, SIZE, AGILE = (
    "C’è flessibilità in entrata e in uscita?",
    "Dimensione",
    "Nell’organizzazione si fa lavoro agile?",
)


def asks_for(reader: Visitor, mapping: str, rows: str, columns: str = "", layers: str = "", only: str = "") -> None:
    """A table of these questions, by their words."""
    reader.goes_to(f"{mapping}tabelle/")
    for name, words in (("righe", rows), ("colonne", columns), ("strati", layers), ("vale", only)):
        if words:
            chooses_in(reader, name, words)
    reader.presses("Mostra")


def cells_of(rows: Rows) -> dict[tuple[str, str], tuple[float | None, int]]:
    """Share and count of each cell on the page, by row and column."""
    head = rows[0]
    return {
        (row[0], column): (percent_in(cell), int(re.search(r"\n([\d.]+)", cell)[1].replace(".", "")))
        for row in rows[1:]
        for column, cell in zip(head[1:], row[1:], strict=True)
        if "\n" in cell
    }


def in_the_file(lines: Rows, layer: str = "") -> dict[tuple[str, str], tuple[float | None, int]]:
    """The same of a CSV of every cell."""
    head, *rows = lines
    at = {
        name: head.index(name) for name in ("Per ciascuna", "Riga", "Colonna", "Risposte", "Percentuale sulla colonna")
    }
    return {
        (row[at["Riga"]], row[at["Colonna"]]): (
            float(row[at["Percentuale sulla colonna"]].replace(",", "."))
            if row[at["Percentuale sulla colonna"]]
            else None,
            int(row[at["Risposte"]]),
        )
        for row in rows
        if row[at["Per ciascuna"]] == layer
    }


def test_a_table_of_two_is_the_same_on_the_page_and_in_every_file(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    asks_for(marta, mapping, FLEXIBLE, SIZE)
    marta.sees("La differenza più grande è in")
    page = cells_of(table_of(marta))
    assert in_the_file(csv_of(marta)) == page
    sheets = sheets_of(marta)
    head, *counts = sheets["Numero di risposte"]
    assert {(row[0], name): row[place] for row in counts for place, name in enumerate(head) if place} == {
        key: count for key, (_share, count) in page.items()
    }
    assert downloads(marta, "Scarica in PDF").startswith(b"%PDF")
    if marta.javascript:
        expect(marta.page.locator("main .chart-picture svg, main .chart-picture canvas").first).to_be_visible()
    marta.writes(title="")
    marta.presses("Conserva la tabella")
    marta.looks_at("survey-table-no-title", again=False)
    marta.presses("Mostra")
    assert cells_of(table_of(marta)) == page
    title = f"Flessibilità per dimensione, {mode}"
    marta.writes(title=title)
    marta.presses("Conserva la tabella")
    marta.follows(title)
    assert cells_of(table_of(marta)) == page
    forgets(marta, title)


def forgets(reader: Visitor, title: str) -> None:
    """Keep a table no longer."""
    kept = reader.page.locator("main li.panel", has_text=title).first
    kept.locator("summary").click()
    with reader.page.expect_event("load"):
        kept.get_by_role("button", name="Non conservarla più").click()
    reader.does_not_see(title)


def test_a_table_of_three_is_divided_filtered_and_weighed(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    asks_for(marta, mapping, FLEXIBLE, AGILE, SIZE, "Impresa")
    marta.looks_at("survey-cross-three")
    expect(marta.page.locator("main .filter-chip")).to_have_count(1)
    lines = csv_of(marta)
    layers = [heading.removeprefix(f"{SIZE}: ") for heading in marta.page.locator("main h3").all_inner_texts()]
    assert layers[0] == "Tutti insieme"
    for place, layer in enumerate(layers):
        assert in_the_file(lines, "" if place == 0 else layer) == cells_of(table_of(marta, place)), layer
    whole, parts = cells_of(table_of(marta)), [cells_of(table_of(marta, place)) for place in range(1, len(layers))]
    for key, (_share, count) in whole.items():
        assert count == sum(part[key][1] for part in parts if key in part), key
    marta.page.locator('main [name="pesi"]').check(force=True)
    marta.presses("Mostra")
    marta.sees("pesate")
    marta.looks_at("survey-cross-weighed")
    marta.follows("Togli tutti i filtri")
    expect(marta.page.locator("main .filter-chip")).to_have_count(0)


def test_the_data_set_is_the_same_in_every_form(comes: Comes, tmp_path: Path) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_campaign(marta, MAPPING)
    asks_for(marta, mapping, FLEXIBLE)
    told = {row[0]: int(row[1]) for row in table_of(marta)[1:]}
    marta.goes_to(f"{mapping}dati/")
    head, *rows = csv_of(marta, re.compile("CSV"))
    column = head.index("q_flessibilita")
    assert {label: sum(row[column] == label for row in rows) for label in told} == told

    parquet = tmp_path / "dati.parquet"
    parquet.write_bytes(downloads(marta, re.compile("Parquet")))
    found = duckdb.sql(f"SELECT q_flessibilita, count(*) FROM '{parquet}' GROUP BY 1").fetchall()
    assert sorted(count for code, count in found if code) == sorted(told.values())

    sheets = sheets_of(marta, re.compile("Excel"))
    assert len(next(iter(sheets.values()))) == len(rows) + 1
    assert any("q_flessibilita" in row and FLEXIBLE in row for row in sheets["Libro dei codici"])

    sav = tmp_path / "dati.sav"
    sav.write_bytes(downloads(marta, re.compile("SPSS")))
    frame, meta = pyreadstat.read_sav(str(sav), apply_value_formats=False)
    assert len(frame) == len(rows)
    assert meta.column_names_to_labels["q_flessibilita"] == FLEXIBLE
    labels = meta.variable_value_labels["q_flessibilita"]
    by_label = {labels[code]: count for code, count in frame["q_flessibilita"].value_counts().items()}
    assert {label: count for label, count in by_label.items() if label in told} == told

    lines = csv_of(marta, "Scarica il libro dei codici")
    assert any("q_flessibilita" in line and FLEXIBLE in line for line in lines)
    assert io.BytesIO(downloads(marta, "Scarica il rapporto")).read(4) == b"%PDF"
