"""Two hundred people who answer at once for a minute, against a real server: nothing lost, no error.

Each opens the link of a letter, begins, and goes through the pages of the questionnaire as a browser does: a page is
opened, kept while one types, sent, now and then reloaded or gone back to; after the last one the answers are sent.
Between two requests a person thinks for two to four seconds. What the server acknowledged is compared with what the
database holds in the end.
"""

import html
import http.client
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import psycopg
from django.conf import settings

from bench.limits import CROWD
from bench.measure import Result
from bench.questionnaires.rows import Place
from contempo.config.run import web_command
from contempo.core import clock
from contempo.questionnaires.access import code_of
from contempo.questionnaires.models import Campaign, Invitation, Response
from contempo.questionnaires.rules.document import Kind, Page, Question, read
from contempo.questionnaires.rules.links import read_code

PEOPLE, SECONDS = 200, 60
THINKING = (2.0, 4.0)
PATIENCE = 60
HOST = "127.0.0.1"


def crowd(place: Place, bare: psycopg.Connection, *, people: int = PEOPLE, seconds: float = SECONDS) -> Result:
    """Let so many answer for so long; times are of single requests, the floor is the bare UPDATE of one response.

    Raises RuntimeError when an answer was lost or a request failed.
    """
    campaign = _campaign(place)
    links = [_link(campaign, number) for number in range(people)]
    document = read(place.campaign.version.document)
    with _server() as port:
        end = time.monotonic() + seconds
        everybody = [_Person(port, link, document.pages, number, end) for number, link in enumerate(links)]
        for person in everybody:
            person.start()
        for person in everybody:
            person.join()
    _nothing_lost(everybody, [f"{person.name}: {person.failure}" for person in everybody if person.failure])
    times = [taken for person in everybody for taken in person.times]
    median, floor = statistics.median(times), _floor(campaign, bare)
    return Result(
        name=CROWD,
        p50_ms=round(median, 2),
        p95_ms=round(statistics.quantiles(times, n=20, method="inclusive")[18], 2),
        statements=0,
        floor_ms=round(floor, 3),
        ratio=round(median / floor, 1),
    )


def _campaign(place: Place) -> Campaign:
    """A campaign of people that nobody has answered yet, with the questionnaire of the other one."""
    now = clock.now()
    return Campaign.objects.create(
        network_id=place.campaign.network_id,
        number=2,
        questionnaire_id=place.campaign.questionnaire_id,
        version_id=place.campaign.version_id,
        title="Tutti insieme",
        mode="identified",
        state="open",
        unit_kind="person",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        created_at=now - timedelta(days=2),
        opened_at=now - timedelta(days=1),
    )


def _link(campaign: Campaign, number: int) -> str:
    invitation = Invitation.objects.create(
        campaign=campaign, channel="email", state="sent", email=f"persona{number}@example.org"
    )
    return f"/{campaign.network.slug}/r/{code_of(invitation)}/"


