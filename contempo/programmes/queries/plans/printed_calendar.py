"""The calendar of a plan as its printed document draws it: a table whose cells say what they draw."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from babel.dates import format_date
from django.utils.translation import get_language, gettext, pgettext

from contempo.programmes.queries.plans.blocks import Block
from contempo.programmes.rules.calendar import Part, Unit, columns, parts, span, unit_for
from contempo.programmes.rules.plan import tree

_DAY = timedelta(days=1)


def calendar_of(plan: tree.Plan) -> Iterator[Block]:
    """The activities that have days against the months of the plan; nothing when none has."""
    until = plan.ends_on + _DAY
    unit = unit_for(plan.starts_on, until)
    heads = columns(plan.starts_on, until, unit)
    letters = _letters()
    activities = [*(each for alliance in plan.alliances for each in alliance.activities), *plan.activities]
    rows = []
    for each in activities:
        taken = span(each.starts_on, each.ends_on + _DAY if each.ends_on else None, heads, unit)
        if taken is not None:
            rows.append({"title": each.title, "cells": [letters[part] for part in parts(taken, len(heads))]})
    if not rows:
        return
    language = get_language() or "it"
    names = {Unit.MONTH: "LLLLL", Unit.QUARTER: "Q", Unit.YEAR: "yy"}
    note = gettext("Each column is a part of the plan. %(start)s: it begins; %(middle)s: it goes on; %(end)s: it ends;")
    note += " " + gettext("%(whole)s: it begins and ends there. Without days in the plan: %(without)s activities.")
    yield {
        "kind": "calendar",
        "title": gettext("Calendar"),
        "note": note
        % {
            "start": letters[Part.START],
            "middle": letters[Part.MIDDLE],
            "end": letters[Part.END],
            "whole": letters[Part.WHOLE],
            "without": len(activities) - len(rows),
        },
        "first": gettext("Activity"),
        "years": [[str(year), len(list(days))] for year, days in groupby(heads, key=lambda day: day.year)],
        "head": [format_date(day, names[unit], locale=language) for day in heads],
        "rows": rows,
    }


def _letters() -> dict[Part, str]:
    return {
        Part.EMPTY: "",
        Part.START: pgettext("calendar: begins", "B"),
        Part.MIDDLE: "·",
        Part.END: pgettext("calendar: ends", "E"),
        Part.WHOLE: pgettext("calendar: begins and ends", "BE"),
    }
