"""The embedded PostgreSQL: shared, stopped by the last, deaf to the network, content with its own folder."""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from contempo.config import embedded
from contempo.config.embedded import Server
from contempo.config.installation import ROOT, Unusable

# Joins the server of the folder it is given, tells its address, and leaves at the end of its input.
JOIN_UNTIL_TOLD = """\
import sys
from pathlib import Path
from contempo.config.embedded import Server
server = Server(Path(sys.argv[1]))
print(server.join(), flush=True)
sys.stdin.read()
"""


class Companion:
    """Another process that uses the server of the same data folder."""

    def __init__(self, home: Path, *prefix: str) -> None:
        command = [*prefix, sys.executable, "-c", JOIN_UNTIL_TOLD, str(home)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def leaves(self) -> None:
        self.process.communicate()

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder under a home that only its owner enters."""
    private = tmp_path_factory.mktemp("private")
    private.chmod(0o700)
    folder = private / "data folder"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    joined = Server(home)
    joined.join()
    yield joined
    joined.leave()


def _rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def test_the_platform_owns_its_database_but_has_no_power_over_the_server(home: Path) -> None:
    server = Server(home)
    assert _rows(server.join(), "SELECT current_user::text, usesuper FROM pg_user WHERE usename = current_user") == [
        (embedded.ROLE, False)
    ]
    server.leave()
    assert not server.running()


def test_it_listens_on_no_network_port(server: Server) -> None:
    main = psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))
    assert main.net_connections("inet") == []
    assert (server.folder / "socket").stat().st_mode & 0o077 == 0


def test_the_last_to_leave_stops_it(home: Path) -> None:
    first, second = Companion(home), Companion(home)
    assert first.url == second.url
    first.leaves()
    assert Server(home).running()
    second.leaves()
    assert not Server(home).running()


def test_a_killed_process_counts_no_more(home: Path) -> None:
    Companion(home).is_killed()
    assert Server(home).running()
    Companion(home).leaves()
    assert not Server(home).running()


def test_a_killed_server_starts_again_and_has_lost_nothing(home: Path) -> None:
    first = Server(home)
    url = first.join()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(int((first.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    second = Server(home)
    assert _rows(second.join(), "SELECT one FROM kept") == [(1,)]
    first.leave()
    assert second.running()
    second.leave()
    assert not second.running()


def test_a_process_number_taken_by_another_program_does_not_prevent_the_start(home: Path) -> None:
    server = Server(home)
    (server.data / "postmaster.pid").write_text(
        f"{os.getppid()}\n{server.data}\n1\n5432\n{server.folder}/socket\n\n\nready\n"
    )
    server.join()
    server.leave()
    assert not server.running()


def test_two_folders_have_two_servers(server: Server, tmp_path: Path) -> None:
    other = Server(tmp_path)
    assert other.join() != server.join()
    other.leave()
    assert server.running()


def test_a_path_too_long_for_a_socket_gets_a_short_one_and_leaves_no_trace(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 110)
    deep.mkdir()
    server = Server(deep)
    assert _rows(server.join(), "SELECT 1") == [(1,)]
    [short] = Path("/tmp").glob(f"{server._name()}-*")
    assert short.stat().st_mode & 0o777 == 0o700
    server.leave()
    assert not short.exists()


# The accounts this machine lets the tests try: their own; for root also an ordinary one.
ACCOUNTS = [pwd.getpwuid(os.geteuid()).pw_name, *(["nobody"] if os.geteuid() == 0 else [])]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_owner_and_no_permission_changes_outside_the_data_folder(account: str, tmp_path: Path) -> None:
    home = tmp_path / "home" / "data"
    home.mkdir(parents=True)
    home.parent.chmod(0o700)
    person = pwd.getpwnam(account)
    for folder in (tmp_path, home.parent, home):
        os.chown(folder, person.pw_uid, person.pw_gid)
    before = _permissions(home)
    become = [] if person.pw_uid == os.geteuid() else _lower(person, ROOT, Path(sys.executable), home)
    companion = Companion(home, *become)
    assert companion.url
    assert _permissions(home) == before
    companion.leaves()
    assert _permissions(home) == before


@pytest.mark.parametrize("account", ACCOUNTS)
def test_programs_under_a_home_only_its_owner_enters_can_be_found_and_run(account: str, tmp_path: Path) -> None:
    """As root they belong to root, and the account they run as has no way in of its own."""
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    program = private / "program"
    program.write_text(f"#!{sys.executable}\nimport os, sys\nprint(os.getuid(), os.access(sys.argv[0], os.X_OK))\n")
    program.chmod(0o700)
    person = pwd.getpwnam(account)
    become = [] if person.pw_uid == os.geteuid() else _lower(person, private)
    said = subprocess.check_output([*become, str(program)], text=True)
    assert said.split() == [str(person.pw_uid), "True"]


def _lower(person: pwd.struct_passwd, *folders: Path) -> list[str]:
    lower = [sys.executable, "-I", str(ROOT / "contempo/config/lower.py"), str(person.pw_uid), str(person.pw_gid)]
    return [*lower, *map(str, folders), "--"]


def _permissions(home: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and owner of everything above the data folder, and of the programs of PostgreSQL and all above them."""
    programs = embedded._programs()
    watched = {home, *home.parents, programs, *programs.parents, *programs.parents[1].rglob("*")}
    return {path: (path.lstat().st_mode, path.lstat().st_uid, path.lstat().st_gid) for path in watched}


def test_the_work_of_another_release_of_postgresql_is_refused_and_kept(tmp_path: Path) -> None:
    version = tmp_path / "database" / "data" / "PG_VERSION"
    version.parent.mkdir(parents=True)
    version.write_text("15\n")
    with pytest.raises(Unusable, match="was made by PostgreSQL 15"):
        Server(tmp_path).join()
    assert version.read_text() == "15\n"


def test_what_postgresql_complains_of_is_told_in_one_line(tmp_path: Path) -> None:
    broken = Server(tmp_path)
    broken.join()
    broken.leave()
    (broken.data / "pg_hba.conf").write_text("nonsense\n")
    with pytest.raises(Unusable, match=r"cannot be used: could not load .*pg_hba\.conf") as refused:
        broken.join()
    assert "\n" not in str(refused.value)
    assert not broken.running()
