"""The registry: organisations, what they publish, their seats and contacts, their membership."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max

from contempo.core import clock, search
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.text import slugify
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.network.access import may_edit_organisation, may_run_agency
from contempo.network.events import MembershipBegun, MembershipEnded
from contempo.network.models import Contact, Membership, Network, Organisation, Seat
from contempo.network.rules.membership import check_beginning
from contempo.network.rules.organisations import (
    RESERVED_SLUGS,
    Experience,
    Priority,
    Publishable,
    check_identifiers,
    core_name,
    search_name,
)
from contempo.people.public import Actor

EDITABLE = frozenset(
    {
        "name",
        "legal_form",
        "ipa_code",
        "ateco_code",
        "headcount",
        "website",
        "pec",
        "email",
        "phone",
        "description",
        "experience_kinds",
        "experience",
        "territory",
        "aims",
        "priorities",
        "published",
    }
)
"""What an organisation may change by itself; kind, identifiers and municipality are changed by the agency."""

AGENCY_ONLY = frozenset({"kind", "tax_code", "vat_number", "municipality_id"})

_CHOICES = {"priorities": Priority, "experience_kinds": Experience, "published": Publishable}


@action
def register_organisation(actor: Actor, *, record: dict[str, Any], source: str = "") -> Organisation:
    """Add an organisation to the registry of the actor's network, not yet a member."""
    require(may_run_agency(actor))
    return add_organisation(actor.network_id, record, source)


@action
def name_organisations(actor: Actor, *, named: Iterable[tuple[str, str, str]], source: str = "") -> dict[str, int]:
    """The organisations called by slug, name and kind, by slug; those the registry lacks are added, not as members.

    What the registry knows stays as it is. Refusal for a slug that addresses use for something else.
    """
    require(may_run_agency(actor))
    lock_registry(actor.network_id)
    wanted = {slug: (name, kind) for slug, name, kind in named}
    known = dict(Organisation.objects.filter(network_id=actor.network_id, slug__in=wanted).values_list("slug", "id"))
    if reserved := RESERVED_SLUGS & (wanted.keys() - known.keys()):
        raise Refusal(N_("An organisation cannot be called “%(slug)s” in addresses."), slug=min(reserved))
    for slug in sorted(wanted.keys() - known.keys()):
        name, kind = wanted[slug]
        organisation = Organisation(
            network_id=actor.network_id, slug=slug, name=name, kind=kind, source=source, created_at=clock.now()
        )
        _complete(organisation)
        organisation.save()
        index(organisation)
        known[slug] = organisation.id
    return known


def add_organisation(network_id: int, record: dict[str, Any], source: str = "") -> Organisation:
    """Insert an organisation from `record` (fields of `EDITABLE` and `AGENCY_ONLY`), refusing a doubled tax code."""
    check_fields(record)
    lock_registry(network_id)
    _check_tax_code(network_id, record.get("tax_code", ""), besides=None)
    organisation = Organisation(network_id=network_id, source=source, created_at=clock.now(), **record)
    _complete(organisation)
    organisation.slug = _free_slug(network_id, organisation.name)
    organisation.save()
    index(organisation)
    return organisation


@action
def change_organisation(actor: Actor, *, organisation_id: int, changes: dict[str, Any]) -> Organisation:
    """Change the record of an organisation; identifiers, kind and municipality only by the agency."""
    require(may_edit_organisation(actor, organisation_id))
    if AGENCY_ONLY & changes.keys():
        require(may_run_agency(actor))
        lock_registry(actor.network_id)
    organisation = _locked(actor, organisation_id)
    update_organisation(organisation, changes)
    return organisation


def update_organisation(organisation: Organisation, changes: dict[str, Any]) -> None:
    """Write `changes` on a locked organisation and index it anew; a change of tax code needs the registry locked."""
    check_fields(changes)
    if "tax_code" in changes:
        _check_tax_code(organisation.network_id, changes["tax_code"], besides=organisation.id)
    for field, value in changes.items():
        setattr(organisation, field, value)
    _complete(organisation)
    organisation.save()
    index(organisation)


@action
def set_seats(actor: Actor, *, organisation_id: int, seats: Iterable[dict[str, Any]]) -> None:
    """Replace the seats of an organisation; the first is the main one."""
    require(may_edit_organisation(actor, organisation_id))
    organisation = _locked(actor, organisation_id)
    write_seats(organisation, seats)


def write_seats(organisation: Organisation, seats: Iterable[dict[str, Any]]) -> None:
    """Replace the seats of a locked organisation; the first is the main one."""
    organisation.seats.all().delete()
    Seat.objects.bulk_create(
        Seat(organisation=organisation, is_main=position == 0, **seat) for position, seat in enumerate(seats)
    )


@action
def set_contacts(actor: Actor, *, organisation_id: int, contacts: Iterable[dict[str, str]]) -> None:
    """Replace the people to speak to in an organisation; the first is the first contact."""
    require(may_edit_organisation(actor, organisation_id))
    organisation = _locked(actor, organisation_id)
    organisation.contacts.all().delete()
    Contact.objects.bulk_create(
        Contact(organisation=organisation, is_main=position == 0, **contact)
        for position, contact in enumerate(contacts)
    )


