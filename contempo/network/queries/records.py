"""The whole record of one organisation, for the agency and for the organisation itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _

from contempo.core import audit
from contempo.core.workflow import Look
from contempo.network.access import (
    READERS,
    may_edit_organisation,
    may_end_membership,
    may_run_agency,
    may_see_contacts,
    visible_organisations,
    visible_requests,
)
from contempo.network.models import AccessionRequest, Contact, Membership, Organisation, Seat
from contempo.network.queries.applications import in_words
from contempo.network.queries.history import Line, lines_of
from contempo.network.rules.accession import ACCESSION, State
from contempo.network.rules.organisations import (
    EXPERIENCE_LABELS,
    KIND_LABELS,
    PRIORITY_LABELS,
    PUBLIC_KINDS,
    PUBLISHABLE_LABELS,
    SIZE_LABELS,
    core_name,
    size_class,
)
from contempo.people.public import ROLE_LABELS, Actor, OrganisationRole, PersonBrief, holders

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SeatLine:
    """A place where the organisation works; `on_map` when its coordinates are known."""

    label: str
    address: str
    municipality: str
    is_main: bool
    on_map: bool


@dataclass(frozen=True)
class ContactLine:
    """A person to speak to."""

    name: str
    position: str
    email: str
    phone: str
    is_main: bool


@dataclass(frozen=True)
class RequestLine:
    """A request of the organisation; `url` leads to the agency's page, empty for who may not open it."""

    number: int
    state: Look
    since: date
    url: str


@dataclass(frozen=True)
class Period:
    """A period of membership, half-open; `until` None while it lasts, `agreement` the version signed, if any."""

    since: date
    until: date | None
    agreement: int | None


@dataclass(frozen=True)
class RoleHolders:
    """Who holds one role for the organisation."""

    role: str
    persons: tuple[PersonBrief, ...]


@dataclass(frozen=True)
class Record:
    """An organisation with all that belongs to it; `contacts` and `people` are None for who may not see them."""

    id: int
    name: str
    slug: str
    kind: str
    municipality: str
    member_since: date | None
    identity: Pairs
    reach: Pairs
    profile: Pairs
    published_parts: tuple[str, ...]
    published: tuple[str, ...]
    hidden: tuple[str, ...]
    seats: tuple[SeatLine, ...]
    contacts: tuple[ContactLine, ...] | None
    requests: tuple[RequestLine, ...]
    memberships: tuple[Period, ...]
    people: tuple[RoleHolders, ...] | None
    for_agency: bool
    reads_registry: bool
    may_edit: bool
    may_manage_people: bool
    may_end: bool
    may_lead: bool


@dataclass(frozen=True)
class Brief:
    """An organisation by name; `slug` is that of its public page, open while it is a member."""

    id: int
    name: str
    slug: str
    kind: str
    municipality: str
    member_since: date | None


def record(actor: Actor, *, network: str, organisation_id: int) -> Record | None:
    """The record of an organisation, None when the actor may not see it; `network` is the slug. At most six SQL."""
    organisation = _visible(actor, organisation_id)
    if organisation is None:
        return None
    sees_persons = bool(may_see_contacts(actor, organisation_id))
    roles = actor.roles_for(organisation_id)
    for_agency = bool(may_run_agency(actor))
    shown = set(organisation.published)
    return Record(
        id=organisation.id,
        name=organisation.name,
        slug=organisation.slug,
        kind=organisation.get_kind_display(),
        municipality=str(organisation.municipality or ""),
        member_since=organisation.member_since,
        identity=tuple(_identity(organisation)),
        reach=_reach(organisation),
        profile=tuple(_profile(organisation)),
        published_parts=tuple(organisation.published),
        published=tuple(_(label) for part, label in PUBLISHABLE_LABELS.items() if part in shown),
        hidden=tuple(_(label) for part, label in PUBLISHABLE_LABELS.items() if part not in shown),
        seats=tuple(_seat(seat) for seat in organisation.seats.select_related("municipality")),
        contacts=tuple(_contact(contact) for contact in organisation.contacts.all()) if sees_persons else None,
        requests=_requests(actor, network, organisation_id),
        memberships=_memberships(organisation_id),
        people=_people(organisation_id) if sees_persons else None,
        for_agency=for_agency,
        reads_registry=actor.has(*READERS),
        may_edit=bool(may_edit_organisation(actor, organisation_id)),
        may_manage_people=for_agency or OrganisationRole.REPRESENTATIVE in roles,
        may_lead=for_agency and bool(organisation.member_since),
        may_end=bool(organisation.member_since) and bool(may_end_membership(actor, organisation_id)),
    )


def record_history(actor: Actor, *, organisation_id: int) -> tuple[Line, ...]:
    """Who changed what in the record of an organisation, newest first; nothing when the actor may not see it.

    Contacts only for who may see them. The number of SQL does not grow with the history.
    """
    organisation = _visible(actor, organisation_id)
    if organisation is None:
        return ()
    related = ["seats", "memberships"]
    if may_see_contacts(actor, organisation_id):
        related.append("contacts")
    main = str(Organisation._meta.verbose_name)
    return lines_of(audit.history(organisation, limit=100, related=related), main=main)


def brief(actor: Actor, organisation_id: int) -> Brief | None:
    """What an organisation is called; None when the actor may not see its record. One SQL."""
    organisation = _visible(actor, organisation_id)
    return _line(organisation) if organisation else None


