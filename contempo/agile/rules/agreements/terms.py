"""What an individual agreement says: the steps in which it is written, what it needs, how two of them differ."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from contempo.agile.rules.agreements.notice import MOST_NOTICE
from contempo.agile.rules.agreements.states import Term
from contempo.agile.rules.law import value
from contempo.agile.rules.months import Place
from contempo.core.words import N_

MOST_DAYS = 23
"""Working days of the longest month."""
MOST_BANDS = 3
MOST_OBJECTIVES = 10
MOST_TEXT = 4000

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class Step(StrEnum):
    """The steps of the wizard, in their order; named as in the address."""

    WORK = "lavoro"
    DAYS = "giorni"
    REST = "riposo"
    PLACES = "luoghi"
    CONTROL = "direzione"
    TERM = "durata"


STEP_LABELS: dict[str, str] = {
    Step.WORK: N_("Work and objectives"),
    Step.DAYS: N_("Days and contact"),
    Step.REST: N_("Rest and disconnection"),
    Step.PLACES: N_("Places and tools"),
    Step.CONTROL: N_("Direction and training"),
    Step.TERM: N_("Term and notice"),
}

STEP_FIELDS: dict[str, tuple[str, ...]] = {
    Step.WORK: ("activities", "objectives"),
    Step.DAYS: ("days_per_month", "weekdays", "contact_bands"),
    Step.REST: ("rest",),
    Step.PLACES: ("places", "seats", "place_words", "tools", "tools_of_employer"),
    Step.CONTROL: ("control", "training"),
    Step.TERM: ("term", "starts_on", "until", "notice_days"),
}

FIELD_LABELS: dict[str, str] = {
    "activities": N_("Activities done remotely"),
    "objectives": N_("Objectives"),
    "days_per_month": N_("Agile days a month"),
    "weekdays": N_("Usual weekdays"),
    "contact_bands": N_("Contact bands"),
    "rest": N_("Rest and right to disconnect"),
    "places": N_("Places"),
    "seats": N_("Near-working seats"),
    "place_words": N_("Where, in words"),
    "tools": N_("Tools"),
    "tools_of_employer": N_("Who gives the tools"),
    "control": N_("How the employer directs and checks the work"),
    "training": N_("Training"),
    "term": N_("Term"),
    "starts_on": N_("First day"),
    "until": N_("Last day"),
    "notice_days": N_("Notice"),
}


@dataclass(frozen=True)
class Terms:
    """The words and numbers of an agreement. `contact_bands` are pairs of clock times, `weekdays` count from Monday
    (0), `seats` are the numbers of seats, `until` is the day after the last (None: no end date, or not said yet).
    """

    activities: str = ""
    objectives: str = ""
    days_per_month: int | None = None
    weekdays: tuple[int, ...] = ()
    contact_bands: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    places: tuple[str, ...] = ()
    seats: tuple[int, ...] = ()
    place_words: str = ""
    tools: str = ""
    tools_of_employer: bool = True
    control: str = ""
    training: str = ""
    term: str = Term.FIXED.value
    starts_on: date | None = None
    until: date | None = None
    notice_days: int = 30

    def to_json(self) -> dict[str, Any]:
        """As it is kept with a step of the agreement; the inverse of `from_json`."""
        kept = asdict(self)
        for name in ("starts_on", "until"):
            kept[name] = kept[name].isoformat() if kept[name] else None
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Terms":
        known = {field.name: kept[field.name] for field in fields(cls) if field.name in kept}
        for name in ("starts_on", "until"):
            known[name] = date.fromisoformat(known[name]) if known.get(name) else None
        for name in ("weekdays", "places", "seats"):
            known[name] = tuple(known.get(name) or ())
        known["contact_bands"] = bands_of(known.get("contact_bands") or ())
        return cls(**known)


@dataclass(frozen=True)
class Problem:
    """What an agreement still lacks or has wrong: the step and field it stands in, why (a message id)."""

    step: str
    field: str
    reason: str
    params: Mapping[str, object]


def bands_of(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, str], ...]:
    """Contact bands from rows as they are kept: `["09:00", "12:30"]`."""
    return tuple((str(start), str(end)) for start, end in rows)


def objectives_of(text: str) -> tuple[str, ...]:
    """The single objectives of a text that has one a line, without marks in front."""
    lines = (re.sub(r"^\s*(?:[-•*–]|\d+[.)])\s*", "", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def problems(terms: Terms, *, worked: Iterable[int], today: date) -> tuple[Problem, ...]:
    """Everything that keeps an agreement from being sent, in the order of the steps.

    `worked` are the weekdays the worker works. What must be in it: Law 81/2017, article 19 (execution outside,
    direction and tools, rest and disconnection, term), article 21 (control), article 22 (places, for safety).
    """
    found: list[Problem] = []

    def wrong(step: Step, field: str, reason: str, **params: object) -> None:
        found.append(Problem(step.value, field, reason, params))

    if not terms.activities.strip():
        wrong(Step.WORK, "activities", N_("Say which activities you will do remotely."))
    aims = objectives_of(terms.objectives)
    if not aims:
        wrong(Step.WORK, "objectives", N_("Write at least one objective, each on a line of its own."))
    elif len(aims) > MOST_OBJECTIVES:
        wrong(Step.WORK, "objectives", N_("Write at most %(most)s objectives."), most=MOST_OBJECTIVES)
    if terms.days_per_month is None:
        wrong(Step.DAYS, "days_per_month", N_("Say how many agile days a month."))
    elif not 1 <= terms.days_per_month <= MOST_DAYS:
        wrong(Step.DAYS, "days_per_month", N_("Write a number of days from 1 to %(most)s."), most=MOST_DAYS)
    if set(terms.weekdays) - set(worked):
        wrong(Step.DAYS, "weekdays", N_("Choose among the weekdays you work."))
    if reason := _wrong_bands(terms.contact_bands):
        wrong(Step.DAYS, "contact_bands", reason)
    if not terms.rest.strip():
        wrong(Step.REST, "rest", N_("Say when you rest and how you disconnect."))
    if not terms.places:
        wrong(Step.PLACES, "places", N_("Choose at least one place."))
    if Place.SEAT in terms.places and not terms.seats:
        wrong(Step.PLACES, "seats", N_("Choose at least one seat."))
    if Place.OTHER in terms.places and not terms.place_words.strip():
        wrong(Step.PLACES, "place_words", N_("Say where else you will work."))
    if not terms.tools.strip():
        wrong(Step.PLACES, "tools", N_("Say which tools you use."))
    if not terms.control.strip():
        wrong(Step.CONTROL, "control", N_("Say how the employer directs and checks the work."))
    found.extend(_problems_of_term(terms, today))
    return tuple(found)


def _wrong_bands(bands: tuple[tuple[str, str], ...]) -> str:
    if not bands:
        return N_("Write at least one band in which you can be reached.")
    if len(bands) > MOST_BANDS or any(not (_CLOCK.fullmatch(one) and _CLOCK.fullmatch(two)) for one, two in bands):
        return N_("Write each band as two times, for instance from 09:30 to 12:30.")
    if any(start >= end for start, end in bands):
        return N_("Each band ends after it begins.")
    if any(one[1] > following[0] for one, following in pairwise(sorted(bands))):
        return N_("Two bands overlap.")
    return ""


def _problems_of_term(terms: Terms, today: date) -> Iterable[Problem]:
    step = Step.TERM.value
    if terms.starts_on is None:
        yield Problem(step, "starts_on", N_("Say from which day."), {})
    elif terms.starts_on < today:
        yield Problem(step, "starts_on", N_("The first day has passed: choose one from today on."), {})
    if terms.term == Term.FIXED and terms.until is None:
        yield Problem(step, "until", N_("Say until which day, or choose an agreement without an end date."), {})
    elif terms.until is not None and terms.starts_on is not None and terms.until <= terms.starts_on:
        yield Problem(step, "until", N_("The last day is not before the first."), {})
    least = value("notice", today)
    if terms.term == Term.OPEN and not least <= terms.notice_days <= MOST_NOTICE:
        reason = N_("The notice is of at least %(least)s days by law, and of at most %(most)s.")
        yield Problem(step, "notice_days", reason, {"least": least, "most": MOST_NOTICE})


def changed(before: Terms, after: Terms) -> tuple[str, ...]:
    """The names of what two versions of an agreement say differently, in the order of the steps."""
    return tuple(
        name for names in STEP_FIELDS.values() for name in names if getattr(before, name) != getattr(after, name)
    )


def next_step(step: str) -> Step | None:
    """The step after this one, None after the last."""
    order = list(Step)
    place = order.index(Step(step)) + 1
    return order[place] if place < len(order) else None
