"""The responses of a campaign as one table in columns: what was written into parts, and whatever changed since.

    with opened_columns(campaign) as columns:
        columns.rows("SELECT q_flexible, count(*) FROM responses GROUP BY 1")

The parts, and the rows that replace some of theirs, are read in one statement of PostgreSQL, so of one instant: the
figures are those of that instant, whatever the job that writes parts did or did not do.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from psycopg import ClientCursor

from contempo.core.columns import Connection, connected, folder, handed_over, is_whole, make_relation
from contempo.questionnaires.models import Campaign, Version
from contempo.questionnaires.rules.columns import BUCKET_BITS, RAW, ROW, Layout, laid_out
from contempo.questionnaires.rules.document import Document, read


@dataclass(frozen=True)
class Columns:
    """The counted responses of a campaign: the relation `responses` of `connection`, with the columns of `layout`.

    `whole` is how many they are where all of them stand in parts.
    """

    campaign: Campaign
    layout: Layout
    connection: Connection
    whole: int | None = None

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a SELECT of DuckDB gives."""
        return self.connection.execute(sql, list(values)).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        """The only row of a SELECT."""
        (found,) = self.rows(sql, values)
        return found

    @property
    def count(self) -> int:
        """How many responses count."""
        if self.whole is not None:
            return self.whole
        found: int = self.row("SELECT count(*) FROM responses")[0]
        return found


@contextmanager
def opened_columns(campaign: Campaign) -> Iterator[Columns]:
    """The responses of a campaign in columns, within it. Two SQL, whatever there is.

    A file that is lost, or was changed, is passed over: its responses are read from the database.
    """
    layout = layout_of(campaign)
    with connected(folder()) as engine:
        yield Columns(campaign, layout, engine, _made(engine, campaign, layout))


def layout_of(campaign: Campaign) -> Layout:
    """The columns of a campaign: those of every version its responses may be of. One SQL."""
    versions = Version.objects.filter(questionnaire_id=campaign.questionnaire_id, number__lte=campaign.version.number)
    return _layout(tuple(versions.order_by("number").values_list("pk", "number", "revision")))


@lru_cache(maxsize=256)
def _layout(versions: tuple[tuple[int, int, int], ...]) -> Layout:
    documents = Version.objects.in_bulk([pk for pk, _number, _revision in versions])
    return laid_out({number: _read(documents[pk]) for pk, number, _revision in versions})


def _read(version: Version) -> Document:
    return read(version.document)


def _made(engine: Connection, campaign: Campaign, layout: Layout) -> int | None:
    """Make the relation `responses`: the parts that are whole, and the rows they do not have as they are now. Returns
    how many rows it has where the parts have all, None where that is not known.
    """
    lost: set[int] = set()
    while True:
        parts, rows = _read_in(engine, campaign, layout, lost)
        gone = {bucket for bucket, file in parts.items() if not is_whole(file)}
        if not gone:
            break
        lost |= gone
    newer = engine.execute("SELECT count(*) FROM raw WHERE id IS NOT NULL").fetchall()[0][0]
    touched: set[int] = set()
    if newer or not parts:
        engine.execute(f"CREATE OR REPLACE TEMP TABLE overlay AS {layout.select('raw', 'id IS NOT NULL')}")
        touched = {bucket for (bucket,) in engine.execute(_TOUCHED).fetchall()}
    engine.execute("DROP TABLE raw")
    make_relation(
        engine,
        "responses",
        overlay="overlay" if newer or not parts else "",
        where="counts",
        columns=layout.names,
        number="serial",
        clean=[file for bucket, file in parts.items() if bucket not in touched],
        changed=[file for bucket, file in parts.items() if bucket in touched],
    )
    return rows if parts and not newer else None


def _read_in(engine: Connection, campaign: Campaign, layout: Layout, lost: set[int]) -> tuple[dict[int, str], int]:
    """Bring what the parts do not have into the table `raw`; returns the file of each part, by bucket, and how many
    rows they have. One SQL.
    """
    values = {"campaign": campaign.pk, "layout": f"{layout.digest}-%", "lost": sorted(lost)}
    with copied(_OVERLAY, values) as copy, handed_over(copy, RAW) as raw:
        engine.execute(f"CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM {raw}")
    ((told,),) = engine.execute("SELECT attributes FROM raw WHERE id IS NULL").fetchall()
    parts = json.loads(told)
    return {bucket: file for bucket, file, _rows in parts}, sum(rows for _bucket, _file, rows in parts)


@contextmanager
def copied(statement: str, values: Mapping[str, object]) -> Iterator[Iterable[bytes | memoryview]]:
    """What PostgreSQL writes for a COPY … TO STDOUT, in blocks. One SQL, counted as any other.

    The values are put into the statement here: a cursor that counts statements takes none beside it.
    """
    with connection.cursor() as cursor:
        whole = ClientCursor(connection.connection).mogrify(statement, values)
        with cursor.copy(whole) as blocks:
            yield blocks


_TOUCHED = f"SELECT DISTINCT serial >> {BUCKET_BITS} FROM overlay WHERE serial IS NOT NULL"

# An end, so that the planner takes it for a short range and reads the index: with one side it reckons with a third.
_LAST = 2**63 - 1

_OVERLAY = f"""
COPY (
    WITH part AS MATERIALIZED (
        SELECT bucket, mark, file, rows FROM questionnaires_columnpart
        WHERE campaign_id = %(campaign)s AND file LIKE %(layout)s AND NOT bucket = ANY(%(lost)s::int[])
    ), since AS MATERIALIZED (
        SELECT coalesce(min(mark), -1) AS mark FROM part
    ), missing AS MATERIALIZED (
        SELECT bucket FROM generate_series(0, coalesce((
            SELECT serial >> {BUCKET_BITS} FROM questionnaires_response
            WHERE campaign_id = %(campaign)s AND serial IS NOT NULL ORDER BY serial DESC LIMIT 1
        ), -1)) AS bucket
        WHERE bucket NOT IN (SELECT bucket FROM part) AND EXISTS (SELECT FROM part)
    ), wanted AS (
        SELECT * FROM questionnaires_response
        WHERE campaign_id = %(campaign)s AND changed > (SELECT mark FROM since) AND changed <= {_LAST}
            AND (state = 'completed' OR serial IS NOT NULL)
        UNION ALL
        SELECT * FROM questionnaires_response
        WHERE campaign_id = %(campaign)s AND serial IS NULL AND state = 'completed'
            AND changed <= (SELECT mark FROM since)
        UNION ALL
        SELECT response.* FROM missing, LATERAL (
            SELECT * FROM questionnaires_response
            WHERE campaign_id = %(campaign)s AND serial >= missing.bucket::bigint << {BUCKET_BITS}
                AND serial < (missing.bucket + 1)::bigint << {BUCKET_BITS}
        ) AS response
        WHERE changed <= (SELECT mark FROM since)
    )
    SELECT {ROW} FROM wanted AS response JOIN questionnaires_version AS version ON version.id = response.version_id
    UNION ALL
    SELECT {"NULL, " * (len(RAW) - 1)}
        coalesce((SELECT json_agg(json_build_array(bucket, file, rows)) FROM part), '[]')::text
) TO STDOUT (FORMAT csv)
"""
