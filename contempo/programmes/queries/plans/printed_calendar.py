"""The calendar of a plan as its printed document draws it: a table whose cells say what they draw."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from babel.dates import format_date
from django.utils.translation import get_language, gettext, pgettext

from contempo.programmes.queries.plans.blocks import Block
from contempo.programmes.rules.calendar import Part, Unit, columns, parts, span, unit_for
from contempo.programmes.rules.plan import tree

_DAY = timedelta(days=1)

MOST_DRAWN = 200
"""Activities drawn one by one; of a larger plan the phases are drawn, which a reader of paper can still follow."""

Row = tuple[str, date | None, date | None]


def calendar_of(plan: tree.Plan) -> Iterator[Block]:
    """The activities that have days against the months of the plan; nothing when none has."""
    until = plan.ends_on + _DAY
    unit = unit_for(plan.starts_on, until)
    heads = columns(plan.starts_on, until, unit)
    letters = _letters()
    drawn = list(_rows(plan))
    rows = []
    for name, first, last in drawn:
        taken = span(first, last + _DAY if last else None, heads, unit)
        if taken is not None:
            rows.append({"title": name, "cells": [letters[part] for part in parts(taken, len(heads))]})
    if not rows:
        return
    language = get_language() or "it"
    names = {Unit.MONTH: "LLLLL", Unit.QUARTER: "Q", Unit.YEAR: "yy"}
    note = gettext("Each column is a part of the plan. %(start)s: it begins; %(middle)s: it goes on; %(end)s: it ends;")
    note += " " + gettext("%(whole)s: it begins and ends there. Without days in the plan: %(without)s.")
    yield {
        "kind": "calendar",
        "title": gettext("Calendar"),
        "note": note
        % {
            "start": letters[Part.START],
            "middle": letters[Part.MIDDLE],
            "end": letters[Part.END],
            "whole": letters[Part.WHOLE],
            "without": len(drawn) - len(rows),
        },
        "first": gettext("Activity"),
        "years": [[str(year), len(list(days))] for year, days in groupby(heads, key=lambda day: day.year)],
        "head": [format_date(day, names[unit], locale=language) for day in heads],
        "rows": rows,
    }


def _rows(plan: tree.Plan) -> Iterator[Row]:
    """What is drawn: the activities, or the phases of a plan with too many of them."""
    activities = [*(each for alliance in plan.alliances for each in alliance.activities), *plan.activities]
    if len(activities) <= MOST_DRAWN:
        yield from ((each.title, each.starts_on, each.ends_on) for each in activities)
        return
    for alliance in plan.alliances:
        for phase in alliance.phases:
            yield f"{alliance.name} · {phase.title}", *_edges(alliance, phase)


def _edges(alliance: tree.Alliance, phase: tree.Phase) -> tuple[date | None, date | None]:
    """The days of a phase; where the plan gives none, from the first to the last day of its activities."""
    within = [each for each in alliance.activities if each.phase == phase.key]
    starts = [each.starts_on for each in within if each.starts_on]
    ends = [each.ends_on for each in within if each.ends_on]
    return phase.starts_on or min(starts, default=None), phase.ends_on or max(ends, default=None)


def _letters() -> dict[Part, str]:
    return {
        Part.EMPTY: "",
        Part.START: pgettext("calendar: begins", "B"),
        Part.MIDDLE: "·",
        Part.END: pgettext("calendar: ends", "E"),
        Part.WHOLE: pgettext("calendar: begins and ends", "BE"),
    }
