"""Several people acting at the same instant, each in a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from contempo.core.verdict import Refusal


def at_once(*calls: Callable[[], object]) -> list[Refusal | None]:
    """Run every call in a connection of its own, released together; return what each raised, None for success."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> Refusal | None:
        try:
            barrier.wait(timeout=20)
            call()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
