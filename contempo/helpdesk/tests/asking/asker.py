"""Somebody who asks, as a browser: writes, gets the code, sends, follows."""

import re
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from contempo.core.outbox import kept_mails
from contempo.helpdesk.models import Question
from contempo.helpdesk.tests.factories import QUESTION
from contempo.people.tests.reading import code_sent_to

SERVICE, WRITE, MINE = "/milano/sportello/", "/milano/sportello/domanda/", "/milano/sportello/mie/"
NEW = "nuova@example.org"
ANSWERS: dict[str, Any] = {
    "text": QUESTION,
    "topic": "hourly_leave",
    "capacity": "worker",
    "email": NEW,
    "language": "it",
}


@dataclass
class Asker:
    """A browser at the desk of Milan."""

    client: Client
    check_url: str = ""
    last: HttpResponse | None = field(default=None, repr=False)

    def page(self, url: str, status: int = 200) -> BeautifulSoup:
        """The page at an address."""
        return read(self.client.get(url), status)

    def write(self, **answers: Any) -> HttpResponse:
        """Send the first screen; an answer that is None is left out."""
        told = {name: value for name, value in {**ANSWERS, **answers}.items() if value is not None}
        self.last = self.client.post(WRITE, told)
        if self.last.status_code == 302:
            self.check_url = self.last["Location"]
        return self.last

    def send(self, code: str = "", **more: str) -> HttpResponse:
        """Send the second screen with the code, by default the one just mailed."""
        self.last = self.client.post(self.check_url, {"code": code or code_sent_to(NEW), **more})
        return self.last

    def ask(self, **answers: Any) -> Question:
        """Write and send a question; the browser follows it."""
        self.write(**answers)
        assert self.send()["Location"] == follow_url(Question.objects.latest("pk"))
        return Question.objects.latest("pk")

    def follow(self, question: Question, status: int = 200) -> BeautifulSoup:
        """The page of a question; 403 while this browser has not opened its link."""
        return self.page(follow_url(question), status)

    def do(self, question: Question, step: str, **told: Any) -> HttpResponse:
        """Send one of the forms of the page of a question."""
        return self.client.post(f"{follow_url(question)}{step}/", told)


def follow_url(question: Question) -> str:
    """Where a question is followed."""
    return f"/milano/sportello/domande/{question.key}/"


def link_sent_to(address: str) -> str:
    """The path of the page of a question in the last mail to an address."""
    found = re.search(r"/milano/sportello/domande/[0-9a-f-]{36}/apri/\S+/", kept_mails(to=address)[0].text)
    assert found, kept_mails(to=address)[0].text
    return found[0]


def read(answer: HttpResponse, status: int = 200) -> BeautifulSoup:
    """The page of an answer with this status."""
    assert answer.status_code == status, answer
    return BeautifulSoup(answer.content, "html.parser")


def told(answer: HttpResponse) -> list[str]:
    """The messages waiting for the next page."""
    return [str(each) for each in get_messages(answer.wsgi_request)]


def errors(answer: HttpResponse) -> list[str]:
    """The lines of the summary of errors."""
    return [each.get_text() for each in read(answer).select(".error-summary li")]


def words(page: BeautifulSoup) -> str:
    """What the main part of a page says, with single spaces."""
    main = page.select_one("main")
    assert main
    return " ".join(main.get_text(" ").split())
