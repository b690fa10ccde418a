"""The rules of people: roles, invitations, notifications. Pure."""

from contempo.people.rules.notifications import (
    DELIVERY_LABELS,
    Delivery,
    DeskCard,
    Kind,
    notification_kind,
    notification_kinds,
    register_notification_kind,
)
from contempo.people.rules.roles import (
    ROLE_LABELS,
    VISITOR,
    Actor,
    NetworkRole,
    OrganisationRole,
    Role,
    role_named,
)

__all__ = [
    "DELIVERY_LABELS",
    "ROLE_LABELS",
    "VISITOR",
    "Actor",
    "Delivery",
    "DeskCard",
    "Kind",
    "NetworkRole",
    "OrganisationRole",
    "Role",
    "notification_kind",
    "notification_kinds",
    "register_notification_kind",
    "role_named",
]
