"""A campaign with many responses of forty questions: its board, its tables, its report, its data set."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import database, report
from bench.measure import Result, measure
from bench.questionnaires import answering, pages, rows, tables
from bench.turns import Turn
from contempo.people.public import SYSTEM
from contempo.questionnaires.actions.columns import refresh

MANY = 50_000
SEVERAL, FEW = 40, 7
"""Times that each thing is done: less often with more than `MANY` rows."""


def run(number: int, turn: Turn) -> Sequence[Result]:
    """Load a campaign that so many answered and measure, each round in its `turn`."""
    with database.bare() as bare, TemporaryDirectory() as folder:
        report.progress(f"Loading {number} responses")
        place = rows.load(number, bare)
        report.progress("Writing columns")
        refresh(SYSTEM, campaign_id=place.campaign.pk)
        database.tidy(bare)
        report.progress(f"Opening pages and tables of {number} responses")
        file = tables.bare_copy(place)
        times = SEVERAL if number <= MANY else FEW
        try:
            opened = measure(pages.pages(place), bare, turn)
            with tables.engine() as engine:
                read = measure(tables.deeds(place, file, Path(folder)), engine, turn, runs=times)
            report.progress("Two hundred people answer for a minute")
            with turn():
                return (*opened, *read, answering.crowd(place, bare))
        finally:
            file.unlink()
