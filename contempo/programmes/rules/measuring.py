"""Which values a period is to have, and what keeps it from being closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.programmes.rules.periods import PeriodState


@dataclass(frozen=True)
class Watched:
    """An indicator as far as measuring goes: `alliances` are those with a target of their own.

    `computed` is False for one whose values are entered; `by_alliance` says whether its source can be asked of one
    alliance.
    """

    id: int
    computed: bool
    by_alliance: bool
    alliances: tuple[int, ...]


Unit = tuple[int, int | None]
"""What is measured once in a period: an indicator for the plan (None), or for one alliance."""


def units(watched: Iterable[Watched]) -> tuple[Unit, ...]:
    """What a period is to have values of, in the order of the indicators.

    A computed indicator is counted for the plan, and for each alliance with a target when its source can tell. An
    entered one is reported by the alliances with a target; by the plan itself when there is none.
    """
    found: list[Unit] = []
    for each in watched:
        if each.computed:
            found.append((each.id, None))
            found += [(each.id, alliance) for alliance in each.alliances if each.by_alliance]
        else:
            found += [(each.id, alliance) for alliance in each.alliances or (None,)]
    return tuple(found)


def missing(watched: Sequence[Watched], measured: Iterable[Unit]) -> tuple[Unit, ...]:
    """What nobody measured. Alliances are not missed where the plan has a value of its own."""
    known = set(measured)
    entered = {each.id for each in watched if not each.computed}
    return tuple(
        unit for unit in units(watched) if unit not in known and not (unit[0] in entered and (unit[0], None) in known)
    )


def check_closing(
    *,
    state: str,
    until: date,
    today: date,
    earlier_open: bool,
    waiting: int,
    missing: int,
    without_missing: bool,
) -> None:
    """Refuse to close a period that has not ended, comes after an open one, or has values waiting for a decision.

    What is missing must be known and accepted (`without_missing`): it is sealed as not measured.
    """
    if state != PeriodState.OPEN:
        raise Refusal(N_("This period is closed already, or being closed."))
    if today < until:
        raise Refusal(N_("This period has not ended yet: it can be closed from the day after its last."))
    if earlier_open:
        raise Refusal(N_("Close the period before it first: each seal follows the one before."))
    if waiting:
        raise Refusal(N_("Values wait for approval: approve or refuse them before you close the period."))
    if missing and not without_missing:
        raise Refusal(
            N_("Some values are missing. Confirm that they are sealed as not measured, or have them entered first."),
            field="without_missing",
        )
