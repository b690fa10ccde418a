"""The bank of days: clearing it."""

from collections.abc import Sequence

from bench import report
from bench.agile.bare import measured
from bench.measure import Result
from bench.turns import Turn


def run(rows: int, turn: Turn) -> Sequence[Result]:
    """Clear `rows` requests, each round in its `turn`."""
    report.progress(f"Clearing {rows} requests")
    return measured(rows, turn)
