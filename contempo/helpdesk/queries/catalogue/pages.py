"""An entry as the public reads it, the newest ones for the feeds, and those that cite a norm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from contempo.helpdesk.access import may_keep_catalogue, visible_entries
from contempo.helpdesk.models import Entry, EntryAddress, Revision
from contempo.helpdesk.rules.entries import (
    OVERDUE_NOTICE,
    REVIEW_NOTICES,
    Review,
    RevisionState,
    State,
    is_behind,
    is_due,
)
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.norms.public import Citation, NormBrief, norms_by_id
from contempo.people.public import Actor
from contempo.web.markdown import to_html

RELATED = 3
IN_FEED = 30


@dataclass(frozen=True)
class Link:
    """Words and where they lead; `language` is that of the words."""

    label: str
    url: str
    language: str = ""


@dataclass(frozen=True)
class SourceLine:
    """A page that says what the entry says, and when somebody looked."""

    title: str
    url: str
    checked_on: date


@dataclass(frozen=True)
class EntryPage:
    """A published entry in one language; of a retired one only title, `retired_why` and `state`.

    `notice` says that it is being looked at again, empty when it is not; `behind` that this translation is older than
    the first text; `others` are its other languages. `norms` stand as on the day asked for.
    """

    id: int
    number: str
    slug: str
    state: State
    language: str
    title: str
    question: str
    answer: SafeString
    answer_text: str
    topics: tuple[Link, ...]
    others: tuple[Link, ...]
    behind: bool
    norms: tuple[NormBrief, ...]
    sources: tuple[SourceLine, ...]
    notice: str
    published_at: datetime
    changed_at: datetime
    reviewed_on: date | None
    review_on: date | None
    related: tuple[Link, ...]
    retired_why: str
    keep_url: str


@dataclass(frozen=True)
class FeedItem:
    """An entry in a feed."""

    title: str
    url: str
    summary: str
    language: str
    published_at: datetime
    changed_at: datetime


def slug_now(actor: Actor, slug: str) -> str | None:
    """The address today of the entry that has or had `slug`; None when there is none to see. One SQL."""
    entries = visible_entries(actor, Entry.objects.filter(published_at__isnull=False))
    found = EntryAddress.objects.filter(network_id=actor.network_id, slug=slug, entry__in=entries)
    return found.values_list("entry__slug", flat=True).first()


def entry_page(actor: Actor, slug: str, *, network: str, language: str, on: date) -> EntryPage | None:
    """The page of an entry at its present address, in `language` where it has it; None when there is none to see.

    `network` is the slug of the network, `on` the day on which norms are asked whether they hold. Eight SQL at most.
    """
    rows = visible_entries(actor, Entry.objects.filter(slug=slug, published_at__isnull=False))
    if (entry := rows.first()) is None:
        return None
    texts = {
        revision.language: revision for revision in entry.revisions.filter(current=True).select_related("based_on")
    }
    shown = texts.get(language) or texts[entry.language]
    if entry.state != State.PUBLISHED:
        return _retired(entry, shown)
    ids = list(entry.citations.values_list("norm_id", flat=True))
    norms = norms_by_id(ids, on)
    cited = tuple(norms[number] for number in ids if number in norms)
    return EntryPage(
        id=entry.pk,
        number=str(entry.number),
        slug=entry.slug,
        state=State(entry.state),
        language=shown.language,
        title=shown.title,
        question=shown.question,
        answer=to_html(shown.answer),
        answer_text=shown.answer,
        topics=tuple(_topic(topic, network) for topic in entry.topics),
        others=tuple(
            Link(text.title, entry_url(network, entry.slug, text.language), text.language)
            for text in texts.values()
            if text.language != shown.language
        ),
        behind=_behind(entry, shown),
        norms=cited,
        sources=tuple(SourceLine(*row) for row in entry.sources.values_list("title", "url", "checked_on")),
        notice=_notice(entry, cited, on),
        published_at=entry.published_at,
        changed_at=entry.changed_at,
        reviewed_on=entry.reviewed_on,
        review_on=entry.review_on,
        related=_related(entry, network, shown.language),
        retired_why="",
        keep_url=reverse("helpdesk:entry_keep", args=[network, entry.number]) if may_keep_catalogue(actor) else "",
    )


def entry_url(network: str, slug: str, language: str = "") -> str:
    """Path of the public page of an entry, in a language when one is named."""
    path = reverse("helpdesk:entry", args=[network, slug])
    return f"{path}?lingua={language}" if language else path


def newest(actor: Actor, *, network: str, language: str, topic: str = "") -> tuple[FeedItem, ...]:
    """The `IN_FEED` entries changed last, about a topic when one is named, in `language` or else another. One SQL."""
    texts = texts_in(actor, language)
    texts = texts.filter(entry__topics__contains=[topic]) if topic else texts
    return tuple(
        FeedItem(
            title=text.title,
            url=entry_url(network, text.entry.slug, text.language),
            summary=text.answer,
            language=text.language,
            published_at=text.entry.published_at,
            changed_at=text.entry.changed_at,
        )
        for text in texts.select_related("entry").order_by("-entry__changed_at", "-entry_id")[:IN_FEED]
    )


def texts_in(actor: Actor, language: str) -> QuerySet[Revision]:
    """The texts shown of the published entries the actor may see, one for each: in `language`, or else their first."""
    entries = visible_entries(actor, Entry.objects.filter(state=State.PUBLISHED))
    return Revision.objects.filter(_in_or_first(language), current=True, entry__in=entries)


def _in_or_first(language: str) -> Q:
    same = Revision.objects.filter(entry=OuterRef("entry"), language=language, current=True)
    return Q(language=language) | Q(~Exists(same), entry__language=F("language"))


def citations(norm_id: int) -> tuple[Citation, ...]:
    """The published entries that cite a norm, by title, in the reader's language or else in their first. One SQL."""
    rows = Revision.objects.filter(
        _in_or_first(get_language() or "it"),
        current=True,
        entry__state=State.PUBLISHED,
        entry__citations__norm_id=norm_id,
    )
    said = rows.order_by("title", "entry_id").values_list("title", "entry__slug", "entry__network__slug")
    return tuple(Citation(title, entry_url(network, slug)) for title, slug, network in said)


