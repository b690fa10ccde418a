"""`@action`: what every function that writes has in common."""

import functools
import inspect
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.db import DatabaseError, connection, transaction

from contempo.core.audit import Author, writing_as
from contempo.core.verdict import Refusal
from contempo.core.words import N_

ATTEMPTS = 3
# Serialisation failure, deadlock, exclusion violation: the other transaction won, and asking again shows its result.
_LOST_RACES = frozenset({"40001", "40P01", "23P01"})

P = ParamSpec("P")
R = TypeVar("R")
A = TypeVar("A", bound=Author)


def action(function: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
    """Make `function(actor, *, …)` an action: one transaction, a known author, and another try after a lost race.

    All it writes is committed together or not at all, and its history tells the person, the organisation acted for,
    the network, the request and the action's name (`network.accession.admit` for `admit` in
    `contempo.network.actions.accession`). Called inside another action, or any open transaction, it joins that one:
    what is told is then the name of the outer action.

    When it is outermost, a serialisation failure, a deadlock or an exclusion violation (SQLSTATE 40001, 40P01, 23P01)
    makes it run again from the start, at most `ATTEMPTS` times, after which the person gets a `Refusal`.

    Raises `TypeError` at import when the first parameter is not `actor` or another one is not keyword-only.
    """
    name = _name_of(function)
    _check_signature(function)

    @functools.wraps(function)
    def run(actor: A, *args: P.args, **kwargs: P.kwargs) -> R:
        outermost = not connection.in_atomic_block
        tries = 0
        while True:
            try:
                with writing_as(actor, action=name), transaction.atomic():
                    return function(actor, *args, **kwargs)
            except DatabaseError as error:
                tries += 1
                if not outermost or getattr(error.__cause__, "sqlstate", None) not in _LOST_RACES:
                    raise
                if tries == ATTEMPTS:
                    raise Refusal(N_("Others are changing the same data right now. Try again in a moment.")) from error

    return run


def _name_of(function: Callable[..., object]) -> str:
    rooms = [room for room in function.__module__.split(".") if room not in ("contempo", "actions")]
    return ".".join([*rooms, function.__name__])


def _check_signature(function: Callable[..., object]) -> None:
    first, *others = inspect.signature(function).parameters.values()
    if first.name != "actor" or any(other.kind is not inspect.Parameter.KEYWORD_ONLY for other in others):
        raise TypeError(f"{function.__qualname__}: an action is called with (actor, *, …)")
