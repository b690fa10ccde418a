"""Entries where they can be found: their addresses, the site search, the vocabulary of "did you mean"."""

import html
import re
from collections.abc import Iterable

from django.db import connection
from django.utils.html import strip_tags

from contempo.core import search
from contempo.core.text import normalise, slugify
from contempo.helpdesk.models import CatalogueWord, Entry, EntryAddress, Revision
from contempo.helpdesk.rules.entries import State
from contempo.web.markdown import to_html

KIND = "entry"
SHORTEST_WORD = 4
_WORD = re.compile(r"[^\W\d_]+")
_RESERVED = frozenset({"cerca", "feed", "elenco"})

_COUNT = """
INSERT INTO helpdesk_catalogueword (network_id, language, word, count)
SELECT %s, %s, word, %s FROM unnest(%s::text[]) AS given (word) ORDER BY word
ON CONFLICT (network_id, language, word) DO UPDATE SET count = helpdesk_catalogueword.count + EXCLUDED.count
"""


def address(entry: Entry, title: str) -> None:
    """Give a locked entry the address its title asks for, and keep the one it had: both lead to it from now on."""
    wanted = slugify(title)[:72].strip("-") or "scheda"
    if entry.slug and re.fullmatch(re.escape(wanted) + r"(-\d+)?", entry.slug):
        return
    begun = EntryAddress.objects.filter(network_id=entry.network_id, slug__startswith=wanted)
    taken = _RESERVED | set(begun.exclude(entry_id=entry.pk).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    entry.slug = wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def keep_address(entry: Entry) -> None:
    """Remember the address of a saved entry for good."""
    EntryAddress.objects.get_or_create(network_id=entry.network_id, slug=entry.slug, defaults={"entry": entry})


def index(entry: Entry, shown: Iterable[Revision], before: Iterable[Revision] = ()) -> None:
    """Make the `shown` revisions of an entry findable, when it is published, instead of those `before`."""
    for revision in before:
        search.remove(kind=KIND, key=_key(entry, revision.language))
        _count(entry, revision, -1)
    if entry.state != State.PUBLISHED:
        return
    norms = entry.citations.values_list("norm_id", flat=True)
    tags = (*(f"topic:{topic}" for topic in entry.topics), *(f"norm:{norm}" for norm in norms))
    documents = []
    for revision in shown:
        suffix = "" if revision.language == "it" else f"?lingua={revision.language}"
        documents.append(
            search.Document(
                network_id=entry.network_id,
                kind=KIND,
                key=_key(entry, revision.language),
                title=revision.title,
                body=f"{revision.question}\n{plain(revision.answer)}".strip(),
                url=f"sportello/catalogo/{entry.slug}/{suffix}",
                public=True,
                language=revision.language,
                tags=tags,
            )
        )
        _count(entry, revision, +1)
    search.put_many(documents)


def plain(markdown: str) -> str:
    """The words of a Markdown text without its signs."""
    return html.unescape(strip_tags(to_html(markdown))).strip()


def words_of(revision: Revision) -> list[str]:
    """The words of a revision that "did you mean" may propose, each once, in order."""
    text = normalise(f"{revision.title}\n{revision.question}\n{plain(revision.answer)}")
    return sorted({word for word in _WORD.findall(text) if SHORTEST_WORD <= len(word) <= 60})


def _count(entry: Entry, revision: Revision, amount: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [entry.network_id, revision.language, amount, words_of(revision)])
    if amount < 0:
        CatalogueWord.objects.filter(network_id=entry.network_id, language=revision.language, count__lte=0).delete()


def _key(entry: Entry, language: str) -> str:
    return f"{entry.pk}:{language}"
