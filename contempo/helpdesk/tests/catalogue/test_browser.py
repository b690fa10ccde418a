"""The catalogue in a real browser: axe finds nothing, nothing scrolls sideways, entries appear while typing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from contempo.helpdesk.actions.catalogue.drafting import begin_revision
from contempo.helpdesk.models import Deflection, Revision
from contempo.helpdesk.rules.entries import Words
from contempo.helpdesk.tests.catalogue.factories import SOURCE, Catalogue
from contempo.helpdesk.tests.factories import make_desk
from contempo.norms.tests.factories import NormFactory
from tests.browser import launch_options

pytestmark = [pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@contextmanager
def visitor(live_server: LiveServer, person=None, *, width: int = 1280) -> Iterator[Page]:
    """A page of a browser of its own, perhaps of somebody signed in; what its console complains of is an error."""
    cookies = []
    if person:
        client = Client()
        client.force_login(person)
        cookies = [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, locale="it-IT"
        )
        context.add_cookies(cookies)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
    assert complaints == []


@pytest.fixture
def catalogue() -> Catalogue:
    """A catalogue with a published entry, a revision that changes it, and a draft with marks."""
    made = Catalogue(make_desk())
    network = made.desk.world.milano
    norm = NormFactory(network=network, short_title="Legge 104/1992")
    ended = NormFactory(network=network, short_title="Decreto 12/2015", valid_to=date(2020, 1, 1))
    entry = made.published(norms=(norm.pk, ended.pk), sources=(SOURCE,))
    revision = begin_revision(made.desk.actor(made.desk.nadia), entry_id=entry.pk, language="it")
    Revision.objects.filter(pk=revision.pk).update(answer="No: si prende solo a giorni.")
    made.proposed(Revision.objects.get(pk=revision.pk))
    made.draft(Words("Chi risponde?", "Chiede Sara.", "Chiama il 333 1234567, o Anna Neri."))
    return made


def _looks(page: Page, path: str, width: int) -> None:
    page.goto(path)
    violations = Axe().run(page, options=AXE).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in violations] == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(live_server, catalogue, width):
    home, keep = "/milano/sportello/catalogo/", "/milano/esperti/catalogo/"
    proposed, draft = Revision.objects.get(state="proposed"), Revision.objects.get(state="draft")
    desk = catalogue.desk
    public = (
        home,
        f"{home}posso-prendere-il-congedo-parentale-a-ore/",
        f"{home}cerca/?q=congedo",
        f"{home}cerca/?q=conjedo",
    )
    kept = (keep, f"{keep}nuova/", f"{keep}1/", f"{keep}1/revisioni/{proposed.pk}/", f"{keep}2/revisioni/{draft.pk}/")
    nadia, tullio = desk.nadia, desk.tullio
    with visitor(live_server, width=width) as page:
        for path in public:
            _looks(page, path, width)
    with visitor(live_server, nadia, width=width) as page:
        for path in (*kept, f"{keep}bisogni/", f"{keep}giudizi/"):
            _looks(page, path, width)
    with visitor(live_server, tullio, width=width) as page:
        _looks(page, kept[3], width)


def test_entries_appear_while_the_question_is_typed_and_one_that_answers_ends_it(live_server, catalogue):
    with visitor(live_server) as page:
        page.goto("/milano/sportello/domanda/")
        page.get_by_label("Che cosa vorresti sapere?").press_sequentially("Posso avere il congedo parentale a ore?")
        answer = page.get_by_role("button", name="Mi risponde")
        expect(answer).to_be_visible()
        answer.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("congedo parentale a ore")
    assert Deflection.objects.count() == 1
