"""Plans: boards, reports, lists, the check of a whole plan, and the first bytes of the files of any length."""

from collections.abc import Sequence

from bench import database, report
from bench.measure import Result, measure
from bench.programmes.pages import deeds, pages
from bench.programmes.rows import load
from bench.turns import Turn


def run(rows: int, turn: Turn) -> Sequence[Result]:
    """Load `rows` claims, a hundredth of activities, and measure, each round in its `turn`."""
    with database.bare() as bare:
        report.progress(f"Loading {rows} claims")
        place = load(rows, bare)
        database.tidy(bare)
        report.progress(f"Opening pages with {rows} claims and {place.activities} activities")
        return measure((*pages(place), *deeds(place)), bare, turn)
