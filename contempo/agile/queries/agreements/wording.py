"""The terms of an agreement in words, as page, document and comparison show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.agile.models import Seat, Worker
from contempo.agile.rules.agreements import TERM_LABELS, Term
from contempo.agile.rules.agreements.terms import FIELD_LABELS, STEP_FIELDS, STEP_LABELS, Step, Terms, changed
from contempo.agile.rules.months import PLACE_LABELS
from contempo.core.verdict import Refusal
from contempo.web.sentences import sentence
from contempo.web.templatetags.web import on_day


@dataclass(frozen=True)
class Line:
    """One of the terms: `field` its name, `label` and `value` in words; an empty value was not given."""

    field: str
    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """The terms of one step of the wizard."""

    step: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Change:
    """One of the terms as it was, and as it is."""

    label: str
    before: str
    after: str


def name_of(worker: Worker) -> str:
    """The name of a worker read with their person: that of the person, else the staff number."""
    return (worker.person.full_name if worker.person else "") or worker.number


def last_day(until: date | None) -> date | None:
    """The last day of what is over on `until`."""
    return until - timedelta(days=1) if until else None


def weekday_names(days: tuple[int, ...]) -> str:
    return ", ".join(str(WEEKDAYS[day]) for day in sorted(days))


def seat_names(ids: tuple[int, ...]) -> dict[int, str]:
    """The names of seats. One SQL, none when there are none."""
    return dict(Seat.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def sections_of(terms: Terms, seats: Mapping[int, str]) -> tuple[Section, ...]:
    """The terms in words, by step; what the choices of others make needless is left out."""
    return tuple(
        Section(
            step.value,
            _(STEP_LABELS[step]),
            tuple(
                Line(name, _(FIELD_LABELS[name]), value_of(name, terms, seats))
                for name in STEP_FIELDS[step]
                if _told(name, terms)
            ),
        )
        for step in Step
    )


def _told(name: str, terms: Terms) -> bool:
    if name == "until":
        return terms.term == Term.FIXED
    if name == "notice_days":
        return terms.term == Term.OPEN
    if name in ("seats", "place_words"):
        return bool(getattr(terms, name))
    return True


def value_of(name: str, terms: Terms, seats: Mapping[int, str]) -> str:
    """One of the terms in words, empty when it was not given."""
    value = getattr(terms, name)
    if name == "weekdays":
        return weekday_names(terms.weekdays) or _("No fixed weekdays")
    if name == "contact_bands":
        return "; ".join(_("%(start)s to %(end)s") % {"start": one, "end": two} for one, two in terms.contact_bands)
    if name == "places":
        return ", ".join(_(PLACE_LABELS[place]) for place in terms.places)
    if name == "seats":
        return ", ".join(seats[key] for key in terms.seats if key in seats)
    if name == "tools_of_employer":
        return _("The employer") if terms.tools_of_employer else _("The worker")
    if name == "term":
        return _(TERM_LABELS[terms.term])
    if name == "starts_on":
        return on_day(terms.starts_on)
    if name == "until":
        return on_day(last_day(terms.until))
    if name == "notice_days":
        return ngettext("%(count)s day", "%(count)s days", terms.notice_days) % {"count": terms.notice_days}
    return "" if value is None else str(value)


def changes_between(before: Terms, after: Terms) -> tuple[Change, ...]:
    """What changed between two versions, in words."""
    seats = seat_names((*before.seats, *after.seats))
    return tuple(
        Change(_(FIELD_LABELS[name]), value_of(name, before, seats), value_of(name, after, seats))
        for name in changed(before, after)
    )


def in_words(reason: str, params: Mapping[str, object]) -> str:
    """A reason of the rules in the reader's language."""
    return sentence(Refusal(reason, field=None, **params))
