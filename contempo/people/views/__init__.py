"""Pages of people: sign-in, profile, roles, invitations, notifications."""

from contempo.people.views.invitations import invitation, resend_invitation, revoke_invitation
from contempo.people.views.notifications import (
    choices,
    notifications,
    open_notification,
    read_all,
    read_notification,
    stop,
)
from contempo.people.views.profile import close_account, edit_profile, leave_role, my_data, profile
from contempo.people.views.roles import act_for, end_role, invite, people
from contempo.people.views.signin import start_again

__all__ = [
    "act_for",
    "choices",
    "close_account",
    "edit_profile",
    "end_role",
    "invitation",
    "invite",
    "leave_role",
    "my_data",
    "notifications",
    "open_notification",
    "people",
    "profile",
    "read_all",
    "read_notification",
    "resend_invitation",
    "revoke_invitation",
    "start_again",
    "stop",
]