@contextmanager
def _server() -> Iterator[int]:
    """Within it the web server of `contempo run` answers at a port, with the database of this bench."""
    port = _free_port()
    command = [*web_command(port)[:-1], "bench.served:application"]
    environment = {**os.environ, "SITE_URL": f"http://{HOST}:{port}", "SECRET_KEY": settings.SECRET_KEY}
    server = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_it_answers(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _until_it_answers(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _again in range(PATIENCE * 5):
        if server.poll() is not None:
            raise RuntimeError(f"The web server ended with code {server.returncode}.")
        with suppress(OSError):
            connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
            connection.request("GET", "/status")
            connection.getresponse().read()
            return
        threading.Event().wait(0.2)
    raise RuntimeError("The web server does not answer.")


class _Person(threading.Thread):
    """One person with one browser."""

    def __init__(self, port: int, link: str, pages: tuple[Page, ...], number: int, end: float) -> None:
        super().__init__(name=f"person {number}")
        self.link, self.pages, self.end = link, pages, end
        self.chance = random.Random(number)
        self.connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self.token = self.cookie = ""
        self.times: list[float] = []
        self.acknowledged: dict[str, Any] = {}
        self.sent = False
        self.failure = ""

    def run(self) -> None:
        try:
            threading.Event().wait(self.chance.uniform(0, THINKING[1]))
            self._answer()
        except Exception as error:
            self.failure = f"{type(error).__name__}: {error}"
        finally:
            self.connection.close()

    def _answer(self) -> None:
        self._open(self.link)
        where = self._send(self.link, {})
        while time.monotonic() < self.end:
            self._think()
            if where.endswith("/riepilogo/"):
                self._open(where)
                self._think()
                where = self._send(where, {})
                self.sent = True
                # Whoever has finished changes their answers until the minute is over.
                where = f"{self.link}pagina/1/"
                continue
            where = self._page(where)

    def _page(self, where: str) -> str:
        """Fill in one page; returns where it leads."""
        self._open(where)
        number = int(where.rstrip("/").rpartition("/")[2]) - 1
        page = self.pages[number]
        if not self.sent:
            self._think()
            self._save(where, page, autosave="1", go="stay")
        if self.chance.random() < 0.2:
            self._open(where)
        self._think()
        leads = self._save(where, page, go="next")
        if number and self.chance.random() < 0.1:
            self._open(f"{self.link}pagina/{number}/")
        return leads

    def _save(self, where: str, page: Page, **fields: str) -> str:
        typed: list[tuple[str, str]] = []
        meant: dict[str, Any] = {}
        for item in page.items:
            assert isinstance(item, Question)
            typed += _typed(item, self.chance, meant)
        leads = self._send(where, dict(fields), typed)
        self.acknowledged |= meant
        return leads

    def _think(self) -> None:
        threading.Event().wait(self.chance.uniform(*THINKING))

    def _open(self, path: str) -> None:
        status, _where, body = self._ask("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {status}")
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body):
            self.token = html.unescape(found[1])

    def _send(self, path: str, fields: dict[str, str], typed: list[tuple[str, str]] | None = None) -> str:
        data = [*fields.items(), *(typed or []), ("csrfmiddlewaretoken", self.token)]
        status, where, body = self._ask("POST", path, urllib.parse.urlencode(data))
        if status == 302:
            return where
        if status == 200 and "autosave" in fields and '"saved": true' in body:
            return path
        said = re.sub(r"<[^>]+>|\s+", " ", body)[:300]
        raise RuntimeError(f"POST {status}: {said}")

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.times.append((time.perf_counter() - began) * 1000)
        for header in answer.headers.get_all("Set-Cookie") or []:
            if header.startswith("csrftoken="):
                self.cookie = header.partition(";")[0]
        return answer.status, answer.headers.get("Location", ""), text


def _typed(question: Question, chance: random.Random, meant: dict[str, Any]) -> list[tuple[str, str]]:
    """What is typed for a question, as fields of the form; what is then kept goes into `meant`."""
    key, options = question.key, [option.key for option in question.options]
    match question.kind:
        case Kind.SINGLE | Kind.LIKERT:
            meant[key] = chance.choice(options)
        case Kind.MULTIPLE:
            meant[key] = sorted(chance.sample(options, 2), key=options.index)
            return [(key, one) for one in meant[key]]
        case Kind.SCALE:
            meant[key] = chance.randint(0, 10)
        case Kind.NUMBER:
            meant[key] = chance.randint(0, 1000)
        case Kind.DATE:
            meant[key] = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        case Kind.MATRIX:
            meant[key] = {row.key: chance.choice(options) for row in question.rows}
            return [(f"{key}.{row}", chosen) for row, chosen in meant[key].items()]
        case Kind.RANKING:
            meant[key] = chance.sample(options, len(options))
            return [(f"{key}.{option}", str(place)) for place, option in enumerate(meant[key], 1)]
        case Kind.TEXT:
            meant[key] = f"testo {chance.randint(0, 10**6)}"
        case _:
            return []
    return [(key, str(meant[key]))]


def _nothing_lost(everybody: list[_Person], failures: list[str]) -> None:
    """RuntimeError unless every acknowledged answer of everybody is kept and no request failed."""
    kept = {response.invitation_id: response for response in Response.objects.filter(campaign__number=2)}
    lost = []
    for person in everybody:
        number = _number_of(person.link)
        response = kept.get(number)
        answers = response.answers if response else {}
        lost += [f"{person.name}: {key}" for key, value in person.acknowledged.items() if answers.get(key) != value]
        if person.sent and (response is None or response.state != "completed"):
            lost.append(f"{person.name}: not sent")
    if failures or lost:
        told = "; ".join([*failures, *lost][:5])
        raise RuntimeError(f"{len(failures)} requests failed and {len(lost)} answers were lost: {told}")
    print(f"{sum(len(person.times) for person in everybody)} requests, no error, no answer lost", file=sys.stderr)


def _number_of(link: str) -> int:
    claim = read_code(link.rstrip("/").rpartition("/")[2])
    assert claim is not None
    return claim.number


def _floor(campaign: Campaign, bare: psycopg.Connection) -> float:
    """Milliseconds of one bare UPDATE of the answers of a response."""
    keys = list(Response.objects.filter(campaign=campaign).values_list("pk", flat=True)[:40])
    times = []
    for key in keys:
        began = time.perf_counter()
        bare.execute("UPDATE questionnaires_response SET answers = answers || '{}' WHERE id = %s", [key])
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
