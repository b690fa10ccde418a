"""A person with a browser, and what is wrong with what they are shown."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.site import Site

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PICTURES = os.environ.get("CONTEMPO_PICTURES")
_seen: set[str] = set()


class Visitor:
    """Someone who visits the site with a browser of their own; labels and buttons are called as they are read."""

    def __init__(self, browser: Browser, site: Site, *, javascript: bool, phone: bool = False) -> None:
        self.site = site
        self.javascript = javascript
        self.size = PHONE if phone else WIDE
        self.wrong: list[str] = []
        self._browser = browser
        self._context = self._open(state=None)
        self.page: Page = self._page()

    def _open(self, state: object):
        return self._browser.new_context(
            java_script_enabled=self.javascript,
            viewport=self.size,
            locale="it-IT",
            timezone_id="Europe/Rome",
            storage_state=state,
            accept_downloads=True,
        )

    def _page(self) -> Page:
        page = self._context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def _heard(self, message) -> None:
        # A 4xx answer is expected in some journeys and is reported by the browser as an error of the console.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _asked(self, request) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(self.site.url).netloc):
            self.wrong.append(f"third party: {request.url}")

    def _answered(self, response) -> None:
        if response.status >= 500:
            self.wrong.append(f"{response.status}: {response.url}")

    def close(self) -> None:
        """End the visit; whatever was wrong on the way fails the journey."""
        self._context.close()
        assert not self.wrong, "\n".join(self.wrong)

    def close_and_reopen_browser(self) -> None:
        """Close the browser and start it again with the cookies that a browser keeps."""
        state = self._context.storage_state()
        self._context.close()
        state["cookies"] = [cookie for cookie in state["cookies"] if cookie.get("expires", -1) > 0]
        self._context = self._open(state)
        self.page = self._page()

    def loses_the_network(self) -> None:
        """From now on nothing reaches the site."""
        self._context.set_offline(True)

    def has_the_network_again(self) -> None:
        """The site can be reached again."""
        self._context.set_offline(False)

    def goes_to(self, path: str) -> int:
        """Open an address of the site; the status of the answer."""
        answer = self.page.goto(self.site.url + path)
        return answer.status if answer else 0

    def follows(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link in the content that is called `name`."""
        link = self.page.get_by_role("main").get_by_role("link", name=name).first
        self._loads(link.click)

    def _loads(self, then: Callable[[], object]) -> None:
        """Do `then` and wait for the next page.

        Not for a navigation: a script that notes the address in the history while one types would count as one.
        """
        with self.page.expect_event("load"):
            then()

    def presses(self, name: str) -> None:
        """Press the button called `name`."""
        button = self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first
        self._loads(button.click)

    def writes(self, **fields: str) -> None:
        """Write into the fields with these names."""
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)

    def picks(self, name: str, *values: str) -> None:
        """Choose these values of a group of boxes or radio buttons, or of a list."""
        for value in values:
            control = self.page.locator(f'main [name="{name}"][value="{value}"]')
            if control.count():
                control.first.check(force=True)
            else:
                self.page.locator(f'main select[name="{name}"]').select_option(value)

    def sees(self, *texts: str) -> None:
        """Every text is in the content of the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        """No text is in the content of the page."""
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def signs_in(self, email: str, password: str) -> None:
        """Sign in with a password."""
        self.goes_to("/accesso/")
        self.writes(login=email, password=password)
        self.presses("Entra con la password")

    def looks_at(self, name: str, *, again: bool = True) -> None:
        """Examine the page with axe and photograph it at both widths, in both languages where it can be opened again.

        Each name is examined once in a run. Only where scripts may run, for axe is one.
        """
        if not self.javascript or name in _seen:
            return
        _seen.add(name)
        self._examine(name, "it")
        if again:
            here = self.page.url
            self._in_language("en", lambda: self.page.goto(here))
            self._examine(name, "en")
            self._in_language("it", lambda: self.page.goto(here))

    def _in_language(self, code: str, then: Callable[[], object]) -> None:
        self._context.add_cookies([{"name": "django_language", "value": code, "url": self.site.url}])
        then()

    def _examine(self, name: str, language: str) -> None:
        for label, size in (("1280", WIDE), ("360", PHONE)):
            self.page.set_viewport_size(size)
            results = Axe().run(self.page, options=AXE)
            for found in results.response["violations"]:
                where = "; ".join(node["html"][:160] for node in found["nodes"][:3])
                self.wrong.append(f"axe {name} {language} {label}: {found['id']}: {found['help']}: {where}")
            wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wider > 0:
                self.wrong.append(f"sideways {name} {language} {label}: {wider} px")
            if PICTURES:
                folder = Path(PICTURES) / label / language
                folder.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=folder / f"{name}.png", full_page=True)
        self.page.set_viewport_size(self.size)
        # The examination leaves empty style attributes behind, which htmx would carry over and the policy would refuse.
        self.page.locator('[style=""]').evaluate_all("found => found.forEach(each => each.removeAttribute('style'))")
