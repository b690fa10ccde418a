"""The members of a network as the public sees them: the list, the map, the page of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import django_filters
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.network.models import Organisation, Seat
from contempo.network.queries.municipalities import places_to_choose
from contempo.network.queries.tallies import tallies
from contempo.network.queries.words import named_like
from contempo.network.rules.organisations import (
    EXPERIENCE_LABELS,
    KIND_LABELS,
    PRIORITY_LABELS,
    SIZE_LABELS,
    Publishable,
    size_class,
)
from contempo.web.lists import Column, ListPage, build, every_row
from contempo.web.maps import Place, Point

ON_THE_MAP = 200


@dataclass(frozen=True)
class MemberRow:
    """A member in the public list; `website` only if it chose to show it."""

    id: int
    name: str
    kind: str
    municipality: str
    province: str
    priorities: tuple[str, ...]
    joined: date
    website: str
    url: str
    shows_seats: bool
    place: tuple[float, float] | None


@dataclass(frozen=True)
class MemberMap:
    """A page of members, the points of those whose place is known, and the names of their municipalities."""

    page: ListPage
    points: tuple[Point, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class SeatLine:
    """A seat as its organisation shows it."""

    label: str
    address: str
    municipality: str


@dataclass(frozen=True)
class MemberPage:
    """What a member chose to show: what it did not is empty, whether known or not. `size` is in words."""

    id: int
    name: str
    kind: str
    municipality: str
    since: date
    priorities: tuple[str, ...]
    description: str
    experience_kinds: tuple[str, ...]
    experience: str
    aims: str
    size: str
    website: str
    email: str
    phone: str
    seats: tuple[SeatLine, ...]
    points: tuple[Point, ...]


COLUMNS = (
    Column("name", _("Organisation"), sort="search_name"),
    Column("kind", _("Kind")),
    Column("municipality", _("Municipality")),
    Column("priorities", _("Priorities"), template="network/members/cells/priorities.html"),
    Column("joined", _("Member since"), sort="joined"),
    Column("province", _("Province"), only_export=True),
    Column("website", _("Website"), only_export=True),
)
_SORT = "name"
_TALLIED_BY = {"tipo": "kind", "comune": "municipality", "priorita": "priority"}
_TALLIES = ("members", *(f"members_by_{what}" for what in _TALLIED_BY.values()))


class _Filters(django_filters.FilterSet):
    """What the members may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Name"), method="named")
    tipo = django_filters.ChoiceFilter(
        label=_("Kind"), choices=choices(KIND_LABELS), field_name="kind", empty_label=_("All")
    )
    comune = django_filters.ChoiceFilter(label=_("Municipality"), field_name="municipality_id", empty_label=_("All"))
    priorita = django_filters.ChoiceFilter(
        label=_("Priority"), choices=choices(PRIORITY_LABELS), method="wanting", empty_label=_("All")
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def __init__(self, *, places: list[tuple[str, str]], params: QueryDict, queryset: QuerySet[Organisation]) -> None:
        super().__init__(params, queryset)
        self.filters["comune"].extra["choices"] = places

    def named(self, rows: QuerySet[Organisation], name: str, text: str) -> QuerySet[Organisation]:
        """By words of the name."""
        return named_like(rows, text)

    def wanting(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """With this among its priorities."""
        return rows.filter(priorities__contains=[value])


def members(network_id: int, *, network: str, params: QueryDict) -> ListPage:
    """The page of members that `params` ask for; `network` is the slug. At most four SQL.

    The total is a kept count when at most one filter is set.
    """
    kept = tallies(network_id, *_TALLIES)
    filters = _filters(network_id, params, kept["members_by_municipality"])
    return build(filters, columns=COLUMNS, to_row=_row_maker(network), sort=_SORT, total=_kept_total(filters, kept))


def member_map(network_id: int, *, network: str, params: QueryDict) -> MemberMap:
    """The members that `params` ask for, `ON_THE_MAP` a page, with their points. At most five SQL.

    A point is the main seat where the organisation shows its seats, else the municipality.
    """
    kept = tallies(network_id, *_TALLIES)
    filters = _filters(network_id, params, kept["members_by_municipality"])
    page = build(
        filters,
        columns=COLUMNS,
        to_row=_row_maker(network),
        sort=_SORT,
        per_page=ON_THE_MAP,
        total=_kept_total(filters, kept),
        exportable=False,
    )
    places = {row.municipality: Place(row.municipality, *row.place) for row in page.rows if row.place}
    return MemberMap(page, tuple(_points(page.rows)), tuple(places.values()))


def member_rows(network_id: int, *, network: str, params: QueryDict) -> Iterator[MemberRow]:
    """Every member that `params` ask for, for a file."""
    kept = tallies(network_id, "members_by_municipality")
    filters = _filters(network_id, params, kept["members_by_municipality"])
    return every_row(filters, columns=COLUMNS, to_row=_row_maker(network), sort=_SORT)


def member(network_id: int, slug: str) -> MemberPage | None:
    """The public page of a member, None when no member has this address. Two SQL."""
    found = Organisation.objects.select_related("municipality").filter(
        network_id=network_id, slug=slug, member_since__isnull=False
    )
    if (organisation := found.first()) is None:
        return None
    shown = set(organisation.published)
    seats = list(organisation.seats.select_related("municipality")) if Publishable.SEATS in shown else []
    size = size_class(organisation.headcount) if Publishable.HEADCOUNT in shown else None
    return MemberPage(
        id=organisation.id,
        name=organisation.name,
        kind=organisation.get_kind_display(),
        municipality=str(organisation.municipality or ""),
        since=organisation.member_since,
        priorities=_words(organisation.priorities, PRIORITY_LABELS),
        description=organisation.description if Publishable.DESCRIPTION in shown else "",
        experience_kinds=_words(
            organisation.experience_kinds if Publishable.EXPERIENCE in shown else (), EXPERIENCE_LABELS
        ),
        experience=organisation.experience if Publishable.EXPERIENCE in shown else "",
        aims=organisation.aims if Publishable.AIMS in shown else "",
        size=gettext(SIZE_LABELS[size]) if size else "",
        website=organisation.website if Publishable.WEBSITE in shown else "",
        email=organisation.email if Publishable.EMAIL in shown else "",
        phone=organisation.phone if Publishable.PHONE in shown else "",
        seats=tuple(_seat_line(seat) for seat in seats),
        points=tuple(_seat_point(organisation, seat) for seat in seats if seat.latitude is not None),
    )


def _filters(network_id: int, params: QueryDict, by_place: Mapping[str, int]) -> _Filters:
    found = Organisation.objects.filter(network_id=network_id, member_since__isnull=False)
    filters = _Filters(
        places=places_to_choose(by_place, params.get("comune", "")),
        params=params,
        # The same column under a name that is never empty: an index serves the order by it in both directions.
        queryset=found.alias(joined=F("member_since"))
        .select_related("municipality")
        .defer("description", "experience", "territory", "aims", "name_words"),
    )
    filters.is_valid()
    return filters


def _kept_total(filters: _Filters, kept: Mapping[str, Mapping[str, int]]) -> int | None:
    """How many rows the filters leave, when the kept counts tell; None when rows must be counted."""
    chosen = {name: value for name, value in filters.form.cleaned_data.items() if value}
    if not chosen:
        return kept["members"].get("all", 0)
    name, value = next(iter(chosen.items()))
    if len(chosen) > 1 or name not in _TALLIED_BY:
        return None
    return kept[f"members_by_{_TALLIED_BY[name]}"].get(value, 0)


def _row_maker(network: str) -> Callable[[Organisation], MemberRow]:
    def to_row(organisation: Organisation) -> MemberRow:
        place = organisation.municipality
        located = place is not None and place.latitude is not None
        return MemberRow(
            id=organisation.id,
            name=organisation.name,
            kind=organisation.get_kind_display(),
            municipality=place.name if place else "",
            province=place.province if place else "",
            priorities=_words(organisation.priorities, PRIORITY_LABELS),
            joined=organisation.member_since,
            website=organisation.website if Publishable.WEBSITE in organisation.published else "",
            url=reverse("network:member", kwargs={"network": network, "slug": organisation.slug}),
            shows_seats=Publishable.SEATS in organisation.published,
            place=(place.latitude, place.longitude) if located else None,
        )

    return to_row


def _points(rows: Iterable[MemberRow]) -> Iterator[Point]:
    rows = list(rows)
    showing = [row.id for row in rows if row.shows_seats]
    seats = Seat.objects.filter(organisation_id__in=showing, is_main=True, latitude__isnull=False)
    at = {seat.organisation_id: (seat.latitude, seat.longitude) for seat in seats}
    for row in rows:
        if place := at.get(row.id, row.place):
            yield Point(row.name, row.url, *place, f"{row.kind}, {row.municipality}")


def _words(codes: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(gettext(labels[code]) for code in codes if code in labels)


def _seat_line(seat: Seat) -> SeatLine:
    street = ", ".join(filter(None, [seat.address, seat.postcode]))
    return SeatLine(seat.label, street, str(seat.municipality))


def _seat_point(organisation: Organisation, seat: Seat) -> Point:
    return Point(seat.label or organisation.name, "", seat.latitude, seat.longitude, seat.address)
