"""Finding rows by the words of a name."""

import re
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Model, QuerySet

from contempo.core.text import normalise

M = TypeVar("M", bound=Model)
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8


def named_like(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """The `rows` whose name has, for each word of `text`, a word that begins with it; all when it has none.

    Case, accents and apostrophes do not count: "l'eta" finds "L'Età dell'oro".
    """
    words = _WORD.findall(normalise(text))[:_MOST_WORDS]
    if not words:
        return rows
    wanted = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    return rows.filter(name_words=wanted)
