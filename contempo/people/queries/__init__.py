"""Reading people: persons and actors, roles, invitations, profiles, notifications."""

from contempo.people.queries.acting import actor_of, remember_organisation
from contempo.people.queries.invitations import (
    InvitationCard,
    InvitationRow,
    invitation_by_token,
    pending_invitations,
)
from contempo.people.queries.menu import person_menu
from contempo.people.queries.notifications import (
    KindChoice,
    Told,
    ToldPage,
    awaiting_digest,
    kind_choices,
    newest_unread,
    told,
    unread_count,
)
from contempo.people.queries.persons import (
    PersonBrief,
    actor_by_ids,
    actor_for,
    address_of,
    holders,
    names,
    organisations_of,
    persons_of_organisation,
    persons_with,
    verified_addresses,
)
from contempo.people.queries.profile import (
    HeldRole,
    Profile,
    editable,
    held_roles,
    landing_of,
    personal_data,
    profile_of,
)
from contempo.people.queries.roles import GrantRow, RoleToEnd, every_role, role_list, role_to_end

__all__ = [
    "GrantRow",
    "HeldRole",
    "InvitationCard",
    "InvitationRow",
    "KindChoice",
    "PersonBrief",
    "Profile",
    "RoleToEnd",
    "Told",
    "ToldPage",
    "actor_by_ids",
    "actor_for",
    "actor_of",
    "address_of",
    "awaiting_digest",
    "editable",
    "every_role",
    "held_roles",
    "holders",
    "invitation_by_token",
    "kind_choices",
    "landing_of",
    "names",
    "newest_unread",
    "organisations_of",
    "pending_invitations",
    "person_menu",
    "personal_data",
    "persons_of_organisation",
    "persons_with",
    "profile_of",
    "remember_organisation",
    "role_list",
    "role_to_end",
    "told",
    "unread_count",
    "verified_addresses",
]
