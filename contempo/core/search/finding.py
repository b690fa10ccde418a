"""Finding: one SQL statement, whose work has an upper bound however common the words are."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from contempo.core.search.excerpts import Segment, excerpt
from contempo.core.search.index import CONFIGURATIONS
from contempo.core.search.words import ENGLISH, ITALIAN, wanted

# Lexemes of words; those of marks begin with a tilde.
_LEXEME = re.compile(r"'([^'~][^']*)'")

PAGE_SIZE = 20
CANDIDATES = 500
EXCERPT_SOURCE = 20_000

# Of what matches, at most CANDIDATES whose title says it and CANDIDATES in all are ranked: sorting a third of a large
# archive to show twenty rows would take long and tell nobody more.
_FIND = """
WITH candidates AS (
    (SELECT id FROM core_searchdocument
     WHERE numnode({words}) > 0 AND title_vector @@ ({words} && %(marks)s::tsquery) LIMIT {limit})
    UNION
    (SELECT id FROM core_searchdocument
     WHERE numnode({words}) > 0 AND vector @@ ({words} && %(marks)s::tsquery) LIMIT {limit})
),
ranked AS (
    SELECT document.id, ts_rank('{{0.1, 0.2, 0.4, 1.0}}', vector, {words}, 1) AS rank
    FROM core_searchdocument AS document JOIN candidates USING (id)
),
best AS (SELECT id, rank FROM ranked ORDER BY rank DESC, id LIMIT %(size)s OFFSET %(skipped)s),
page AS (
    SELECT kind, key, title, url, left(body, {source}) AS body, rank, id FROM best JOIN core_searchdocument USING (id)
)
SELECT found, stems, kind, key, title, url, body
FROM (SELECT count(*) AS found, ({words})::text AS stems FROM ranked) AS all_of_it LEFT JOIN page ON true
ORDER BY rank DESC, id
"""


# What is like a text has several of its words; one of the body alone says nothing.
_FIND_LIKE = """
WITH candidates AS (
    (SELECT id FROM core_searchdocument WHERE title_vector @@ ({words} && %(marks)s::tsquery) LIMIT {limit})
    UNION
    (SELECT id FROM core_searchdocument WHERE vector @@ ({words} && %(marks)s::tsquery) LIMIT {limit})
)
SELECT kind, key, title, url, left(body, {source}) AS body, ({words})::text AS stems
FROM (
    SELECT document.*, {hits} AS hits, {titled} AS titled, ts_rank('{{0.1, 0.2, 0.4, 1.0}}', vector, {words}, 1) AS rank
    FROM core_searchdocument AS document JOIN candidates USING (id)
) AS counted
WHERE hits + titled >= %(least)s
ORDER BY hits DESC, titled DESC, rank DESC, id LIMIT %(size)s
"""
LIKE_WORDS = 60
LIKE_TERMS = 24


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
    language: str | None = None,
    tags: Collection[str] = (),
) -> Results:
    """What matches every word of `text` (or a synonym of it), in one network or, with None, in all of them.

    Accents, capitals, apostrophes and endings do not matter; the last word may be a beginning. `kinds` limits the kinds
    of thing, `language` the texts to those in it (None: any, each understood in its own), `tags` to what has them all.
    Pages hold `PAGE_SIZE` and begin at 1; a page beyond the last is empty. Takes one SQL statement.
    """
    if not wanted(text) or not 1 <= page <= CANDIDATES // PAGE_SIZE or (kinds is not None and not kinds):
        return Results(0, False, (), page, 0)
    words, values = _words(text, language)
    values |= {
        "marks": _marks(network_id, public_only, kinds, language, tags),
        "size": PAGE_SIZE,
        "skipped": (page - 1) * PAGE_SIZE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND.format(words=words, limit=CANDIDATES + 1, source=EXCERPT_SOURCE), values)
        rows = cursor.fetchall()
    found, stems = rows[0][0], frozenset(_LEXEME.findall(rows[0][1]))
    total = min(found, CANDIDATES)
    return Results(
        total=total,
        total_is_more=found > CANDIDATES,
        items=tuple(
            Hit(kind, key, title, url, excerpt(body, stems)) for *_, kind, key, title, url, body in rows if kind
        ),
        page=page,
        pages=-(-total // PAGE_SIZE),
    )


def find_like(
    *,
    network_id: int | None,
    text: str,
    public_only: bool,
    kinds: Collection[str] | None = None,
    language: str = ITALIAN,
    tags: Collection[str] = (),
    limit: int = 3,
) -> tuple[Hit, ...]:
    """What shares most words with `text`, which may be long: one of its title, two of its body, or the only one.

    The first `LIKE_WORDS` words are read, `LIKE_TERMS` different ones are looked for. Takes one SQL statement, none for
    a text without words.
    """
    terms = list(dict.fromkeys(wanted(text, language, most=LIKE_WORDS)))[:LIKE_TERMS]
    if not terms or (kinds is not None and not kinds):
        return ()
    values: dict[str, str | int] = {
        "marks": _marks(network_id, public_only, kinds, language, tags),
        "least": min(2, len(terms)),
        "size": limit,
    }
    queries = []
    for number, term in enumerate(terms):
        values[f"term{number}"] = " | ".join(" <-> ".join(phrase) for phrase in term.phrases)
        queries.append(f"to_tsquery('{CONFIGURATIONS[language]}', %(term{number})s)")
    hits = " + ".join(f"(vector @@ {query})::int" for query in queries)
    titled = " + ".join(f"(title_vector @@ {query})::int" for query in queries)
    words = "(" + " || ".join(queries) + ")"
    with connection.cursor() as cursor:
        pieces = {"words": words, "hits": hits, "titled": titled, "limit": CANDIDATES + 1, "source": EXCERPT_SOURCE}
        cursor.execute(_FIND_LIKE.format(**pieces), values)
        rows = cursor.fetchall()
    return tuple(
        Hit(kind, key, title, url, excerpt(body, frozenset(_LEXEME.findall(stems))))
        for kind, key, title, url, body, stems in rows
    )


def _words(text: str, language: str | None) -> tuple[str, dict[str, str | int]]:
    """What is asked as an SQL expression of type tsquery, with its values by name.

    Without a language it is asked in Italian of everything and in English of the English texts.
    """
    if language is not None:
        return _words_in(text, language)
    italian, values = _words_in(text, ITALIAN)
    english, more = _words_in(text, ENGLISH)
    # Without the condition a question of English stop words alone would ask for every English text.
    english = f"CASE WHEN numnode({english}) > 0 THEN {english} && '~len'::tsquery ELSE ''::tsquery END"
    return f"({italian} || {english})", values | more


def _words_in(text: str, language: str) -> tuple[str, dict[str, str | int]]:
    terms: list[str] = []
    values: dict[str, str | int] = {}
    for number, term in enumerate(wanted(text, language)):
        values[f"{language}{number}"] = " | ".join(" <-> ".join(phrase) for phrase in term.phrases)
        terms.append(f"to_tsquery('{CONFIGURATIONS[language]}', %({language}{number})s)")
        if term.beginning:
            values["beginning"] = f"{term.beginning}:*"
            terms[-1] += " || to_tsquery('contempo_words', %(beginning)s)"
    return "(" + " && ".join(f"({term})" for term in terms) + ")", values


def _marks(
    network_id: int | None,
    public_only: bool,
    kinds: Collection[str] | None,
    language: str | None,
    tags: Collection[str],
) -> str:
    """The limits of the question as a tsquery over the marks of the documents; empty when there are none."""
    limits = [] if network_id is None else [f"~n{network_id}"]
    limits += ["~public"] if public_only else []
    every = [_quoted(limit) for limit in limits]
    every += ["(" + " | ".join(_quoted(f"~k{kind}") for kind in kinds) + ")"] if kinds is not None else []
    every += [_quoted(f"~t{tag}") for tag in tags]
    if language is not None:
        every.append("'~len'" if language == ENGLISH else "!'~len'")
    return " & ".join(every)


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
