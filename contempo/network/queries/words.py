"""Finding rows by the words of a name."""

import re
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, F, Func, Model, QuerySet

from contempo.core.text import normalise

M = TypeVar("M", bound=Model)
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8


class _IsAnyOf(Func):
    """Whether the first expression is one of the values in the array that is the second.

    The matches are found first, by their index, and put in order afterwards: walking the rows in order until enough of
    them match takes the whole table when few do, and the planner cannot tell how many words begin in a certain way.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    arity = 2
    output_field = BooleanField()


def named_like(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """The `rows` whose name has, for each word of `text`, a word that begins with it; all when it has none.

    Case, accents and apostrophes do not count: "l'eta" finds "L'Età dell'oro".
    """
    words = _WORD.findall(normalise(text))[:_MOST_WORDS]
    if not words:
        return rows
    wanted = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    found = rows.filter(name_words=wanted).order_by().values("pk")
    return rows.filter(_IsAnyOf(F("pk"), ArraySubquery(found)))
