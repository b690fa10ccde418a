"""The organisations of a network as somebody who wants to ask them something finds them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from contempo.network.models import Contact, Municipality, Organisation
from contempo.network.rules.organisations import (
    KIND_LABELS,
    PRIORITY_LABELS,
    SIZE_BOUNDS,
    SIZE_LABELS,
    OrganisationKind,
    size_class,
)

_CHUNK = 2000


@dataclass(frozen=True)
class OrganisationToAsk:
    """An organisation with whom to write to: its first contact with an address, else its own address."""

    id: int
    name: str
    kind: str
    size: str
    sector: str
    municipality_id: str | None
    contact: str
    email: str


Wanted = Mapping[str, Sequence[str]]
"""Values by `kind`, `size`, `sector` (two digits of ATECO), `province`, `municipality`, `priority`, and `member`
("members" or "others"); a field without values asks nothing."""


def organisations_to_ask(network_id: int, wanted: Wanted) -> Iterator[OrganisationToAsk]:
    """The organisations of the registry of a network that fit, by name. One SQL, read in chunks."""
    contacts = Contact.objects.filter(organisation=OuterRef("pk")).exclude(email="").order_by("-is_main", "pk")
    rows = _fitting(network_id, wanted).annotate(
        contact_name=Subquery(contacts.values("full_name")[:1]), contact_email=Subquery(contacts.values("email")[:1])
    )
    facts = ("pk", "name", "kind", "headcount", "ateco_code", "municipality_id", "email")
    ordered = rows.order_by("search_name", "pk").values_list(*facts, "contact_name", "contact_email")
    for pk, name, kind, headcount, ateco, place, own, contact, email in ordered.iterator(chunk_size=_CHUNK):
        size = str(size_class(headcount) or "")
        yield OrganisationToAsk(pk, name, kind, size, ateco[:2], place, contact or "", email or own)


def organisations_to_ask_count(network_id: int, wanted: Wanted) -> int:
    """How many `organisations_to_ask` gives. One SQL."""
    return _fitting(network_id, wanted).count()


def municipalities_of_network(network_id: int) -> tuple[OrganisationToAsk, ...]:
    """The municipalities in the registry of a network, members first, one for each place. Two SQL."""
    found: dict[str, OrganisationToAsk] = {}
    kind = [OrganisationKind.MUNICIPALITY.value]
    members = organisations_to_ask(network_id, {"kind": kind, "member": ["members"]})
    for one in (*members, *organisations_to_ask(network_id, {"kind": kind})):
        if one.municipality_id is not None:
            found.setdefault(one.municipality_id, one)
    return tuple(found.values())


def asking_choices(network_id: int) -> dict[str, list[tuple[str, str]]]:
    """The values that organisations of a network can be narrowed by, with their words. Three SQL."""
    rows = Organisation.objects.filter(network_id=network_id)
    kinds = set(rows.values_list("kind", flat=True).order_by().distinct())
    sectors = sorted({code[:2] for code in rows.exclude(ateco_code="").values_list("ateco_code", flat=True).distinct()})
    places = Municipality.objects.filter(pk__in=rows.values("municipality")).order_by("name")
    towns = [(place.pk, f"{place.name} ({place.province})", place.province) for place in places]
    return {
        "member": [("members", gettext("Members of the network")), ("others", gettext("In the registry, not members"))],
        "kind": [(str(key), gettext(label)) for key, label in KIND_LABELS.items() if key in kinds],
        "size": [(str(key), gettext(label)) for key, label in SIZE_LABELS.items()],
        "sector": [(code, gettext("ATECO division %(code)s") % {"code": code}) for code in sectors],
        "province": [(code, code) for code in sorted({province for _pk, _label, province in towns})],
        "municipality": [(pk, label) for pk, label, _province in towns],
        "priority": [(str(key), gettext(label)) for key, label in PRIORITY_LABELS.items()],
    }


def _fitting(network_id: int, wanted: Wanted) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(network_id=network_id)
    if kinds := wanted.get("kind"):
        rows = rows.filter(kind__in=kinds)
    if places := wanted.get("municipality"):
        rows = rows.filter(municipality__in=places)
    if provinces := wanted.get("province"):
        rows = rows.filter(municipality__province__in=provinces)
    if sizes := wanted.get("size"):
        rows = rows.filter(_any(_of_size(size) for size in sizes if size in SIZE_BOUNDS))
    if sectors := wanted.get("sector"):
        rows = rows.filter(_any(Q(ateco_code__startswith=sector) for sector in sectors))
    if priorities := wanted.get("priority"):
        rows = rows.filter(priorities__overlap=list(priorities))
    if member := wanted.get("member"):
        rows = rows.filter(member_since__isnull="members" not in member) if len(set(member)) == 1 else rows
    return rows


def _of_size(size: str) -> Q:
    least, beyond = SIZE_BOUNDS[size]
    return Q(headcount__gte=least) & (Q(headcount__lt=beyond) if beyond is not None else Q())


def _any(conditions: Iterator[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found
