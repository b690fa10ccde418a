"""The board as files: a document to print, and data for machines. Each holds what its reader may read."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import get_language, gettext

from contempo.people.public import Actor
from contempo.programmes.access import may_read_findings
from contempo.programmes.queries.indicators.board import BoardRow
from contempo.programmes.queries.indicators.reading import Cell, Reading, Row, readings
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.seals import plain
from contempo.programmes.rules.values import Value
from contempo.web.templatetags.web import at_time, on_day

TEMPLATE = Path(apps.get_app_config("programmes").path) / "templates" / "programmes" / "indicators" / "board.typ"
FORMAT = "contempo-indicators/1"


def document(
    opened: OpenedPlan, rows: Sequence[BoardRow], *, whole: bool, author: str, made_at: datetime
) -> dict[str, Any]:
    """What the template of the PDF says, in the language of the reader."""
    plan = opened.plan
    sections: dict[str, list[list[str]]] = {}
    for row in rows:
        against = row.against or gettext(row.standing.label)
        line = [row.name, row.target, row.value, against, row.forecast or "–"]
        sections.setdefault(row.typology_label, []).append(line)
    small = gettext("Values under five, and those from which they could be found, are not told.")
    sealed = gettext("Only sealed values are told.")
    return {
        "title": gettext("Indicators"),
        "author": author,
        "language": (get_language() or "it")[:2],
        "lead": f"{plan.title}, {on_day(plan.since)} – {on_day(opened.last_day)}",
        "notes": [gettext("What nobody measured is missing, which is not zero."), *(() if whole else (small, sealed))],
        "head": [
            gettext("Indicator"),
            gettext("Target"),
            gettext("Value"),
            gettext("Against the target"),
            gettext("Forecast for the end"),
        ],
        "sections": [{"title": title, "rows": lines} for title, lines in sections.items()],
        "footer": gettext("Indicators of the plan, made on %(when)s") % {"when": at_time(made_at)},
    }


def data(actor: Actor, opened: OpenedPlan, *, today: date, made_at: datetime) -> dict[str, Any]:
    """Every indicator with its periods, as data: what is hidden is said to be, and has no value."""
    plan = opened.plan
    whole = bool(may_read_findings(actor))
    found = readings(actor, plan, today=today)
    return {
        "format": FORMAT,
        "network": plan.network.slug,
        "plan": plan.key,
        "title": plan.title,
        "made_at": made_at.isoformat(timespec="seconds"),
        "whole": whole,
        "indicators": [_indicator(each) for each in found if whole or each.indicator.public],
    }


def _indicator(reading: Reading) -> dict[str, Any]:
    indicator = reading.indicator
    return {
        "key": indicator.key,
        "number": indicator.number,
        "name": indicator.name,
        "typology": indicator.typology,
        "unit": indicator.unit,
        "method": indicator.method,
        "source": indicator.source,
        "forecast": {"value": _rounded(reading.forecast.number), "basis": reading.forecast.basis.value},
        **_row(reading.plan),
        "alliances": [{"alliance": row.alliance.key if row.alliance else "", **_row(row)} for row in reading.alliances],
    }


def _rounded(number: Decimal | None) -> str | None:
    return None if number is None else plain(number.quantize(Decimal("0.01")))


def _row(row: Row) -> dict[str, Any]:
    return {
        "target": row.target,
        "value": _value(row.total.value),
        "hidden": row.total_hidden,
        "reached": row.against.reached,
        "periods": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "period": cell.period.key,
        "since": cell.period.since.isoformat(),
        "until": cell.period.until.isoformat(),
        "state": cell.period.state,
        "value": _value(cell.value),
        "hidden": cell.hidden,
        "origin": str(cell.origin),
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "numerator": plain(value.numerator),
        "denominator": plain(value.denominator),
        "yes": value.yes,
        "text": value.text,
    }
