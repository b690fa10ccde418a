"""Why a person got what they got: a code with its figures, and the sentences they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from contempo.core.words import N_


class Why(IntEnum):
    """What bound the days of a person.

    FULL nothing: all that was asked; CAP the personal cap; DRAW the pool ended at their level, in the draw, before
    their turn; LEVEL at a lower level of their class, or before anybody of theirs; CLASS in a class before theirs;
    EMPTY there was nothing to give.
    """

    FULL = 1
    CAP = 2
    DRAW = 3
    LEVEL = 4
    CLASS = 5
    EMPTY = 6


class PoolKind(StrEnum):
    """Whose days ended: those of the person's directorate, or those that all share."""

    OWN = "own"
    SHARED = "shared"


@dataclass(frozen=True)
class End:
    """Where a pool ended: in class `klass`, of the `candidates` for a `level`-th day of the year `winners` had it.

    Everybody of that class who asked had the days before it, as did everybody in the classes before.
    """

    pool: PoolKind
    klass: int
    level: int
    winners: int
    candidates: int


class Phrase(NamedTuple):
    """A message id with its parameters, to be translated by who shows it."""

    text: str
    params: Mapping[str, object] = {}


_ENDED: dict[tuple[PoolKind, int], str] = {
    (PoolKind.OWN, 0): N_(
        "In class %(klass)s, %(label)s, the days of the directorate ended at the first: %(winners)s of %(candidates)s."
    ),
    (PoolKind.OWN, 1): N_(
        "Class %(klass)s, %(label)s, reached 1 day each; "
        "the days of the directorate ended at %(winners)s of %(candidates)s."
    ),
    (PoolKind.OWN, 2): N_(
        "Class %(klass)s, %(label)s, reached %(whole)s days each; "
        "the days of the directorate ended at %(winners)s of %(candidates)s."
    ),
    (PoolKind.SHARED, 0): N_(
        "In class %(klass)s, %(label)s, the shared days ended at the first: %(winners)s of %(candidates)s."
    ),
    (PoolKind.SHARED, 1): N_(
        "Class %(klass)s, %(label)s, reached 1 day each; the shared days ended at %(winners)s of %(candidates)s."
    ),
    (PoolKind.SHARED, 2): N_(
        "Class %(klass)s, %(label)s, reached %(whole)s days each; "
        "the shared days ended at %(winners)s of %(candidates)s."
    ),
}
"""By pool and days reached; 2 stands for more."""

_WHY = {
    Why.FULL: N_("All the days asked for were awarded."),
    Why.CAP: N_("%(asked)s days were asked for; the personal cap of this month is %(cap)s."),
    Why.DRAW: N_("Among the %(candidates)s the draw put this request in place %(position)s."),
    Why.LEVEL: N_("This request was waiting for day %(next)s of the year."),
    Why.CLASS: N_("This request is in class %(own)s, which comes after."),
    Why.EMPTY: N_("There were no days to give, neither in the directorate nor shared."),
}


def ended(end: End, label: str) -> Phrase:
    """How a pool ended, in one sentence; `label` is the reason of the class, in the reader's language.

    Days are counted as levels are: those got from the bank in the calendar year, this month among them.
    """
    whole = end.level - 1
    params = {"klass": end.klass, "label": label, "whole": whole}
    return Phrase(_ENDED[end.pool, min(whole, 2)], params | {"winners": end.winners, "candidates": end.candidates})


def explained(
    why: Why,
    *,
    klass: int,
    enjoyed: int,
    asked: int,
    cap: int,
    awarded: int,
    position: int = 0,
    end: End | None = None,
    label: str = "",
) -> tuple[Phrase, ...]:
    """Why somebody of class `klass` was awarded this many days: how the pool ended, then where they stood.

    `end` is that of the pools of their directorate (`Summary.end_of`), `label` the reason of the class it ended in;
    both are needed for what was not awarded whole. `position` counts from 1 in the draw.
    """
    params: dict[str, object] = {"asked": asked, "cap": cap, "own": klass, "next": enjoyed + awarded + 1}
    if end is None or why in (Why.FULL, Why.CAP, Why.EMPTY):
        return (Phrase(_WHY[why], params),)
    return ended(end, label), Phrase(_WHY[why], params | {"position": position, "candidates": end.candidates})
