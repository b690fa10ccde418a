"""The same figures by directorate, sex and age class, and over time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from contempo.agile.queries.monitoring import words
from contempo.agile.queries.monitoring.choices import Asked, Choices, Offer
from contempo.agile.queries.monitoring.counting import AGE, DIRECTORATE, SEX, Counted
from contempo.agile.queries.monitoring.shown import figure_text
from contempo.agile.rules.monitoring import (
    FIGURE_LABELS,
    Figure,
    Share,
    Sums,
    hidden_figures,
    hidden_total,
    made,
    refused,
)
from contempo.web.charts import Chart, Series

SHOWN = (
    Figure.ELIGIBLE,
    Figure.AGREEMENTS,
    Figure.ACTIVE,
    Figure.PLANNED,
    Figure.USED,
    Figure.DONATED,
    Figure.ASKED,
    Figure.AWARDED,
    Figure.METRES,
    Figure.GRAMS,
)
"""The figures of a table, in the order of its columns; the share of refused and the presence follow."""

PARAMETERS = {DIRECTORATE: "direzione", SEX: "sesso", AGE: "eta"}
"""What narrows the records of a row, as addresses name it."""


class Reading(Protocol):
    """What was counted of what was asked, for whom; `url` gives the records of a figure."""

    @property
    def asked(self) -> Asked: ...
    @property
    def counted(self) -> Counted: ...
    @property
    def exact(self) -> bool: ...
    def url(self, what: str, **narrower: str) -> str: ...


@dataclass(frozen=True)
class Cell:
    """A figure of a row; `text` is empty when it is not known, `hidden` when it is not told."""

    text: str
    url: str = ""
    number: int | None = None
    hidden: bool = False
    share: Share | None = None


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The figures by something; `finding` says what they show."""

    key: str
    finding: str
    category: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: Chart | None = None


def tables(reading: Reading, offer: Offer, held: Mapping[str, Share]) -> Iterator[Table]:
    """A table for each thing the figures can be divided by and are not narrowed by."""
    narrowed = reading.asked.narrowed
    for by, category, labels, chosen in (
        (DIRECTORATE, _("Directorate"), offer.directorates, narrowed.directorate_id),
        (SEX, _("Sex"), offer.sexes, narrowed.sex),
        (AGE, _("Age class"), offer.ages, narrowed.age),
    ):
        if not chosen and (table := _table(reading, by, category, labels, held)) is not None:
            yield table


def _table(reading: Reading, by: str, category: str, labels: Choices, held: Mapping[str, Share]) -> Table | None:
    found = {key: reading.counted.over(reading.asked.period, by, key) for key in reading.counted.keys(by)}
    shown = [(key, label) for key, label in labels if any(found.get(key, {}).values())]
    if not shown:
        return None
    hidden = {} if reading.exact else hidden_figures({key: found[key] for key, _label in shown})
    presence = held if by == DIRECTORATE and not reading.asked.narrowed.by_person else None
    rows = tuple(
        Row(label, tuple(_cells(reading, by, key, found[key], hidden.get(key, frozenset()), presence)))
        for key, label in shown
    )
    heads = (*(_(FIGURE_LABELS[each]) for each in SHOWN), _("Share refused"))
    return Table(
        key=by,
        finding=_finding(rows, category),
        category=category,
        heads=(*heads, _("Presence held")) if presence is not None else heads,
        rows=rows,
        chart=_bars(by, category, rows),
    )


def _cells(
    reading: Reading,
    by: str,
    key: str,
    sums: Sums,
    hidden: frozenset[Figure],
    presence: Mapping[str, Share] | None,
) -> Iterator[Cell]:
    narrower = {PARAMETERS[by]: key}
    for figure in SHOWN:
        if figure in hidden:
            yield Cell("", hidden=True)
        else:
            number = made(figure, sums)
            yield Cell(figure_text(figure, number), reading.url(figure, **narrower) if number else "", number)
    share = refused(sums)
    if Figure.REFUSED in hidden:
        yield Cell("", hidden=True)
    else:
        url = reading.url(Figure.REFUSED, **narrower) if share.numerator else ""
        yield Cell(words.share_text(share), url, share.numerator, share=share)
    if presence is not None:
        part = presence.get(key, Share(0, 0))
        url = reading.url("presence", **narrower) if part.denominator else ""
        yield Cell(words.share_text(part), url, part.numerator, share=part)


_USED = SHOWN.index(Figure.USED)


def _finding(rows: tuple[Row, ...], category: str) -> str:
    told = [row for row in rows if row.cells[_USED].number]
    if not told:
        return category
    most = max(told, key=lambda row: row.cells[_USED].number or 0)
    return _("Most days were used by: %(label)s (%(count)s)") % {
        "label": most.label,
        "count": words.count_text(most.cells[_USED].number or 0),
    }


def _bars(by: str, category: str, rows: tuple[Row, ...]) -> Chart | None:
    """The days used by each row; nothing when none is told."""
    if not any(row.cells[_USED].number for row in rows):
        return None
    return Chart(
        id=f"used-by-{by}",
        title=_finding(rows, category),
        kind="bar",
        categories=tuple(row.label for row in rows),
        series=(Series(_("Days used"), tuple(row.cells[_USED].number for row in rows)),),
        unit=_("days"),
        category=category,
        links=tuple(row.cells[_USED].url for row in rows),
    )


def days_by_month(reading: Reading) -> Chart | None:
    """Days planned and used in each month with figures of a longer period; None when there is but one."""
    used = _by_month(reading, Figure.USED)
    if len(used) < 2:
        return None
    most = max(used, key=lambda month: used[month] or 0)
    return Chart(
        id="days-by-month",
        title=_("Most days were used in %(month)s: %(count)s")
        % {"month": words.month_name(most), "count": words.count_text(used[most] or 0)},
        kind="bar",
        categories=tuple(words.month_name(month) for month in used),
        series=(
            Series(_("Days planned"), tuple(_by_month(reading, Figure.PLANNED).values())),
            Series(_("Days used"), tuple(used.values())),
        ),
        unit=_("days"),
        category=_("Month"),
        links=tuple(reading.url(Figure.USED, periodo=f"{month:%Y-%m}") if used[month] else "" for month in used),
    )


def _by_month(reading: Reading, figure: Figure) -> dict[date, int | None]:
    """A figure of each month that has figures; None where it is not told."""
    found: dict[date, int | None] = {}
    for month in reading.asked.period.months:
        if (sums := reading.counted.totals.get(month)) is not None:
            told = reading.exact or figure not in hidden_total(sums)
            found[month] = made(figure, sums) if told else None
    return found
