"""What higher contexts tell norms: who cites them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """Something published that cites a norm: its title and where it is."""

    title: str
    url: str


CitationSource = Callable[[int], Iterable[Citation]]

_sources: list[CitationSource] = []


def register_citations(source: CitationSource) -> None:
    """Let `source(norm_id)` (a constant number of SQL) tell what the public may read that cites a norm.

    Called by contexts when they start, each source once; titles are in the language of the request.
    """
    if source not in _sources:
        _sources.append(source)


def citations_of(norm_id: int) -> tuple[Citation, ...]:
    """What every source says cites the norm, in the order of the sources."""
    return tuple(citation for source in _sources for citation in source(norm_id))
