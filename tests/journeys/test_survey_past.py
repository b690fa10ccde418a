"""Surveys of the past: their single responses from a table, or only the figures of a report, marked and kept apart."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import MAPPING, SURVEYS, opens_the_campaign
from tests.journeys.survey_reading import chooses_in, csv_of, table_of
from tests.journeys.tasks import PDF, awaits

PAST = f"{SURVEYS}passate/"
IMPORTED, AGGREGATES = "Risposte importate da un’indagine passata", "Solo dati d’insieme di un’indagine passata"
FLEXIBLE = "C’è flessibilità in entrata e in uscita?"
HEADS = "Numero;Classe;Comune sede;Lavorano qui;Orario elastico"
SIZES = ("Micro (meno di 10 persone)", "Piccola (da 10 a 49 persone)")
FIGURES = f"""Domanda;Gruppo;Risposta;Conteggio;Base;Fonte
{FLEXIBLE};;Sì, per quasi tutte le persone;60;200;Rapporto 2012, tavola 3
{FLEXIBLE};;Sì, per una parte delle persone;40;200;Rapporto 2012, tavola 3
{FLEXIBLE};;No;100;200;Rapporto 2012, tavola 3
{FLEXIBLE};Imprese;No;45;50;Rapporto 2012, tavola 4
{FLEXIBLE};Enti;No;90;80;Rapporto 2012, tavola 4
"""


def begins(keeper: Visitor, title: str, origin: str, *, form: str = "", table: str = "") -> str:
    """Note a survey of the past; the address of its page, without the site."""
    keeper.goes_to(PAST)
    keeper.follows("Porta un’indagine del passato")
    keeper.writes(title=title, since="2019-03-01", last="2019-04-30")
    keeper.picks("purpose", "mapping")
    keeper.picks("origin", origin)
    keeper.picks("unit_kind", "organisation")
    keeper.picks("mode", "identified")
    if form:
        chooses_in(keeper, "version_id", form)
    if table:
        brings(keeper, table)
    keeper.presses("Continua")
    return re.search(r"/milano/questionari/passate/\d+/", keeper.page.url)[0]


def number_of(past: str) -> str:
    """The number of the survey with this address."""
    return past.rstrip("/").rpartition("/")[2]


def brings(keeper: Visitor, table: str) -> None:
    """Put a table into the field for files."""
    file = {"name": "indagine.csv", "mimeType": "text/csv", "buffer": table.encode()}
    keeper.page.locator('main [name="file"]').set_input_files(file)


def loads(keeper: Visitor, table: str) -> None:
    """Bring the data of the survey whose page is open, up to the choice of columns."""
    keeper.follows("Porta i suoi dati")
    keeper.follows("Porta un file")
    brings(keeper, table)
    keeper.presses("Leggi il file")


def takes_back(keeper: Visitor) -> None:
    """Take the import whose page is open back."""
    keeper.follows("Annulla l’importazione")
    keeper.presses("Annulla l’importazione")
    awaits(keeper, "Annullata")


def test_what_is_no_survey_is_told_beside_its_field(comes: Comes) -> None:
    marta = comes("marta", phone=False)
    marta.goes_to(PAST)
    marta.looks_at("survey-past")
    marta.follows("Porta un’indagine del passato")
    marta.looks_at("survey-past-new")
    marta.presses("Continua")
    marta.sees("Scrivi un titolo.", "Scrivi il giorno per intero")
    marta.looks_at("survey-past-new-wrong", again=False)
    marta.writes(title="Indagine senza tabella", since="2019-03-01", last="2019-02-01")
    marta.presses("Continua")
    marta.sees("Ultimo giorno:")
    marta.writes(last="2019-04-30")
    wrong = {"name": "indagine.pdf", "mimeType": "application/pdf", "buffer": PDF}
    marta.page.locator('main [name="file"]').set_input_files(wrong)
    marta.presses("Continua")
    marta.sees("“indagine.pdf” non è una tabella")
    marta.looks_at("survey-past-new-wrong-file", again=False)
    assert marta.page.locator('main [name="title"]').input_value() == "Indagine senza tabella"
    marta.goes_to(PAST)
    marta.does_not_see("Indagine senza tabella")


def test_single_responses_are_brought_compared_and_taken_back(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    title = f"Mappatura 2019 {mode}"
    past = begins(marta, title, "imported", form=MAPPING.removesuffix(" 2026"))
    marta.sees(IMPORTED)
    marta.looks_at("survey-past-one")
    answers = ("tutti", "no", "Sì, per una parte delle persone")
    rows = [f"{n};{SIZES[n % 2]};Milano;{n + 3};{answers[n % 3]}" for n in range(1, 31)]
    loads(marta, "\n".join([HEADS, *rows, "31;Micro (meno di 10 persone);Paperopoli;4;forse"]))
    marta.looks_at("survey-past-columns")
    puts_columns_right(marta)
    chooses_in(marta, "donne", "Lavorano qui")
    marta.presses("Mostra che cosa cambierebbe")
    marta.sees("Questa colonna è già scelta")
    marta.looks_at("survey-past-columns-wrong", again=False)
    marta.picks("donne", "")
    marta.presses("Mostra che cosa cambierebbe")
    awaits(marta, "Ancora non è cambiato niente.")
    marta.sees("1 riga ha errori")
    marta.looks_at("survey-past-preview")
    marta.presses("Importa 30 righe")
    awaits(marta, "Importata")
    run = marta.page.url
    marta.goes_to(past)
    marta.sees("30")
    compares(marta, past)
    marta.sees(title)
    marta.page.goto(run)
    takes_back(marta)
    marta.goes_to(past)
    expect(marta.page.locator("main dl").first).to_contain_text("0")


def puts_columns_right(keeper: Visitor) -> None:
    """Say of each column what it is: those nothing was proposed for are folded away."""
    keeper.page.locator("main details.fold summary").first.click()
    for field, head in (("_size", "Classe"), ("_municipality", "Comune sede"), ("persone", "Lavorano qui")):
        chooses_in(keeper, field, head)
    chooses_in(keeper, "flessibilita", "Orario elastico")


def compares(keeper: Visitor, past: str) -> None:
    """The wave of the past stands beside that of the mapping, called what it is."""
    mapping = opens_the_campaign(keeper, MAPPING)
    keeper.goes_to(f"{mapping}confronto/")
    keeper.picks("edizione", number_of(past))
    keeper.presses("Confronta")
    keeper.looks_at("survey-compare-past")
    keeper.sees(IMPORTED)


def test_a_questionnaire_is_made_of_the_columns_of_a_table(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    title = f"Indagine di quartiere {mode}"
    table = "ID;Ti serve un nido?;Voto ai servizi;Note\n" + "".join(
        f"{n};{'Sì' if n % 3 else 'No'};{n % 11};{'Grazie' if n % 5 == 0 else ''}\n" for n in range(1, 25)
    )
    past = begins(marta, title, "imported", table=table)
    marta.follows("Di’ che cosa sono le colonne")
    marta.looks_at("survey-past-table")
    marta.page.locator('main [name="c1_label"]').fill("C’è bisogno di un nido?")
    marta.page.locator('main [name="c1_options"]').fill("Sì = Sì, subito\nNo = Per ora no")
    marta.presses("Crea il questionario")
    marta.sees("Il questionario è pronto.")
    marta.presses("Mostra che cosa cambierebbe")
    awaits(marta, "Ancora non è cambiato niente.")
    marta.presses("Importa 24 righe")
    awaits(marta, "Importata")
    run = marta.page.url
    marta.goes_to(f"{SURVEYS}{number_of(past)}/")
    marta.sees(IMPORTED, "C’è bisogno di un nido?")
    marta.looks_at("survey-past-results")
    rows = {row[0]: row[1] for row in table_of(marta)[1:]}
    assert rows["Sì, subito"] == "16"
    assert rows["Per ora no"] == "8"
    marta.page.goto(run)
    takes_back(marta)


def test_figures_of_a_report_stand_apart_and_are_marked(comes: Comes, mode: str) -> None:
    marta = comes("marta", phone=False)
    title = f"Mappatura 2012 {mode}"
    past = begins(marta, title, "aggregates", form=MAPPING.removesuffix(" 2026"))
    marta.sees(AGGREGATES)
    loads(marta, FIGURES)
    marta.presses("Mostra che cosa cambierebbe")
    awaits(marta, "Ancora non è cambiato niente.")
    marta.sees("1 riga ha errori")
    marta.looks_at("survey-past-figures-preview")
    marta.presses("Importa 4 righe")
    awaits(marta, "Importata")
    run = marta.page.url
    marta.goes_to(past)
    marta.looks_at("survey-past-figures-one")
    marta.follows(re.compile("^4$"))
    marta.sees(AGGREGATES, FLEXIBLE, "30,0", "Rapporto 2012, tavola 3")
    marta.looks_at("survey-past-figures")
    _head, *lines = csv_of(marta)
    assert len(lines) == 4
    assert all(AGGREGATES in line for line in lines)
    mapping = opens_the_campaign(marta, MAPPING)
    marta.goes_to(f"{mapping}confronto/")
    marta.picks("edizione", number_of(past))
    marta.presses("Confronta")
    marta.follows("Orari e tempo parziale")
    marta.looks_at("survey-compare-figures")
    marta.sees(title, AGGREGATES, "30,0 % (60 su 200)")
    marta.page.goto(run)
    takes_back(marta)
