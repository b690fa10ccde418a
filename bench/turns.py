"""Processes that measure in turn, so that all see the same weather on the machine."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.synchronize import Semaphore

Turn = Callable[[], AbstractContextManager[None]]
"""Within what it gives, one round is measured."""


def turn_of(mine: Semaphore, others: Semaphore) -> Turn:
    """Each round waits for `mine`, then lets the other process begin its own."""

    @contextmanager
    def turn() -> Iterator[None]:
        mine.acquire()
        try:
            yield
        finally:
            others.release()

    return turn
