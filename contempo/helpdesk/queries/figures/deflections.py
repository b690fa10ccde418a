"""The list behind a figure: the questions that the catalogue answered before they were sent."""

from collections.abc import Iterator
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
from contempo.helpdesk.models import Deflection, DeskTally
from contempo.helpdesk.queries.figures.counting import NOT_TOLD
from contempo.helpdesk.rules.asking import CAPACITY_NAMES, CHANNEL_LABELS
from contempo.helpdesk.rules.figures import Period, is_month
from contempo.helpdesk.rules.sectors import SECTOR_LABELS
from contempo.helpdesk.rules.topics import TOPIC_LABELS
from contempo.people.public import Actor
from contempo.web.lists import Column, ListPage, build, every_row


@dataclass(frozen=True)
class DeflectedRow:
    """A question that was not sent, because the catalogue answered it: what it was about, none of its words."""

    at: datetime
    topic: str
    capacity: str
    municipality: str
    sector: str
    channel: str


COLUMNS = (
    Column("at", _("Day"), sort="at"),
    Column("topic", _("Topic")),
    Column("capacity", _("In what capacity")),
    Column("municipality", _("Municipality")),
    Column("sector", _("Sector")),
    Column("channel", _("Channel")),
)


def _choice(label: Any, values: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=values, empty_label=_("All"), **options)


class _Deflections(django_filters.FilterSet):
    """Named as in the address. Months are `YYYY-MM`; what is no month narrows nothing."""

    dal = django_filters.CharFilter(label=_("From the month of"), method="since")
    al = django_filters.CharFilter(label=_("To the month of"), method="until")
    argomento = _choice(_("Topic"), choices(TOPIC_LABELS), field_name="topic")
    qualita = _choice(_("In what capacity"), choices(CAPACITY_NAMES), field_name="capacity")
    comune = django_filters.CharFilter(label=_("Municipality"), method="of_place")
    settore = _choice(_("Sector"), [(NOT_TOLD, _("Not told")), *choices(SECTOR_LABELS)], method="of_sector")
    canale = _choice(_("Channel"), choices(CHANNEL_LABELS), field_name="channel")

    class Meta:
        model = Deflection
        fields: tuple[str, ...] = ()

    def since(self, rows: QuerySet[Deflection], name: str, month: str) -> QuerySet[Deflection]:
        """In a month or later."""
        return rows.filter(at__gte=Period(month, month).instants[0]) if is_month(month) else rows

    def until(self, rows: QuerySet[Deflection], name: str, month: str) -> QuerySet[Deflection]:
        """In a month or before."""
        return rows.filter(at__lt=Period(month, month).instants[1]) if is_month(month) else rows

    def of_place(self, rows: QuerySet[Deflection], name: str, code: str) -> QuerySet[Deflection]:
        """Of a municipality, by ISTAT code, or of none."""
        return rows.filter(municipality_id=None if code == NOT_TOLD else code)

    def of_sector(self, rows: QuerySet[Deflection], name: str, value: str) -> QuerySet[Deflection]:
        """Of a sector, or of none."""
        return rows.filter(sector="" if value == NOT_TOLD else value)


def _deflected(row: Deflection) -> DeflectedRow:
    return DeflectedRow(
        at=row.at,
        topic=gettext(TOPIC_LABELS[row.topic]),
        capacity=row.get_capacity_display() if row.capacity else "",
        municipality=row.municipality.name if row.municipality else "",
        sector=row.get_sector_display() if row.sector else "",
        channel=row.get_channel_display(),
    )


def deflections(actor: Actor, params: QueryDict) -> ListPage:
    """The page that `params` ask for. Three SQL. Raises NotPermitted."""
    filters = _filters(actor, params)
    return build(filters, columns=COLUMNS, to_row=_deflected, sort="-at", total=_kept_total(actor, params))


def deflection_rows(actor: Actor, params: QueryDict) -> Iterator[DeflectedRow]:
    """Every row that `params` ask for, for a file. Raises NotPermitted."""
    return every_row(_filters(actor, params), columns=COLUMNS, to_row=_deflected, sort="-at")


def _filters(actor: Actor, params: QueryDict) -> _Deflections:
    require(may_read_whole_figures(actor))
    rows = Deflection.objects.filter(network_id=actor.network_id).select_related("municipality")
    return _Deflections(params, rows)


def _kept_total(actor: Actor, params: QueryDict) -> int | None:
    """How many there are, from the counts kept; None when more than the months narrows them."""
    if any(params.get(name) for name in ("argomento", "qualita", "comune", "settore", "canale")):
        return None
    rows = DeskTally.objects.filter(network_id=actor.network_id, measure="deflected", key="all")
    for name, bound in (("dal", "month__gte"), ("al", "month__lte")):
        if is_month(params.get(name, "")):
            rows = rows.filter(**{bound: params[name]})
    return rows.aggregate(count=Sum("count"))["count"] or 0
