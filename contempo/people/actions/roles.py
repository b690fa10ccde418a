"""Giving and ending roles."""

from django.db import transaction

from contempo.core.clock import now
from contempo.people.models import RoleGrant
from contempo.people.rules import Actor, Role, role_named


@transaction.atomic
def grant(
    actor: Actor, *, person_id: int, role: Role, network_id: int, organisation_id: int | None = None
) -> RoleGrant:
    """Give `role` to a person, in the network or for one organisation of it; a grant held already is returned."""
    found, _created = RoleGrant.objects.get_or_create(
        person_id=person_id,
        role=role_named(role).value,
        network_id=network_id,
        organisation_id=organisation_id,
        until=None,
        defaults={"since": now(), "granted_by_id": actor.person_id},
    )
    return found
