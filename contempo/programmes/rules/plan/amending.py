"""What a file may change of a plan that is there already, told all at once.

A draft may be changed whole. Once in force, amounts change by revisions and states of activities on their pages, and
what has records stays: values keep their indicator and period, expenses their line, source and partner.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from contempo.core.money import euro, in_italian
from contempo.core.words import N_
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.plan.problems import Phrase
from contempo.programmes.rules.plan.tree import Activity, Alliance, Budget, MonitoringPeriod, Plan

CellKey = tuple[str, str, str]
"""Line, source and partner, the last one empty when there is none."""


@dataclass(frozen=True)
class Records:
    """What of a plan has records, by keys. `claiming` are pairs of alliance (empty for none) and organisation."""

    measured: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    alliances: frozenset[str] = frozenset()
    claiming: frozenset[tuple[str, str]] = frozenset()
    lines: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    cells: frozenset[CellKey] = frozenset()
    revised: bool = False


@dataclass(frozen=True)
class Hindrance:
    """Something of the plan that the file may not change: what it is called, and why."""

    what: str
    why: Phrase


def hindrances(state: PlanState, before: Plan, after: Plan, records: Records) -> tuple[Hindrance, ...]:
    """Everything in `after` that the plan `before`, in that state and with those records, does not allow."""
    if state is PlanState.CLOSED:
        return (Hindrance(before.title, Phrase(N_("The plan is closed: nothing of it changes any more."))),)
    in_force = state is PlanState.IN_FORCE
    return (
        *_indicators(before, after, records),
        *_periods(before, after, records),
        *_alliances(before, after, records),
        *(_activities(before, after) if in_force else ()),
        *_budget(before.budget, after.budget, records),
        *(_amounts(before.budget, after.budget) if in_force or records.revised else ()),
    )


def _by_key(parts: tuple[Any, ...]) -> dict[str, Any]:
    return {part.key: part for part in parts}


def _indicators(before: Plan, after: Plan, records: Records) -> Iterator[Hindrance]:
    kept = _by_key(after.indicators)
    for was in before.indicators:
        if was.key not in records.measured:
            continue
        now = kept.get(was.key)
        if now is None:
            yield Hindrance(was.name, Phrase(N_("This indicator has values: it cannot be taken away.")))
        elif (now.unit, now.method) != (was.unit, was.method):
            yield Hindrance(was.name, Phrase(N_("This indicator has values: its unit and its method stay.")))


def _periods(before: Plan, after: Plan, records: Records) -> Iterator[Hindrance]:
    kept = _by_key(after.monitoring)
    for was in before.monitoring:
        now = kept.get(was.key)
        if now is None and was.key in records.periods | records.closed:
            yield Hindrance(was.title, Phrase(N_("This period has values: it cannot be taken away.")))
        elif now and was.key in records.closed and _of_period(now) != _of_period(was):
            yield Hindrance(was.title, Phrase(N_("This period is closed: its title and its days stay.")))


def _of_period(period: MonitoringPeriod) -> tuple[str, date, date]:
    """What the seal of a closed period holds."""
    return period.title, period.starts_on, period.ends_on


def _alliances(before: Plan, after: Plan, records: Records) -> Iterator[Hindrance]:
    kept = _by_key(after.alliances)
    for was in before.alliances:
        now = kept.get(was.key)
        if now is None:
            if was.key in records.alliances:
                yield Hindrance(was.name, Phrase(N_("This alliance has values or claims: it cannot be taken away.")))
            continue
        for gone in sorted(_organisations(was) - _organisations(now)):
            if (was.key, gone) in records.claiming:
                yield Hindrance(f"{was.name}: {gone}", Phrase(N_("This partner has claims: it cannot be taken away.")))


def _organisations(alliance: Alliance) -> set[str]:
    return {alliance.lead, *(partner.organisation for partner in alliance.partners)}


def _activities(before: Plan, after: Plan) -> Iterator[Hindrance]:
    kept = _activities_of(after)
    for place, was in _activities_of(before).items():
        now = kept.get(place)
        if now is None:
            if was.state != "planned":
                why = N_("This activity has begun: call it cancelled on its page instead of taking it away.")
                yield Hindrance(was.title, Phrase(why))
        elif now.state != was.state:
            yield Hindrance(was.title, Phrase(N_("In a plan in force the state of an activity changes on its page.")))


def _activities_of(plan: Plan) -> dict[tuple[str, str], Activity]:
    own = {("", activity.key): activity for activity in plan.activities}
    return own | {(it.key, activity.key): activity for it in plan.alliances for activity in it.activities}


def _budget(before: Budget, after: Budget, records: Records) -> Iterator[Hindrance]:
    lines, sources = _by_key(after.lines), _by_key(after.sources)
    for was in before.lines:
        if was.key in records.lines and was.key not in lines:
            yield Hindrance(was.title, Phrase(N_("This line has expenses or revisions: it cannot be taken away.")))
        elif was.key in records.lines and lines[was.key].alliance != was.alliance:
            yield Hindrance(was.title, Phrase(N_("This line has expenses or revisions: its alliance stays.")))
    for source in before.sources:
        if source.key in records.sources and source.key not in sources:
            yield Hindrance(source.name, Phrase(N_("This source has expenses or revisions: it cannot be taken away.")))
        elif source.key in records.sources and sources[source.key].kind != source.kind:
            yield Hindrance(source.name, Phrase(N_("This source has expenses or revisions: its kind stays.")))
    gone = _amounts_of(before).keys() - _amounts_of(after).keys()
    for cell in sorted(gone & records.cells):
        yield Hindrance(_named(cell), Phrase(N_("Expenses are charged to this amount: it cannot be taken away.")))


def _amounts(before: Budget, after: Budget) -> Iterator[Hindrance]:
    was, now = _amounts_of(before), _amounts_of(after)
    for cell in sorted(was.keys() | now.keys()):
        if was.get(cell, 0) != now.get(cell, 0):
            why = N_("The amounts of a plan in force change by a revision: %(was)s € stays, not %(now)s €.")
            yield Hindrance(_named(cell), Phrase(why, {"was": _euro(was.get(cell, 0)), "now": _euro(now.get(cell, 0))}))
    if before.shift_limit != after.shift_limit:
        yield Hindrance("shift_limit", Phrase(N_("How much may be moved without the steering group stays as it is.")))


def _amounts_of(budget: Budget) -> dict[CellKey, int]:
    return {(cell.line, cell.source, cell.partner or ""): cell.amount for cell in budget.cells}


def _named(cell: CellKey) -> str:
    return " / ".join(filter(None, cell))


def _euro(cents: int) -> str:
    return in_italian(euro(cents))
