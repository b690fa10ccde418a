"""Finding rows by the words of a name."""

from typing import TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Model, Q, QuerySet

from contempo.network.rules.organisations import search_name

M = TypeVar("M", bound=Model)
FEW = 200
_MOST_WORDS = 8


def named_like(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """The `rows` whose name has, for each word of `text`, a word that begins with it; all when it has none. One SQL.

    Case, accents and punctuation do not count: "l'eta" finds "L'Età dell'oro". Up to `FEW` matches are looked up by
    the index of words; of more it is quicker to go along the index of names, which is in the order they are shown in.
    The planner cannot tell the two cases apart, because it cannot guess how many words begin in a certain way.
    """
    words = search_name(text).split()[:_MOST_WORDS]
    if not words:
        return rows
    wanted = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    few = list(rows.filter(name_words=wanted).order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return rows.filter(pk__in=few)
    for word in words:
        rows = rows.filter(Q(search_name__startswith=word) | Q(search_name__contains=f" {word}"))
    return rows
