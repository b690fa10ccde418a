"""A demo installation of its own, in a temporary folder: what `make run` starts, on a free port."""

import html
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from email import policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 600
MAIL_SECONDS = 20


class Site:
    """Use it as a context; `url` is its address, without a slash at the end."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Site":
        self.log = (self.home.parent / "site.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "contempo", "run"],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=60)
        self.log.close()

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"the site did not start:\n{Path(self.log.name).read_text()[-4000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}/status", timeout=2):
                    return
            except OSError:
                breathe()
        raise TimeoutError("the site did not answer")

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SITE_URL")}
        return kept | {"CONTEMPO_HOME": str(self.home), "PORT": str(self.port), "CONTEMPO_DEMO": "1"}

    def takes_in(self, letter: EmailMessage) -> None:
        """Have a letter delivered to the desk, as a mail server would."""
        file = self.home.parent / "letter.eml"
        file.write_bytes(letter.as_bytes(policy=policy.SMTP))
        command = [sys.executable, "-m", "contempo", "mail", "ingest", str(file)]
        subprocess.run(command, env=self._environment(), check=True, stdin=subprocess.DEVNULL, timeout=60)

    def stages_a_month(self, key: str) -> None:
        """Have a month of the bank, `2027-02`, made in the database as `tests.journeys.staging` tells it."""
        script = f"from tests.journeys.staging import stage; stage({key!r})"
        command = [sys.executable, "-m", "contempo", "shell", "-v0", "-c", script]
        subprocess.run(command, cwd=ROOT, env=self._environment(), check=True, stdin=subprocess.DEVNULL, timeout=120)

    def waiting_link(self, campaign: str, place: int) -> str:
        """The address, without the site, of an invitation nobody has opened, as `tests.journeys.staging` chooses it."""
        return self._stages("staging", f"waiting_link({campaign!r}, {place})")

    def opens_a_survey(self, title: str, *units: str, mode: str = "identified") -> str:
        """The address, without the site, of an open campaign of Marta’s, as `tests.journeys.staging_surveys` makes it:
        `units` are written to, each as `Name <address>`.
        """
        told = ", ".join(map(repr, units))
        return self._stages("staging_surveys", f"open_survey({title!r}, {told}, mode={mode!r})")

    def hands_two_links(self, title: str, email: str) -> str:
        """The page of a delegate of the newest campaign with this title, which handed on two links."""
        return self._stages("staging_surveys", f"hand_two_links({title!r}, {email!r})")

    def lets_days_pass(self, title: str, days: int) -> int:
        """How many reminders the plan of a campaign asks for when its letters are so many days older."""
        return int(self._stages("staging_surveys", f"days_pass({title!r}, {days})"))

    def _stages(self, module: str, call: str) -> str:
        """What a call of `tests.journeys` gives that is made in the database of the site."""
        script = f"from tests.journeys import {module}; print({module}.{call})"
        command = [sys.executable, "-m", "contempo", "shell", "-v0", "-c", script]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self._environment(),
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            timeout=120,
        )
        return done.stdout.strip().splitlines()[-1]

    def mails(self, to: str) -> list[str]:
        """The subjects of the mails to an address, the newest first."""
        with urllib.request.urlopen(f"{self.url}/posta-demo/?a={to}", timeout=10) as page:
            found = re.findall(r"<h2>(.*?)</h2>", page.read().decode(), re.DOTALL)
        return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]

    def newest_mail(self, to: str, about: str) -> str:
        """The text of the newest mail to an address whose subject holds `about`, as the demo mail page shows it."""
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            with urllib.request.urlopen(f"{self.url}/posta-demo/?a={to}", timeout=10) as page:
                text = page.read().decode()
            for mail in re.findall(r'<li class="panel">(.*?)</li>', text, re.DOTALL):
                subject = html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<h2>(.*?)</h2>", mail, re.DOTALL)[1]))
                if about.lower() in subject.lower():
                    return html.unescape(re.sub(r"<[^>]+>", "", mail))
            breathe()
        raise LookupError(f"no mail to {to} about {about!r}")


def breathe() -> None:
    """Let the other processes run for a moment."""
    select.select([], [], [], 0.1)
