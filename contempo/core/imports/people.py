"""Who imports, for the jobs: the kernel knows persons by number only, so people says the rest. Pure."""

from collections.abc import Callable, Iterable

from contempo.core.imports.kinds import Actor

_actor_of: list[Callable[[int, int, int | None], Actor]] = []
_names: list[Callable[[Iterable[int | None]], dict[int, str]]] = []


def register_people(
    *,
    actor_of: Callable[[int, int, int | None], Actor],
    names: Callable[[Iterable[int | None]], dict[int, str]],
) -> None:
    """`actor_of(person_id, network_id, acting_for)` is that person as an actor; `names(ids)` how they are called."""
    _actor_of[:], _names[:] = [actor_of], [names]


def actor_of(person_id: int, network_id: int, acting_for: int | None) -> Actor:
    """The person as an actor, with the roles held now."""
    return _actor_of[0](person_id, network_id, acting_for)


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """What the persons are called."""
    return _names[0](ids)
