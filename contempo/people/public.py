"""What other contexts may use of people."""

from contempo.people.actions import grant, notify
from contempo.people.queries import (
    PersonBrief,
    actor_for,
    desk_cards,
    names,
    persons_of_organisation,
    persons_with,
    register_desk_source,
    register_organisation_names,
    unread_count,
)
from contempo.people.rules import (
    ROLE_LABELS,
    VISITOR,
    Actor,
    Delivery,
    DeskCard,
    Kind,
    NetworkRole,
    OrganisationRole,
    register_notification_kind,
)

__all__ = [
    "ROLE_LABELS",
    "VISITOR",
    "Actor",
    "Delivery",
    "DeskCard",
    "Kind",
    "NetworkRole",
    "OrganisationRole",
    "PersonBrief",
    "actor_for",
    "desk_cards",
    "grant",
    "names",
    "notify",
    "persons_of_organisation",
    "persons_with",
    "register_desk_source",
    "register_notification_kind",
    "register_organisation_names",
    "unread_count",
]
