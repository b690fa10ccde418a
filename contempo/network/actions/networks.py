"""Opening and describing a network, publishing its agreement."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files import File

from contempo.core import clock, files
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.network.access import may_run_agency, may_run_installation
from contempo.network.actions.organisations import lock_registry
from contempo.network.models import AgreementVersion, DeclaredFact, Municipality, Network
from contempo.network.rules.networks import network_slug
from contempo.people.public import Actor

_DESCRIBABLE = frozenset(
    {
        "name",
        "short_name",
        "accent",
        "funder",
        "constituted_on",
        "contact_email",
        "contact_phone",
        "contact_address",
        "opening_hours",
        "accessibility_url",
        "about_it",
        "about_en",
        "governance_it",
        "governance_en",
    }
)


@action
def open_network(
    actor: Actor, *, slug: str, name: str, short_name: str, contact_email: str, demo: bool = False
) -> Network:
    """Create a network. Run by the operator of the installation; who signs in comes later, by invitation.

    A `demo` network says on its pages that it is there for trying.
    """
    require(may_run_installation(actor))
    network, created = Network.objects.get_or_create(
        slug=network_slug(slug),
        defaults={
            "name": name,
            "short_name": short_name,
            "contact_email": contact_email,
            "demo": demo,
            "opened_at": clock.now(),
        },
    )
    if not created:
        raise Refusal(N_("A network with this address exists already."), field="slug")
    return network


@action
def describe_network(actor: Actor, *, changes: dict[str, Any], logo: "File[bytes] | None" = None) -> Network:
    """Change names, origin, contacts, colour and texts of the actor's network; `logo` is an uploaded picture."""
    require(may_run_agency(actor))
    network = lock_registry(actor.network_id)
    if unknown := set(changes) - _DESCRIBABLE:
        raise ValueError(f"not describable: {sorted(unknown)}")
    for field, value in changes.items():
        setattr(network, field, value)
    if logo is not None:
        network.logo = _kept_logo(actor, network, logo)
    network.save()
    return network


def _kept_logo(actor: Actor, network: Network, logo: "File[bytes]") -> UUID:
    attachment = files.accept(
        logo,
        network_id=network.id,
        owner_kind="network",
        owner_id=network.id,
        purpose="logo",
        person_id=actor.person_id,
        field="logo",
    )
    if not files.is_image(attachment):
        raise Refusal(N_("The logo must be a picture: PNG, JPEG or WebP."), field="logo")
    if network.logo:
        files.discard(network.logo, owner_kind="network", owner_id=network.id)
    return attachment.key


@action
def set_territory(actor: Actor, *, municipalities: Iterable[str]) -> None:
    """Set the municipalities (ISTAT codes) of the actor's network."""
    require(may_run_agency(actor))
    network = lock_registry(actor.network_id)
    wanted = set(municipalities)
    known = Municipality.objects.in_bulk(wanted)
    if unknown := wanted - known.keys():
        raise Refusal(
            N_("These codes are of no municipality: %(codes)s."), field="territory", codes=", ".join(sorted(unknown))
        )
    network.territory.set(known.values())


@action
def declare_facts(actor: Actor, *, facts: Iterable[dict[str, Any]]) -> None:
    """Replace the figures the actor's network declares; each fact has the fields of `DeclaredFact`."""
    require(may_run_agency(actor))
    network = lock_registry(actor.network_id)
    DeclaredFact.objects.filter(network=network).delete()
    DeclaredFact.objects.bulk_create(DeclaredFact(network=network, **fact) for fact in facts)


@action
def publish_agreement(actor: Actor, *, text_it: str, text_en: str, in_force_from: date) -> AgreementVersion:
    """Publish the next version of the agreement; earlier versions stay as they were."""
    require(may_run_agency(actor))
    network = lock_registry(actor.network_id)
    last = AgreementVersion.objects.filter(network=network).order_by("-number").first()
    if last and in_force_from < last.in_force_from:
        raise Refusal(N_("A new version cannot be in force before the one it follows."), field="in_force_from")
    return AgreementVersion.objects.create(
        network=network,
        number=last.number + 1 if last else 1,
        text_it=text_it,
        text_en=text_en,
        in_force_from=in_force_from,
        published_at=clock.now(),
    )
