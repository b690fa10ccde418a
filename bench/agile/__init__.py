"""The bank of days: clearing it, bare and from end to end."""

from collections.abc import Sequence

from bench import report
from bench.agile import bare, whole
from bench.measure import Result
from bench.turns import Turn


def run(rows: int, turn: Turn) -> Sequence[Result]:
    """Clear `rows` requests, each round in its `turn`."""
    report.progress(f"Clearing {rows} requests")
    found = bare.measured(rows, turn)
    report.progress(f"Clearing {rows} requests of a database")
    return (*found, *whole.measured(rows, turn))
