"""Who may manage whom. A network's coordinators manage its people; a legal representative those of one organisation."""

from django.db.models import Q, QuerySet

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.people.models import Invitation, RoleGrant
from contempo.people.rules import Actor, NetworkRole, OrganisationRole, Role, organisation_networks, role_named

GIVEN_BY_REPRESENTATIVES = (OrganisationRole.EDITOR, OrganisationRole.HR_MANAGER, OrganisationRole.DELEGATE)


def may_see_people(actor: Actor, *, network_id: int, organisation_id: int | None = None) -> Verdict:
    """Whether the actor may open the list of roles of the network, or of one organisation of it; one SQL at most."""
    if organisation_id is not None and organisation_networks([organisation_id]).get(organisation_id) != network_id:
        return because(N_("This organisation is not in the network."))
    return _manages(actor, network_id, organisation_id)


def may_give(actor: Actor, *, role: Role, network_id: int, organisation_id: int | None) -> Verdict:
    """Whether the actor may give (or offer by invitation) `role` in this scope; one SQL at most."""
    verdict = may_see_people(actor, network_id=network_id, organisation_id=organisation_id)
    return _within_reach(actor, role, network_id) if verdict else verdict


def may_end(actor: Actor, grant: RoleGrant) -> Verdict:
    """Whether the actor may end this role; everyone may lay down their own. No SQL."""
    if actor.person_id is not None and actor.person_id == grant.person_id:
        return ALLOWED
    verdict = _manages(actor, grant.network_id, grant.organisation_id)
    return _within_reach(actor, role_named(grant.role), grant.network_id) if verdict else verdict


def _manages(actor: Actor, network_id: int, organisation_id: int | None) -> Verdict:
    if actor.is_system or _coordinates(actor, network_id):
        return ALLOWED
    if organisation_id is None:
        return because(N_("Only those who coordinate the network manage its people."))
    if _represents(actor, network_id, organisation_id):
        return ALLOWED
    return because(N_("Only the legal representative and the coordinators manage who acts for the organisation."))


def _within_reach(actor: Actor, role: Role, network_id: int) -> Verdict:
    if actor.is_system or _coordinates(actor, network_id) or role in GIVEN_BY_REPRESENTATIVES:
        return ALLOWED
    return because(N_("Only those who coordinate the network name a legal representative."))


def givable_roles(actor: Actor, *, network_id: int, organisation_id: int | None) -> tuple[Role, ...]:
    """The roles the actor may give in this scope, in the order they are shown."""
    if not may_see_people(actor, network_id=network_id, organisation_id=organisation_id):
        return ()
    scope: type[NetworkRole] | type[OrganisationRole] = NetworkRole if organisation_id is None else OrganisationRole
    return tuple(role for role in scope if _within_reach(actor, role, network_id))


def grants_visible_to(actor: Actor, grants: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
    """The roles the actor may see: all of a network coordinated, of organisations represented, and their own."""
    return grants if actor.is_system else grants.filter(_scope(actor) | Q(person=actor.person_id))


def invitations_visible_to(actor: Actor, invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """The invitations the actor may see: of the network coordinated, or of organisations represented."""
    return invitations if actor.is_system else invitations.filter(_scope(actor))


def _coordinates(actor: Actor, network_id: int) -> bool:
    return actor.network_id == network_id and actor.has(NetworkRole.COORDINATOR)


def _represents(actor: Actor, network_id: int, organisation_id: int) -> bool:
    return actor.network_id == network_id and OrganisationRole.REPRESENTATIVE in actor.roles_for(organisation_id)


def _scope(actor: Actor) -> Q:
    if actor.has(NetworkRole.COORDINATOR):
        return Q(network_id=actor.network_id)
    represented = [
        organisation_id
        for organisation_id, roles in actor.organisation_roles
        if OrganisationRole.REPRESENTATIVE in roles
    ]
    return Q(network_id=actor.network_id, organisation_id__in=represented)
