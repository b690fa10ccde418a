"""An import in a real browser: axe finds nothing, a phone needs no sideways scrolling, the progress goes on by itself,
and all of it works without JavaScript."""

import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from contempo.core.imports.models import ImportRun
from contempo.core.imports.reading import read_run
from contempo.core.imports.writing import write_run
from contempo.core.tests.imports import staff
from contempo.web.tests.imports.conftest import HOME, Desk, make_desk
from contempo.web.tests.test_browser import violations
from tests.browser import launch_options

FILE = (
    "Matricola;Nome;Posta elettronica;Dal;Ore;Contratto;Responsabile\n"
    "00101;Anna Bianchi;anna.bianchi@comune.example.org;01/02/2020;36;Tempo pieno;\n"
    "00102;Niccolò D’Amico;;15.3.2021;18,5;Part time;00101\n"
    "00103;Sara Moretti;sara;31/02/2022;quaranta;boh;00999\n"
    "00104;Un nome molto lungo che su un telefono deve andare a capo senza allargare la pagina;;1/1/2023;36;;00101\n"
)
PATHS = (
    "",
    "nuova/",
    "{wrong}/",
    "{wrong}/?esito=wrong",
    "{chosen}/colonne/",
    "{done}/",
    "{done}/annulla/",
    "{reading}/",
    "{stopped}/",
)


@pytest.fixture
def lasting_desk(transactional_db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(staff, "KEPT_OUT", set())
    yield make_desk(client)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_staff")


def _browser(desk: Desk, live_server: LiveServer, playwright, *, width: int, javascript: bool = True) -> Page:
    cookie = desk.client.cookies[settings.SESSION_COOKIE_NAME].value
    browser = playwright.chromium.launch(**launch_options())
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 800},
        java_script_enabled=javascript,
        locale="it-IT",
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context.new_page()


def _imports_in_every_state(desk: Desk) -> dict[str, str]:
    desk.load(FILE)
    numbers = {"done": str(desk.run.pk)}
    desk.preview(FILE.replace("Niccolò", "Nicola"))
    numbers["wrong"] = str(desk.run.pk)
    desk.bring(FILE)
    numbers["chosen"] = str(desk.run.pk)
    desk.bring(FILE)
    desk.send(f"{desk.run.pk}/colonne/", number="0", name="1")
    numbers["reading"] = str(desk.run.pk)
    desk.bring(FILE)
    desk.send(f"{desk.run.pk}/colonne/", number="0", name="1")
    numbers["stopped"] = str(desk.run.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'run_id' = %s", [numbers["stopped"]]
        )
    return numbers


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(
    lasting_desk: Desk, live_server: LiveServer, width: int
) -> None:
    numbers = _imports_in_every_state(lasting_desk)
    with sync_playwright() as playwright:
        page = _browser(lasting_desk, live_server, playwright, width=width)
        found = {}
        for path in PATHS:
            assert page.goto(HOME + path.format(**numbers)).status == 200
            wide = page.evaluate("document.documentElement.scrollWidth")
            found[path] = (wide, violations(page))
    assert found == dict.fromkeys(PATHS, (width, []))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_brought_looked_at_and_written(lasting_desk: Desk, live_server: LiveServer, javascript: bool) -> None:
    with sync_playwright() as playwright:
        page = _browser(lasting_desk, live_server, playwright, width=360, javascript=javascript)
        page.goto(HOME)
        page.get_by_role("link", name="Porta un file").click()
        page.set_input_files(
            "input[type=file]", {"name": "personale.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
        )
        page.get_by_role("button", name="Leggi il file").click()
        page.get_by_role("button", name="Mostra che cosa cambierebbe").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        _in_another_connection(read_run)
        if not javascript:
            page.get_by_role("link", name="Guarda di nuovo").click()
        page.get_by_role("button", name="Importa 3 righe").click()
        expect(page.get_by_text("Puoi chiudere questa pagina")).to_be_visible()
        _in_another_connection(write_run)
        if not javascript:
            page.get_by_role("link", name="Guarda di nuovo").click()
        expect(page.get_by_role("link", name="Annulla l’importazione")).to_be_visible()
        expect(page.get_by_text("Importata", exact=True)).to_be_visible()


def _in_another_connection(work) -> None:
    """Do the work of a job; Django refuses to work in the thread of Playwright's loop."""

    def run() -> None:
        work(ImportRun.objects.latest("id").pk)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
