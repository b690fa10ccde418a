"""Finding: one SQL statement, whose work has an upper bound however common the words are."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from contempo.core.search.excerpts import Segment, excerpt
from contempo.core.search.index import CONFIGURATIONS
from contempo.core.search.words import Wanted, wanted

_LEXEME = re.compile(r"'([^']+)'")

PAGE_SIZE = 20
CANDIDATES = 500
EXCERPT_SOURCE = 20_000

# Of what matches, at most CANDIDATES whose title says it and CANDIDATES in all are ranked: sorting a third of a large
# archive to show twenty rows would take long and tell nobody more.
_FIND = """
WITH question AS MATERIALIZED (SELECT {question} AS q),
candidates AS (
    (SELECT id FROM core_searchdocument WHERE title_vector @@ (SELECT q FROM question) LIMIT {limit})
    UNION
    (SELECT id FROM core_searchdocument WHERE vector @@ (SELECT q FROM question) LIMIT {limit})
),
ranked AS (
    SELECT document.id, ts_rank('{{0.1, 0.2, 0.4, 1.0}}', vector, (SELECT q FROM question), 1) AS rank
    FROM core_searchdocument AS document JOIN candidates USING (id)
),
page AS (SELECT id, rank FROM ranked ORDER BY rank DESC, id LIMIT %s OFFSET %s)
SELECT kind, key, title, url, left(body, {source}), (SELECT count(*) FROM ranked), (SELECT q::text FROM question)
FROM page JOIN core_searchdocument USING (id)
ORDER BY rank DESC, id
"""


@dataclass(frozen=True)
class Hit:
    """One thing found; `excerpt` is text in pieces, each with whether it is one of the words looked for."""

    kind: str
    key: str
    title: str
    url: str
    excerpt: tuple[Segment, ...]


@dataclass(frozen=True)
class Results:
    """One page of what was found, best first.

    With `total_is_more` there is more than `total`, and only the best `total` of the candidates are paged through.
    """

    total: int
    total_is_more: bool
    items: tuple[Hit, ...]
    page: int
    pages: int


def find(
    *,
    network_id: int | None,
    text: str,
    public_only: bool,
    kinds: Collection[str] | None = None,
    page: int = 1,
) -> Results:
    """What matches every word of `text` (or a synonym of it), in one network or, with None, in all of them.

    Accents, capitals, apostrophes and endings do not matter; the last word may be a beginning. `kinds` limits the kinds
    of thing. Pages hold `PAGE_SIZE` and begin at 1; a page beyond the last is empty. Takes one SQL statement.
    """
    asked = wanted(text)
    if not asked or not 1 <= page <= CANDIDATES // PAGE_SIZE or (kinds is not None and not kinds):
        return Results(0, False, (), page, 0)
    question, values = _question(asked, network_id, public_only, kinds)
    statement = _FIND.format(question=question, limit=CANDIDATES + 1, source=EXCERPT_SOURCE)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, PAGE_SIZE, (page - 1) * PAGE_SIZE])
        rows = cursor.fetchall()
    found, query = rows[0][5:] if rows else (0, "")
    stems = _stems(query)
    total = min(found, CANDIDATES)
    return Results(
        total=total,
        total_is_more=found > CANDIDATES,
        items=tuple(Hit(*row[:4], excerpt(row[4], stems)) for row in rows),
        page=page,
        pages=-(-total // PAGE_SIZE),
    )


def _question(
    asked: Iterable[Wanted], network_id: int | None, public_only: bool, kinds: Collection[str] | None
) -> tuple[str, list[str]]:
    """The question as an SQL expression of type tsquery, with its values."""
    asked = tuple(asked)
    readings: list[str] = []
    values: list[str] = []
    for configuration in CONFIGURATIONS.values():
        terms = []
        for term in asked:
            terms.append(f"to_tsquery('{configuration}', %s)")
            values.append(" | ".join(" <-> ".join(phrase) for phrase in term.phrases))
            if term.beginning:
                terms[-1] = f"({terms[-1]} || to_tsquery('contempo_words', %s))"
                values.append(f"{term.beginning}:*")
        readings.append(" && ".join(terms))
    marks = [[f"~n{network_id}"]] if network_id is not None else []
    marks += [["~public"]] if public_only else []
    marks += [[f"~k{kind}" for kind in kinds]] if kinds is not None else []
    question = " || ".join(f"({reading})" for reading in readings)
    for any_of in marks:
        values.append(" | ".join(f"'{mark}'" for mark in any_of))
    return f"({question})" + " && %s::tsquery" * len(marks), values


def _stems(query: str) -> frozenset[str]:
    return frozenset(stem for stem in _LEXEME.findall(query) if not stem.startswith("~"))
