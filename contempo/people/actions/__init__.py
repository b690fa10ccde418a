"""Changing people: accounts, roles, invitations, notifications."""

from contempo.people.actions.accounts import close_account, edit_profile, enrol, forget_expired, register
from contempo.people.actions.invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from contempo.people.actions.notifications import (
    choose_deliveries,
    mark_all_read,
    mark_read,
    notify,
    send_digest,
    stop_mails,
)
from contempo.people.actions.roles import end_role, grant

__all__ = [
    "accept_invitation",
    "choose_deliveries",
    "close_account",
    "edit_profile",
    "end_role",
    "enrol",
    "forget_expired",
    "grant",
    "invite",
    "mark_all_read",
    "mark_read",
    "notify",
    "register",
    "resend_invitation",
    "revoke_invitation",
    "send_digest",
    "stop_mails",
]
