"""A platform of its own with a mail server beside it, killed and started again, and people who ask it questions."""

import html
import http.client
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import psutil
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).parents[2]
PATIENCE = 60

# What a person's browser sees while the platform is down.
LOST = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """A mail server that keeps every letter it accepts."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.arrived = threading.Condition()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        with self.arrived:
            self.letters.append(letter)  # type: ignore[arg-type]
            self.arrived.notify_all()
        return "250 kept"

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop()

    def code_for(self, address: str) -> str:
        """The sign-in code mailed to an address, as soon as it is there."""

        def found() -> str | None:
            for letter in reversed(self.letters):
                if letter["To"] == address and (code := re.search(r"\b\d{4}-\d{4}\b", text_of(letter))):
                    return code[0]
            return None

        with self.arrived:
            assert self.arrived.wait_for(lambda: found() is not None, PATIENCE), f"no code for {address}"
            return found() or ""


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part else ""


class Platform:
    """`python -m contempo run` in a data folder of its own, which can be killed and started again."""

    def __init__(self, home: Path, mailbox: Mailbox) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        dropped = {"CONTEMPO_DEMO", "DATABASE_URL", "SITE_URL"}
        self._environment = {key: value for key, value in os.environ.items() if key not in dropped} | {
            "CONTEMPO_HOME": str(home),
            "PORT": str(self.port),
            "SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
        }
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start everything, and come back when it answers."""
        self._process = self._run("run", stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        said = []
        for line in self._process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError("".join(said))

    def command(self, *words: str) -> None:
        """Another command of the same installation."""
        process = self._run(*words, stdout=subprocess.PIPE)
        said, _none = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said

    def kill_web_and_worker(self) -> None:
        """`kill -9` the web server, its workers and the job worker; then wait for the rest to give up."""
        assert self._process is not None
        for child in psutil.Process(self._process.pid).children(recursive=True):
            if any(word in child.cmdline() for word in ("granian", "procrastinate")) or "granian" in child.name():
                child.kill()
        self._process.communicate(timeout=PATIENCE)

    def stop(self) -> None:
        """Stop everything in good order."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.communicate(timeout=PATIENCE)

    def _run(self, *words: str, stdout: int) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "contempo", *words],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            text=True,
        )


class Browser:
    """Somebody with a browser: cookies, forms, and where an answer leads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies), _Stay())

    def see(self, path: str) -> tuple[str, str]:
        """The page at a path: where it leads ("" when nowhere else), and its text."""
        return self._open(urllib.request.Request(f"{self.url}{path}"))

    def send(self, path: str, **fields: str) -> tuple[str, str]:
        """Send the form at a path: where the answer leads ("" when nowhere), and its text."""
        token = next((cookie.value or "" for cookie in self._cookies if cookie.name == "csrftoken"), "")
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self._open(urllib.request.Request(f"{self.url}{path}", data, {"Referer": f"{self.url}{path}"}))

    def _open(self, request: urllib.request.Request) -> tuple[str, str]:
        try:
            with self._opener.open(request, timeout=PATIENCE) as page:
                return "", page.read().decode()
        except urllib.error.HTTPError as answer:
            text = answer.read().decode()
            if answer.code == 302:
                return urllib.parse.urlsplit(answer.headers["Location"]).path, text
            raise AssertionError(f"{request.full_url}: {answer.code}\n{text}") from answer


class _Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere by itself: a redirect is the answer."""

    def redirect_request(self, *asked: object, **told: object) -> None:
        return None


def field_in(page: str, name: str) -> str:
    """The value of a hidden field of a page; empty when it has none."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""
