"""Everything in one go: it starts, says what prevents it in one line, and leaves nothing running."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from contempo.config.embedded import Server
from contempo.config.installation import ROOT


class Platform:
    """`python -m contempo run` in a data folder and on a port of its own, ready to be used."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = self._start("run", stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.said = []
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError("\n".join(self.said))

    def _start(self, *command: str, stdout: int) -> "subprocess.Popen[str]":
        dropped = {"CONTEMPO_DEMO", "DATABASE_URL", "SITE_URL"}
        environment = {name: value for name, value in os.environ.items() if name not in dropped}
        environment |= {"CONTEMPO_HOME": str(self.home), "PORT": str(self.port)}
        return subprocess.Popen(
            [sys.executable, "-m", "contempo", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
        )

    def command(self, *command: str) -> tuple[int, str]:
        """Another command in the same data folder: its exit code and what it complained of."""
        process = self._start(*command, stdout=subprocess.DEVNULL)
        complaint = process.communicate()[1]
        return process.returncode, complaint

    def status(self) -> dict[str, str]:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        web.request("GET", "/status")
        answer: dict[str, str] = json.load(web.getresponse())
        web.close()
        return answer

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    started = Platform(tmp_path)
    yield started
    if started.process.poll() is None:
        started.process.terminate()
    started.process.communicate()


def test_it_runs_with_others_beside_it_and_a_signal_stops_all_of_it(platform: Platform) -> None:
    assert f"Contempo is ready at http://127.0.0.1:{platform.port}/" in platform.said
    assert platform.status()["worker"] == "up"
    children = platform.children()

    assert platform.command("check") == (0, "")
    assert Server(platform.home).running()
    code, complaint = platform.command("run")
    assert code == 1
    assert complaint == f"contempo: Port {platform.port} is taken by another program. PORT names another.\n"
    assert platform.status()["database"] == "up"

    platform.process.send_signal(signal.SIGTERM)
    platform.process.communicate()
    assert platform.process.returncode == 0
    assert not Server(platform.home).running()
    assert [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE] == []


def test_a_part_that_dies_is_named_and_takes_everything_with_it(platform: Platform) -> None:
    [worker] = [child for child in platform.children() if "procrastinate" in child.cmdline()]
    worker.kill()
    _said, complaint = platform.process.communicate()
    assert platform.process.returncode == 1
    assert complaint.splitlines()[-1] == (
        "contempo: The job worker ended unexpectedly, by signal 9. Everything is stopped."
    )
    assert not Server(platform.home).running()


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told_in_one_line(port: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contempo", "run"],
        cwd=ROOT,
        env={**os.environ, "PORT": port, "SITE_URL": "http://127.0.0.1:8000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == f"contempo: PORT is {port!r}: it must be a number from 1 to 65535.\n"
