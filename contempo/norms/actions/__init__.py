"""What changes the registry of norms."""

from contempo.norms.actions.endings import end_norm, replace_norm, restore_norm, tell_endings
from contempo.norms.actions.records import add_norm, change_norm
from contempo.norms.actions.starter import load_starter_norms

__all__ = [
    "add_norm",
    "change_norm",
    "end_norm",
    "load_starter_norms",
    "replace_norm",
    "restore_norm",
    "tell_endings",
]
