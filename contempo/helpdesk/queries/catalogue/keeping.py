"""The catalogue as the desk keeps it: the list of its entries, and the record of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import django_filters
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core import clock
from contempo.core.choices import choices
from contempo.core.verdict import require
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.helpdesk.access import may_keep_catalogue, parts_in_revision, visible_entries
from contempo.helpdesk.models import Entry, Revision
from contempo.helpdesk.queries.catalogue.pages import entry_url, topic_label
from contempo.helpdesk.rules.entries import (
    CATALOGUE,
    LANGUAGES,
    REVIEW_LABELS,
    REVISION,
    SIGNIFICANCE_LABELS,
    RevisionState,
    State,
    Who,
    is_behind,
    is_due,
)
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.norms.public import NormBrief, norms_by_id
from contempo.people.public import Actor, names
from contempo.web.lists import Column, ListPage, build, every_row
from contempo.web.timeline import Entry as Line

TO_APPROVE, TO_REVIEW, MINE = "da-approvare", "da-rivedere", "mie"
VIEWS = ((TO_APPROVE, _("To be approved")), (TO_REVIEW, _("To be reviewed")), (MINE, _("Written by me")))
DUE = Look(N_("To be reviewed"), "warning", "it-warning-circle")


@dataclass(frozen=True)
class KeptRow:
    """An entry in the list of the desk."""

    number: str
    title: str
    state: Look
    review: Look | str
    review_on: date | None
    topics: tuple[str, ...]
    languages: str
    useful: int
    not_useful: int
    since: datetime
    url: str


@dataclass(frozen=True)
class RevisionLine:
    """A revision of an entry in its record."""

    id: int
    number: str
    title: str
    look: Look
    significance: str
    author: str
    changed_at: datetime
    current: bool
    url: str


@dataclass(frozen=True)
class LanguageLine:
    """An entry in one language: the revision under way, if any, and whether the translation is behind."""

    language: str
    revisions: tuple[RevisionLine, ...]
    open_url: str
    may_begin: bool
    behind: bool


@dataclass(frozen=True)
class KeptEntry:
    """The record of an entry. `review` says why it must be looked at again, empty when it need not."""

    id: int
    number: str
    title: str
    state: str
    look: Look
    public_url: str
    topics: tuple[str, ...]
    norms: tuple[NormBrief, ...]
    languages: tuple[LanguageLine, ...]
    review: str
    review_since: datetime | None
    reviewed_on: date | None
    review_on: date | None
    published_at: datetime | None
    retired_why: str
    useful: int
    not_useful: int
    deflections: int
    may_retire: bool
    may_review: bool
    story: tuple[Line, ...]


COLUMNS = (
    Column("title", _("Question")),
    Column("state", _("State"), sort="state"),
    Column("review", _("Review")),
    Column("review_on", _("Next review by"), sort="review_on"),
    Column("topics", _("Topics")),
    Column("languages", _("Languages")),
    Column("useful", _("Useful"), sort="useful", numeric=True),
    Column("not_useful", _("Not useful"), sort="not_useful", numeric=True),
    Column("since", _("In this state since"), sort="state_since"),
    Column("number", _("Number"), sort="number", only_export=True),
)
_SORT = "-since"


class _Filters(django_filters.FilterSet):
    """What the entries may be narrowed by; named as in the address."""

    vista = django_filters.ChoiceFilter(label=_("Show"), choices=VIEWS, method="seen", empty_label=_("All"))
    stato = django_filters.ChoiceFilter(
        label=_("State"),
        choices=choices({state: look.label for state, look in CATALOGUE.looks.items()}),
        field_name="state",
        empty_label=_("All"),
    )
    argomento = django_filters.ChoiceFilter(
        label=_("Topic"), choices=choices(TOPIC_LABELS), method="about", empty_label=_("All")
    )
    cerca = django_filters.CharFilter(label=_("Words of the title"), method="titled")

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()

    def __init__(self, *, actor: Actor, params: QueryDict, queryset: QuerySet[Entry]) -> None:
        super().__init__(params, queryset)
        self.actor = actor

    def seen(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Those that wait for somebody."""
        if value == TO_REVIEW:
            return rows.filter(state=State.PUBLISHED).filter(
                Q(review_since__isnull=False) | Q(review_on__lte=clock.today())
            )
        revisions = Revision.objects.filter(entry=OuterRef("pk"))
        if value == TO_APPROVE:
            proposed = revisions.filter(state=RevisionState.PROPOSED)
            return rows.filter(Exists(proposed.exclude(author_id=self.actor.person_id)))
        return rows.filter(Exists(revisions.filter(author_id=self.actor.person_id)))

    def about(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """About this topic."""
        return rows.filter(topics__contains=[value])

    def titled(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """With these words in a title, shown or under way."""
        return rows.filter(Exists(Revision.objects.filter(entry=OuterRef("pk"), title__icontains=value)))


def kept_entries(actor: Actor, *, network: str, params: QueryDict) -> ListPage:
    """The page of entries, drafts included, that `params` ask for. Three SQL. Raises NotPermitted."""
    return build(_filters(actor, params), columns=COLUMNS, to_row=_row_maker(network), sort=_SORT)


def kept_rows(actor: Actor, *, network: str, params: QueryDict) -> Iterator[KeptRow]:
    """Every entry that `params` ask for, for a file. Raises NotPermitted."""
    return every_row(_filters(actor, params), columns=COLUMNS, to_row=_row_maker(network), sort=_SORT)


def _filters(actor: Actor, params: QueryDict) -> _Filters:
    require(may_keep_catalogue(actor))
    rows = visible_entries(actor, Entry.objects.all())
    return _Filters(actor=actor, params=params, queryset=_titled(rows).prefetch_related("revisions"))


def _titled(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """With the title in the first language: the one shown, else the newest."""
    first = Case(When(current=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    titles = Revision.objects.filter(entry=OuterRef("pk"), language=OuterRef("language"))
    return rows.annotate(title=Subquery(titles.order_by(first, "-number").values("title")[:1]))


def _row_maker(network: str) -> Callable[[Entry], KeptRow]:
    today = clock.today()

    def to_row(entry: Entry) -> KeptRow:
        due = entry.state == State.PUBLISHED and is_due(entry.review_since, entry.review_on, today)
        shown = {revision.language for revision in entry.revisions.all() if revision.current}
        return KeptRow(
            number=str(entry.number),
            title=entry.title,  # type: ignore[attr-defined]
            state=CATALOGUE.looks[State(entry.state)],
            review=DUE if due else "",
            review_on=entry.review_on,
            topics=tuple(topic_label(topic) for topic in entry.topics),
            languages=", ".join(language.upper() for language in LANGUAGES if language in shown),
            useful=entry.useful,
            not_useful=entry.not_useful,
            since=entry.state_since,
            url=reverse("helpdesk:entry_keep", args=[network, entry.number]),
        )

    return to_row


def kept_entry(actor: Actor, number: int, *, network: str) -> KeptEntry | None:
    """The record of an entry; None for who does not keep the catalogue. Eight SQL at most."""
    if not may_keep_catalogue(actor):
        return None
    entry = _titled(visible_entries(actor, Entry.objects.filter(number=number))).first()
    if entry is None:
        return None
    revisions = list(entry.revisions.defer("question", "answer", "facts").select_related("based_on"))
    for revision in revisions:
        revision.entry = entry
    who = names([each for revision in revisions for each in (revision.author_id, revision.approver_id)])
    ids = list(entry.citations.values_list("norm_id", flat=True))
    norms = norms_by_id(ids, clock.today())
    published = entry.state == State.PUBLISHED
    return KeptEntry(
        id=entry.pk,
        number=str(entry.number),
        title=entry.title,  # type: ignore[attr-defined]
        state=entry.state,
        look=CATALOGUE.looks[State(entry.state)],
        public_url=entry_url(network, entry.slug) if entry.published_at else "",
        topics=tuple(topic_label(topic) for topic in entry.topics),
        norms=tuple(norms[key] for key in ids if key in norms),
        languages=tuple(_language(entry, language, revisions, who, network) for language in LANGUAGES),
        review=_review(entry) if published else "",
        review_since=entry.review_since,
        reviewed_on=entry.reviewed_on,
        review_on=entry.review_on,
        published_at=entry.published_at,
        retired_why=entry.retired_why,
        useful=entry.useful,
        not_useful=entry.not_useful,
        deflections=entry.deflections.count(),
        may_retire=published,
        may_review=published,
        story=_story(actor, revisions, who),
    )


def _review(entry: Entry) -> str:
    if entry.review_reason:
        return gettext(REVIEW_LABELS[entry.review_reason])
    return gettext("The day of its review has come") if is_due(None, entry.review_on, clock.today()) else ""


def _language(
    entry: Entry, language: str, revisions: list[Revision], who: dict[int, str], network: str
) -> LanguageLine:
    theirs = [revision for revision in revisions if revision.language == language]
    lines = tuple(
        RevisionLine(
            id=revision.pk,
            number=str(revision.number),
            title=revision.title,
            look=REVISION.looks[RevisionState(revision.state)],
            significance=gettext(SIGNIFICANCE_LABELS[revision.significance]),
            author=who.get(revision.author_id, ""),
            changed_at=revision.changed_at,
            current=revision.current,
            url=reverse("helpdesk:revision", args=[network, entry.number, revision.pk]),
        )
        for revision in theirs
    )
    under_way = next((line.url for line, each in zip(lines, theirs, strict=True) if each.state != "approved"), "")
    approved = [
        (each.number, each.significance)
        for each in revisions
        if each.language == entry.language and each.state == RevisionState.APPROVED
    ]
    shown = next((each for each in theirs if each.current), None)
    translated = shown is not None and language != entry.language
    based_on = shown.based_on.number if shown and shown.based_on else None
    return LanguageLine(
        language=language,
        revisions=lines,
        open_url=under_way,
        may_begin=not under_way and bool(approved),
        behind=translated and is_behind(based_on, approved),
    )


def _story(actor: Actor, revisions: list[Revision], who: dict[int, str]) -> tuple[Line, ...]:
    """Who wrote and who approved, newest first."""
    lines = []
    for revision in revisions:
        told = {"number": revision.number, "language": revision.language.upper()}
        if revision.decided_at:
            title = gettext("Revision %(number)s (%(language)s) approved") % told
            who_ = who.get(revision.approver_id or 0, "")
            lines.append(Line(revision.decided_at, title, who_, revision.decision, "success", "it-check-circle"))
        title = gettext("Revision %(number)s (%(language)s) begun") % told
        whose = who.get(revision.author_id, "")
        if Who.AUTHOR in parts_in_revision(actor, revision):
            whose = gettext("You")
        lines.append(Line(revision.begun_at, title, whose, revision.comment, "neutral", "it-pencil"))
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))
