"""Activities and shares in the shape of files: what is there, and what is wrong with the rows of one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from contempo.agile.models import Employer, Share, Unit, WorkActivity, Worker
from contempo.agile.rules.mapping import WHOLE, title_key
from contempo.core import clock
from contempo.core.imports import Finding, Row, Values
from contempo.core.words import N_

_DAY = timedelta(days=1)

NO_UNIT = N_("There is no unit with this code: load the structure first.")
ENDED_UNIT = N_("This unit has ended: say which unit does this now.")
NO_WORDS = N_("Write what is done, in words.")
TO_COME = N_("This day is still to come: write today or an earlier one.")
LAST_BEFORE_FIRST = N_("The last day comes before the first.")
NO_WORKER = N_("There is nobody of this number on the staff: load the staff first.")
NO_ACTIVITY = N_("There is no running activity with this code: load the activities first.")
TOO_MUCH = N_("With this row the shares of the worker make %(total)s per cent: 100 at most.")


def activities_in_files(employer_id: int, identities: Sequence[Any] | None) -> Iterator[Values]:
    """The activities of an employer as files have them, those that ended too. At most two SQL.

    For those asked for by code the employer is locked, as by every writer of the mapping.
    """
    rows = WorkActivity.objects.filter(employer_id=employer_id).order_by("code")
    if identities is not None:
        _lock(employer_id)
        rows = rows.filter(code__in=[code for (code,) in identities])
    for code, title, unit, description, since, until in rows.values_list(
        "code", "title", "unit__code", "description", "since", "until"
    ):
        yield {
            "code": code,
            "title": title,
            "unit": unit,
            "description": description or None,
            "since": since,
            "last": until - _DAY if until else None,
        }


def shares_in_files(employer_id: int, identities: Sequence[Any] | None) -> Iterator[Values]:
    """The shares of workers in running activities as files have them, as `activities_in_files`."""
    rows = Share.objects.filter(worker__employer=employer_id, activity__until__isnull=True)
    if identities is not None:
        _lock(employer_id)
        rows = rows.filter(
            worker__number__in=[number for number, _code in identities],
            activity__code__in=[code for _number, code in identities],
        )
    wanted = set(identities) if identities is not None else None
    for number, code, percent in rows.order_by("worker__number", "activity__code").values_list(
        "worker__number", "activity__code", "percent"
    ):
        if wanted is None or (number, code) in wanted:
            yield {"number": number, "activity": code, "percent": percent}


def _lock(employer_id: int) -> None:
    Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()


def check_activities(employer_id: int, rows: Sequence[Row]) -> Iterator[Finding]:
    """What is wrong with activities of a file: their unit, their days. One SQL."""
    today = clock.today()
    units = dict(Unit.objects.filter(employer_id=employer_id).values_list("code", "until"))
    for row in rows:
        since, last, unit = row.values["since"], row.values["last"], str(row.values["unit"])
        if not title_key(str(row.values["title"])):
            yield Finding(row.line, NO_WORDS, "title")
        if unit not in units:
            yield Finding(row.line, NO_UNIT, "unit")
        elif units[unit] is not None and last is None:
            yield Finding(row.line, ENDED_UNIT, "unit")
        for key, day in (("since", since), ("last", last)):
            if isinstance(day, date) and day > today:
                yield Finding(row.line, TO_COME, key)
        if isinstance(since, date) and isinstance(last, date) and last < since:
            yield Finding(row.line, LAST_BEFORE_FIRST, "last")


def check_shares(employer_id: int, rows: Sequence[Row]) -> Iterator[Finding]:
    """What is wrong with shares of a file: workers and activities that are not there, more than the whole time.

    Shares that the file leaves out are counted as they stand. Three SQL.
    """
    workers = set(Worker.objects.filter(employer=employer_id).values_list("number", flat=True))
    running = WorkActivity.objects.filter(employer=employer_id, until__isnull=True)
    activities = set(running.values_list("code", flat=True))
    present = {(each["number"], each["activity"]): each["percent"] for each in shares_in_files(employer_id, None)}
    written = {(row.values["number"], row.values["activity"]) for row in rows}
    totals: Counter[str] = Counter()
    for (number, code), percent in present.items():
        if (number, code) not in written:
            totals[str(number)] += int(str(percent))
    for row in rows:
        number, code = str(row.values["number"]), str(row.values["activity"])
        if number not in workers:
            yield Finding(row.line, NO_WORKER, "number")
        if code not in activities:
            yield Finding(row.line, NO_ACTIVITY, "activity")
        totals[number] += int(str(row.values["percent"]))
        if totals[number] > WHOLE:
            yield Finding(row.line, TOO_MUCH, "percent", {"total": totals[number]})
