"""The pages of a network: home, members, organisation, growth, search, the agency's queue and registry."""

from collections.abc import Sequence

from bench import database, report
from bench.measure import Result, measure
from bench.network.pages import pages
from bench.network.rows import load
from bench.turns import Turn


def run(rows: int, turn: Turn) -> Sequence[Result]:
    """Load `rows` organisations and measure, each round in its `turn`."""
    with database.bare() as bare:
        report.progress(f"Loading {rows} organisations")
        place = load(rows, bare)
        database.tidy(bare)
        report.progress(f"Opening pages with {rows} organisations")
        return measure(pages(place), bare, turn)
