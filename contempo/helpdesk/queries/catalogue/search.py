"""Searching the catalogue, in Italian and in English; what the searcher may have meant; what is near a question."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from rapidfuzz import fuzz, process

from contempo.core import search
from contempo.core.search.excerpts import Segment
from contempo.core.search.words import synonyms, words_of
from contempo.helpdesk.models import CatalogueWord, Entry
from contempo.helpdesk.rules.entries import LANGUAGES, State
from contempo.people.public import Actor

KIND = "entry"
ALIKE = 78
MOST_WORDS = 20_000
SHORTEST = 4


@dataclass(frozen=True)
class Found:
    """An entry found: `excerpt` is text in pieces, each with whether it is one of the words looked for."""

    id: int
    title: str
    url: str
    language: str
    excerpt: tuple[Segment, ...]


@dataclass(frozen=True)
class Answers:
    """One page of what a search of the catalogue found in a language.

    `meant` is what the searcher may have wanted to write, empty when nothing is alike; `elsewhere` how many answers
    there are in the `other` language when there is none in this one. `narrowed` tells that a filter was set.
    """

    text: str
    language: str
    found: tuple[Found, ...]
    total: int
    total_is_more: bool
    page: int
    pages: int
    meant: str
    elsewhere: int
    other: str
    narrowed: bool


def answers(
    actor: Actor, *, network: str, text: str, language: str, topic: str = "", norm: int | None = None, page: int = 1
) -> Answers:
    """What the published entries say to `text`, about a topic and resting on a norm where these are named.

    `network` is the slug. One SQL when something is found, three when nothing is.
    """
    tags = (*((f"topic:{topic}",) if topic else ()), *((f"norm:{norm}",) if norm else ()))
    find = partial(search.find, network_id=actor.network_id, text=text, public_only=True, kinds=[KIND], tags=tags)
    results = find(page=page, language=language)
    other = next(each for each in LANGUAGES if each != language)
    nothing = results.total == 0
    return Answers(
        text=text,
        language=language,
        found=tuple(_found(hit, network, language) for hit in results.items),
        total=results.total,
        total_is_more=results.total_is_more,
        page=results.page,
        pages=results.pages,
        meant=_meant(actor.network_id, text, language) if nothing else "",
        elsewhere=find(language=other).total if nothing else 0,
        other=other,
        narrowed=bool(tags),
    )


def nearest(network_id: int, text: str, *, network: str, language: str, limit: int = 3) -> tuple[Found, ...]:
    """The published entries nearest to a question being written: at most `limit`. One SQL, none without words.

    `network` is the slug. What is not found in the language of the reader is not looked for in another.
    """
    hits = search.find_like(
        network_id=network_id, text=text, public_only=True, kinds=[KIND], language=language, limit=limit
    )
    return tuple(_found(hit, network, language) for hit in hits)


def published_entry(actor: Actor, entry_id: int) -> str | None:
    """The address of a published entry of the actor's network; None when there is none. One SQL."""
    rows = Entry.objects.filter(pk=entry_id, network_id=actor.network_id, state=State.PUBLISHED)
    return rows.values_list("slug", flat=True).first()


def _found(hit: search.Hit, network: str, language: str) -> Found:
    home = reverse("portal:home", args=[network])
    return Found(int(hit.key.partition(":")[0]), hit.title, f"{home}{hit.url}", language, hit.excerpt)


def _meant(network_id: int | None, text: str, language: str) -> str:
    """`text` with each word the catalogue does not know in place of the one most alike, empty when none is.

    A word is alike from a similarity of `ALIKE` in a hundred on (Indel ratio). One SQL, none without such words.
    """
    words = words_of(text)
    if not any(len(word) >= SHORTEST for word in words):
        return ""
    rows = CatalogueWord.objects.filter(network_id=network_id, language=language).order_by("-count", "word")
    known = set(rows.values_list("word", flat=True)[:MOST_WORDS])
    known |= {word for phrase in synonyms(language) for word in phrase if len(word) >= SHORTEST}
    spelt = [_spelt(word, known) for word in words]
    return " ".join(spelt) if tuple(spelt) != words else ""


def _spelt(word: str, known: set[str]) -> str:
    if len(word) < SHORTEST or word in known:
        return word
    best = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return best[0] if best else word
