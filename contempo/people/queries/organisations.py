"""The names of organisations, which a higher context knows."""

from collections.abc import Callable, Iterable

OrganisationNames = Callable[[Iterable[int]], dict[int, str]]
_ports: list[OrganisationNames] = []


def register_organisation_names(names: OrganisationNames) -> None:
    """Let `names(ids) -> {id: name}` (one SQL) tell how organisations are called; the last one registered answers."""
    _ports[:] = [names]


def organisation_names(ids: Iterable[int | None]) -> dict[int, str]:
    """The name of each organisation of `ids` that is known."""
    wanted = {key for key in ids if key is not None}
    return _ports[0](wanted) if _ports and wanted else {}
