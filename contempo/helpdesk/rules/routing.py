"""Routing: which expert a question is proposed to, and why. Pure and deterministic."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from contempo.core.calendar import DAY, Calendar, Window, local_day, openings
from contempo.core.words import N_
from contempo.helpdesk.rules.conflicts import Conflict

ENOUGH = timedelta(minutes=30)
"""Working time before the deadline below which an expert is not counted as available."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Absence:
    """Days, half-open `[since, until)`, on which an expert receives nothing."""

    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether `day` is one of them."""
        return self.since <= day < self.until


@dataclass(frozen=True)
class Candidate:
    """An expert as routing sees one.

    No `topics` or `municipalities` mean all; `windows` are the weekly hours; `load` is the number of questions under
    way held or proposed, `capacity` how many at most.
    """

    person_id: int
    topics: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"it"})
    windows: tuple[Window, ...] = ()
    absences: tuple[Absence, ...] = ()
    capacity: int = 5
    load: int = 0
    last_proposed: datetime | None = None
    conflict: Conflict | None = None


@dataclass(frozen=True)
class Facts:
    """What routing needs to know of a question; `municipality` is an ISTAT code, or empty; `not_to` are left out."""

    topic: str
    municipality: str
    language: str
    due_at: datetime
    not_to: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One sentence: a message id with its parameters."""

    message: str
    params: tuple[tuple[str, int], ...] = ()

    def stored(self) -> dict[str, object]:
        """As it is kept with the question."""
        return {"message": self.message, "params": dict(self.params)}


class Bar(StrEnum):
    """Why an expert is not proposed."""

    CONFLICT = "conflict"
    AWAY = "away"
    LANGUAGE = "language"
    FULL = "full"
    LEFT_OUT = "left_out"


BAR_REASONS: dict[str, str] = {
    Bar.CONFLICT: N_("Kept away by a conflict of interest: %(count)s."),
    Bar.AWAY: N_("Away until after the deadline: %(count)s."),
    Bar.LANGUAGE: N_("Do not answer in the language of the question: %(count)s."),
    Bar.FULL: N_("Have as many questions as they can hold: %(count)s."),
    Bar.LEFT_OUT: N_("Have it already, or gave it back: %(count)s."),
}


@dataclass(frozen=True)
class Ranked:
    """An expert who could be proposed, with the reasons for the place."""

    person_id: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Proposal:
    """Whom a question is proposed to and why; nobody when none fits. `others` come next, best first."""

    person_id: int | None
    reasons: tuple[Reason, ...]
    others: tuple[Ranked, ...] = ()
    barred: tuple[tuple[int, Bar], ...] = ()


def bar_of(facts: Facts, candidate: Candidate, now: datetime) -> Bar | None:
    """Why `candidate` may not be proposed at `now`; None when nothing speaks against it."""
    if candidate.conflict is not None:
        return Bar.CONFLICT
    if candidate.person_id in facts.not_to:
        return Bar.LEFT_OUT
    if facts.language not in candidate.languages:
        return Bar.LANGUAGE
    if _away(candidate, now, facts.due_at):
        return Bar.AWAY
    return Bar.FULL if candidate.load >= candidate.capacity else None


def _away(candidate: Candidate, now: datetime, due_at: datetime) -> bool:
    day, last = local_day(now), max(local_day(now), local_day(due_at))
    while day <= last:
        if not any(absence.covers(day) for absence in candidate.absences):
            return False
        day += DAY
    return True


def available_before(candidate: Candidate, now: datetime, due_at: datetime, calendar: Calendar) -> bool:
    """Whether the expert works at least `ENOUGH` between `now` and the deadline, absences and holidays left out."""
    total = timedelta()
    for opens, closes in openings(now, candidate.windows, calendar):
        if opens >= due_at:
            return False
        if not any(absence.covers(local_day(opens)) for absence in candidate.absences):
            total += min(closes, due_at) - opens
            if total >= ENOUGH:
                return True
    return False


def propose(facts: Facts, candidates: Iterable[Candidate], now: datetime, calendar: Calendar) -> Proposal:
    """The best expert for a question.

    Kept away: conflicts, those left out, another language, absences over the whole time left, a full load. Of the
    others, in this order: answers on the topic; follows the municipality, best if expressly; works before the
    deadline; the smaller share of the load; the longest since the last proposal; the lower id. When everybody who
    fits is full, the one least over; when nobody fits, nobody, and the coordinator is told why.
    """
    everybody = sorted(candidates, key=lambda candidate: candidate.person_id)
    bars = {candidate.person_id: bar_of(facts, candidate, now) for candidate in everybody}
    barred = tuple((person_id, bar) for person_id, bar in bars.items() if bar is not None)
    free = [candidate for candidate in everybody if bars[candidate.person_id] is None]
    full = [candidate for candidate in everybody if bars[candidate.person_id] == Bar.FULL]
    ranked = _ranked(facts, free, now, calendar) or _ranked(facts, full, now, calendar)
    if not ranked:
        return Proposal(None, _nobody(barred), (), barred)
    return Proposal(ranked[0].person_id, ranked[0].reasons, tuple(ranked[1:]), barred)


def _nobody(barred: Sequence[tuple[int, Bar]]) -> tuple[Reason, ...]:
    counts = Counter(bar for _person, bar in barred)
    return (
        Reason(N_("No expert can receive this question: the coordinator chooses.")),
        *(Reason(BAR_REASONS[bar], (("count", counts[bar]),)) for bar in Bar if counts[bar]),
    )


def _ranked(facts: Facts, candidates: Sequence[Candidate], now: datetime, calendar: Calendar) -> list[Ranked]:
    keyed = []
    for candidate in candidates:
        on_topic = not candidate.topics or facts.topic in candidate.topics
        named = facts.municipality in candidate.municipalities if facts.municipality else False
        near = named or not candidate.municipalities or not facts.municipality
        available = available_before(candidate, now, facts.due_at, calendar)
        expressly = bool(candidate.topics) and on_topic
        key = (
            not on_topic,
            not expressly,
            not near,
            not named,
            not available,
            candidate.load / max(candidate.capacity, 1),
            candidate.last_proposed or _NEVER,
            candidate.person_id,
        )
        keyed.append(
            (key, Ranked(candidate.person_id, _reasons(candidate, on_topic, expressly, near, named, available)))
        )
    return [ranked for _key, ranked in sorted(keyed, key=lambda pair: pair[0])]


def _reasons(
    candidate: Candidate, on_topic: bool, expressly: bool, near: bool, named: bool, available: bool
) -> tuple[Reason, ...]:
    load = (("load", candidate.load), ("capacity", candidate.capacity))
    topic = N_("Answers on every topic.")
    if expressly:
        topic = N_("Answers on this topic.")
    elif not on_topic:
        topic = N_("Usually answers on other topics: nobody on this one is free.")
    place = N_("Follows the whole territory.")
    if named:
        place = N_("Follows this municipality.")
    elif not near:
        place = N_("Usually follows other municipalities.")
    when = N_("Works before the deadline.") if available else N_("Has no working hours before the deadline.")
    held = N_("Has %(load)s questions under way, of %(capacity)s at once.")
    if candidate.load >= candidate.capacity:
        held = N_("Has %(load)s questions under way, more than the %(capacity)s agreed: everybody is full.")
    return (Reason(topic), Reason(place), Reason(when), Reason(held, load))
