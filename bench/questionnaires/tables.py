"""What is done with the responses, each beside a bare DuckDB query over the same answers in one Parquet file."""

from pathlib import Path

import duckdb

from bench.limits import CROSS_TABLE, EXPORT, FREQUENCY, WHOLE_REPORT
from bench.measure import Deed, Statement
from bench.questionnaires.rows import KINDS, Place
from contempo.core.columns import folder
from contempo.questionnaires.queries.columns import opened_columns
from contempo.questionnaires.queries.reading.files.writing import write_file
from contempo.questionnaires.queries.tables import cross, frequency, opened_tables
from contempo.questionnaires.rules.columns import name_of
from contempo.questionnaires.rules.document import Kind
from contempo.questionnaires.rules.extracts import FileKind
from contempo.questionnaires.rules.tables import CROSSED, read

WANTED = {
    "rows": "q.q0",
    "columns": "a.size",
    "filters": [{"variable": "q.q18", "least": 5}, {"variable": "q.q1", "values": ["o1", "o2", "o3"]}],
}
_WHERE = "q_q18 >= 5 AND q_q1 IN ('o1', 'o2', 'o3') AND q_q0 IS NOT NULL AND a_size IS NOT NULL"


def bare_copy(place: Place) -> Path:
    """The answers as one Parquet file, as DuckDB writes it when nobody asks for more."""
    file = folder() / f"reading-floor-{place.rows}"
    with opened_columns(place.campaign) as columns:
        columns.connection.execute(f"COPY (SELECT * FROM responses) TO '{file}' (FORMAT parquet)")
    return file


def engine() -> duckdb.DuckDBPyConnection:
    """DuckDB as it comes."""
    return duckdb.connect()


def deeds(place: Place, file: Path, into: Path) -> tuple[Deed, ...]:
    """One frequency, one filtered cross-table, all frequencies, the whole data set as CSV into the folder `into`."""
    answers = f"read_parquet('{file}')"

    def one_frequency() -> None:
        with opened_tables(place.campaign) as tables:
            frequency(tables, read({"rows": "q.q0"}, tables.book))

    def cross_table() -> None:
        with opened_tables(place.campaign) as tables:
            cross(tables, read(WANTED, tables.book))

    def report() -> None:
        with opened_tables(place.campaign) as tables:
            for code in tables.book.offers:
                if code.startswith("q."):
                    frequency(tables, read({"rows": code}, tables.book))

    def export() -> None:
        write_file(place.campaign, FileKind.CSV, into / "risposte.csv")

    return (
        Deed(FREQUENCY, one_frequency, (Statement(f"SELECT q_q0, count(*) FROM {answers} GROUP BY 1"),)),
        Deed(
            CROSS_TABLE,
            cross_table,
            (Statement(f"SELECT q_q0, a_size, count(*) FROM {answers} WHERE {_WHERE} GROUP BY 1, 2"),),
        ),
        Deed(WHOLE_REPORT, report, tuple(_every_question(answers))),
        Deed(EXPORT, export, (Statement(f"COPY (SELECT * FROM {answers}) TO '{into / 'bare.csv'}' (FORMAT csv)"),)),
    )


def _every_question(answers: str) -> list[Statement]:
    """The bare frequency of every question, one after the other, and what numbers are summed up in."""
    found = []
    for number, kind in enumerate(KINDS):
        key = f"q_q{number}"
        if kind not in CROSSED:
            continue
        if kind in (Kind.MATRIX, Kind.RANKING):
            parts = [f"r{at}" for at in range(3)] if kind == Kind.MATRIX else [f"o{at}" for at in range(1, 6)]
            found += [Statement(_counted(f"{key}__{part}", answers)) for part in parts]
        elif kind == Kind.MULTIPLE:
            chosen = ", ".join(f"count(*) FILTER ({name_of(f'{key}__o{at}')})" for at in range(1, 6))
            found.append(Statement(f"SELECT {chosen} FROM {answers} WHERE {key} IS NOT NULL"))
        elif kind == Kind.NUMBER:
            summed = f"count({key}), avg({key}), stddev_samp({key}), quantile_cont({key}, [0.25, 0.5, 0.75])"
            found.append(Statement(f"SELECT {summed} FROM {answers}"))
            found.append(Statement(f"SELECT floor({key} / 50), count(*) FROM {answers} GROUP BY 1"))
        else:
            column = f"strftime({key}, '%Y-%m')" if kind == Kind.DATE else key
            found.append(Statement(_counted(column, answers)))
    return found


def _counted(column: str, answers: str) -> str:
    return f"SELECT {column}, count(*) FROM {answers} GROUP BY 1"
