"""A plan as the tree of its file."""

from contempo.programmes.models.tree import tree_of

__all__ = ["tree_of"]
