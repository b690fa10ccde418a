"""Inviting: letters, delegates, contacts that change, reminders."""
