"""The responses of a campaign one by one, where they are with name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.text import normalise
from contempo.network.public import places_to_choose
from contempo.questionnaires.access import visible_responses
from contempo.questionnaires.models import CampaignTally, Response
from contempo.questionnaires.queries.columns import layout_of
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.behind import behind
from contempo.questionnaires.queries.reading.filters import NARROWED
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.names import attribute_names
from contempo.questionnaires.rules.narrowing import understood
from contempo.questionnaires.rules.states import CHANNEL_LABELS, RESPONSE_LABELS, ResponseState
from contempo.questionnaires.rules.tables import book
from contempo.web.forms import DateInput
from contempo.web.lists import Column, ListPage, build, every_row


@dataclass(frozen=True)
class ResponseRow:
    """A response in the list."""

    name: str
    kind: str
    size: str
    municipality: str
    channel: str
    state: str
    completed_at: datetime | None
    saved_at: datetime | None
    version: int
    language: str
    url: str


COLUMNS = (
    Column("name", _("Who answers"), sort="invitation__search_name"),
    Column("kind", _("Kind"), sort="attributes__kind"),
    Column("size", _("Size class")),
    Column("municipality", _("Municipality")),
    Column("channel", _("Channel"), sort="channel"),
    Column("state", _("State"), sort="state"),
    Column("completed_at", _("Completed"), sort="completed_at"),
    Column("saved_at", _("Last saved"), only_export=True),
    Column("version", _("Version"), only_export=True),
    Column("language", _("Language"), only_export=True),
)
SORT = "-completed_at"
CHUNK = 1000


class _Filters(django_filters.FilterSet):
    """What responses may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name"), method="found")
    stato = django_filters.ChoiceFilter(
        label=_("State"), choices=choices(RESPONSE_LABELS), field_name="state", empty_label=_("All")
    )
    canale = django_filters.ChoiceFilter(
        label=_("Channel"), choices=choices(CHANNEL_LABELS), field_name="channel", empty_label=_("All")
    )
    tipo = django_filters.ChoiceFilter(label=_("Kind"), field_name="attributes__kind", empty_label=_("All"))
    dimensione = django_filters.ChoiceFilter(label=_("Size class"), field_name="attributes__size", empty_label=_("All"))
    comune = django_filters.ChoiceFilter(
        label=_("Municipality"), field_name="attributes__municipality", empty_label=_("All")
    )
    dal = django_filters.DateFilter(
        label=_("Completed from"), field_name="completed_at", lookup_expr="date__gte", widget=DateInput()
    )
    al = django_filters.DateFilter(
        label=_("Completed until"), field_name="completed_at", lookup_expr="date__lte", widget=DateInput()
    )

    vale = django_filters.CharFilter(widget=forms.MultipleHiddenInput(), method="kept")

    class Meta:
        model = Response
        fields: tuple[str, ...] = ()

    def __init__(self, opened: OpenedCampaign, params: QueryDict, queryset: QuerySet[Response]) -> None:
        super().__init__(params, queryset)
        for name, values in _values(opened.campaign.pk).items():
            self.filters[name].extra["choices"] = values

    def kept(self, rows: QuerySet[Response], name: str, value: str) -> QuerySet[Response]:
        """The figure behind which the list stands: every address of the list carries it on."""
        return rows

    def found(self, rows: QuerySet[Response], name: str, text: str) -> QuerySet[Response]:
        """By words of the name of the unit, or of the contact where there is no unit."""
        for word in normalise(text).split():
            rows = rows.filter(invitation__search_name__contains=word)
        return rows


_FACETS = {"tipo": "kind", "dimensione": "size", "comune": "municipality"}


