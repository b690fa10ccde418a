"""The norms of a network as lists: what the public reads, and the registry as its keepers see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.verdict import require
from contempo.core.workflow import Look
from contempo.norms.access import may_keep_norms, visible_norms
from contempo.norms.models import Norm
from contempo.norms.queries.briefs import summary_of, with_words
from contempo.norms.rules.norms import KIND_LABELS, LOOKS, STANDING_LABELS, Standing, label_of, standing
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row

SHOWN, HIDDEN = "si", "no"


@dataclass(frozen=True)
class NormRow:
    """A norm in a list; `url` is its page here, `text_url` the official text."""

    name: str
    kind: str
    standing: Look
    valid_from: date
    valid_to: date | None
    title: str
    number: str
    day: date | None
    issuer: str
    summary: str
    text_url: str
    source: str
    checked_on: date | None
    shown: str
    url: str


_FIRST = (
    Column("name", _("Norm"), sort="sort_title"),
    Column("kind", _("Kind")),
    Column("standing", _("Standing")),
    Column("valid_from", _("In force from"), sort="valid_from"),
    Column("valid_to", _("In force no longer from"), sort="valid_to"),
)
_IN_FILE = (
    Column("title", _("Full title"), only_export=True),
    Column("number", _("Number"), only_export=True),
    Column("day", _("Date of the act"), only_export=True),
    Column("issuer", _("Issued by"), only_export=True),
    Column("summary", _("What it says"), only_export=True),
    Column("text_url", _("Official text"), only_export=True),
    Column("source", _("Where it was checked"), only_export=True),
)
COLUMNS = (*_FIRST, *_IN_FILE, Column("checked_on", _("Checked on"), only_export=True))
KEEPERS_COLUMNS = (
    *_FIRST,
    Column("checked_on", _("Checked on"), sort="checked_on"),
    Column("shown", _("For the public")),
    *_IN_FILE,
)
_SORT = "name"


class _Filters(django_filters.FilterSet):
    """What norms may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Words of the norm"), method="named")
    tipo = django_filters.ChoiceFilter(
        label=_("Kind"), choices=choices(KIND_LABELS), field_name="kind", empty_label=_("All")
    )
    stato = django_filters.ChoiceFilter(
        label=_("Standing"), choices=choices(STANDING_LABELS), method="standing_so", empty_label=_("All")
    )

    class Meta:
        model = Norm
        fields: tuple[str, ...] = ()

    def __init__(self, *, on: date, params: QueryDict, queryset: QuerySet[Norm]) -> None:
        super().__init__(params, queryset)
        self.on = on

    def named(self, rows: QuerySet[Norm], name: str, text: str) -> QuerySet[Norm]:
        """By the words of titles, number, issuer and summary."""
        return with_words(rows, text)

    def standing_so(self, rows: QuerySet[Norm], name: str, value: str) -> QuerySet[Norm]:
        """Standing so on the day the list is asked for."""
        return rows.filter(_standing_so(Standing(value), self.on))


class _KeepersFilters(_Filters):
    """What its keepers may narrow the registry by besides."""

    pubblica = django_filters.ChoiceFilter(
        label=_("For the public"),
        choices=[(SHOWN, _("Shown")), (HIDDEN, _("Hidden"))],
        method="shown_so",
        empty_label=_("All"),
    )

    def shown_so(self, rows: QuerySet[Norm], name: str, value: str) -> QuerySet[Norm]:
        """Shown to the public, or hidden."""
        return rows.filter(published=value == SHOWN)


def norms(actor: Actor, *, network: str, params: QueryDict, on: date) -> ListPage:
    """The page of published norms that `params` ask for, as they stand on a day; `network` is the slug. Two SQL.

    Rows are counted: a registry holds some hundreds, whatever the number of questions that cite them.
    """
    filters = _Filters(on=on, params=params, queryset=_published(actor))
    return build(filters, columns=COLUMNS, to_row=_row_maker(network, on), sort=_SORT)


def norm_rows(actor: Actor, *, network: str, params: QueryDict, on: date) -> Iterator[NormRow]:
    """Every published norm that `params` ask for, for a file."""
    filters = _Filters(on=on, params=params, queryset=_published(actor))
    return every_row(filters, columns=COLUMNS, to_row=_row_maker(network, on), sort=_SORT)


def registry(actor: Actor, *, network: str, params: QueryDict, on: date) -> ListPage:
    """The page of the registry, hidden norms included, that `params` ask for. Two SQL. Raises NotPermitted."""
    filters = _KeepersFilters(on=on, params=params, queryset=_kept(actor))
    return build(filters, columns=KEEPERS_COLUMNS, to_row=_row_maker(network, on), sort=_SORT)


def registry_rows(actor: Actor, *, network: str, params: QueryDict, on: date) -> Iterator[NormRow]:
    """Every norm of the registry that `params` ask for, for a file. Raises NotPermitted."""
    filters = _KeepersFilters(on=on, params=params, queryset=_kept(actor))
    return every_row(filters, columns=KEEPERS_COLUMNS, to_row=_row_maker(network, on), sort=_SORT)


def _published(actor: Actor) -> QuerySet[Norm]:
    return visible_norms(actor, Norm.objects.filter(published=True)).defer("words", "end_reason")


def _kept(actor: Actor) -> QuerySet[Norm]:
    require(may_keep_norms(actor))
    return visible_norms(actor, Norm.objects.all()).defer("words", "end_reason")


def _standing_so(wanted: Standing, on: date) -> Q:
    if wanted == Standing.NOT_YET:
        return Q(valid_from__gt=on)
    if wanted == Standing.IN_FORCE:
        return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return Q(valid_to__lte=on, replaced_by__isnull=wanted == Standing.ENDED)


def _row_maker(network: str, on: date) -> Callable[[Norm], NormRow]:
    shown, hidden = gettext("Shown"), gettext("Hidden")

    def to_row(norm: Norm) -> NormRow:
        now = standing(
            valid_from=norm.valid_from, valid_to=norm.valid_to, replaced=norm.replaced_by_id is not None, on=on
        )
        return NormRow(
            name=label_of(norm.short_title, norm.article),
            kind=norm.get_kind_display(),
            standing=LOOKS[now],
            valid_from=norm.valid_from,
            valid_to=norm.valid_to,
            title=norm.title,
            number=norm.number,
            day=norm.day,
            issuer=norm.issuer,
            summary=summary_of(norm),
            text_url=norm.url,
            source=norm.source,
            checked_on=norm.checked_on,
            shown=shown if norm.published else hidden,
            url=reverse("norms:norm", kwargs={"network": network, "slug": norm.slug}),
        )

    return to_row
