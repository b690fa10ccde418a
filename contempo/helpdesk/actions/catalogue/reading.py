"""What readers leave behind: whether an entry was useful, what they searched in vain, a question they need not ask."""

import re
from datetime import timedelta

from django.db.models import F

from contempo.core import clock
from contempo.core.action import action
from contempo.core.text import normalise
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_run_installation, names_not_told, visible_entries
from contempo.helpdesk.models import Deflection, Entry, SearchMiss, Usefulness
from contempo.helpdesk.rules.asking import Capacity, Channel
from contempo.helpdesk.rules.entries import LANGUAGES, MAX_COMMENT, REMOVED, NotUseful, State
from contempo.helpdesk.rules.redaction import redacted
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import Topic
from contempo.people.public import Actor

MISS_LENGTH = 200
SHORTEST_MISS = 3
SAME_SEARCH = timedelta(minutes=10)
KEPT = timedelta(days=730)
_WORDS = re.compile(r"[^\W_]+")


@action
def say_useful(
    actor: Actor, *, entry_id: int, useful: bool, language: str, reason: str = "", comment: str = ""
) -> None:
    """Record what a reader says of a published entry; of the comment only what identifies nobody."""
    entry = _published(actor, entry_id)
    if len(comment) > MAX_COMMENT:
        raise Refusal(
            N_("The comment has %(count)s characters: at most %(most)s are allowed."),
            field="comment",
            count=len(comment),
            most=MAX_COMMENT,
        )
    words = redacted(comment.strip(), names_not_told(entry.network_id, comment), searched=True)
    Usefulness.objects.create(
        entry=entry,
        at=clock.now(),
        language=language if language in LANGUAGES else entry.language,
        useful=useful,
        reason="" if useful or not reason else NotUseful(reason),
        comment=words[:MAX_COMMENT],
    )
    counted = {"useful": F("useful") + 1} if useful else {"not_useful": F("not_useful") + 1}
    Entry.objects.filter(pk=entry.pk).update(**counted)


@action
def note_miss(actor: Actor, *, text: str, language: str) -> bool:
    """Keep a search of the catalogue that found nothing, its words redacted; whether it was kept.

    What says nothing when redacted is not kept, nor the same words again within `SAME_SEARCH`: a page loaded anew is
    no second need.
    """
    known = names_not_told(actor.network_id, text[:MISS_LENGTH])
    words = " ".join(redacted(text[:MISS_LENGTH], known, searched=True).split())
    key = " ".join(sorted(set(_WORDS.findall(normalise(words)))))[:MISS_LENGTH]
    if len(key) < SHORTEST_MISS or not any(map(str.isalpha, words.replace(REMOVED, ""))):
        return False
    now = clock.now()
    same = SearchMiss.objects.filter(network_id=actor.network_id, key=key, at__gt=now - SAME_SEARCH)
    if same.exists():
        return False
    SearchMiss.objects.create(network_id=actor.network_id, at=now, language=language, text=words[:MISS_LENGTH], key=key)
    return True


@action
def count_deflection(
    actor: Actor,
    *,
    entry_id: int,
    topic: str = "",
    capacity: str = "",
    municipality_id: str | None = None,
    sector: str = "",
    channel: str = Channel.WEB,
    language: str = "it",
) -> None:
    """Count that a published entry answered somebody who was about to ask, or had asked. No word of theirs is kept.

    What is not told, or is no value of ours, is left out; without a topic it is the main one of the entry.
    """
    entry = _published(actor, entry_id)
    Deflection.objects.create(
        network_id=entry.network_id,
        at=clock.now(),
        entry=entry,
        topic=topic if topic in set(Topic) else next(iter(entry.topics), Topic.OTHER),
        capacity=capacity if capacity in set(Capacity) else "",
        municipality_id=municipality_id or None,
        sector=sector if sector in SECTOR_LABELS else "",
        channel=Channel(channel),
        language=language if language in LANGUAGES else entry.language,
    )


@action
def erase_old_words(actor: Actor, *, batch: int = 1000) -> int:
    """Erase what readers said and searched more than `KEPT` ago, at most `batch` of each; how many rows went."""
    require(may_run_installation(actor))
    before = clock.now() - KEPT
    opinions = Usefulness.objects.filter(at__lt=before).order_by("at").values("pk")[:batch]
    misses = SearchMiss.objects.filter(at__lt=before).order_by("at").values("pk")[:batch]
    gone = Usefulness.objects.filter(pk__in=opinions).delete()[0]
    return gone + SearchMiss.objects.filter(pk__in=misses).delete()[0]


def _published(actor: Actor, entry_id: int) -> Entry:
    entries = visible_entries(actor, Entry.objects.filter(pk=entry_id, state=State.PUBLISHED))
    if (entry := entries.first()) is None:
        raise Refusal(N_("This entry is not there any more."))
    return entry
