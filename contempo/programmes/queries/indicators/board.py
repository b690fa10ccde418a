"""The board of a plan's indicators: one page for those who run, fund and evaluate it, and for everybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.text import normalise
from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.programmes.access import (
    may_decide_values,
    may_enter_values,
    may_read_findings,
    readable_values,
    works_for,
)
from contempo.programmes.models import Alliance, Measurement, MonitoringPeriod
from contempo.programmes.queries.indicators.reading import Reading, readings
from contempo.programmes.queries.indicators.words import (
    against_text,
    forecast_text,
    short_text,
    target_text,
    value_text,
)
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.forecast import BASIS_WORDS
from contempo.programmes.rules.periods import STANDING_LOOKS, MeasurementState, PeriodState, Standing
from contempo.programmes.rules.plan.measures import TYPOLOGY_LABELS, UNIT_LABELS
from contempo.web.lists import Column, ListPage
from contempo.web.lists.page import SORT


@dataclass(frozen=True)
class BoardRow:
    """An indicator on the board, in words; `percent` of the target and `number` of the value for order and files."""

    key: str
    number: int | None
    place: int
    typology: str
    typology_label: str
    name: str
    unit: str
    target: str
    value: str
    standing: Look
    standing_key: str
    against: str
    percent: Decimal | None
    forecast: str
    forecast_basis: str
    measured: str
    url: str
    trouble: str
    live: bool
    value_number: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True)
class Waiting:
    """What waits: values for a decision (`may_decide` tells whether the reader's), periods for their closing."""

    values: int
    may_decide: bool
    periods: int


@dataclass(frozen=True)
class Board:
    """The board as its reader may read it; `whole` when nothing is left out for them.

    `reached`, `below`, `missing` count the rows of the plan, whatever filters are set.
    """

    page: ListPage
    whole: bool
    reached: int
    below: int
    missing: int
    others: int
    waiting: Waiting
    may_enter: bool
    open_periods: tuple[str, ...]


class _Filters(forms.Form):
    """What the indicators may be narrowed by; named as in the address."""

    cerca = forms.CharField(label=_("Indicator"), required=False)
    tipologia = forms.ChoiceField(
        label=_("Typology"), choices=[("", _("All")), *choices(TYPOLOGY_LABELS)], required=False
    )
    stato = forms.ChoiceField(
        label=_("Where it stands"),
        choices=[("", _("All")), *choices({key: look.label for key, look in STANDING_LOOKS.items()})],
        required=False,
    )


COLUMNS = (
    Column("name", _("Indicator"), sort="name", template="programmes/indicators/cells/name.html"),
    Column("typology_label", _("Typology"), sort="place"),
    Column("unit", _("Unit of measure"), only_export=True),
    Column("target", _("Target"), numeric=True),
    Column("value", _("Value"), numeric=True, sort="value_number", template="programmes/indicators/cells/value.html"),
    Column("numerator", _("Number"), only_export=True),
    Column("denominator", _("Out of"), only_export=True),
    Column("against", _("Against the target"), sort="percent", template="programmes/indicators/cells/against.html"),
    Column("percent", _("Percent of the target"), only_export=True),
    Column("forecast", _("Forecast for the end"), numeric=True, template="programmes/indicators/cells/forecast.html"),
    Column("forecast_basis", _("How it is foreseen"), only_export=True),
    Column("measured", _("Periods measured"), only_export=True),
)


def board(actor: Actor, opened: OpenedPlan, params: QueryDict, *, today: date) -> Board:
    """The board with the filters of `params`. Nine SQL at most, and one (two) for each count without repetition."""
    every = board_rows(actor, opened, today=today)
    form = _Filters(params)
    rows, sort = chosen(every, form, params)
    standings = [row.standing_key for row in every]
    periods = list(MonitoringPeriod.objects.filter(plan=opened.plan).order_by("position"))
    return Board(
        page=ListPage(
            rows=tuple(rows),
            total=len(rows),
            page=1,
            pages=1,
            per_page=max(len(rows), 1),
            sort=sort,
            columns=COLUMNS,
            params=params,
            filter_form=form,
        ),
        whole=bool(may_read_findings(actor)),
        reached=standings.count(Standing.REACHED),
        below=standings.count(Standing.BELOW),
        missing=standings.count(Standing.MISSING),
        others=standings.count(Standing.HIDDEN) + standings.count(Standing.NO_TARGET),
        waiting=_waiting(actor, opened, periods, today),
        may_enter=may_enter_somewhere(actor, opened),
        open_periods=tuple(each.title for each in periods if each.state != PeriodState.CLOSED and each.since <= today),
    )


def board_rows(actor: Actor, opened: OpenedPlan, *, today: date) -> list[BoardRow]:
    """Every indicator of the board, in the order of the plan."""
    found = readings(actor, opened.plan, today=today)
    whole = bool(may_read_findings(actor))
    return [_row(opened, each, place) for place, each in enumerate(found) if whole or each.indicator.public]


def every_row(actor: Actor, opened: OpenedPlan, params: QueryDict, *, today: date) -> list[BoardRow]:
    """The rows that `params` ask for, for a file."""
    return chosen(board_rows(actor, opened, today=today), _Filters(params), params)[0]


def chosen(rows: Iterable[BoardRow], form: forms.Form, params: QueryDict) -> tuple[list[BoardRow], str]:
    """The rows the filters leave, in the order asked. They are few: filters and order work on what was read."""
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    text, typology, standing = (asked.get(name, "") for name in ("cerca", "tipologia", "stato"))
    kept = [
        row
        for row in rows
        if normalise(text) in normalise(row.name)
        and (not typology or row.typology == typology)
        and (not standing or row.standing_key == standing)
    ]
    asked_sort = params.get(SORT, "")
    known = {column.key: str(column.sort) for column in COLUMNS if column.sort}
    sort = asked_sort if asked_sort.removeprefix("-") in known else "typology_label"
    name = known[sort.removeprefix("-")]
    filled = [row for row in kept if getattr(row, name) is not None]
    filled.sort(key=lambda row: _sortable(getattr(row, name)), reverse=sort.startswith("-"))
    return [*filled, *(row for row in kept if getattr(row, name) is None)], sort


def _sortable(value: Any) -> Any:
    return normalise(value) if isinstance(value, str) else value


def may_enter_somewhere(actor: Actor, opened: OpenedPlan) -> bool:
    """Whether `actor` may enter values of the plan, or of one of its alliances. One SQL at most."""
    if may_enter_values(actor, opened.plan, frozenset()):
        return True
    mine = works_for(actor)
    return bool(mine) and Alliance.objects.filter(plan=opened.plan, lead_id__in=mine).exists()


def _waiting(actor: Actor, opened: OpenedPlan, periods: Sequence[MonitoringPeriod], today: date) -> Waiting:
    if not may_read_findings(actor):
        return Waiting(0, False, 0)
    values = readable_values(actor, Measurement.objects.filter(period__in=periods, state=MeasurementState.PROPOSED))
    decides = bool(may_decide_values(actor, opened.plan))
    if decides:
        values = values.exclude(entered_by_id=actor.person_id)
    ended = [each for each in periods if each.state == PeriodState.OPEN and each.until <= today]
    return Waiting(values.count(), decides, len(ended))


def standing_of(reading: Reading) -> str:
    """The key in `STANDING_LOOKS` of an indicator."""
    if reading.plan.total_hidden:
        return Standing.HIDDEN
    if reading.plan.total.value is None:
        return Standing.MISSING
    reached = reading.plan.against.reached
    return Standing.NO_TARGET if reached is None else Standing.REACHED if reached else Standing.BELOW


def _row(opened: OpenedPlan, reading: Reading, place: int) -> BoardRow:
    indicator, unit, row = reading.indicator, reading.unit, reading.plan
    value = row.total.value
    key = standing_of(reading)
    return BoardRow(
        key=indicator.key,
        number=indicator.number,
        place=place,
        typology=indicator.typology,
        typology_label=gettext(TYPOLOGY_LABELS[indicator.typology]),
        name=indicator.name,
        unit=gettext(UNIT_LABELS[unit]),
        target=target_text(unit, indicator.target),
        value=gettext("not told") if row.total_hidden else short_text(unit, value),
        standing=STANDING_LOOKS[key],
        standing_key=key,
        against="" if row.total_hidden else against_text(unit, indicator.target, value, row.against),
        percent=row.against.percent,
        forecast=forecast_text(unit, reading.forecast.number),
        forecast_basis=gettext(BASIS_WORDS[reading.forecast.basis]),
        measured=gettext("%(measured)s of %(of)s") % {"measured": row.total.measured, "of": row.total.of},
        url=opened.url("indicator", indicator=indicator.key),
        trouble=gettext(reading.trouble) if reading.trouble else "",
        live=any(cell.live for cell in row.cells),
        value_number=value.number if value else None,
        numerator=value.numerator if value else None,
        denominator=value.denominator if value else None,
    )


def whole_text(reading: Reading) -> str:
    """The value of the plan, with what a share is made of."""
    return gettext("not told") if reading.plan.total_hidden else value_text(reading.unit, reading.plan.total.value)
