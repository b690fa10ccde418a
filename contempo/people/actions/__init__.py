"""Changing people: roles, invitations, profiles, notifications."""

from contempo.people.actions.notifications import notify
from contempo.people.actions.roles import grant

__all__ = ["grant", "notify"]
