"""How long what the desk holds about persons is kept."""

from datetime import timedelta

from contempo.helpdesk.rules.questions import ENDED, State

QUESTION_KEPT = timedelta(days=2 * 365)
"""The words of a question, and who asked it, after it has ended: long enough to ask again about the same case."""

OVER = (State.CLOSED, *ENDED)
"""States in which a question has ended for good."""

DRAFT_KEPT = timedelta(days=30)
"""A question begun and not sent, after its last change."""

STRAY_MAIL_KEPT = timedelta(days=90)
"""An e-mail that belongs to no question."""
