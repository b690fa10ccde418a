"""Structure and staff in the shape of files: what is there, and what is wrong with the rows of one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from contempo.agile.access import may_keep, part_of, visible_employers
from contempo.agile.models import Employer, Unit, Worker
from contempo.agile.rules.structure import Node, problems
from contempo.agile.rules.structure_staff import check_birth_year, weekdays_written
from contempo.core import clock
from contempo.core.imports import About, Finding, Row, Values
from contempo.core.verdict import Refusal, Verdict, because
from contempo.core.words import N_
from contempo.people.public import Actor

_DAY = timedelta(days=1)

NO_EMPLOYER = N_("This employer is no longer there.")
LAST_BEFORE_FIRST = N_("The last day comes before the first.")
NO_UNIT = N_("There is no unit with this code: load the structure first.")
ENDED_UNIT = N_("This unit has ended: say where this person works now.")
SAME_EMAIL = N_("Number %(number)s has this address already.")
TWO_HEADS = N_("Number %(number)s heads this unit already.")


def about_employer(actor: Actor, employer_id: int) -> About | None:
    """The employer a file is about; None when the actor's network has none of this number. One SQL."""
    employers = Employer.objects.select_related("network", "organisation")
    employer = visible_employers(actor, employers).filter(pk=employer_id).first()
    if employer is None:
        return None
    url = reverse("agile:employer", args=[employer.network.slug, employer.organisation.slug])
    return About(employer.organisation.name, url)


def may_load(actor: Actor, employer_id: int) -> Verdict:
    """May `actor` load structure and staff of an employer? At most two SQL."""
    employer = Employer.objects.filter(pk=employer_id).first()
    return because(NO_EMPLOYER) if employer is None else may_keep(part_of(actor, employer))


def units_in_files(employer_id: int, identities: Sequence[Any] | None) -> Iterator[Values]:
    """The units of an employer as files have them, those that ended too. One SQL; rows asked for by code are locked."""
    rows = Unit.objects.filter(employer_id=employer_id).order_by("path", "code")
    if identities is not None:
        codes = [code for (code,) in identities]
        rows = rows.select_for_update(no_key=True, of=("self",)).filter(code__in=codes)
    for code, kind, name, parent, since, until in rows.values_list(
        "code", "kind", "name", "parent__code", "since", "until"
    ):
        yield {"code": code, "kind": kind, "name": name, "parent": parent, "since": since, "last": _last(until)}


def workers_in_files(employer_id: int, identities: Sequence[Any] | None) -> Iterator[Values]:
    """The staff of an employer as files have it, as `units_in_files`."""
    rows = Worker.objects.filter(employer_id=employer_id).order_by("number")
    if identities is not None:
        numbers = [number for (number,) in identities]
        rows = rows.select_for_update(no_key=True, of=("self",)).filter(number__in=numbers)
    keys = ("number", "email", "unit__code", "contract", "category", "part_time_percent", "weekdays", "sex")
    for *facts, birth_year, since, until, heads_unit in rows.values_list(
        *keys, "birth_year", "since", "until", "heads_unit"
    ):
        number, email, unit, contract, category, percent, weekdays, sex = facts
        yield {
            "number": number,
            "email": email or None,
            "unit": unit,
            "contract": contract,
            "category": category or None,
            "part_time_percent": percent,
            "weekdays": weekdays_written(weekdays),
            "sex": sex,
            "birth_year": birth_year,
            "since": since,
            "last": _last(until),
            "heads_unit": heads_unit,
        }


def _last(until: date | None) -> date | None:
    return until - _DAY if until is not None else None


def check_units(employer_id: int, rows: Sequence[Row]) -> Iterator[Finding]:
    """What is wrong with units of a file: places that cannot be, days in the wrong order. One SQL."""
    tree = {str(each["code"]): _node(each) for each in units_in_files(employer_id, None)}
    lines = {}
    for row in rows:
        code = str(row.values["code"])
        tree[code], lines[code] = _node(row.values), row.line
        if _turned(row.values):
            yield Finding(row.line, LAST_BEFORE_FIRST, "last")
    for code, reason in problems(tree, lines).items():
        yield Finding(lines[code], reason, "parent")


def _node(values: Values) -> Node[str]:
    parent = values["parent"]
    return Node(str(values["kind"]), str(parent) if parent is not None else None, values["last"] is not None)


def _turned(values: Values) -> bool:
    since, last = values["since"], values["last"]
    return isinstance(since, date) and isinstance(last, date) and last < since


def check_workers(employer_id: int, rows: Sequence[Row]) -> Iterator[Finding]:
    """What is wrong with workers of a file: units, days, addresses and headships that two would have. Two SQL."""
    today = clock.today()
    units = dict(Unit.objects.filter(employer_id=employer_id).values_list("code", "until"))
    taken = _Taken(employer_id, {str(row.values["number"]) for row in rows})
    for row in rows:
        yield from _check_worker(row, units, today)
        yield from taken.check(row, today)


def _check_worker(row: Row, units: dict[str, date | None], today: date) -> Iterable[Finding]:
    values = row.values
    if _turned(values):
        yield Finding(row.line, LAST_BEFORE_FIRST, "last")
    code = str(values["unit"])
    if code not in units:
        yield Finding(row.line, NO_UNIT, "unit")
    elif (until := units[code]) is not None and until <= today and _works(values, today):
        yield Finding(row.line, ENDED_UNIT, "unit")
    since, birth_year = values["since"], values["birth_year"]
    if isinstance(since, date) and isinstance(birth_year, int):
        try:
            check_birth_year(birth_year, since=since, today=today)
        except Refusal as refusal:
            yield Finding(row.line, refusal.reason, "birth_year", refusal.params)


def _works(values: Values, today: date) -> bool:
    last = values["last"]
    return not isinstance(last, date) or last >= today


class _Taken:
    """Who has an address, and who heads a unit: those whom the file leaves out first, then row after row."""

    def __init__(self, employer_id: int, numbers: set[str]) -> None:
        others = Worker.objects.filter(employer_id=employer_id).values_list(
            "number", "email", "unit__code", "heads_unit", "present"
        )
        self.emails: dict[str, str] = {}
        self.heads: dict[str, str] = defaultdict(str)
        for number, email, unit, heads, present in others:
            if number not in numbers:
                if email:
                    self.emails[email] = number
                if heads and present:
                    self.heads[unit] = number

    def check(self, row: Row, today: date) -> Iterator[Finding]:
        values, number = row.values, str(row.values["number"])
        if (email := values["email"]) is not None and (holder := self.emails.setdefault(str(email), number)) != number:
            yield Finding(row.line, SAME_EMAIL, "email", {"number": holder})
        if values["heads_unit"] and _works(values, today):
            holder = self.heads.setdefault(str(values["unit"]), number)
            if holder != number:
                yield Finding(row.line, TWO_HEADS, "heads_unit", {"number": holder})
