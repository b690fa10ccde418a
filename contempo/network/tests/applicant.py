"""Somebody at a browser who asks to join, as the tests of the wizard need them."""

import re
from uuid import UUID

from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from contempo.core.outbox import kept_mails
from contempo.network.models import AccessionRequest
from contempo.network.rules.accession import Step
from contempo.network.tests.factories import tax_code_number

CODE = tax_code_number(999_001)
ORGANISATION = {
    "name": "Panificio Aurora",
    "kind": "company",
    "tax_code": CODE,
    "municipality": "sesto san giovanni",
    "website": "www.panificioaurora.example.org",
    "headcount": "1.200",
}
TERRITORY = {"territory": "Quartiere Greco.", "experience_kinds": ["flexible_hours", "agile_work"]}
AIMS = {"aims": "Un nido vicino al forno.", "priorities": ["organisational_flexibility"]}
PEOPLE = {
    "standing": "representative",
    "contact_name": "Ivo Ferri",
    "contact_email": "ivo.ferri@example.org",
    "published": ["website"],
    "privacy_accepted": "on",
}
ANSWERS = {Step.ORGANISATION: ORGANISATION, Step.TERRITORY: TERRITORY, Step.AIMS: AIMS, Step.PEOPLE: PEOPLE}


class Applicant:
    """Somebody at a browser, with one draft."""

    def __init__(self, client: Client, key: UUID | None = None) -> None:
        self.client = client
        if key is None:
            begun = client.post("/milano/adesione/inizia/")
            key = UUID(begun["Location"].split("/")[3])
        self.key = key

    def url(self, rest: str = "") -> str:
        return f"/milano/adesione/{self.key}/{rest}"

    @property
    def request(self) -> AccessionRequest:
        return AccessionRequest.objects.get(key=self.key)

    def see(self, rest: str, status: int = 200) -> BeautifulSoup:
        response = self.client.get(self.url(rest))
        assert response.status_code == status
        return BeautifulSoup(response.content, "html.parser")

    def leave(self, step: Step, go: str = "on", **changes: object) -> BeautifulSoup | str:
        """Send a step; the page that says what is wrong, or the address one is led to."""
        response = self.client.post(self.url(f"{step}/"), {**ANSWERS[step], "go": go, **changes})
        if response.status_code == 302:
            return response["Location"]
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def fill(self) -> "Applicant":
        for step in Step:
            self.leave(step)
        return self


def errors(page: BeautifulSoup) -> dict[str, str]:
    """What is wrong, by the name of the control it stands beside."""
    found = {}
    for field in page.select(".field-bad"):
        control = field.select_one("input, select, textarea")
        found[control["name"]] = field.select_one(".errorlist").get_text(" ", strip=True)
    return found


def mailed_link(someone: Applicant, address: str = "ivo.ferri@example.org") -> str:
    """The path in the mail that was just asked for."""
    someone.client.post(someone.url("salvata/"), {"email": address})
    link = re.search(r"https?://\S+", kept_mails(to=address)[0].text).group()
    assert link.startswith(settings.SITE_URL)
    return link.removeprefix(settings.SITE_URL)
