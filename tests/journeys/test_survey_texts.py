"""Free texts: read, searched, counted by words, sorted by codes by hand, and the codes as answers in tables."""

import re

from playwright.sync_api import expect

from contempo.core.text import normalise
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import MAPPING, opens_the_campaign, value_of
from tests.journeys.survey_reading import chooses_in, count_of, csv_of, number_in, sheets_of, table_of

QUESTION = "Di che cosa avreste bisogno dalla rete?"


def opens_the_texts(reader: Visitor) -> str:
    """The texts of one question of the mapping; the address of the campaign."""
    mapping = opens_the_campaign(reader, MAPPING)
    reader.goes_to(f"{mapping}testi/")
    reader.follows(QUESTION)
    expect(reader.page.locator("main h2").first).to_have_text(QUESTION)
    return mapping


def test_texts_are_searched_and_their_words_counted(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    opens_the_texts(marta)
    marta.looks_at("survey-texts-of-one")
    total = count_of(marta)
    word, texts, times = table_of(marta, marta.page.locator("main table.rows").count() - 1)[1]
    assert int(times) >= int(texts) >= 1
    marta.follows(re.compile(f"^{word}$"))
    assert count_of(marta) == int(texts)
    assert len(csv_of(marta)) == int(texts) + 1
    shown = marta.page.locator("main ul.list-plain > li.panel .choice label").all_inner_texts()
    assert all(word in normalise(text) for text in shown)
    marta.writes(cerca="PERCHÉ non")
    marta.presses("Mostra")
    assert count_of(marta) < total
    marta.writes(cerca="zzzz")
    marta.presses("Mostra")
    marta.sees("Nessun")
    marta.looks_at("survey-texts-none")
    marta.follows("Togli tutti i filtri")
    assert count_of(marta) == total


def test_texts_are_sorted_by_codes_and_the_codes_are_answers(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    mapping = opens_the_texts(marta)
    total = count_of(marta)
    services, hours = f"Servizi {mode}", f"Orari {mode}"
    marta.writes(codes=services)
    marta.presses("Dai i codici")
    marta.sees("Scegli almeno un testo.")
    assert value_of(marta, "codes") == services
    marta.looks_at("survey-texts-nothing-chosen", again=False)
    marta.follows(re.compile("^flessibilita"))
    marta.sees("flessibilità")
    opens_the_texts(marta)
    try:
        gives(marta, services, (0, 1, 2))
        marta.sees("3 testi hanno i loro codici.")
        marta.looks_at("survey-texts-coded")
        gives(marta, f"{hours}, {services.upper()}", (2, 3))
        assert of_code(marta, services) == 4
        assert of_code(marta, hours) == 2
        reads_the_files(marta, total, services, hours)
        opens_the_code(marta, services, 4)
        reads_the_codes_as_answers(marta, mapping, services, hours)
        opens_the_texts(marta)
        takes_from_one(marta, hours)
        assert of_code(marta, hours) == 1
        renames(marta, hours, f"Tempi {mode}")
        assert of_code(marta, f"Tempi {mode}") == 1
        brings_together(marta, services, f"Tempi {mode}")
        assert of_code(marta, services) == 4
        marta.does_not_see(f"Tempi {mode}")
    finally:
        forgets_all(marta, mode)


def gives(reader: Visitor, codes: str, places: tuple[int, ...]) -> None:
    """Give codes to the texts at these places of the page."""
    for place in places:
        reader.page.locator("main ul.list-plain > li.panel .choice label").nth(place).click()
    reader.writes(codes=codes)
    reader.presses("Dai i codici")


def of_code(reader: Visitor, code: str) -> int:
    """How many texts have a code, as the panel of codes tells."""
    row = reader.page.locator("main #codes table.rows tr", has=reader.page.get_by_role("link", name=code, exact=True))
    return number_in(row.locator("td").inner_text())


def reads_the_files(reader: Visitor, total: int, services: str, hours: str) -> None:
    """CSV and Excel have every text with its codes; Excel the codes and the words, too."""
    head, *rows = csv_of(reader)
    assert len(rows) == total
    codes = head.index("Codici")
    assert sum(services in row[codes] for row in rows) == 4
    assert sum(f"{hours}; {services}" == row[codes] for row in rows) == 2
    sheets = sheets_of(reader)
    assert list(sheets) == ["Testi", "Codici", "Parole"]
    assert len(sheets["Testi"]) == total + 1
    assert [services, 4] in sheets["Codici"]


def opens_the_code(reader: Visitor, code: str, texts: int) -> None:
    """A code opens its texts; those without any are told apart."""
    reader.page.locator("main #codes").get_by_role("link", name=code, exact=True).click()
    assert count_of(reader) == texts
    coded = reader.page.locator("main li.panel", has_text=code)
    expect(coded).to_have_count(texts)


def reads_the_codes_as_answers(reader: Visitor, mapping: str, services: str, hours: str) -> None:
    """Among the results the codes are answers of their own; in a table they meet the size of who answers."""
    reader.goes_to(f"{mapping}risultati/?sezione=pagina_bisogni")
    reader.sees(services, hours)
    reader.looks_at("survey-results-codes")
    reader.goes_to(f"{mapping}tabelle/")
    chooses_in(reader, "righe", f"{QUESTION} – codici")
    chooses_in(reader, "colonne", "Dimensione")
    reader.presses("Mostra")
    reader.looks_at("survey-cross-codes")
    rows = {row[0]: row for row in table_of(reader)}
    assert re.search(r"\n4\b", rows[services][-1])
    assert re.search(r"\n2\b", rows[hours][-1])


def takes_from_one(reader: Visitor, code: str) -> None:
    """Take a code from the first text that has it."""
    reader.page.locator("main #codes").get_by_role("link", name=code, exact=True).click()
    reader.page.locator("main ul.list-plain > li.panel .choice label").first.click()
    chooses_in(reader, "take", code)
    reader.presses("Togli il codice")


def opens_the_panel_of(reader: Visitor, code: str) -> None:
    """Unfold what may be done with a code."""
    reader.page.locator("main #codes details", has_text=f"“{code}”").locator("summary").first.click()


def of_its_panel(reader: Visitor, code: str, button: str) -> None:
    """Press a button in the panel of a code."""
    with reader.page.expect_event("load"):
        panel = reader.page.locator("main #codes details", has_text=f"“{code}”").first
        panel.get_by_role("button", name=button, exact=True).click()


def renames(reader: Visitor, code: str, name: str) -> None:
    opens_the_panel_of(reader, code)
    panel = reader.page.locator("main #codes details", has_text=f"“{code}”").first
    panel.locator('[name="nome"]').fill(name)
    of_its_panel(reader, code, "Salva")


def brings_together(reader: Visitor, code: str, other: str) -> None:
    opens_the_panel_of(reader, code)
    panel = reader.page.locator("main #codes details", has_text=f"“{code}”").first
    panel.locator("label", has_text=other).click()
    of_its_panel(reader, code, "Unisci")


def forgets_all(reader: Visitor, mode: str) -> None:
    """The codes of this journey are gone again."""
    opens_the_texts(reader)
    while (panels := reader.page.locator("main #codes details", has_text=mode)).count():
        panels.first.locator("summary").first.click()
        with reader.page.expect_event("load"):
            panels.first.get_by_role("button", name="Togli da tutti i testi", exact=True).click()
