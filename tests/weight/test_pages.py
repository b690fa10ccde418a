"""Pages are light, keep to themselves and say so: measured on a real site with a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.journeys.site import Site
from tests.weight.reader import Reader, Visit

FIRST, LATER = 300_000, 30_000
BEGIN = 'main form[action$="/adesione/inizia/"] button'
LATER_PAGES: dict[str, Callable[[Reader], Visit]] = {
    "members": lambda reader: reader.opens("/milano/soggetti/"),
    "map of members": lambda reader: reader.opens("/milano/soggetti/mappa/"),
    "page of a member": lambda reader: (reader.opens("/milano/soggetti/"), reader.presses("table.rows tbody th a"))[1],
    "growth": lambda reader: reader.opens("/milano/crescita/"),
    "step of the wizard": lambda reader: (reader.opens("/milano/adesione/"), reader.presses(BEGIN))[1],
    "sign-in": lambda reader: reader.opens("/accesso/"),
}
POLICY = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "frame-ancestors": "'none'"}


def is_guarded(headers: dict[str, str]) -> bool:
    """Whether a page names all that may act in it, keeps its type, its address and its frame to itself."""
    policy = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";"))
    return (
        policy.items() >= POLICY.items()
        and not re.search(r"unsafe|\*|https?:", headers["content-security-policy"])
        and headers["x-content-type-options"] == "nosniff"
        and headers["referrer-policy"] == "same-origin"
        and headers["x-frame-options"] == "DENY"
    )


def test_the_first_visit_weighs_at_most_300_kb_with_what_is_brought_ahead(browser: Browser, site: Site) -> None:
    with Reader(browser, site) as reader:
        visit = reader.first_visit("/milano/")
    kinds = {url.rpartition(".")[2] for url in visit.weights}
    assert {"woff2", "css", "js", "svg"} <= kinds
    assert visit.weight <= FIRST, visit


@pytest.mark.parametrize("page", LATER_PAGES)
def test_a_later_page_weighs_at_most_30_kb(browser: Browser, site: Site, page: str) -> None:
    with Reader(browser, site) as reader:
        reader.first_visit("/milano/")
        visit = LATER_PAGES[page](reader)
    assert 0 < visit.weight <= LATER, visit


def test_every_page_is_guarded_and_asks_nobody_else(browser: Browser, site: Site) -> None:
    with Reader(browser, site) as reader:
        visits = {"home": reader.first_visit("/milano/")}
        visits |= {page: open_page(reader) for page, open_page in LATER_PAGES.items()}
    assert [page for page, visit in visits.items() if not is_guarded(visit.headers)] == []
    assert {host for visit in visits.values() for host in visit.hosts} == {site.url.removeprefix("http://")}


def test_who_only_reads_gets_no_cookie_but_the_one_that_guards_forms(browser: Browser, site: Site) -> None:
    with Reader(browser, site) as reader:
        for path in ("/", "/milano/", "/milano/soggetti/", "/milano/crescita/", "/milano/cerca/?q=asl", "/privacy/"):
            reader.opens(path)
        cookies = reader.cookies()
    assert {cookie["name"] for cookie in cookies} <= {"csrftoken"}
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)
