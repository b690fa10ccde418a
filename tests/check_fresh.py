"""First run from a clone, as somebody who just found Contempo would do it: `make check-fresh`.

Clones the committed state of this checkout into a temporary folder, runs `make run` there on a free port, asks for the
pages and for the worker, stops it, sees that nothing is left running, and starts it a second time. Tells the times.
Uses the standard library only. A line on stderr and exit code 1 tell what did not hold.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

CHECKOUT = Path(__file__).resolve().parents[1]
FIRST_SECONDS = 1200
SECOND_SECONDS = 30
STOP_SECONDS = 60
READY = "Contempo is ready at "
PAGES = ("/", "/accesso/")


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="contempo-fresh-"))
    try:
        clone = folder / "contempo"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(CHECKOUT), str(clone)], check=True)
        first = _try_out(clone, "first start", FIRST_SECONDS)
        second = _try_out(clone, "second start", SECOND_SECONDS)
        left = subprocess.run(
            ["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True
        ).stdout
        _insist(not left, f"git sees files that a run left behind: {left}")
        print(f"\nFirst start {first:.0f} s, second start {second:.1f} s. Everything was stopped cleanly.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _try_out(clone: Path, name: str, limit: int) -> float:
    """Start, visit and stop; the seconds until it was ready."""
    port = _free_port()
    begun = monotonic()
    with _running(clone, port) as wait_until_ready:
        wait_until_ready(limit)
        took = monotonic() - begun
        print(f"\n*** {name}: ready after {took:.1f} s", flush=True)
        _insist(took <= limit, f"the {name} took {took:.0f} s, more than {limit}")
        for page in PAGES:
            status, body = _get(port, page)
            _insist(status == 200 and b"<h1" in body, f"{page} answered {status}")
        status, body = _get(port, "/status")
        _insist(status == 200 and json.loads(body).get("worker") == "up", f"/status answered {status}: {body!r}")
    still = (clone / ".contempo" / "database" / "data" / "postmaster.pid").exists()
    _insist(not still, "the embedded database was not stopped")
    with socket.socket() as probe:
        _insist(probe.connect_ex(("127.0.0.1", port)) != 0, "somebody still listens on the port")
    _insist(not _processes_in(clone), f"processes were left running: {_processes_in(clone)}")
    return took


@contextmanager
def _running(clone: Path, port: int) -> Iterator[Callable[[int], None]]:
    """`make run`; yields what waits until it is ready. Ends it as Ctrl-C would and insists that it ends well."""
    environment = {name: value for name, value in os.environ.items() if name not in {"CONTEMPO_HOME", "DATABASE_URL"}}
    environment |= {"PORT": str(port), "CI": "true"}
    run = subprocess.Popen(
        ["make", f"PYTHON={sys.executable}", "run"],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    ready = threading.Event()
    listener = threading.Thread(target=_repeat, args=(run, ready))
    listener.start()

    def wait_until_ready(limit: int) -> None:
        ready.wait(limit)
        _insist(run.poll() is None and ready.is_set(), f"`make run` was not ready within {limit} s")

    try:
        yield wait_until_ready
        os.killpg(run.pid, signal.SIGINT)
        run.wait(STOP_SECONDS)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        listener.join()


def _repeat(run: "subprocess.Popen[str]", ready: threading.Event) -> None:
    """Pass on what `make run` says; it is ready when it says so, and waiting makes no sense once it is silent."""
    assert run.stdout is not None
    for line in run.stdout:
        print(line, end="", flush=True)
        if line.startswith(READY):
            ready.set()
    ready.set()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(port: int, path: str) -> tuple[int, bytes]:
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    web.request("GET", path)
    answer = web.getresponse()
    return answer.status, answer.read()


def _processes_in(folder: Path) -> list[str]:
    """Command lines of the processes that name the folder, where the system shows them as files."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            lines.append(path.read_text(errors="replace").replace("\0", " ").strip())
    return [line for line in lines if str(folder) in line]


def _insist(holds: bool, otherwise: str) -> None:
    if not holds:
        sys.exit(f"check-fresh: {otherwise}.")


if __name__ == "__main__":
    main()
