"""The lists behind two figures: the questions that the catalogue answered, the searches that found nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.verdict import require
from contempo.helpdesk.access import may_read_whole_figures
from contempo.helpdesk.models import Deflection, DeskTally, SearchMiss
from contempo.helpdesk.queries.figures.counting import NOT_TOLD
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, CHANNEL_LABELS
from contempo.helpdesk.rules.figures import Period, is_month
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row

DEFLECTED, MISSES = "deflected", "misses"


@dataclass(frozen=True)
class DeflectedRow:
    """A question that was not sent, because the catalogue answered it: what it was about, none of its words."""

    at: datetime
    topic: str
    capacity: str
    municipality: str
    sector: str
    channel: str


@dataclass(frozen=True)
class MissedRow:
    """A search that found nothing: its words, without what could identify somebody."""

    at: datetime
    text: str
    language: str


COLUMNS = {
    DEFLECTED: (
        Column("at", _("Day"), sort="at"),
        Column("topic", _("Topic")),
        Column("capacity", _("In what capacity")),
        Column("municipality", _("Municipality")),
        Column("sector", _("Sector")),
        Column("channel", _("Channel")),
    ),
    MISSES: (
        Column("text", _("Words searched"), sort="key"),
        Column("at", _("Day"), sort="at"),
        Column("language", _("Language")),
    ),
}


def _choice(label: Any, values: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=values, empty_label=_("All"), **options)


class _ByMonth(django_filters.FilterSet):
    """Narrowed by month, `YYYY-MM`; what is no month narrows nothing."""

    dal = django_filters.CharFilter(label=_("From the month of"), method="since")
    al = django_filters.CharFilter(label=_("To the month of"), method="until")

    def since(self, rows: QuerySet[Any], name: str, month: str) -> QuerySet[Any]:
        """In a month or later."""
        return rows.filter(at__gte=Period(month, month).instants[0]) if is_month(month) else rows

    def until(self, rows: QuerySet[Any], name: str, month: str) -> QuerySet[Any]:
        """In a month or before."""
        return rows.filter(at__lt=Period(month, month).instants[1]) if is_month(month) else rows


class _Deflections(_ByMonth):
    argomento = _choice(_("Topic"), choices(TOPIC_LABELS), field_name="topic")
    qualita = _choice(_("In what capacity"), choices(CAPACITY_NAMES), field_name="capacity")
    comune = django_filters.CharFilter(label=_("Municipality"), method="of_place")
    settore = _choice(_("Sector"), [(NOT_TOLD, _("Not told")), *choices(SECTOR_LABELS)], method="of_sector")
    canale = _choice(_("Channel"), choices(CHANNEL_LABELS), field_name="channel")

    class Meta:
        model = Deflection
        fields: tuple[str, ...] = ()

    def of_place(self, rows: QuerySet[Deflection], name: str, code: str) -> QuerySet[Deflection]:
        """Of a municipality, by ISTAT code, or of none."""
        return rows.filter(municipality_id=None if code == NOT_TOLD else code)

    def of_sector(self, rows: QuerySet[Deflection], name: str, value: str) -> QuerySet[Deflection]:
        """Of a sector, or of none."""
        return rows.filter(sector="" if value == NOT_TOLD else value)


class _Misses(_ByMonth):
    class Meta:
        model = SearchMiss
        fields: tuple[str, ...] = ()


def _deflected(row: Deflection) -> DeflectedRow:
    return DeflectedRow(
        at=row.at,
        topic=gettext(TOPIC_LABELS[row.topic]),
        capacity=row.get_capacity_display() if row.capacity else "",
        municipality=row.municipality.name if row.municipality else "",
        sector=row.get_sector_display() if row.sector else "",
        channel=row.get_channel_display(),
    )


def _missed(row: SearchMiss) -> MissedRow:
    return MissedRow(row.at, row.text, row.get_language_display())


_ROWS: dict[str, Callable[[Any], Any]] = {DEFLECTED: _deflected, MISSES: _missed}


def listed(actor: Actor, *, which: str, params: QueryDict) -> ListPage:
    """The page of `DEFLECTED` or `MISSES` that `params` ask for. Three SQL. Raises NotPermitted."""
    filters = _filters(actor, which, params)
    return build(
        filters, columns=COLUMNS[which], to_row=_ROWS[which], sort="-at", total=_kept_total(actor, which, params)
    )


def every(actor: Actor, *, which: str, params: QueryDict) -> Iterator[Any]:
    """Every row that `params` ask for, for a file. Raises NotPermitted."""
    return every_row(_filters(actor, which, params), columns=COLUMNS[which], to_row=_ROWS[which], sort="-at")


def _filters(actor: Actor, which: str, params: QueryDict) -> django_filters.FilterSet:
    require(may_read_whole_figures(actor))
    if which == MISSES:
        return _Misses(params, SearchMiss.objects.filter(network_id=actor.network_id))
    rows = Deflection.objects.filter(network_id=actor.network_id).select_related("municipality")
    return _Deflections(params, rows)


def _kept_total(actor: Actor, which: str, params: QueryDict) -> int | None:
    """How many there are, from the counts kept; None when more than the months narrows them."""
    if any(params.get(name) for name in ("argomento", "qualita", "comune", "settore", "canale")):
        return None
    rows = DeskTally.objects.filter(network_id=actor.network_id, measure=which, key="all")
    for name, bound in (("dal", "month__gte"), ("al", "month__lte")):
        if is_month(params.get(name, "")):
            rows = rows.filter(**{bound: params[name]})
    return rows.aggregate(count=Sum("count"))["count"] or 0
