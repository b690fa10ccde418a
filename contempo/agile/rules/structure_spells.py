"""History as spells: what somebody or something was between two days, one spell after the other without gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

F = TypeVar("F")


@dataclass(frozen=True)
class Spell(Generic[F]):
    """`facts` held from `since` to the day before `until`; open while they still hold."""

    since: date
    until: date | None
    facts: F


def respelled(
    spells: Sequence[Spell[F]], facts: F, *, day: date, since: date, until: date | None
) -> tuple[Spell[F], ...]:
    """The history of something that is there in `[since, until)` when `facts` hold from `day` on.

    `spells` is its history so far, oldest first. A spell that began on `day` or later is corrected, not kept beside;
    when it then says what the one before says, the two are one. So a change taken back leaves no trace, and the same
    change written twice writes nothing.
    """
    history = list(spells) or [Spell(since, until, facts)]
    if history[-1].facts != facts:
        if history[-1].since >= day:
            history[-1] = replace(history[-1], facts=facts)
        else:
            history[-1] = replace(history[-1], until=day)
            history.append(Spell(day, None, facts))
    if len(history) > 1 and history[-2].facts == history[-1].facts:
        history[-2:] = [history[-2]]
    history = [spell for spell in history[:-1] if spell.until is None or spell.until > since] + [history[-1]]
    history[0] = replace(history[0], since=since)
    history[-1] = replace(history[-1], since=max(history[-1].since, since), until=until)
    return tuple(history)


def taken_back(spells: Sequence[Spell[F]]) -> date | None:
    """The day a change is taken back from: the beginning of the last spell; None without history."""
    return spells[-1].since if spells else None
