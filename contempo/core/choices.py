"""Choices of a model field from the labels a rules room keeps."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


def choices(labels: Mapping[str, str]) -> list[tuple[str, Promise]]:
    """Pairs (value, label translated when shown) for `labels`, whose values are message ids marked with `N_`."""
    return [(str(value), gettext_lazy(label)) for value, label in labels.items()]
