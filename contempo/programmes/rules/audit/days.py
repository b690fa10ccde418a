"""Days: nothing ends before it starts, and the parts lie within what they are parts of. The last day is included."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from contempo.core.words import N_
from contempo.programmes.rules.audit.facts import Facts, place_of
from contempo.programmes.rules.audit.written import days_written
from contempo.programmes.rules.findings import Finding, Severity

Days = tuple[date | None, date | None]

BACKWARDS = N_("It ends before it starts.")
OUTSIDE_PLAN = N_("It lies outside the period of the plan.")
OUTSIDE_ALLIANCE = N_("It lies outside the period of its alliance.")
OUTSIDE_PHASE = N_("It lies outside the days of its phase.")


def plan_days(facts: Facts) -> Iterator[Finding]:
    """The plan itself."""
    yield from _backwards("plan-days", place_of(facts.plan.title), "ends_on", _days(facts.plan))


def alliance_days(facts: Facts) -> Iterator[Finding]:
    """Alliances within the plan."""
    for number, alliance in enumerate(facts.plan.alliances):
        yield from _within(
            "alliance-days",
            place_of(alliance.name),
            f"alliances[{number}]",
            _days(alliance),
            _days(facts.plan),
            OUTSIDE_PLAN,
        )


def phase_days(facts: Facts) -> Iterator[Finding]:
    """Phases within their alliance, or within the plan when the alliance has no days."""
    for outer, alliance in enumerate(facts.plan.alliances):
        for inner, phase in enumerate(alliance.phases):
            around, said = _around(facts, alliance.starts_on, alliance.ends_on)
            yield from _within(
                "phase-days",
                place_of(alliance.name, phase.title),
                f"alliances[{outer}].phases[{inner}]",
                _days(phase),
                around,
                said,
            )


def phase_order(facts: Facts) -> Iterator[Finding]:
    """Phases are numbered from one without gaps, and a later one does not start before an earlier one."""
    for outer, alliance in enumerate(facts.plan.alliances):
        for inner, phase in enumerate(alliance.phases):
            if phase.number != inner + 1:
                yield Finding(
                    "phase-order",
                    Severity.WARNING,
                    place_of(alliance.name, phase.title),
                    f"alliances[{outer}].phases[{inner}].number",
                    N_("The phases are not numbered one after the other."),
                    declared=str(phase.number),
                    computed=str(inner + 1),
                )
        dated = [(inner, phase) for inner, phase in enumerate(alliance.phases) if phase.starts_on is not None]
        for (_before, earlier), (inner, phase) in pairwise(dated):
            if earlier.starts_on is not None and phase.starts_on is not None and phase.starts_on < earlier.starts_on:
                yield Finding(
                    "phase-order",
                    Severity.WARNING,
                    place_of(alliance.name, phase.title),
                    f"alliances[{outer}].phases[{inner}].starts_on",
                    N_("The phase starts before the one that comes first, “%(phase)s”."),
                    declared=days_written(phase.starts_on, phase.ends_on),
                    computed=days_written(earlier.starts_on, earlier.ends_on),
                    params={"phase": earlier.title},
                )


def activity_days(facts: Facts) -> Iterator[Finding]:
    """Activities within their alliance, or within the plan."""
    for work in facts.works:
        alliance = work.alliance
        around, said = _around(facts, *(_days(alliance) if alliance is not None else (None, None)))
        yield from _within("activity-days", work.place, work.path, _days(work.activity), around, said)


def activity_phases(facts: Facts) -> Iterator[Finding]:
    """Activities within their phase."""
    phases = {(alliance.key, phase.key): phase for alliance in facts.plan.alliances for phase in alliance.phases}
    for work in facts.works:
        if work.alliance is None or work.activity.phase is None:
            continue
        phase = phases.get((work.alliance.key, work.activity.phase))
        if phase is not None and _outside(_days(work.activity), _days(phase)):
            yield _finding("activity-phase", work.place, work.path, _days(work.activity), _days(phase), OUTSIDE_PHASE)


def document_days(facts: Facts) -> Iterator[Finding]:
    """Planning documents that do not hold for the whole plan."""
    first, last = _days(facts.plan)
    for number, document in enumerate(facts.plan.planning_documents):
        path, place = f"planning_documents[{number}]", place_of(document.title)
        if document.starts_on and document.ends_on and document.ends_on < document.starts_on:
            yield from _backwards("document-days", place, path, _days(document))
        elif (document.ends_on and last and document.ends_on < last) or (
            document.starts_on and first and document.starts_on > first
        ):
            yield Finding(
                "document-days",
                Severity.NOTE,
                place,
                path,
                N_("The planning document does not hold for the whole period of the plan."),
                declared=days_written(*_days(document)),
                computed=days_written(first, last),
            )


def _days(thing: object) -> Days:
    return getattr(thing, "starts_on", None), getattr(thing, "ends_on", None)


def _around(facts: Facts, first: date | None, last: date | None) -> tuple[Days, str]:
    """The days something must lie within: those of its alliance, each missing one being the plan's."""
    if first is None and last is None:
        return (facts.plan.starts_on, facts.plan.ends_on), OUTSIDE_PLAN
    return (first or facts.plan.starts_on, last or facts.plan.ends_on), OUTSIDE_ALLIANCE


def _within(rule: str, place: str, path: str, days: Days, around: Days, said: str) -> Iterator[Finding]:
    if days[0] and days[1] and days[1] < days[0]:
        yield from _backwards(rule, place, path, days)
    elif _outside(days, around):
        yield _finding(rule, place, path, days, around, said)


def _outside(days: Days, around: Days) -> bool:
    first, last = around
    return any(day is not None and ((first and day < first) or (last and day > last)) for day in days)


def _backwards(rule: str, place: str, path: str, days: Days) -> Iterator[Finding]:
    if days[0] and days[1] and days[1] < days[0]:
        yield Finding(rule, Severity.ERROR, place, path, BACKWARDS, declared=days_written(*days))


def _finding(rule: str, place: str, path: str, days: Days, around: Days, said: str) -> Finding:
    return Finding(
        rule,
        Severity.WARNING,
        place,
        path,
        said,
        declared=days_written(*days),
        computed=days_written(*around),
        difference=_days_out(days, around),
    )


def _days_out(days: Days, around: Days) -> str:
    """How many days something begins before (−) or ends after (+) what it is part of."""
    early = (around[0] - days[0]).days if around[0] and days[0] and days[0] < around[0] else 0
    late = (days[1] - around[1]).days if around[1] and days[1] and days[1] > around[1] else 0
    return " ".join(part for part in (f"−{early}" if early else "", f"+{late}" if late else "") if part)
