"""Programs that start, are watched and stop together."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from contempo.config import ending, supervisor
from contempo.config.installation import ROOT, Unusable
from contempo.config.supervisor import Supervisor

WAITS = [sys.executable, "-c", "import signal; signal.pause()"]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
# Leaves the file it is given when it has become deaf to SIGTERM.
DEAF = "import signal, sys; signal.signal(15, signal.SIG_IGN); open(sys.argv[1], 'w').close(); signal.pause()"
# Starts one program, tells its number, and is watched until killed.
SUPERVISES = """\
import sys
from contempo.config.supervisor import Supervisor
with Supervisor() as programs:
    program = "import os, signal, sys; print(os.getpid(), file=sys.stderr, flush=True); signal.pause()"
    programs.start("program", [sys.executable, "-c", program])
    programs.watch()
"""


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_a_signal_stops_everything() -> None:
    before = _children()
    with Supervisor() as programs:
        programs.start("first", WAITS)
        programs.start("second", WAITS)
        os.kill(os.getpid(), signal.SIGTERM)
        programs.watch()
    assert _children() == before


def test_a_program_that_ends_by_itself_takes_the_others_with_it_and_is_named() -> None:
    before = _children()
    with Supervisor() as programs:
        programs.start("patient one", WAITS)
        programs.start("short one", ENDS)
        with pytest.raises(Unusable, match="The short one ended unexpectedly, with code 3"):
            programs.watch()
    assert _children() == before


def test_a_program_deaf_to_the_signal_is_killed_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE_SECONDS", 1)
    before = _children()
    deaf = tmp_path / "deaf"
    with Supervisor() as programs:
        programs.start("deaf one", [sys.executable, "-c", DEAF, str(deaf)])
        assert programs.until(deaf.exists, seconds=60)
    assert _children() == before


def test_waiting_for_readiness_ends_at_a_signal() -> None:
    with Supervisor() as programs:
        os.kill(os.getpid(), signal.SIGINT)
        assert not programs.until(lambda: False, seconds=60)


def test_a_signal_that_came_before_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "asked", [signal.SIGINT])
    with Supervisor() as programs:
        assert not programs.until(lambda: True, seconds=60)


def test_waiting_for_readiness_sees_a_program_that_ends() -> None:
    with Supervisor() as programs:
        programs.start("short one", ENDS)
        with pytest.raises(Unusable, match="ended unexpectedly"):
            programs.until(lambda: False, seconds=60)


def test_waiting_for_readiness_has_an_end() -> None:
    with pytest.raises(Unusable, match="Not everything was ready within 1 seconds"), Supervisor() as programs:
        programs.until(lambda: False, seconds=1)


def test_a_killed_supervisor_takes_its_programs_along() -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISES], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert supervisor.stderr is not None
    program = psutil.Process(int(supervisor.stderr.readline()))
    supervisor.kill()
    supervisor.communicate()
    _gone, alive = psutil.wait_procs([program], timeout=20)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_signals_mean_afterwards_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Supervisor():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
