"""The control of a claim: what may be accepted of each expense, and how the whole ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contempo.core.money import in_euro
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.programmes.rules.expenses import Problem

MOST_REASON = 2000


def judgement(claimed_cents: int, accepted_cents: int, reason: str) -> str:
    """The reason as it is kept. Raises `Refusal` when the amount cannot be accepted or a reduction is not explained."""
    reason = reason.strip()
    if accepted_cents < 0:
        raise Refusal(N_("The amount accepted cannot be less than zero."), field="accepted")
    if accepted_cents > claimed_cents:
        raise Refusal(
            N_("No more than what was claimed can be accepted: %(claimed)s."),
            field="accepted",
            claimed=in_euro(claimed_cents),
        )
    if accepted_cents < claimed_cents and not reason:
        raise Refusal(N_("Say why it is not accepted in full: the partner reads it."), field="reason")
    if len(reason) > MOST_REASON:
        raise Refusal(
            N_("The reason has %(count)s characters: at most %(most)s are allowed."),
            field="reason",
            count=len(reason),
            most=MOST_REASON,
        )
    return reason


@dataclass(frozen=True)
class Judged:
    """One expense of the claim whose control ends; `accepted_cents` None while nobody has judged it."""

    position: int
    allocation_id: int
    fingerprint: str
    claimed_cents: int
    accepted_cents: int | None


@dataclass(frozen=True)
class Room:
    """What is left of an allocation, and its name as people read it."""

    name: str
    cents: int


@dataclass(frozen=True)
class Paper:
    """A document: its number, its amount and what claims other than this one have had accepted of it."""

    number: str
    cents: int
    accepted_elsewhere: int


def hindrances(judged: Iterable[Judged], rooms: Mapping[int, Room], papers: Mapping[str, Paper]) -> tuple[Problem, ...]:
    """Why the judgements cannot be applied as they are; nothing when they can.

    `rooms` are the allocations by id, `papers` the documents by fingerprint, both as they are under lock.
    """
    judged = tuple(judged)
    found = [
        Problem(None, N_("Expense %(position)s has not been judged yet."), {"position": each.position})
        for each in judged
        if each.accepted_cents is None
    ]
    for key, room in rooms.items():
        asked = sum(each.accepted_cents or 0 for each in judged if each.allocation_id == key)
        if asked > room.cents:
            found.append(
                Problem(
                    None,
                    N_("On %(name)s %(left)s are left, and you accept %(asked)s: accept less and say why."),
                    {"name": room.name, "left": in_euro(max(room.cents, 0)), "asked": in_euro(asked)},
                )
            )
    for mark, paper in papers.items():
        asked = sum(each.accepted_cents or 0 for each in judged if each.fingerprint == mark)
        if asked and asked + paper.accepted_elsewhere > paper.cents:
            found.append(
                Problem(
                    None,
                    N_(
                        "Document %(number)s is of %(whole)s. Other expenses have had %(elsewhere)s of it accepted, "
                        "and you accept %(asked)s: together they are more than the document."
                    ),
                    {
                        "number": paper.number,
                        "whole": in_euro(paper.cents),
                        "elsewhere": in_euro(paper.accepted_elsewhere),
                        "asked": in_euro(asked),
                    },
                )
            )
    return tuple(found)


def outcome(judged: Iterable[Judged]) -> str:
    """The step that ends the control: everything accepted, a part of it, or nothing."""
    judged = tuple(judged)
    accepted = sum(each.accepted_cents or 0 for each in judged)
    if not accepted:
        return "refuse"
    return "accept" if accepted == sum(each.claimed_cents for each in judged) else "accept_in_part"
