"""The whole platform in one go: database brought up to date, static files, demo, web server and job worker."""

import hashlib
import http.client
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from contempo.config.demo import sign_ins
from contempo.config.installation import Unusable
from contempo.config.models import Milestone
from contempo.config.supervisor import Supervisor
from contempo.core.clock import now
from contempo.network.actions.reference import SOURCE as MUNICIPALITIES

HOST = "127.0.0.1"
START_SECONDS = 120
# The number under which processes of one database agree that only one of them prepares it.
PREPARING = 20_261_112


class Migrate(migrate.Command):
    """Django's own command, which tells how far it is: on a terminal in one line, else now and then."""

    def __init__(self, changes: int) -> None:
        super().__init__()
        self._changes, self._done = changes, 0

    def migration_progress_callback(self, action: str, migration: object = None, fake: bool = False) -> None:
        if action != "apply_success":
            return
        self._done += 1
        last = self._done == self._changes
        if sys.stdout.isatty():
            print(f"\r    {self._done} of {self._changes}", end="\n" if last else "", flush=True)
        elif last or self._done % 20 == 0:
            print(f"    {self._done} of {self._changes}", flush=True)


def run() -> None:
    """Prepare and run everything until Ctrl-C or SIGTERM. Raises Unusable with the reason when that cannot be."""
    port = _port()
    _claim(port)
    with _one_at_a_time():
        _prepare()
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]
    with Supervisor() as supervisor:
        _say("Starting the web server and the job worker")
        supervisor.start("web server", web_command(port))
        supervisor.start("job worker", [sys.executable, "-m", "contempo", "procrastinate", "worker"])
        if settings.MAIL_LISTEN:
            supervisor.start("mail server", [sys.executable, "-m", "contempo", "mail", "listen"])
        if supervisor.until(lambda: _works(port), seconds=START_SECONDS):
            _say(_welcome(), step=False)
            supervisor.watch()
        _say("Stopping")


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Unusable(f"PORT is {given!r}: it must be a number from 1 to 65535.")
    return int(given)


def _claim(port: int) -> None:
    """Raise Unusable when nobody can listen on `port`, before anything else takes time."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Unusable(f"This account may not listen on port {port}. PORT names another.") from None
        except OSError:
            raise Unusable(f"Port {port} is taken by another program. PORT names another.") from None


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        yield
        cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def _prepare() -> None:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say(f"Preparing the database: {len(plan)} changes")
        call_command(Migrate(len(plan)), interactive=False, verbosity=0)
    _collect_static()
    _load_municipalities()
    if settings.DEMO and not Milestone.objects.filter(name="demo").exists():
        _say("Loading the demo network")
        call_command("load_demo")
        Milestone.objects.create(name="demo", reached_at=now())


def _load_municipalities() -> None:
    """Load the municipalities of Italy, again when the file that comes with the platform changed."""
    name = f"municipalities {hashlib.sha256(MUNICIPALITIES.read_bytes()).hexdigest()[:16]}"
    if not Milestone.objects.filter(name=name).exists():
        _say("Loading the municipalities of Italy")
        call_command("load_municipalities", verbosity=0)
        Milestone.objects.create(name=name, reached_at=now())


def _collect_static() -> None:
    """Gather the static files, unless those gathered last time are the same ones."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([".*", "*~", "CVS"]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    _say("Gathering styles, scripts and pictures")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def web_command(port: int) -> list[str]:
    """The command of the web server, which ends with the application it serves."""
    processors = os.cpu_count() or 1
    options = {
        "--interface": "wsgi",
        "--host": HOST,
        "--port": port,
        "--workers": min(processors, 4),
        "--blocking-threads": min(2 * processors + 1, 8),  # no more than connections in a process's pool
        "--workers-kill-timeout": 10,
        "--log-level": "warning",
    }
    named = [str(part) for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *named, "--no-ws", _application()]


def _application() -> str:
    """The WSGI application as granian names it."""
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    return f"{module}:{name}"


def _works(port: int) -> bool:
    """Whether the web server answers and the job worker has begun."""
    web = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        web.request("GET", "/status", headers={"Host": urlsplit(settings.SITE_URL).netloc})
        answer = web.getresponse()
        return answer.status == http.HTTPStatus.OK and json.load(answer)["worker"] == "up"
    except OSError:
        return False
    finally:
        web.close()


def _welcome() -> str:
    parts = [
        f"Contempo is ready at {settings.SITE_URL}/",
        *([_sign_ins()] if settings.DEMO else []),
        "Ctrl-C stops it.",
    ]
    return "\n\n".join(parts)


def _sign_ins() -> str:
    """Whom to try the demo as, with the password only once: the cast has it in common."""
    persons = sign_ins()
    width = max(len(person.email) for person in persons)
    lines = [f"  {person.email:<{width}}  {person.role_label}" for person in persons]
    return "\n".join([f"Sign in as one of these persons, with the password {persons[0].password}", *lines])


def _say(text: str, *, step: bool = True) -> None:
    print(f"==> {text} …" if step else f"\n{text}\n", flush=True)
