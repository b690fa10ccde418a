"""The same bench with few and with many rows: how a page grows with what it lists.

Each size has a process and a database of its own; they load side by side and then open their pages in turn, a round
here and a round there, because two runs one after the other would compare two states of the machine.
"""

import multiprocessing
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.synchronize import Semaphore
from typing import Any

from bench import running
from bench.limits import LIMIT, LIMITS, OF_FLOOR, STATEMENTS, WRITING
from bench.turns import turn_of
from contempo.config.installation import Unusable

Results = dict[str, dict[str, Any]]


def run(name: str, few: int, many: int) -> int:
    """Run the bench `name` at both sizes and print what a page takes; 1 when one grows, or asks, beyond its limit.

    Returns 0 otherwise, 2 when a side could not be measured.
    """
    sides = _measure(name, (few, many))
    if sides is None:
        return 2
    small, large = sides
    width = max(map(len, small))
    print(f"{'page':{width}} {f'{few} rows':>12} {f'{many} rows':>12}  times  statements  median/floor   (medians, ms)")
    slow, asking = [], []
    for page, found in large.items():
        times, limit = found["p50_ms"] / small[page]["p50_ms"], LIMITS.get(page, LIMIT)
        beyond = found["ratio"] > OF_FLOOR[page] if page in OF_FLOOR else times > limit
        print(
            f"{page:{width}} {small[page]['p50_ms']:12.1f} {found['p50_ms']:12.1f} {times:6.2f}"
            f" {found['statements']:11d} {found['ratio']:13.1f}{'   too slow' if beyond else ''}"
        )
        slow += [f"{page} ({OF_FLOOR.get(page, limit):g})"] if beyond else []
        asking += [page] if found["statements"] > STATEMENTS and page not in WRITING else []
    if slow:
        print(f"More times slower with {many} rows than allowed: {', '.join(slow)}.", file=sys.stderr)
    if asking:
        print(f"More than {STATEMENTS} statements: {', '.join(asking)}.", file=sys.stderr)
    return 1 if slow or asking else 0


def _measure(name: str, sizes: Sequence[int]) -> list[Results] | None:
    """What each size found, by page; None when one of them failed, which has said why."""
    context = multiprocessing.get_context("spawn")
    turns = [context.Semaphore(int(first)) for first in (True, False)]
    processes, answers = [], []
    for number, rows in enumerate(sizes):
        answer, told = context.Pipe(duplex=False)
        arguments = (name, rows, turns[number], turns[1 - number], told)
        processes.append(context.Process(target=_side, args=arguments))
        processes[-1].start()
        told.close()
        answers.append(answer)
    found: dict[Connection, Results] = {}
    try:
        while len(found) < len(sizes):
            for ready in wait([answer for answer in answers if answer not in found]):
                assert isinstance(ready, Connection)  # nothing else was given
                found[ready] = {result["name"]: result for result in ready.recv()}
    except EOFError:
        for process in processes:
            process.terminate()
    for process in processes:
        process.join()
    return [found[answer] for answer in answers] if len(found) == len(sizes) else None


def _side(name: str, rows: int, mine: Semaphore, others: Semaphore, told: Connection) -> None:
    """Measure one size and tell the results; asked to end, drop the database first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with suppress(KeyboardInterrupt):
        try:
            told.send(running.results(name, rows, turn_of(mine, others)))
        except Unusable as problem:
            sys.exit(f"bench: {problem}")
