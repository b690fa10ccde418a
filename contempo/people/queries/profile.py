"""What a person sees of their own account."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext

from contempo.people.models import Consent, Invitation, Notification, NotificationChoice, Person, RoleGrant
from contempo.people.rules import ROLE_LABELS, further_personal_data, landing, networks, organisation_names

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True)
class HeldRole:
    """A role the person holds; `organisation` is empty for a role in the whole network."""

    id: int
    role: str
    network: str
    network_url: str
    organisation: str
    since: datetime


@dataclass(frozen=True)
class Profile:
    """The account as its page shows it."""

    name: str
    email: str
    language: str
    joined_at: datetime
    has_password: bool
    has_two_step: bool
    roles: tuple[HeldRole, ...]


def profile_of(person: "Person | AnonymousUser") -> Profile:
    """The account of the signed-in person; four SQL at most."""
    assert isinstance(person, Person)
    two_step = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    return Profile(
        name=person.full_name,
        email=person.email or "",
        language=person.get_language_display(),
        joined_at=person.joined_at,
        has_password=person.has_usable_password(),
        has_two_step=two_step.exists(),
        roles=held_roles(person.pk),
    )


def editable(person: "Person | AnonymousUser") -> dict[str, str]:
    """What the signed-in person may change of their account, by field. No SQL."""
    assert isinstance(person, Person)
    return {"full_name": person.full_name, "language": person.language}


def landing_of(person_id: int) -> str:
    """Where the person lands after signing in: what awaits them in their network, two SQL."""
    held = RoleGrant.objects.filter(person=person_id, until=None).values_list("network_id", flat=True)
    return landing(network.slug for network in networks(held.distinct()).values())


def held_roles(person_id: int) -> tuple[HeldRole, ...]:
    """The roles the person holds now, network roles first, the oldest first; three SQL."""
    grants = list(
        RoleGrant.objects.filter(person=person_id, until=None).order_by("network_id", "organisation_id", "since", "pk")
    )
    places = networks(grant.network_id for grant in grants)
    called = organisation_names(grant.organisation_id for grant in grants)
    held = []
    for grant in grants:
        network = places.get(grant.network_id)
        held.append(
            HeldRole(
                id=grant.pk,
                role=gettext(ROLE_LABELS[grant.role]),
                network=network.name if network else "",
                network_url=f"/{network.slug}/" if network else "",
                organisation=called.get(grant.organisation_id or 0, ""),
                since=grant.since,
            )
        )
    return tuple(held)


def personal_data(person_id: int) -> dict[str, Any]:
    """Everything the platform holds about the person, ready for JSON: what is here, and what other contexts add.

    No password, no secret of two-step verification, no token of invitations.
    """
    person = Person.objects.get(pk=person_id)
    addresses = EmailAddress.objects.filter(user=person)
    mine = {"person": person_id}
    return {
        "person": {
            "full_name": person.full_name,
            "email": person.email,
            "language": person.language,
            "joined_at": person.joined_at,
            "last_login": person.last_login,
            "has_password": person.has_usable_password(),
        },
        "email_addresses": list(addresses.values("email", "verified", "primary")),
        "two_step_verification": list(
            Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
        ),
        "roles": list(
            RoleGrant.objects.filter(**mine)
            .order_by("pk")
            .values("role", "network_id", "organisation_id", "since", "until")
        ),
        "invitations": list(
            Invitation.objects.filter(email=person.email)
            .order_by("pk")
            .values("role", "network_id", "organisation_id", "invited_at", "expires_at", "accepted_at", "revoked_at")
        ),
        "consents": list(Consent.objects.filter(**mine).order_by("pk").values("document", "version", "given_at")),
        "notification_choices": list(
            NotificationChoice.objects.filter(**mine).order_by("kind").values("kind", "delivery")
        ),
        "notifications": list(
            Notification.objects.filter(**mine)
            .order_by("pk")
            .values("network_id", "kind", "title", "text", "at", "read_at")
        ),
        **further_personal_data(person_id),
    }
