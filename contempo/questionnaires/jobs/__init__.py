"""What questionnaires do by themselves. Safe to run twice, and after any stop."""

from contempo.questionnaires.jobs import sending

__all__ = ["sending"]
