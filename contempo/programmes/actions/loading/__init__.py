"""A plan loaded from a file: what may be changed is asked first, then rows are made, changed and taken away by key."""

from contempo.programmes.actions.loading.loading import Hindered, load_plan

__all__ = ["Hindered", "load_plan"]
