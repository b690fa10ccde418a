"""A coordinator makes a questionnaire: from the library, changed, tried out, published, corrected."""

from tests.journeys.agile import downloads
from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import FORMS, NEEDS, begins_from_the_library, publishes

MOMENTS = "Quali momenti della giornata sono più difficili?"
ALONE = "Quante ore passano tra l’uscita da scuola e la fine del tuo lavoro?"


def test_a_questionnaire_is_made_from_the_library_changed_tried_and_published(comes: Comes, mode: str) -> None:
    marta = comes("marta")
    marta.goes_to(FORMS)
    marta.looks_at("survey-forms")
    marta.follows("Scrivine uno nuovo")
    marta.looks_at("survey-sources")
    marta.goes_to(f"{FORMS}raccolta/?cerca=nido")
    marta.looks_at("survey-library")
    begins_from_the_library(marta, NEEDS, f"Bisogni del quartiere di {mode}")
    marta.sees("Versione 1, in scrittura")
    marta.looks_at("survey-builder")

    words_a_question_better(marta)
    adds_a_question_with_a_condition(marta)
    tries_it_out(marta)

    marta.follows("Pubblica")
    marta.looks_at("survey-publish")
    marta.presses("Pubblica la versione")
    marta.sees("Versione pubblicata")
    marta.looks_at("survey-form")
    assert downloads(marta, "XLSForm, per KoboToolbox e ODK").startswith(b"PK")
    assert downloads(marta, "Su carta, in italiano (PDF)").startswith(b"%PDF")
    marta.follows("Versione 1")
    marta.sees(MOMENTS, ALONE)
    marta.looks_at("survey-version")


def words_a_question_better(keeper: Visitor) -> None:
    """Change the words of one question; the preview shows them."""
    keeper.follows("Quali momenti sono più difficili?")
    keeper.looks_at("survey-builder-question")
    keeper.writes(label_it=MOMENTS)
    keeper.presses("Salva")
    keeper.sees("Salvato")
    assert MOMENTS in keeper.page.locator("#preview").inner_text()


def adds_a_question_with_a_condition(keeper: Visitor) -> None:
    """A number asked only of whom the afternoon is hard for; before it is right, what lacks is told beside it."""
    keeper.page.locator('main .survey-add select[name="kind"]').select_option("number")
    keeper.presses("Aggiungi")
    keeper.writes(label_it=ALONE, label_en="How many hours from the end of school to the end of your work?", least="x")
    keeper.presses("Salva")
    keeper.looks_at("survey-builder-wrong", again=False)
    assert keeper.page.locator("main .errorlist").count()
    keeper.writes(least="0", most="8", unit="h")
    keeper.page.locator('main select[name="test-0-question"]').select_option(label_of(keeper, MOMENTS))
    if not keeper.javascript:
        keeper.presses("Mostra che cosa si può chiedere alla domanda scelta")
    keeper.page.locator('main select[name="test-0-op"]').select_option("includes")
    keeper.page.locator('main select[name="test-0-value"]').select_option("pomeriggio")
    keeper.presses("Salva")
    keeper.sees("con una condizione")
    keeper.looks_at("survey-builder-condition")


def label_of(keeper: Visitor, question: str) -> str:
    """The value in the list of earlier questions of the one with these words."""
    options = keeper.page.locator('main select[name="test-0-question"] option', has_text=question)
    return options.first.get_attribute("value")


def tries_it_out(keeper: Visitor) -> None:
    """The whole questionnaire as who answers sees it; nothing written there is kept."""
    keeper.follows("Prova")
    keeper.sees("Dove vivi e lavori")
    keeper.looks_at("survey-preview")
    keeper.presses("Continua")
    keeper.sees("Rispondi a questa domanda.")
    keeper.looks_at("survey-preview-wrong", again=False)
    keeper.writes(comune="Bresso")
    keeper.presses("Continua")
    keeper.sees("Le persone di cui ti prendi cura")
    keeper.picks("cura", "nessuno")
    keeper.presses("Continua")
    keeper.sees(MOMENTS)
    keeper.picks("momenti", "pomeriggio")
    if not keeper.javascript:
        keeper.presses("Vedi che cosa cambia in questa pagina")
    keeper.sees(ALONE)


def test_wording_is_corrected_in_a_new_version_and_meaning_is_not_changed(comes: Comes, mode: str) -> None:
    marta = comes("marta")
    begins_from_the_library(marta, NEEDS, f"Bisogni di chi abita a {mode}")
    publishes(marta)
    marta.presses("Inizia una nuova versione")
    marta.follows("Conosci i congedi e gli aiuti a cui hai diritto?")
    marta.writes(label_it="Conosci i congedi e gli aiuti che ti spettano?")
    marta.page.locator('main [name="option-0-it"]').fill("Sì, abbastanza bene")
    marta.presses("Salva")
    marta.follows("Quanto spendi al mese per la cura?")
    marta.page.locator("main details.fold", has=marta.page.locator('[name="kind"]')).locator("summary").click()
    marta.page.locator('main #part-form select[name="kind"]').select_option("text")
    if not marta.javascript:
        marta.presses("Mostra i campi di questo tipo")
    marta.presses("Salva")
    marta.follows("Pubblica")
    marta.sees("Queste modifiche cambiano il significato di una domanda")
    marta.looks_at("survey-publish-refused")
    marta.follows("Continua a scrivere")
    marta.sees("Versione 2, in scrittura")