def topic_label(topic: str) -> str:
    """A topic in the reader's language."""
    return gettext(TOPIC_LABELS[topic])


def _topic(topic: str, network: str) -> Link:
    return Link(topic_label(topic), f"{reverse('helpdesk:catalogue', args=[network])}?argomento={topic}")


def _notice(entry: Entry, norms: Iterable[NormBrief], on: date) -> str:
    """What the public is told while an entry is to be looked at again: a norm that ended says so by itself."""
    if entry.review_reason:
        return gettext(REVIEW_NOTICES[entry.review_reason])
    if any(norm.valid_to is not None and norm.valid_to <= on for norm in norms):
        return gettext(REVIEW_NOTICES[Review.NORM_ENDED])
    return gettext(OVERDUE_NOTICE) if is_due(entry.review_since, entry.review_on, on) else ""


def _behind(entry: Entry, shown: Revision) -> bool:
    if shown.language == entry.language:
        return False
    approved = entry.revisions.filter(language=entry.language, state=RevisionState.APPROVED)
    based_on = shown.based_on.number if shown.based_on else None
    return is_behind(based_on, approved.values_list("number", "significance"))


def _related(entry: Entry, network: str, language: str) -> tuple[Link, ...]:
    """Other entries about the same, the most useful first."""
    rows = Revision.objects.filter(
        _in_or_first(language),
        current=True,
        entry__network_id=entry.network_id,
        entry__state=State.PUBLISHED,
        entry__topics__overlap=entry.topics,
    ).exclude(entry=entry)
    said = rows.order_by("-entry__useful", "-entry__changed_at", "entry_id")[:RELATED]
    values = said.values_list("title", "entry__slug", "language")
    return tuple(Link(title, entry_url(network, slug), each) for title, slug, each in values)


def _retired(entry: Entry, shown: Revision) -> EntryPage:
    return EntryPage(
        id=entry.pk,
        number=str(entry.number),
        slug=entry.slug,
        state=State(entry.state),
        language=shown.language,
        title=shown.title,
        question="",
        answer=SafeString(),
        answer_text="",
        topics=(),
        others=(),
        behind=False,
        norms=(),
        sources=(),
        notice="",
        published_at=entry.published_at,
        changed_at=entry.changed_at,
        reviewed_on=entry.reviewed_on,
        review_on=None,
        related=(),
        retired_why=entry.retired_why,
        keep_url="",
    )
