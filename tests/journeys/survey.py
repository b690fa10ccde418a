"""What people do with questionnaires: who writes and asks them, who answers by a link, who reads what came out."""

import re
from datetime import timedelta

from contempo.core.clock import today
from tests.journeys.people import Visitor

SURVEYS = "/milano/questionari/"
FORMS = f"{SURVEYS}moduli/"
MAPPING = "Mappatura delle misure di conciliazione 2026"
SATISFACTION = "Come va il lavoro agile"
NEEDS = "Bisogni di chi lavora e delle famiglie"


def opens_the_campaign(visitor: Visitor, title: str) -> str:
    """From the list of surveys to the first page of a campaign; the address of that page, without the site."""
    visitor.goes_to(SURVEYS)
    visitor.page.locator('main a[href^="/milano/questionari/"]', has_text=title).first.click()
    visitor.page.wait_for_url(re.compile(r"/questionari/\d+/"))
    return re.search(r"/milano/questionari/\d+/", visitor.page.url)[0]


def begins_from_the_library(keeper: Visitor, form: str, title: str) -> None:
    """Begin a questionnaire of one's own with one of the library; the builder is open then."""
    keeper.goes_to(f"{FORMS}raccolta/")
    keeper.follows(form)
    keeper.writes(title=title)
    keeper.presses("Inizia a scrivere")


def publishes(keeper: Visitor) -> None:
    """Publish the version being written of the questionnaire whose pages are open."""
    keeper.follows("Pubblica")
    keeper.presses("Pubblica la versione")


def makes_a_campaign(keeper: Visitor, form: str, title: str, *, mode: str) -> str:
    """Two steps of four: what is asked, of whom nobody is chosen; the address of the campaign, without the site."""
    keeper.goes_to(SURVEYS)
    keeper.follows("Inizia una campagna")
    keeper.looks_at("survey-campaign-new", again=False)
    keeper.presses("Salva e scegli a chi chiedere")
    keeper.sees("Scrivi un titolo.")
    keeper.looks_at("survey-campaign-new-wrong", again=False)
    version = keeper.page.locator('main select[name="version_id"] option', has_text=form).first.get_attribute("value")
    keeper.picks("version_id", version)
    keeper.picks("mode", mode)
    keeper.writes(title=title, intro="Le risposte servono a decidere da dove cominciare.")
    keeper.presses("Salva e scegli a chi chiedere")
    keeper.looks_at("survey-population")
    return re.search(r"/milano/questionari/\d+/", keeper.page.url)[0]


def opens_it_for_ten_days(keeper: Visitor, campaign: str, *, public: bool) -> None:
    """The last two steps: from now for ten days, with a public link or without; then the campaign is open."""
    keeper.goes_to(f"{campaign}impostazioni/periodo/")
    keeper.looks_at("survey-campaign-run")
    yesterday, end = today() - timedelta(days=1), today() + timedelta(days=10)
    keeper.writes(opens_on=f"{yesterday}", opens_time="09:00", closes_at=f"{end}", closes_time="18:00", reminders="")
    keeper.page.locator('main [name="public_link"]').set_checked(public, force=True)
    keeper.page.locator('main [name="editable"]').check(force=True)
    keeper.presses("Salva e continua")
    keeper.sees("Controlla e apri")
    keeper.looks_at("survey-campaign-check")
    keeper.presses("Apri ora la campagna")
    keeper.goes_to(f"{campaign}impostazioni/")
    keeper.sees("Aperta alle risposte")


def closes_it(keeper: Visitor, campaign: str) -> None:
    """Close a campaign before its day."""
    keeper.goes_to(f"{campaign}impostazioni/")
    keeper.presses("Chiudi ora la campagna")
    keeper.sees("Chiusa alle risposte")


def chooses(visitor: Visitor, **answers: str) -> None:
    """Choose one answer of each of these questions, by its words: of a scale nothing else can be pressed."""
    for question, answer in answers.items():
        box = visitor.page.locator(f'main [name="{question}"][value="{answer}"]')
        visitor.page.locator(f'main label[for="{box.get_attribute("id")}"]').click()


def goes_on_to_the_summary(visitor: Visitor) -> None:
    """Leave the pages that are left as they are, up to the summary."""
    while visitor.page.get_by_role("main").get_by_role("button", name="Continua", exact=True).count():
        visitor.presses("Continua")
    visitor.presses("Vai al riepilogo")
    visitor.sees("Controlla le tue risposte")


def value_of(visitor: Visitor, name: str) -> str:
    """What a field holds."""
    return visitor.page.locator(f'main [name="{name}"]').first.input_value()


def is_chosen(visitor: Visitor, name: str, value: str) -> bool:
    """Whether an answer of a question is chosen."""
    return visitor.page.locator(f'main [name="{name}"][value="{value}"]').is_checked()
