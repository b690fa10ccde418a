"""The gallery in a real browser: axe finds nothing, the security policy is never broken, a phone needs no sideways
scrolling, lists change in place, and everything is there without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import launch_options

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gallery_site", "hundred_rows")]
PAGES = (
    "/?come=marta",
    "/modulo/",
    "/elenco/?q=soggetto&app_label=web",
    "/elenco/?q=zzz",
    "/figure/",
    "/mille/",
    "/nulla/",
)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@contextmanager
def visitor(
    live_server: LiveServer, *, width: int = 1280, javascript: bool = True, language: str = "it"
) -> Iterator[Page]:
    """A page of a browser of its own; whatever its console complains of is an error at the end."""
    # The browser is gone before the database is cleaned: Django refuses to work beside Playwright's loop.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            locale=f"{language}-IT",
        )
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
    assert [text for text in complaints if "404" not in text] == []


def violations(page: Page) -> list[str]:
    """What axe finds: rule, help and the elements concerned."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes']][:4]}" for each in found]


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(live_server: LiveServer, width: int) -> None:
    with visitor(live_server, width=width) as page:
        for path in PAGES:
            page.goto(path)
            assert violations(page) == [], f"{path} at {width} px"
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
        page.goto("/?come=marta")
        for menu in page.locator("details.menu:visible > summary").all():
            menu.click()
            assert violations(page) == []
            page.keyboard.press("Escape")


def test_axe_finds_nothing_in_a_form_full_of_errors(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        page.goto("/modulo/")
        page.get_by_role("button", name="Salva e continua").click()
        expect(page.locator(".error-summary")).to_be_focused()
        assert violations(page) == []
        page.get_by_role("link", name="Codice fiscale").click()
        expect(page.get_by_label("Codice fiscale")).to_be_focused()


def test_without_javascript_nothing_is_missing(live_server: LiveServer) -> None:
    with visitor(live_server, width=360, javascript=False) as page:
        page.goto("/elenco/")
        page.locator(".phone-menu summary").click()
        page.locator(".phone-menu").get_by_role("link", name="Crescita").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("La crescita della rete")
        expect(page.get_by_role("cell", name="46")).to_be_visible()
        expect(page.locator(".chart-picture").first).to_be_hidden()
        expect(page.locator(".map-list").get_by_role("link", name="Soggetto 1")).to_be_visible()
        page.goto("/elenco/")
        page.get_by_label("Nome").fill("soggetto 01")
        page.get_by_role("button", name="Mostra").click()
        expect(page.locator(".list-count")).to_contain_text("10 soggetti")
        page.get_by_role("link", name="Nome: soggetto 01").click()
        expect(page.locator(".list-count")).to_contain_text("da 1 a 25")


def test_a_list_changes_in_place_and_the_way_back_works(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        page.goto("/elenco/")
        documents: list[str] = []
        page.on(
            "request", lambda request: documents.append(request.url) if request.resource_type == "document" else None
        )
        page.get_by_label("Nome").press_sequentially("soggetto 01")
        expect(page.locator(".list-count")).to_contain_text("10 soggetti")
        expect(page.locator("#announcer")).to_have_text("10 soggetti")
        expect(page.get_by_label("Nome")).to_be_focused()
        page.get_by_role("link", name="Numero").click()
        expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Numero")
        page.go_back()
        expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Denominazione")
        page.go_back()
        expect(page.locator(".list-count")).to_contain_text("da 1 a 25")
        assert documents == []


def test_charts_and_maps_are_drawn_and_marks_of_the_map_open_by_keyboard(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        page.goto("/figure/")
        expect(page.locator(".chart-picture canvas")).to_have_count(3)
        mark = page.locator(".map-mark", has_text="3")
        mark.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".map-card li")).to_have_count(3)
        page.locator(".map-card").get_by_role("link", name="Soggetto 1").click()
        expect(page).to_have_url(f"{live_server.url}/modulo/")


def test_a_map_of_a_thousand_points_is_one_canvas(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        page.goto("/mille/")
        expect(page.locator(".map-picture canvas")).to_have_count(1)
        expect(page.locator(".map-mark")).to_have_count(0)
        expect(page.locator(".map-list li")).to_have_count(1000)


def test_menus_close_on_escape_and_give_focus_back(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        page.goto("/?come=marta")
        summary = page.locator(".slim-tools .menu summary")
        summary.click()
        expect(page.get_by_role("link", name="Il mio profilo")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Il mio profilo")).to_be_hidden()
        expect(summary).to_be_focused()


def test_the_first_key_leads_past_the_header(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_a_second_click_does_not_send_twice(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        page.goto("/modulo/")
        sent: list[str] = []

        def answer_nothing(route: Route) -> None:
            sent.append(route.request.method)
            route.fulfill(status=204)

        page.route("**/modulo/", answer_nothing)
        button = page.get_by_role("button", name="Salva e continua")
        button.dblclick()
        expect(button).to_have_attribute("aria-disabled", "true")
        assert sent == ["POST"]


def test_what_charts_and_maps_need_comes_ahead_and_once(live_server: LiveServer) -> None:
    with visitor(live_server) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
        with page.expect_request_finished(lambda request: request.url.endswith("map.css")):
            page.goto("/")
        page.goto("/modulo/")
        page.wait_for_load_state("networkidle")
        assert [asked.count(name) for name in ("chart.js", "map.js", "map.css")] == [1, 1, 1]
