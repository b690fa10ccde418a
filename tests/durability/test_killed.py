"""Web server and worker killed while two hundred questions come in: none acknowledged is lost, none told twice."""

import html
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.durability.platform import LOST, Browser, Mailbox, Platform, field_in, text_of

QUESTIONS = 200
PEOPLE = 4
KILLS_AFTER = (30, 80, 140)
"""How many questions must be acknowledged before each kill."""

TRIES = 50

TEXT = "Lavoro su turni e ho due figli piccoli: posso chiedere il congedo parentale a ore?"


class Ledger:
    """The questions acknowledged so far; the killer waits for them, the askers wait while the platform is down."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.changed = threading.Condition()
        self.up = threading.Event()
        self.up.set()

    @contextmanager
    def down(self) -> Iterator[None]:
        """Within it, the platform is away, and whoever asks waits."""
        self.up.clear()
        try:
            yield
        finally:
            self.up.set()

    def acknowledge(self, path: str) -> None:
        with self.changed:
            self.paths.append(path)
            self.changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.paths) >= count, 300), f"only {len(self.paths)} acknowledged"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as kept:
        yield kept


@pytest.fixture
def platform(tmp_path: Path, mailbox: Mailbox) -> Iterator[Platform]:
    started = Platform(tmp_path / "home", mailbox)
    started.start()
    yield started
    started.stop()


ASK = "/prova/sportello/domanda/"


def ask(browser: Browser, ledger: Ledger, **who: str) -> str:
    """Write a question as far as its second screen; whoever finds the platform down tries again when it is back."""
    for _try in range(TRIES):
        assert ledger.up.wait(300)
        try:
            path, page = browser.send(ASK, text=TEXT, topic="hourly_leave", capacity="worker", language="it", **who)
        except LOST:
            continue
        assert re.fullmatch(ASK + "[0-9a-f-]{36}/", path), page
        return path
    raise AssertionError("the platform did not come back")


def send(browser: Browser, ledger: Ledger, path: str, **fields: str) -> str:
    """Send what is on the second screen until it is acknowledged: the address at which the question is followed."""
    for _try in range(TRIES):
        assert ledger.up.wait(300)
        try:
            where, page = browser.send(path, **fields)
        except LOST:
            continue
        assert where.startswith("/prova/sportello/domande/"), page
        return where
    raise AssertionError("the platform did not come back")


@dataclass(frozen=True)
class Asker:
    """Somebody who asks again and again; `number` is how the second screen names who is signed in."""

    browser: Browser
    number: str


def someone(platform: Platform, mailbox: Mailbox, ledger: Ledger, name: str) -> Asker:
    """A person who has asked once, and so is signed in."""
    browser, address = Browser(platform.url), f"{name}@example.org"
    browser.see(ASK)
    path = ask(browser, ledger, email=address)
    ledger.acknowledge(send(browser, ledger, path, code=mailbox.code_for(address)))
    _where, page = browser.see(ask(browser, ledger))
    return Asker(browser, field_in(page, "sender"))


def test_what_was_acknowledged_is_there_and_was_told_once(platform: Platform, mailbox: Mailbox) -> None:
    platform.command(
        *("open_network", "prova", "--name", "Rete di prova", "--short-name", "Prova"),
        *("--email", "agenzia@example.org", "--coordinator", "marta@example.org"),
    )
    ledger = Ledger()
    people = [someone(platform, mailbox, ledger, f"persona{number}") for number in range(PEOPLE)]

    def work(asker: Asker) -> None:
        for _turn in range(QUESTIONS // PEOPLE - 1):
            path = ask(asker.browser, ledger)
            ledger.acknowledge(send(asker.browser, ledger, path, sender=asker.number))

    with ThreadPoolExecutor(PEOPLE) as together:
        asking = [together.submit(work, asker) for asker in people]
        for count in KILLS_AFTER:
            ledger.wait_for(count)
            with ledger.down():
                platform.kill_web_and_worker()
                platform.start()
        for each in asking:
            each.result()
    platform.command("shell", "-c", "from contempo.core.outbox import deliver_pending; deliver_pending()")

    assert len(set(ledger.paths)) == QUESTIONS
    told: defaultdict[str, set[str]] = defaultdict(set)
    for letter in mailbox.letters:
        if found := re.search(r"/prova/sportello/domande/[0-9a-f-]{36}/", text_of(letter)):
            told[found[0]].add(letter["Message-ID"])
    assert set(ledger.paths) <= set(told)
    assert {path: ids for path, ids in told.items() if len(ids) != 1} == {}
    sent = Counter(letter["Message-ID"] for letter in mailbox.letters)
    # A letter cut off between "accepted" and the note of it leaves again as the same one, at most once a kill.
    assert sum(sent.values()) - len(sent) <= len(KILLS_AFTER)
    for asker, path in zip(people, ledger.paths, strict=False):
        where, page = asker.browser.see(path)
        assert (where, TEXT in html.unescape(page)) == ("", True)
