"""The sources that programmes itself offers: its own records, and those of the network below it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext

from contempo.core.words import N_
from contempo.network.public import (
    involved_rows,
    kind_names,
    member_rows,
    member_url,
    place_labels,
    registry_rows,
    seat_rows,
    size_names,
)
from contempo.programmes.models import Activity, Alliance, Partner
from contempo.programmes.models.counted import as_records
from contempo.programmes.rules.activities import ActivityState
from contempo.programmes.rules.plan.measures import Dimension
from contempo.programmes.rules.plan.tree import AREA_LABELS
from contempo.programmes.rules.sources import IndicatorSource, Scope, everybody, register_indicator_source

_ORGANISATION = frozenset({Dimension.KIND, Dimension.SIZE, Dimension.MUNICIPALITY})
_DAY = timedelta(days=1)


def register_own_sources() -> None:
    """Offer what programmes and the network know; called once when the application starts."""
    for source in _SOURCES:
        register_indicator_source(source)


def organisation_words(dimension: Dimension, keys: Iterable[str]) -> Mapping[str, str]:
    """Kinds, sizes and places by their keys, in the language of the reader; one SQL for places."""
    if dimension is Dimension.KIND:
        return kind_names(keys)
    if dimension is Dimension.SIZE:
        return size_names(keys)
    return place_labels(keys) if dimension is Dimension.MUNICIPALITY else {}


def _members(scope: Scope) -> Any:
    """Members on the last day of the scope."""
    rows = member_rows(scope.network_id, on=scope.until - _DAY)
    return _organisations(rows, scope)


def _involved(scope: Scope) -> Any:
    """Organisations in the registry by the end of the scope; `standing` keeps members or the others."""
    rows = involved_rows(scope.network_id, before=scope.instants[1])
    if standing := scope.chosen("standing"):
        wanted = {value == "member" for value in standing}
        rows = rows.filter(is_member__in=wanted)
    return _organisations(rows, scope)


def _seats(scope: Scope) -> Any:
    """Seats of those who were members on the last day of the scope."""
    return _organisations(seat_rows(scope.network_id, on=scope.until - _DAY), scope)


def _partners(scope: Scope) -> Any:
    """Leads and partners of the alliances that had begun by the end of the scope, each organisation once."""
    alliances = Alliance.objects.filter(Q(since__isnull=True) | Q(since__lt=scope.until), plan_id=scope.plan_id)
    if scope.alliance_id is not None:
        alliances = alliances.filter(pk=scope.alliance_id)
    parts = scope.chosen("part") or ("lead", "partner")
    found = Q(pk__in=())
    if "lead" in parts:
        found |= Q(Exists(alliances.filter(lead_id=OuterRef("pk"))))
    if "partner" in parts:
        found |= Q(Exists(Partner.objects.filter(alliance__in=alliances, organisation_id=OuterRef("pk"))))
    return _organisations(registry_rows(scope.network_id).filter(found), scope)


def _organisations(rows: "QuerySet[Any]", scope: Scope) -> Any:
    for name, column in (("kind", "of_kind"), ("size", "of_size"), ("municipality", "in_place")):
        if wanted := scope.chosen(name):
            rows = rows.filter(**{f"{column}__in": wanted})
    return as_records(
        rows, key="number", label="called", page="page", kind="of_kind", size="of_size", municipality="in_place"
    )


def _activities_done(scope: Scope) -> Any:
    """Activities done within the scope, by the day they were said to be."""
    begin, end = scope.instants
    rows = Activity.objects.filter(
        plan_id=scope.plan_id, state=ActivityState.DONE, state_since__gte=begin, state_since__lt=end
    )
    if scope.alliance_id is not None:
        rows = rows.filter(alliance_id=scope.alliance_id)
    if areas := scope.chosen("area"):
        rows = rows.filter(area__in=areas)
    if alliances := scope.chosen("alliance"):
        rows = rows.filter(alliance__key__in=alliances)
    page = Concat(F("plan__key"), Value("/attivita/"), Cast("id", CharField()), output_field=CharField())
    return as_records(rows, key="id", label="title", page=page, other="area")


def _area_names(_dimension: Dimension, keys: Iterable[str]) -> Mapping[str, str]:
    return {key: gettext(AREA_LABELS[key]) for key in keys if key in AREA_LABELS}


def _activity_url(network: str, page: str) -> str:
    return f"/{network}/piani/{page}/"


_FILTERS = frozenset({"kind", "size", "municipality"})

_SOURCES = (
    IndicatorSource(
        key="programmes.partners",
        label=N_("Leads and partners of the alliances, each organisation once"),
        noun=N_("Organisation"),
        rows=_partners,
        filters=_FILTERS | {"part"},
        dimensions=_ORGANISATION,
        by_alliance=True,
        labels=organisation_words,
        url=member_url,
        may_open=everybody,
    ),
    IndicatorSource(
        key="programmes.activities_done",
        label=N_("Activities done"),
        noun=N_("Activity"),
        rows=_activities_done,
        filters=frozenset({"area", "alliance"}),
        dimensions=frozenset({Dimension.OTHER}),
        by_alliance=True,
        labels=_area_names,
        other=N_("Area"),
        url=_activity_url,
        may_open=everybody,
    ),
    IndicatorSource(
        key="network.members",
        label=N_("Members of the network on the last day of the period"),
        noun=N_("Organisation"),
        rows=_members,
        filters=_FILTERS,
        dimensions=_ORGANISATION,
        labels=organisation_words,
        url=member_url,
        may_open=everybody,
    ),
    IndicatorSource(
        key="network.organisations",
        label=N_("Organisations in the registry by the end of the period, members or not"),
        noun=N_("Organisation"),
        rows=_involved,
        filters=_FILTERS | {"standing"},
        dimensions=_ORGANISATION,
        labels=organisation_words,
        url=member_url,
        may_open=everybody,
    ),
    IndicatorSource(
        key="network.seats",
        label=N_("Seats of the members on the last day of the period"),
        noun=N_("Seat"),
        rows=_seats,
        filters=_FILTERS,
        dimensions=_ORGANISATION,
        labels=organisation_words,
        url=member_url,
        may_open=everybody,
    ),
)
