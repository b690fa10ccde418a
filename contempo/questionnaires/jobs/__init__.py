"""What questionnaires do by themselves. Safe to run twice, and after any stop."""

from contempo.questionnaires.jobs import columns, keeping, reading, sending

__all__ = ["columns", "keeping", "reading", "sending"]
