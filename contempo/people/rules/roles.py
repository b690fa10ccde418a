"""Roles and the actor: who asks, in which network, on whose behalf, and when a role may end."""

from dataclasses import dataclass
from enum import StrEnum

from contempo.core.verdict import Refusal
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

ROLE_MEANINGS: dict[str, str] = {
    NetworkRole.COORDINATOR: N_("Runs the agency: examines requests, manages people and organisations."),
    NetworkRole.STEERING: N_("Sits in the steering group, the first level of governance."),
    NetworkRole.EVALUATOR: N_("Sits in the evaluation committee, the third level of governance."),
    NetworkRole.EXPERT: N_("Answers the questions that reach the desk."),
    NetworkRole.OBSERVER: N_("Reads figures and records for the body that funds the network; changes nothing."),
    OrganisationRole.REPRESENTATIVE: N_("Signs for the organisation and chooses who acts for it."),
    OrganisationRole.EDITOR: N_("Keeps the page and the data of the organisation up to date."),
    OrganisationRole.HR_MANAGER: N_("Follows staff, measures and questionnaires of the organisation."),
    OrganisationRole.DELEGATE: N_("Speaks for the organisation in the assembly."),
}

# A network without a coordinator, or an organisation without a legal representative, could not go on.
INDISPENSABLE = frozenset({NetworkRole.COORDINATOR, OrganisationRole.REPRESENTATIVE})


@dataclass(frozen=True)
class Actor:
    """A person (or a visitor, `person_id` None) in one network (or in none), built once per request.

    `roles` are the roles held in the network as a whole; `organisation_roles` maps each organisation of this network
    for which the person acts to the roles held there; `acting_for` is the one chosen with the switch, if any.
    `is_system` marks the platform itself: loaders and jobs, and what another context has already authorised.
    """

    person_id: int | None = None
    network_id: int | None = None
    roles: frozenset[NetworkRole] = frozenset()
    organisation_roles: tuple[tuple[int, frozenset[OrganisationRole]], ...] = ()
    acting_for: int | None = None
    is_system: bool = False

    @property
    def is_visitor(self) -> bool:
        return self.person_id is None and not self.is_system

    @property
    def organisations(self) -> tuple[int, ...]:
        """The organisations of this network the person may act for."""
        return tuple(organisation_id for organisation_id, _roles in self.organisation_roles)

    def has(self, *roles: NetworkRole) -> bool:
        """Whether the person holds any of `roles` in this network."""
        return not self.roles.isdisjoint(roles)

    def roles_for(self, organisation_id: int) -> frozenset[OrganisationRole]:
        """Roles held for one organisation of this network; empty when there is none."""
        return dict(self.organisation_roles).get(organisation_id, frozenset())


VISITOR = Actor()
SYSTEM = Actor(is_system=True)


def require_scope(role: Role, organisation_id: int | None) -> None:
    """A network role names no organisation, an organisation role names one; Refusal on field `role` otherwise."""
    if isinstance(role, NetworkRole) and organisation_id is not None:
        raise Refusal(N_("This role belongs to the whole network, not to one organisation."), field="role")
    if isinstance(role, OrganisationRole) and organisation_id is None:
        raise Refusal(N_("This role is held for an organisation: choose which."), field="role")


def require_not_last(role: Role, other_holders: int) -> None:
    """Refusal when the role cannot stay empty and nobody else (`other_holders` persons) holds it in its scope."""
    if other_holders or role not in INDISPENSABLE:
        return
    if role is NetworkRole.COORDINATOR:
        raise Refusal(N_("A network cannot be without a coordinator: name another one first."))
    raise Refusal(N_("An organisation cannot be without a legal representative: name another one first."))
