"""Facts of the registry of norms that others may listen to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NormChanged:
    """A norm that others may cite is no longer what it was: its text, its identity or its validity."""

    norm_id: int


@dataclass(frozen=True)
class NormEnded:
    """A norm is in force no longer. Told on the day it happens, once for each time it happens."""

    norm_id: int