def alike(actor: Actor, name: str) -> tuple[Brief, ...]:
    """The organisations of the registry whose name has the same distinguishing words. One SQL."""
    registry = visible_organisations(actor, Organisation.objects.filter(core_name=core_name(name)[:200]))
    registry = registry.select_related("municipality")
    return tuple(_line(organisation) for organisation in registry[:10])


def typed_record(organisation_id: int) -> dict[str, Any]:
    """The fields of an organisation as a form begins with them, the municipality as "Name (PR)". One SQL."""
    organisation = Organisation.objects.select_related("municipality").get(id=organisation_id)
    kept = {field.name: getattr(organisation, field.attname) for field in Organisation._meta.concrete_fields}
    return {**kept, "municipality": str(organisation.municipality or "")}


def typed_seats(organisation_id: int) -> list[dict[str, Any]]:
    """The seats of an organisation as a form begins with them, the main one first. One SQL."""
    seats = Seat.objects.filter(organisation_id=organisation_id).select_related("municipality")
    return [
        {
            "label": seat.label,
            "address": seat.address,
            "postcode": seat.postcode,
            "municipality": str(seat.municipality),
            "latitude": seat.latitude,
            "longitude": seat.longitude,
            "first": seat.is_main,
        }
        for seat in seats
    ]


def typed_contacts(organisation_id: int) -> list[dict[str, Any]]:
    """The contacts of an organisation as a form begins with them, the first one first. One SQL."""
    contacts = Contact.objects.filter(organisation_id=organisation_id)
    return [dict(each) for each in contacts.values("full_name", "position", "email", "phone", first=F("is_main"))]


def own_organisations(actor: Actor) -> tuple[Brief, ...]:
    """The organisations the actor acts for in this network, by name. One SQL, none when there is none."""
    if not actor.organisations:
        return ()
    mine = Organisation.objects.filter(network_id=actor.network_id, id__in=actor.organisations)
    mine = mine.select_related("municipality")
    return tuple(_line(each) for each in mine)


def _visible(actor: Actor, organisation_id: int) -> Organisation | None:
    found = visible_organisations(actor, Organisation.objects.filter(id=organisation_id))
    return found.select_related("municipality").first()


def _line(it: Organisation) -> Brief:
    return Brief(it.id, it.name, it.slug, it.get_kind_display(), str(it.municipality or ""), it.member_since)


def _identity(it: Organisation) -> Iterator[tuple[str, str]]:
    yield _("Kind"), _(KIND_LABELS[it.kind])
    yield _("Legal form"), it.legal_form
    yield _("Tax code"), it.tax_code
    yield _("VAT number"), it.vat_number
    if it.ipa_code or it.kind in PUBLIC_KINDS:
        yield _("IPA code"), it.ipa_code
    yield _("ATECO code"), it.ateco_code
    yield _("Municipality"), str(it.municipality or "")
    yield _("People who work there"), "" if it.headcount is None else str(localize(it.headcount))
    size = size_class(it.headcount)
    yield _("Size"), _(SIZE_LABELS[size]) if size else ""
    if it.source:
        yield _("Source"), it.source


def _reach(it: Organisation) -> Pairs:
    return (
        (_("Website"), it.website),
        (_("Certified e-mail (PEC)"), it.pec),
        (_("E-mail"), it.email),
        (_("Telephone"), it.phone),
    )


def _profile(it: Organisation) -> Iterator[tuple[str, str]]:
    yield _("What it does"), it.description
    yield _("Territory in which it works"), it.territory
    yield _("Kinds of experience"), in_words(it.experience_kinds, EXPERIENCE_LABELS)
    yield _("Experience in work-life balance"), it.experience
    yield _("Aims of joining the network"), it.aims
    yield _("Priorities"), in_words(it.priorities, PRIORITY_LABELS)


def _seat(seat: Seat) -> SeatLine:
    return SeatLine(
        label=seat.label,
        address=", ".join(filter(None, [seat.address, seat.postcode])),
        municipality=str(seat.municipality),
        is_main=seat.is_main,
        on_map=seat.latitude is not None,
    )


def _contact(contact: Contact) -> ContactLine:
    return ContactLine(contact.full_name, contact.position, contact.email, contact.phone, contact.is_main)


def _requests(actor: Actor, network: str, organisation_id: int) -> tuple[RequestLine, ...]:
    rows = visible_requests(actor, AccessionRequest.objects.filter(organisation_id=organisation_id))
    opens = actor.has(*READERS)
    return tuple(
        RequestLine(
            number=row.number,
            state=ACCESSION.looks[row.state],
            since=row.state_since,
            url=_request_url(network, row, opens),
        )
        for row in rows.exclude(state=State.DRAFT).order_by("-submitted_at").defer("answers", "application")
    )


def _request_url(network: str, row: AccessionRequest, opens: bool) -> str:
    if opens:
        return reverse("network:examine", kwargs={"network": network, "number": row.number})
    return reverse("network:request", kwargs={"network": network, "key": row.key})


def _memberships(organisation_id: int) -> tuple[Period, ...]:
    rows = Membership.objects.filter(organisation_id=organisation_id).select_related("agreement").order_by("-since")
    return tuple(Period(row.since, row.until, row.agreement.number if row.agreement else None) for row in rows)


def _people(organisation_id: int) -> tuple[RoleHolders, ...]:
    return tuple(
        RoleHolders(_(ROLE_LABELS[role]), persons) for role, persons in holders(organisation_id).items() if persons
    )
