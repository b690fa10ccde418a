"""Conflicts of interest: whose questions an expert can neither see nor receive.

Experts are often lent by unions, employers' associations and companies. By analogy with law 241/1990, article 6-bis,
by which whoever gives an opinion in a proceeding abstains in case of a conflict of interest, even a potential one,
the desk does not leave it to them: who acts for the other party, or for an organisation of either side of the same
dispute, is kept away from the question. Unions are the side of the workers; companies, employers' associations and
social co-operatives, as employers, are the other. The rule looks only at roles that are recorded, so that anybody can
check it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from contempo.core.words import N_
from contempo.helpdesk.rules.asking import Capacity


class Side(StrEnum):
    """Sides of a dispute at work."""

    WORKERS = "workers"
    EMPLOYERS = "employers"


_SIDES = {
    "trade_union": Side.WORKERS,
    "company": Side.EMPLOYERS,
    "employers_association": Side.EMPLOYERS,
    "social_cooperative": Side.EMPLOYERS,
}
"""The side an organisation is on, by its kind; public bodies, schools and associations take none."""

_ASKING = {Capacity.WORKER: Side.WORKERS, Capacity.UNION: Side.WORKERS, Capacity.EMPLOYER: Side.EMPLOYERS}


@dataclass(frozen=True)
class Organisation:
    """An organisation by its id and kind; `id` is None for a counterpart the registry does not know."""

    id: int | None
    kind: str


@dataclass(frozen=True)
class Parties:
    """Who is concerned by a question: the person who asked, in what capacity, and the counterparts named."""

    asker_id: int | None
    capacity: str
    counterparts: tuple[Organisation, ...] = ()


def side_of(kind: str) -> Side | None:
    """The side organisations of this kind are on; None when on neither."""
    return _SIDES.get(kind)


def sides_of(parties: Parties) -> frozenset[Side]:
    """The sides in dispute: none unless a counterpart is named.

    Who asks is on the side of their capacity; a counterpart that is a union on that of the workers, any other on that
    of the employers.
    """
    if not parties.counterparts:
        return frozenset()
    against = {side_of(party.kind) or Side.EMPLOYERS for party in parties.counterparts}
    asking = _ASKING.get(Capacity(parties.capacity))
    return frozenset(against | ({asking} if asking else set()))


@dataclass(frozen=True)
class Conflict:
    """Why somebody is kept away from a question: a message id."""

    reason: str


def conflict_of(person_id: int, acts_for: Iterable[Organisation], parties: Parties) -> Conflict | None:
    """The conflict of a person who acts for `acts_for` with a question; None when there is none.

    In order: who asked it; who acts for a counterpart; who acts for an organisation of a side of the dispute.
    """
    if parties.asker_id == person_id:
        return Conflict(N_("This person asked the question."))
    held = tuple(acts_for)
    if {party.id for party in parties.counterparts if party.id is not None} & {one.id for one in held}:
        return Conflict(N_("This person acts for an organisation named as counterpart."))
    if sides_of(parties) & {side_of(one.kind) for one in held}:
        return Conflict(N_("This person acts for an organisation of one side of the dispute."))
    return None