@action
def begin_membership(
    actor: Actor, *, organisation_id: int, since: date, agreement_id: int | None, lead: bool = False
) -> Membership:
    """Record that an organisation is a member since a day, without a request: first signatories and their like."""
    require(may_run_agency(actor))
    network = lock_registry(actor.network_id)
    membership = open_membership(_locked(actor, organisation_id), since, agreement_id)
    if lead:
        network.lead_id = organisation_id
        network.save(update_fields=["lead"])
    return membership


def open_membership(organisation: Organisation, since: date, agreement_id: int | None) -> Membership:
    """Begin the membership of a locked organisation: period, mirror, public page, event."""
    if organisation.member_since is not None:
        raise Refusal(N_("This organisation is a member already."))
    last_until = organisation.memberships.aggregate(last=Max("until"))["last"]
    check_beginning(since, today=clock.today(), last_until=last_until)
    membership = Membership.objects.create(
        network_id=organisation.network_id, organisation=organisation, since=since, agreement_id=agreement_id
    )
    organisation.member_since = since
    organisation.save(update_fields=["member_since"])
    index(organisation)
    publish(MembershipBegun(organisation_id=organisation.id), network_id=organisation.network_id)
    return membership


def close_membership(organisation: Organisation, until: date, reason: str) -> None:
    """End the open membership of a locked organisation on `until` (first day on which it is a member no longer)."""
    if Network.objects.filter(id=organisation.network_id, lead=organisation).exists():
        raise Refusal(N_("This organisation leads the network: name another lead first."))
    membership = Membership.objects.select_for_update().get(organisation=organisation, until__isnull=True)
    membership.until = max(until, membership.since)
    membership.end_reason = reason
    membership.save(update_fields=["until", "end_reason"])
    organisation.member_since = None
    organisation.save(update_fields=["member_since"])
    index(organisation)
    publish(MembershipEnded(organisation_id=organisation.id), network_id=organisation.network_id)


def lock_registry(network_id: int) -> Network:
    """The network, locked until the end of the transaction: whoever gives out tax codes or numbers queues up here.

    Taken before any request or organisation, so that two who need both never wait for each other crosswise.
    """
    return Network.objects.select_for_update(no_key=True).get(id=network_id)


def lock_organisation(network_id: int, organisation_id: int) -> Organisation:
    """The organisation of a network, locked until the end of the transaction; Refusal when it is not there."""
    found = Organisation.objects.select_for_update().filter(network_id=network_id, id=organisation_id).first()
    if found is None:
        raise Refusal(N_("This organisation is not in the registry."))
    return found


def index(organisation: Organisation) -> None:
    """Put the organisation into the site search: public while it is a member, with what it chose to publish."""
    search.put(**search_entry(organisation))


def search_entry(organisation: Organisation) -> dict[str, Any]:
    """The entry of an organisation in the site search."""
    shown = set(organisation.published)
    body = [organisation.legal_form]
    body += [organisation.description] if Publishable.DESCRIPTION in shown else []
    body += [organisation.experience] if Publishable.EXPERIENCE in shown else []
    body += [organisation.aims] if Publishable.AIMS in shown else []
    return {
        "network_id": organisation.network_id,
        "kind": "organisation",
        "key": str(organisation.id),
        "title": organisation.name,
        "body": "\n".join(filter(None, body)),
        "url": f"soggetti/{organisation.slug}/",
        "public": organisation.member_since is not None,
    }


def check_fields(record: dict[str, Any]) -> None:
    """Guard against fields and choices that no form may reach."""
    if unknown := record.keys() - EDITABLE - AGENCY_ONLY:
        raise ValueError(f"not editable: {sorted(unknown)}")
    for field, known in _CHOICES.items():
        if unknown := set(record.get(field, ())) - set(known):
            raise ValueError(f"{field}: no such choice: {sorted(unknown)}")


def _locked(actor: Actor, organisation_id: int) -> Organisation:
    return lock_organisation(actor.network_id, organisation_id)


def _complete(organisation: Organisation) -> None:
    check_identifiers(kind=organisation.kind, tax_code=organisation.tax_code, ipa_code=organisation.ipa_code)
    organisation.search_name = search_name(organisation.name)[:200]
    organisation.core_name = core_name(organisation.name)[:200]


def _check_tax_code(network_id: int, tax_code: str, besides: int | None) -> None:
    taken = Organisation.objects.filter(network_id=network_id, tax_code=tax_code).exclude(id=besides)
    if tax_code and (other := taken.first()):
        raise Refusal(
            N_("The registry has this tax code already: it belongs to “%(name)s”."), field="tax_code", name=other.name
        )


def _free_slug(network_id: int, name: str) -> str:
    wanted = slugify(name)[:70].strip("-") or "organizzazione"
    begun = Organisation.objects.filter(network_id=network_id, slug__startswith=wanted)
    taken = RESERVED_SLUGS.union(begun.values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{wanted}-{number}") not in taken)
