"""The figures as files: always the published ones, because a file leaves the coordinators' desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from contempo.helpdesk.queries.figures.dashboard import Dashboard, Figure, Table
from contempo.helpdesk.queries.figures.words import count_text
from contempo.web.lists import Column
from contempo.web.templatetags.web import at_time

TEMPLATE = Path(apps.get_app_config("helpdesk").path) / "templates" / "helpdesk" / "figures" / "figures.typ"


@dataclass(frozen=True)
class Line:
    """A line of the file: `number` of `out_of`, the share with its interval, in percent."""

    section: str
    label: str
    number: float | None
    out_of: int | None
    percent: float | None
    low: float | None
    high: float | None
    note: str


COLUMNS = (
    Column("section", _("Part")),
    Column("label", _("What")),
    Column("number", _("Number"), numeric=True),
    Column("out_of", _("Out of"), numeric=True),
    Column("percent", _("Percent"), numeric=True),
    Column("low", _("At least, with a confidence of 95 %"), numeric=True),
    Column("high", _("At most, with a confidence of 95 %"), numeric=True),
    Column("note", _("Note")),
)


def lines(shown: Dashboard) -> Iterator[Line]:
    """Every figure and every row of every table, with its numbers as numbers."""
    about = ", ".join([shown.period, *shown.narrowed])
    for each in shown.headlines:
        yield _headline(about, each)
    for table in shown.tables:
        for row in table.rows:
            share = 100 * row.count / shown.total if shown.total else None
            yield Line(table.category, row.label, row.count, shown.total, _rounded(share), None, None, "")


def _headline(section: str, figure: Figure) -> Line:
    if figure.share is None:
        note = "" if figure.number is not None and not figure.hidden else figure.value or figure.meaning
        if figure.key.startswith("p") and figure.number is not None:
            note = gettext("minutes")
        return Line(section, figure.label, figure.number, None, None, None, None, note)
    share = figure.share
    low, high = share.interval or (None, None)
    return Line(
        section,
        figure.label,
        share.numerator,
        share.denominator,
        _rounded(share.percent),
        _rounded(low),
        _rounded(high),
        "" if share.denominator else figure.meaning,
    )


def _rounded(percent: float | None) -> float | None:
    return None if percent is None else round(percent, 1)


def document(shown: Dashboard, *, author: str, made_at: datetime) -> dict[str, Any]:
    """What the template of the PDF says, in the language of the reader."""
    return {
        "title": gettext("Figures of the desk"),
        "author": author,
        "language": (get_language() or "it")[:2],
        "lead": ", ".join([author, shown.period, *shown.narrowed]),
        "notes": list(_notes(shown)),
        "footer": gettext("Figures of the desk, made on %(when)s") % {"when": at_time(made_at)},
        "headlines": [
            {"label": each.label, "value": each.value or "–", "meaning": each.meaning, "change": each.change}
            for each in shown.headlines
        ],
        "tables": [_table(each) for each in shown.tables],
    }


def _notes(shown: Dashboard) -> Iterator[str]:
    if shown.finding:
        yield f"{shown.finding}."
    yield gettext(
        "Counts under five, and those from which they could be found, are not told; in the tables they stand together."
    )


def _table(table: Table) -> dict[str, Any]:
    return {
        "finding": table.finding,
        "head": [table.category, gettext("Questions"), gettext("Share")],
        "rows": [[row.label, count_text(row.count), row.share or "–"] for row in table.rows],
    }