def _values(campaign_id: int) -> dict[str, list[tuple[str, str]]]:
    """The values of the attributes of a campaign's units to choose from. Two SQL."""
    facets = {f"unit.{attribute}": name for name, attribute in _FACETS.items()}
    kept = CampaignTally.objects.filter(campaign_id=campaign_id, facet__in=facets, measure="units", count__gt=0)
    found: dict[str, dict[str, int]] = {name: {} for name in _FACETS}
    for facet, key, count in kept.exclude(key="").values_list("facet", "key", "count"):
        found[facets[facet]][key] = count
    made = {"comune": places_to_choose(found.pop("comune"))}
    for name, counts in found.items():
        names = attribute_names(_FACETS[name], counts)
        made[name] = sorted(names.items(), key=lambda each: normalise(each[1]))
    return made


def response_list(opened: OpenedCampaign, params: QueryDict) -> ListPage:
    """The page of the responses that `params` ask for; no row where they may not be read. Six SQL."""
    page = build(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)
    return replace(page, rows=tuple(_named(page.rows)))


def response_rows(opened: OpenedCampaign, params: QueryDict) -> Iterator[ResponseRow]:
    """Every response that `params` ask for, for a file. An SQL more for each thousand."""
    rows = every_row(_filters(opened, params), columns=COLUMNS, to_row=_row_maker(opened), sort=SORT)
    while some := tuple(islice(rows, CHUNK)):
        yield from _named(some)


def _named(rows: Sequence[ResponseRow]) -> Iterator[ResponseRow]:
    """The rows with their attributes in words."""
    kinds = attribute_names("kind", [row.kind for row in rows])
    sizes = attribute_names("size", [row.size for row in rows])
    places = attribute_names("municipality", [row.municipality for row in rows])
    for row in rows:
        yield replace(
            row,
            kind=kinds.get(row.kind, ""),
            size=sizes.get(row.size, ""),
            municipality=places.get(row.municipality, ""),
        )


def _filters(opened: OpenedCampaign, params: QueryDict) -> _Filters:
    rows = visible_responses(opened.part, Response.objects.all())
    rows = rows.select_related("invitation__target", "version").defer("answers", "version__document")
    if params.getlist(NARROWED):
        known = book(layout_of(opened.campaign).questions)
        rows = behind(rows, understood(params.getlist(NARROWED), known), known)
    elif not params.get("stato"):
        rows = rows.exclude(state=ResponseState.BEGUN.value)
    return _Filters(opened, params, rows)


@dataclass(frozen=True)
class Behind:
    """A figure whose responses the list holds, in words, and the address of the whole list."""

    told: str
    url: str


def behind_what(opened: OpenedCampaign, params: QueryDict) -> Behind | None:
    """What the list is narrowed to from a figure, None when it is not. Three SQL at most."""
    if not params.getlist(NARROWED):
        return None
    known = book(layout_of(opened.campaign).questions)
    labels = Labels(known)
    filters = understood(params.getlist(NARROWED), known)
    told = "; ".join(f"{labels.variable(one.variable)}: {labels.filter(one)}" for one in filters)
    return Behind(told, opened.url("responses"))


def _row_maker(opened: OpenedCampaign) -> Callable[[Response], ResponseRow]:
    def row(response: Response) -> ResponseRow:
        return ResponseRow(
            name=name_of(response),
            kind=str(response.attributes.get("kind") or ""),
            size=str(response.attributes.get("size") or ""),
            municipality=str(response.attributes.get("municipality") or ""),
            channel=gettext(CHANNEL_LABELS[response.channel]),
            state=gettext(RESPONSE_LABELS[response.state]),
            completed_at=response.completed_at,
            saved_at=response.saved_at,
            version=response.version.number,
            language=response.language,
            url=opened.url("response", response=response.pk),
        )

    return row


def name_of(response: Any) -> str:
    """Who gave a response, as far as it is known: the unit, its contact, the number of the paper form."""
    invitation = response.invitation
    if invitation is not None:
        return str(invitation.target.name if invitation.target else invitation)
    if response.paper:
        return gettext("Paper form %(number)s") % {"number": response.paper}
    return gettext("By the public link")
