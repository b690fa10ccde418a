"""Keeps a set of programs together: they start together, are watched together and stop together."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from contempo.config import ending
from contempo.config.installation import Unusable

PATIENCE_SECONDS = 20
_BOUND = str(Path(__file__).with_name("bound.py"))


class Supervisor:
    """Use it as a context: leaving it, for whatever reason, ends every program it started.

    Programs run in sessions of their own, so that Ctrl-C on the terminal reaches only this process, which then ends
    them in order. While the context is open, signals are noted and answered in `watch` and `until`; one that came
    before counts as well.
    """

    def __init__(self) -> None:
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._noted: list[int] = list(ending.asked)
        self._before: dict[int, object] = {}
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)

    def __enter__(self) -> "Supervisor":
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in (*ending.SIGNALS, signal.SIGCHLD):
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(-1)
        os.close(self._reader)
        os.close(self._writer)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a program, known to people as `name`; what it logs on stderr goes where ours goes."""
        command = [sys.executable, "-I", _BOUND, *command]
        nothing = subprocess.DEVNULL
        self._children[name] = subprocess.Popen(command, stdin=nothing, stdout=nothing, start_new_session=True)

    def until(self, ready: Callable[[], bool], *, seconds: int) -> bool:
        """Wait until `ready()`; False when asked to stop meanwhile. Raises Unusable when it takes too long."""
        for _ in range(seconds * 5):
            if self._asked_to_stop():
                return False
            if ready():
                return True
            self._pause(0.2)
        raise Unusable(f"Not everything was ready within {seconds} seconds. Everything is stopped.")

    def watch(self) -> None:
        """Wait until asked to stop by a signal. Raises Unusable when a program ends by itself."""
        while not self._asked_to_stop():
            self._pause(None)

    def _note(self, number: int, _frame: object) -> None:
        self._noted.append(number)

    def _asked_to_stop(self) -> bool:
        """Whether a signal asked to stop. Raises Unusable when a program ended by itself."""
        if not set(ending.SIGNALS).isdisjoint(self._noted):
            return True
        for name, child in self._children.items():
            if (code := child.poll()) is not None:
                how = f"by signal {-code}" if code < 0 else f"with code {code}"
                raise Unusable(f"The {name} ended unexpectedly, {how}. Everything is stopped.")
        return False

    def _pause(self, seconds: float | None) -> None:
        """Wait for the next signal, at most `seconds`."""
        with suppress(BlockingIOError):
            select.select([self._reader], [], [], seconds)
            os.read(self._reader, 512)

    def _stop(self) -> None:
        """Ask every program to end; who is still there after a while, or at a second Ctrl-C, is killed."""
        self._noted.clear()
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        for _ in range(PATIENCE_SECONDS * 5):
            if all(child.poll() is not None for child in self._children.values()) or signal.SIGINT in self._noted:
                break
            self._pause(0.2)
        for child in self._children.values():
            if child.poll() is None:
                child.kill()
            child.wait()
