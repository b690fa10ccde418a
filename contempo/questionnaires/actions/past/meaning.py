"""Municipalities and organisations as files name them: a name means one of them, or says why not."""

from functools import lru_cache

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.network.public import organisation_named, places_named


@lru_cache(maxsize=8192)
def _found(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((place.code, place.label) for place in places_named(text))


def place_meant(text: str) -> tuple[str, str]:
    """ISTAT code and label of the municipality that a text means. `Refusal` for none or several. One SQL for each name,
    once.
    """
    found = _found(text)
    if not found:
        raise Refusal(N_("There is no municipality called “%(value)s”."), value=text[:60])
    if len(found) > 1:
        raise Refusal(N_("Several municipalities are called “%(value)s”: write the province too."), value=text[:60])
    return found[0]


def organisation_meant(network_id: int, text: str) -> int:
    """The organisation of the registry that a name means; `Refusal` for none or several. One SQL."""
    found = organisation_named(network_id, text)
    if found is None:
        raise Refusal(N_("The registry has no organisation called “%(value)s”."), value=text[:60])
    return found
