"""The published entries as a list, and what readers searched in vain and said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import django_filters
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.clock import ROME
from contempo.core.verdict import require
from contempo.helpdesk.access import may_keep_catalogue
from contempo.helpdesk.models import Revision, SearchMiss, Usefulness
from contempo.helpdesk.queries.catalogue.pages import entry_url, texts_in, topic_label
from contempo.helpdesk.rules.entries import USEFULNESS_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.norms.public import norm_choices
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row

LANGUAGE_LABELS = {"it": _("Italian"), "en": _("English")}


@dataclass(frozen=True)
class EntryRow:
    """A published entry in the public list."""

    title: str
    topics: tuple[str, ...]
    changed: date
    reviewed: date | None
    language: str
    text_language: str
    url: str


@dataclass(frozen=True)
class MissRow:
    """A search that found nothing."""

    text: str
    at: datetime
    language: str


@dataclass(frozen=True)
class OpinionRow:
    """What a reader said of an entry."""

    title: str
    at: datetime
    useful: str
    reason: str
    comment: str
    language: str
    url: str


COLUMNS = (
    Column("title", _("Question"), sort="title", template="helpdesk/catalogue/cells/title.html"),
    Column("topics", _("Topics")),
    Column("changed", _("Last changed"), sort="entry__changed_at"),
    Column("reviewed", _("Last reviewed"), sort="entry__reviewed_on"),
    Column("language", _("Language"), only_export=True),
    Column("url", _("Address"), only_export=True),
)
MISS_COLUMNS = (
    Column("text", _("What was searched"), sort="text"),
    Column("at", _("When"), sort="at"),
    Column("language", _("Language")),
)
OPINION_COLUMNS = (
    Column("title", _("Question")),
    Column("at", _("When"), sort="at"),
    Column("useful", _("Useful"), sort="useful"),
    Column("reason", _("Why")),
    Column("comment", _("Comment")),
    Column("language", _("Language"), only_export=True),
)
_SORT = "-changed"


class _Filters(django_filters.FilterSet):
    """What the entries may be narrowed by; named as in the address."""

    argomento = django_filters.ChoiceFilter(
        label=_("Topic"), choices=choices(TOPIC_LABELS), method="about", empty_label=_("All")
    )
    norma = django_filters.ChoiceFilter(label=_("Norm"), method="citing", empty_label=_("All"))
    lingua = django_filters.ChoiceFilter(
        label=_("Language"), choices=list(LANGUAGE_LABELS.items()), field_name="language", empty_label=_("All")
    )

    class Meta:
        model = Revision
        fields: tuple[str, ...] = ()

    def __init__(self, *, norms: list[tuple[str, str]], params: QueryDict, queryset: QuerySet[Revision]) -> None:
        super().__init__(params, queryset)
        self.filters["norma"].extra["choices"] = norms

    def about(self, rows: QuerySet[Revision], name: str, value: str) -> QuerySet[Revision]:
        """About this topic."""
        return rows.filter(entry__topics__contains=[value])

    def citing(self, rows: QuerySet[Revision], name: str, value: str) -> QuerySet[Revision]:
        """Resting on this norm."""
        return rows.filter(entry__citations__norm_id=value)


def entries(actor: Actor, *, network: str, language: str, params: QueryDict) -> ListPage:
    """The page of published entries that `params` ask for, each in `language` or else in its first. Three SQL."""
    return build(_filters(actor, language, params), columns=COLUMNS, to_row=_row_maker(network), sort=_SORT)


def entry_rows(actor: Actor, *, network: str, language: str, params: QueryDict) -> Iterator[EntryRow]:
    """Every published entry that `params` ask for, for a file."""
    return every_row(_filters(actor, language, params), columns=COLUMNS, to_row=_row_maker(network), sort=_SORT)


def norms_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """The norms of the network, to narrow a search by. One SQL."""
    return [(str(number), label) for number, label in norm_choices(actor.network_id)]


def _filters(actor: Actor, language: str, params: QueryDict) -> _Filters:
    # Whoever asks for one language wants the texts in it, and not those without it in another.
    asked = params.get("lingua", "")
    texts = texts_in(actor, asked if asked in LANGUAGE_LABELS else language).select_related("entry")
    return _Filters(norms=norms_to_choose(actor), params=params, queryset=texts.defer("answer", "question"))


def _row_maker(network: str) -> Callable[[Revision], EntryRow]:
    def to_row(text: Revision) -> EntryRow:
        return EntryRow(
            title=text.title,
            topics=tuple(topic_label(topic) for topic in text.entry.topics),
            changed=text.entry.changed_at.astimezone(ROME).date(),
            reviewed=text.entry.reviewed_on,
            language=str(LANGUAGE_LABELS[text.language]),
            text_language=text.language,
            url=entry_url(network, text.entry.slug),
        )

    return to_row


class _MissFilters(django_filters.FilterSet):
    cerca = django_filters.CharFilter(label=_("Words"), field_name="text", lookup_expr="icontains")
    dal = django_filters.DateFilter(label=_("From"), field_name="at", lookup_expr="date__gte")
    al = django_filters.DateFilter(label=_("Until"), field_name="at", lookup_expr="date__lte")
    lingua = django_filters.ChoiceFilter(
        label=_("Language"), choices=list(LANGUAGE_LABELS.items()), field_name="language", empty_label=_("All")
    )

    class Meta:
        model = SearchMiss
        fields: tuple[str, ...] = ()


def misses(actor: Actor, params: QueryDict) -> ListPage:
    """The page of searches without result that `params` ask for. Two SQL. Raises NotPermitted."""
    return build(_misses(actor, params), columns=MISS_COLUMNS, to_row=_miss, sort="-at")


def miss_rows(actor: Actor, params: QueryDict) -> Iterator[MissRow]:
    """Every search without result that `params` ask for, for a file. Raises NotPermitted."""
    return every_row(_misses(actor, params), columns=MISS_COLUMNS, to_row=_miss, sort="-at")


def _misses(actor: Actor, params: QueryDict) -> _MissFilters:
    require(may_keep_catalogue(actor))
    return _MissFilters(params, SearchMiss.objects.filter(network_id=actor.network_id))


def _miss(miss: SearchMiss) -> MissRow:
    return MissRow(miss.text, miss.at, str(LANGUAGE_LABELS[miss.language]))


class _OpinionFilters(django_filters.FilterSet):
    utile = django_filters.ChoiceFilter(
        label=_("Useful"), choices=[("True", _("Yes")), ("False", _("No"))], field_name="useful", empty_label=_("All")
    )
    motivo = django_filters.ChoiceFilter(
        label=_("Why"), choices=choices(USEFULNESS_LABELS), field_name="reason", empty_label=_("All")
    )

    class Meta:
        model = Usefulness
        fields: tuple[str, ...] = ()


def opinions(actor: Actor, *, network: str, params: QueryDict) -> ListPage:
    """The page of what readers said that `params` ask for. Two SQL. Raises NotPermitted."""
    filters = _opinions(actor, params)
    return build(filters, columns=OPINION_COLUMNS, to_row=_opinion_maker(network), sort="-at")


def opinion_rows(actor: Actor, *, network: str, params: QueryDict) -> Iterator[OpinionRow]:
    """Everything readers said that `params` ask for, for a file. Raises NotPermitted."""
    filters = _opinions(actor, params)
    return every_row(filters, columns=OPINION_COLUMNS, to_row=_opinion_maker(network), sort="-at")


def _opinions(actor: Actor, params: QueryDict) -> _OpinionFilters:
    require(may_keep_catalogue(actor))
    rows = Usefulness.objects.filter(entry__network_id=actor.network_id).select_related("entry")
    first = {"entry__revisions__current": True, "entry__revisions__language": F("entry__language")}
    return _OpinionFilters(params, rows.filter(**first).annotate(title=F("entry__revisions__title")))


def _opinion_maker(network: str) -> Callable[[Usefulness], OpinionRow]:
    def to_row(vote: Usefulness) -> OpinionRow:
        return OpinionRow(
            title=vote.title,  # type: ignore[attr-defined]
            at=vote.at,
            useful=gettext("Yes") if vote.useful else gettext("No"),
            reason=vote.get_reason_display(),
            comment=vote.comment,
            language=str(LANGUAGE_LABELS[vote.language]),
            url=entry_url(network, vote.entry.slug),
        )

    return to_row
