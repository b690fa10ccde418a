"""The desk: its lists, a question, searches, figures; sending a question by the web and by mail."""

from collections.abc import Sequence

from bench import database, report
from bench.helpdesk.deeds import deeds
from bench.helpdesk.pages import pages
from bench.helpdesk.rows import load
from bench.measure import Result, measure
from bench.turns import Turn


def run(rows: int, turn: Turn) -> Sequence[Result]:
    """Load `rows` questions and measure, each round in its `turn`."""
    with database.bare() as bare:
        report.progress(f"Loading {rows} questions")
        place = load(rows, bare)
        database.tidy(bare)
        report.progress(f"Opening pages with {rows} questions")
        return measure((*pages(place), *deeds(place)), bare, turn)
