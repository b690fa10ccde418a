"""The figures as files: the same that the page tells its reader."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.queries.monitoring.dashboard import Dashboard
from contempo.agile.queries.monitoring.shown import Shown
from contempo.agile.queries.monitoring.tables import SHOWN, Cell
from contempo.agile.rules.monitoring import Figure, Share
from contempo.web.lists import Column


@dataclass(frozen=True)
class Line:
    """A line of the file: a figure of some people in a period; a share has its whole in `out_of`."""

    part: str
    who: str
    label: str
    number: float | None
    unit: str
    out_of: int | None
    percent: float | None
    note: str


COLUMNS = (
    Column("part", _("Part")),
    Column("who", _("Who")),
    Column("label", _("What")),
    Column("number", _("Number"), numeric=True),
    Column("unit", _("Unit")),
    Column("out_of", _("Out of"), numeric=True),
    Column("percent", _("Percent"), numeric=True),
    Column("note", _("Note")),
)

FORMATS = (("csv", "CSV"), ("xlsx", "Excel"))
"""The files of the figures, as addresses name them."""

_THOUSAND = 1000
_UNITS = {Figure.METRES: "km", Figure.GRAMS: "kg"}


def lines(shown: Dashboard) -> Iterator[Line]:
    """Every figure and every cell of every table, with its numbers as numbers."""
    about = ", ".join([shown.period, *shown.narrowed])
    for each in shown.figures:
        yield _line(about, gettext("All"), each.label, each.key, each)
    for table in shown.tables:
        keys = [*SHOWN, Figure.REFUSED, "presence"]
        for row in table.rows:
            for key, head, cell in zip(keys, table.heads, row.cells, strict=False):
                yield _line(table.category, row.label, head, key, cell)


def _line(part: str, who: str, label: str, key: str, shown: Shown | Cell) -> Line:
    note = gettext("not told: too few people") if shown.hidden else ""
    if isinstance(shown, Shown) and shown.number is None and not shown.hidden:
        note = shown.meaning
    number: float | None = shown.number
    unit = _UNITS.get(key, "") if isinstance(key, Figure) else ""
    if unit and number is not None:
        number = round(number / _THOUSAND, 3)
    share: Share | None = shown.share
    percent = None if share is None or share.percent is None else round(share.percent, 1)
    return Line(part, who, label, number, unit, share.denominator if share else None, percent, note)
