"""Organisations, members and seats as rows to be counted and listed by whoever counts, lazily.

Each row has `number`, `called`, `of_kind`, `of_size` (empty when the headcount is not known), `in_place` (ISTAT code,
empty when not known) and `page` (the slug of its public page, empty when it has none today). Nothing here is personal.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils.translation import gettext

from contempo.network.models import Membership, Organisation, Seat
from contempo.network.rules.organisations import KIND_LABELS, SIZE_BOUNDS, SIZE_LABELS

_EMPTY = Value("", output_field=CharField())


def registry_rows(network_id: int) -> "QuerySet[Any]":
    """The organisations of the registry of a network, members or not. `entered_at` is when each entered it."""
    found = Organisation.objects.filter(network_id=network_id)
    return _described(found, "").annotate(
        number=F("id"), called=F("name"), address=F("slug"), entered_at=F("created_at")
    )


def involved_rows(network_id: int, *, before: datetime) -> "QuerySet[Any]":
    """The organisations involved in a network before an instant: those in its registry by then, members or not.

    An organisation enters the registry when its request is admitted, when the agency records that it works with it, or
    when a plan names it. `is_member` tells those that were members on the last day.
    """
    on = Membership.objects.filter(organisation_id=OuterRef("pk"), since__lt=before).filter(
        Q(until__isnull=True) | Q(until__gte=before)
    )
    return registry_rows(network_id).filter(created_at__lt=before).annotate(is_member=Exists(on))


def member_rows(network_id: int, *, on: date) -> "QuerySet[Any]":
    """The members of a network on a day: one row each, from the periods of membership (half-open)."""
    found = Membership.objects.filter(_on(on), network_id=network_id)
    return _described(found, "organisation__").annotate(number=F("organisation_id"), called=F("organisation__name"))


def seat_rows(network_id: int, *, on: date) -> "QuerySet[Any]":
    """The seats of those who were members of a network on a day, each called by its organisation and place."""
    members = Membership.objects.filter(_on(on), network_id=network_id).values("organisation_id")
    found = Seat.objects.filter(organisation_id__in=members)
    where = Coalesce(NullIf("label", _EMPTY), NullIf("address", _EMPTY), F("municipality__name"))
    return _described(found, "organisation__", place="municipality_id").annotate(
        number=F("id"),
        called=Concat("organisation__name", Value(", "), where, output_field=CharField()),
    )


def member_url(network: str, slug: str) -> str:
    """Path of the public page of a member."""
    return f"/{network}/soggetti/{slug}/"


def kind_labels() -> Mapping[str, str]:
    """The message ids of the kinds of organisation, by key, in their order."""
    return {str(key): label for key, label in KIND_LABELS.items()}


def size_labels() -> Mapping[str, str]:
    """The message ids of the size classes, by key, in their order."""
    return {str(key): label for key, label in SIZE_LABELS.items()}


def kind_names(keys: Iterable[str]) -> Mapping[str, str]:
    """The kinds of organisation of `keys`, in the language of the reader."""
    return {key: gettext(KIND_LABELS[key]) for key in keys if key in KIND_LABELS}


def size_names(keys: Iterable[str]) -> Mapping[str, str]:
    """The size classes of `keys`, in the language of the reader."""
    return {key: gettext(SIZE_LABELS[key]) for key in keys if key in SIZE_LABELS}


KINDS, SIZES = tuple(map(str, KIND_LABELS)), tuple(map(str, SIZE_LABELS))
"""The keys of kinds and of size classes, in their order."""


def _on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _described(rows: "QuerySet[Any]", path: str, *, place: str = "") -> "QuerySet[Any]":
    headcount = f"{path}headcount"
    sizes = [
        When(**{f"{headcount}__gte": least}, **({f"{headcount}__lt": beyond} if beyond else {}), then=Value(str(size)))
        for size, (least, beyond) in SIZE_BOUNDS.items()
    ]
    return rows.annotate(
        of_kind=F(f"{path}kind"),
        of_size=Case(*sizes, default=_EMPTY, output_field=CharField()),
        in_place=Coalesce(F(place or f"{path}municipality_id"), _EMPTY),
        page=Case(
            When(**{f"{path}member_since__isnull": False}, then=F(f"{path}slug")),
            default=_EMPTY,
            output_field=CharField(),
        ),
    )
