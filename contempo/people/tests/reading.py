"""Reading a page in a test."""

import re

from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from contempo.core.outbox import kept_mails
from contempo.people.models import Notification, Person, RoleGrant
from contempo.people.public import notify
from contempo.people.rules import ROLE_KIND, Role
from contempo.people.tests.factories import FORNO, MILANO, PASSWORD

PEOPLE = "/milano/agenzia/persone/"
FORNO_PEOPLE = f"/milano/organizzazione/{FORNO}/persone/"


def page(answer: HttpResponse, status: int = 200) -> BeautifulSoup:
    """The page of an answer with this status."""
    assert answer.status_code == status, answer
    return BeautifulSoup(answer.content, "html.parser")


def said(answer: HttpResponse) -> list[str]:
    """The messages waiting for the next page."""
    return [str(each) for each in get_messages(answer.wsgi_request)]


def errors(answer: HttpResponse) -> list[str]:
    """The lines of the summary of errors."""
    return [each.get_text() for each in page(answer).select(".error-summary li")]


def tell(person: Person, title: str = "Una notizia", kind: str = ROLE_KIND.name) -> Notification:
    """Tell `person` something in Milan."""
    notify([person.pk], kind=kind, network_id=MILANO, title=title, text="Ecco.", url="/milano/")
    return Notification.objects.latest("pk")


def number_of(person: Person, role: Role) -> int:
    """The number of the role `person` holds."""
    return RoleGrant.objects.get(person=person, role=role, until=None).pk


def code_sent_to(address: str) -> str:
    """The code in the last mail to `address`, which is the same in subject and body."""
    mail = kept_mails(to=address)[0]
    found = re.match(r"\d{4}-\d{4}", mail.subject)
    assert found, mail.subject
    assert f"\n{found[0]}\n" in mail.text
    assert "quindici minuti" in mail.text
    return found[0]


def token_sent_to(address: str) -> str:
    """The token in the last invitation to `address`."""
    found = re.search(r"/invito/([^/\s]+)/", kept_mails(to=address)[0].text)
    assert found
    return found[1]


def signed_in(browser: Client) -> str | None:
    """The number, as text, of the person signed in."""
    return browser.session.get("_auth_user_id")


def confirm_identity(browser: Client) -> None:
    """Write the password once more, as delicate steps ask."""
    browser.post("/accesso/conferma-identita/", {"password": PASSWORD})
