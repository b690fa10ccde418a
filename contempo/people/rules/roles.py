"""Roles and the actor: who asks, in which network, on whose behalf."""

from dataclasses import dataclass
from enum import StrEnum

from contempo.core.words import N_


class NetworkRole(StrEnum):
    """What a person does for a whole network."""

    COORDINATOR = "coordinator"
    STEERING = "steering"
    EVALUATOR = "evaluator"
    EXPERT = "expert"
    OBSERVER = "observer"


class OrganisationRole(StrEnum):
    """What a person does on behalf of one organisation of a network."""

    REPRESENTATIVE = "representative"
    EDITOR = "editor"
    HR_MANAGER = "hr_manager"
    DELEGATE = "delegate"


Role = NetworkRole | OrganisationRole


def role_named(name: str) -> Role:
    """The role stored as `name`; ValueError when there is none."""
    return NetworkRole(name) if name in set(NetworkRole) else OrganisationRole(name)


ROLE_LABELS: dict[str, str] = {
    NetworkRole.COORDINATOR: N_("Coordinator"),
    NetworkRole.STEERING: N_("Steering group member"),
    NetworkRole.EVALUATOR: N_("Evaluator"),
    NetworkRole.EXPERT: N_("Expert"),
    NetworkRole.OBSERVER: N_("Observer of the funding body"),
    OrganisationRole.REPRESENTATIVE: N_("Legal representative"),
    OrganisationRole.EDITOR: N_("Editor"),
    OrganisationRole.HR_MANAGER: N_("Human resources manager"),
    OrganisationRole.DELEGATE: N_("Delegate"),
}


@dataclass(frozen=True)
class Actor:
    """A person (or a visitor, `person_id` None) in one network (or in none), built once per request.

    `roles` are the roles held in the network as a whole; `organisation_roles` maps each organisation of this network
    for which the person acts to the roles held there; `acting_for` is the one chosen with the switch, if any.
    """

    person_id: int | None = None
    network_id: int | None = None
    roles: frozenset[NetworkRole] = frozenset()
    organisation_roles: tuple[tuple[int, frozenset[OrganisationRole]], ...] = ()
    acting_for: int | None = None

    @property
    def is_visitor(self) -> bool:
        return self.person_id is None

    def has(self, *roles: NetworkRole) -> bool:
        """Whether the person holds any of `roles` in this network."""
        return not self.roles.isdisjoint(roles)

    def roles_for(self, organisation_id: int) -> frozenset[OrganisationRole]:
        """Roles held for one organisation of this network; empty when there is none."""
        return dict(self.organisation_roles).get(organisation_id, frozenset())


VISITOR = Actor()
