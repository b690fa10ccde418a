"""Putting things where they can be found, and taking them away."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from contempo.core.search.models import SearchDocument
from contempo.core.search.words import words_of

BATCH = 500
BODY_LENGTH = 100_000

CONFIGURATIONS = {"it": "italian", "en": "english"}
"""Languages a text may be in, with the PostgreSQL configuration that knows their endings."""

_TAG = re.compile(r"[a-z0-9_.:-]+")

# Titles weigh most (A), then the text (B); both also unstemmed (C, and without positions), for words being typed.
_PUT = """
INSERT INTO core_searchdocument
    (network_id, kind, key, title, body, url, public, title_vector, vector)
SELECT
    network_id, kind, key, title, body, url, public,
    named || marks,
    named || setweight(to_tsvector(configuration::regconfig, body_words), 'B')
        || strip(to_tsvector('contempo_words', body_words)) || marks
FROM (
    SELECT *,
        setweight(to_tsvector(configuration::regconfig, title_words), 'A')
            || setweight(to_tsvector('contempo_words', title_words), 'C') AS named,
        array_to_tsvector(array_remove(
            ARRAY['~k' || kind, '~n' || network_id, CASE WHEN public THEN '~public' END] || string_to_array(tags, ' '),
            NULL
        )) AS marks
    FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[], %s::text[], %s::text[],
        %s::text[], %s::text[]
    ) AS given
        (network_id, kind, key, title, body, url, public, title_words, body_words, configuration, tags)
) AS prepared
ON CONFLICT (kind, key) DO UPDATE SET
    network_id = EXCLUDED.network_id, title = EXCLUDED.title, body = EXCLUDED.body, url = EXCLUDED.url,
    public = EXCLUDED.public, title_vector = EXCLUDED.title_vector, vector = EXCLUDED.vector
WHERE (core_searchdocument.url, core_searchdocument.title, core_searchdocument.body, core_searchdocument.vector)
    IS DISTINCT FROM (EXCLUDED.url, EXCLUDED.title, EXCLUDED.body, EXCLUDED.vector)
"""


@dataclass(frozen=True)
class Document:
    """One thing to be found: `kind` and `key` name it, `title` and `body` are plain text, `url` is where it is.

    `network_id` is None for what belongs to no network; what is not `public` is found by members only. `language` is
    one of `CONFIGURATIONS`; `tags` are words of ours (lower-case letters, digits, `_.:-`) a question may be limited to.
    """

    network_id: int | None
    kind: str
    key: str
    title: str
    body: str
    url: str
    public: bool
    language: str = "it"
    tags: tuple[str, ...] = ()


def put(
    *,
    network_id: int | None,
    kind: str,
    key: str,
    title: str,
    body: str,
    url: str,
    public: bool,
    language: str = "it",
    tags: tuple[str, ...] = (),
) -> None:
    """Make one thing findable, or bring up to date what is known of it (see `Document`). One SQL statement."""
    put_many([Document(network_id, kind, key, title, body, url, public, language, tags)])


def put_many(documents: Iterable[Document]) -> None:
    """Make many things findable, one SQL statement for each `BATCH` of them; of doubles the last one counts.

    Of a text the first `BODY_LENGTH` characters are kept.
    """
    left = iter(documents)
    while batch := {(document.kind, document.key): document for document in islice(left, BATCH)}:
        columns = zip(*map(_columns, batch.values()), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_PUT, [list(column) for column in columns])


def remove(*, kind: str, key: str) -> None:
    """Make one thing findable no longer."""
    SearchDocument.objects.filter(kind=kind, key=key).delete()


def remove_under(*, kind: str, prefix: str) -> None:
    """Make everything of a kind whose key begins with `prefix` findable no longer."""
    SearchDocument.objects.filter(kind=kind, key__startswith=prefix).delete()


def _columns(document: Document) -> Iterator[object]:
    title, body = (part.replace("\x00", " ") for part in (document.title, document.body[:BODY_LENGTH]))
    yield from (document.network_id, document.kind, document.key, title, body, document.url, document.public)
    yield from (" ".join(words_of(title)), " ".join(words_of(body)))
    yield from (CONFIGURATIONS[document.language], " ".join(_marks(document)))


def _marks(document: Document) -> Iterator[str]:
    """The language, when it is not the first one, and the tags, as lexemes; ValueError for what is no tag."""
    if document.language != "it":
        yield f"~l{document.language}"
    for tag in document.tags:
        if not _TAG.fullmatch(tag):
            raise ValueError(f"{tag!r} is not a tag")
        yield f"~t{tag}"
