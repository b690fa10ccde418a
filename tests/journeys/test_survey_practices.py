"""Good practices: found in an answer, agreed to by whoever described them, read by everybody, taken back."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Comes
from tests.journeys.people import Visitor
from tests.journeys.survey import MAPPING, opens_the_campaign

LIBRARY = "/milano/buone-pratiche/"
TEXT = "Chi lavora propone lo scambio dal telefono, il collega accetta, chi coordina vede e può fermarlo."
QUESTION = "Di che cosa avreste bisogno dalla rete?"


def finds_one(keeper: Visitor, place: int) -> None:
    """Begin to propose a practice told in an answer whose giver was not asked yet whether it may be published."""
    mapping = opens_the_campaign(keeper, MAPPING)
    keeper.goes_to(f"{mapping}testi/")
    keeper.follows(QUESTION)
    links = keeper.page.get_by_role("main").get_by_role("link", name="Proponi come buona pratica")
    for href in [link.get_attribute("href") for link in links.all()][place:]:
        keeper.goes_to(href)
        if not keeper.page.get_by_text("Il consenso è stato dato nel questionario").count():
            return
    raise LookupError("every answer has consented")


def notes_it(keeper: Visitor, title: str, email: str) -> str:
    """Word the practice; the address of its page, without the site."""
    keeper.writes(title=title, text=TEXT, email=email)
    keeper.picks("topic", "hours")
    keeper.presses("Segna questa pratica")
    expect(keeper.page.locator("main h1")).to_have_text(title)
    return keeper.page.url.removeprefix(keeper.site.url)


def link_in(keeper: Visitor, email: str, about: str) -> str:
    """The address in a letter, without the site."""
    letter = keeper.site.newest_mail(email, about)
    return re.search(r"https?://[^/\s]+(/milano/buone-pratiche/consenso/[^\s]+)", letter)[1]


def test_a_practice_is_published_with_consent_and_gone_without(comes: Comes, mode: str) -> None:
    marta, respondent, visitor = comes("marta", phone=False), comes(), comes()
    title, email = f"Turni dal telefono, {mode}", f"pratica.{mode}@example.org"
    finds_one(marta, 0)
    marta.looks_at("survey-practice-new")
    marta.writes(title="", email="qui")
    marta.presses("Segna questa pratica")
    marta.looks_at("survey-practice-new-wrong", again=False)
    assert marta.page.locator('main [name="email"]').input_value() == "qui"
    practice = notes_it(marta, title, email)
    marta.looks_at("survey-practice-found")
    expect(marta.page.get_by_role("button", name="Metto nella raccolta")).to_have_count(0)
    marta.presses("Chiedo il consenso")
    marta.looks_at("survey-practice-asked")

    link = link_in(marta, email, title)
    respondent.goes_to(link)
    respondent.sees(title, TEXT)
    respondent.looks_at("survey-consent")
    respondent.presses("Acconsento")
    respondent.looks_at("survey-consent-given")
    visitor.goes_to(LIBRARY)
    visitor.does_not_see(title)

    marta.goes_to(practice)
    marta.presses("Metto nella raccolta")
    marta.looks_at("survey-practice-published")
    visitor.goes_to(f"{LIBRARY}?q={mode}")
    visitor.looks_at("survey-library")
    visitor.follows(title)
    visitor.sees(TEXT)
    visitor.looks_at("survey-practice")
    page = visitor.page.url.removeprefix(visitor.site.url)

    respondent.goes_to(link_in(marta, email, "nella raccolta"))
    respondent.presses("Ritiro il consenso")
    respondent.looks_at("survey-consent-taken-back")
    assert visitor.goes_to(page) == 404
    visitor.goes_to(LIBRARY)
    visitor.does_not_see(title)
    marta.goes_to(practice)
    marta.looks_at("survey-practice-taken-back")
    expect(marta.page.get_by_role("button", name="Metto nella raccolta")).to_have_count(0)


def test_who_says_no_is_not_told_of(comes: Comes, mode: str) -> None:
    marta, respondent, visitor = comes("marta", phone=False), comes(), comes()
    title, email = f"Venerdì corto, {mode}", f"niente.{mode}@example.org"
    finds_one(marta, 3)
    practice = notes_it(marta, title, email)
    marta.presses("Chiedo il consenso")
    respondent.goes_to(link_in(marta, email, title))
    respondent.presses("Non acconsento")
    respondent.looks_at("survey-consent-refused")
    marta.goes_to(practice)
    marta.sees("Consenso non dato")
    marta.looks_at("survey-practice-refused")
    expect(marta.page.get_by_role("button", name="Metto nella raccolta")).to_have_count(0)
    marta.follows("Buone pratiche")
    marta.looks_at("survey-practices-found")
    visitor.goes_to(LIBRARY)
    visitor.does_not_see(title)
