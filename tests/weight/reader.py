"""Somebody who reads the site with a browser that has never been there, and what comes over the line meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

from tests.journeys.site import Site

PAGE = "Document"


@dataclass
class Visit:
    """One page with all that it brought: bytes as they came over the line, heads and bodies, by address."""

    weights: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    @property
    def weight(self) -> int:
        """Bytes in all; what came from the cache weighs nothing."""
        return sum(self.weights.values())

    def __str__(self) -> str:
        heaviest = sorted(self.weights.items(), key=lambda each: -each[1])
        return "\n".join([f"{self.weight} bytes", *(f"  {size:7} {url}" for url, size in heaviest)])


class Reader:
    """Use it as a context: a browser context of its own, hence an empty cache and no cookies."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.site = site
        self._context = browser.new_context(locale="it-IT", timezone_id="Europe/Rome")
        self.page: Page = self._context.new_page()
        self.cookies = self._context.cookies

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._context.close()

    def first_visit(self, path: str) -> Visit:
        """Open a page as the first one, and wait for what is brought ahead for later pages."""
        with self._measured() as visit, self.page.expect_request_finished(_last_ahead):
            self.page.goto(self.site.url + path, wait_until="networkidle")
        return visit

    def opens(self, path: str) -> Visit:
        """Open another page."""
        with self._measured() as visit:
            self.page.goto(self.site.url + path, wait_until="networkidle")
        return visit

    def presses(self, selector: str) -> Visit:
        """Press what leads to another page."""
        with self._measured() as visit, self.page.expect_navigation(wait_until="networkidle"):
            self.page.locator(selector).first.click()
        return visit

    @contextmanager
    def _measured(self) -> Iterator[Visit]:
        """What the browser is told over the line within it, by the Chrome DevTools protocol."""
        visit, urls = Visit(), {}
        line = self._context.new_cdp_session(self.page)

        def asked(event: dict[str, Any]) -> None:
            urls[event["requestId"]] = event["request"]["url"]
            if event["request"]["url"].startswith("http"):
                visit.hosts.add(urlsplit(event["request"]["url"]).netloc)

        def answered(event: dict[str, Any]) -> None:
            if event["type"] == PAGE:
                visit.headers = {name.lower(): value for name, value in event["response"]["headers"].items()}

        def finished(event: dict[str, Any]) -> None:
            if event["requestId"] in urls:
                visit.weights[urls[event["requestId"]]] = int(event["encodedDataLength"])

        line.on("Network.requestWillBeSent", asked)
        line.on("Network.responseReceived", answered)
        line.on("Network.loadingFinished", finished)
        line.send("Network.enable")
        yield visit
        line.send("Network.disable")
        line.detach()


def _last_ahead(request: Request) -> bool:
    name = urlsplit(request.url).path.rpartition("/")[2]
    return name.startswith("map.") and name.endswith(".css")
