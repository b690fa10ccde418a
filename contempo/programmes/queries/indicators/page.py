"""One indicator: what it means, what was promised, what was measured, period by period and version by version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.programmes.access import may_enter_values, may_read_findings, works_for
from contempo.programmes.models import Measurement
from contempo.programmes.queries.indicators.board import standing_of, whole_text
from contempo.programmes.queries.indicators.reading import Cell, Reading, Row, readings
from contempo.programmes.queries.indicators.records import records_url
from contempo.programmes.queries.indicators.sources import organisation_words
from contempo.programmes.queries.indicators.versions import VersionLine, versions
from contempo.programmes.queries.indicators.words import (
    against_text,
    forecast_text,
    number_text,
    percent_text,
    short_text,
    target_text,
    value_text,
)
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.forecast import BASIS_WORDS
from contempo.programmes.rules.periods import (
    PERIOD_LOOKS,
    STANDING_LOOKS,
    Origin,
    PeriodState,
)
from contempo.programmes.rules.plan.measures import (
    DIMENSION_LABELS,
    METHOD_LABELS,
    TYPOLOGY_LABELS,
    UNIT_LABELS,
    Dimension,
    Method,
    Unit,
    target_of,
)
from contempo.programmes.rules.publication import told_counts
from contempo.programmes.rules.sources import Counts, source_called
from contempo.programmes.rules.values import Value, dimensions_of
from contempo.web.charts import Chart, Series


@dataclass(frozen=True)
class CellLine:
    """The value of a period in words; `url` opens the list behind it, `note` says how it came to be."""

    period: str
    look: Look
    value: str
    note: str
    url: str
    enter_url: str
    enter_label: str


@dataclass(frozen=True)
class AllianceLine:
    """What one alliance reached."""

    name: str
    url: str
    target: str
    value: str
    against: str
    cells: tuple[CellLine, ...]


@dataclass(frozen=True)
class DivisionLine:
    label: str
    count: str
    share: str


@dataclass(frozen=True)
class Division:
    """The value divided by one dimension; `hidden` says in words what is not told apart."""

    heading: str
    lines: tuple[DivisionLine, ...]
    hidden: str


@dataclass(frozen=True)
class IndicatorPage:
    """Everything about one indicator that its reader may know."""

    reading: Reading
    facts: tuple[tuple[str, str], ...]
    value: str
    target: str
    standing: Look
    against: str
    total_url: str
    forecast: str
    forecast_basis: str
    cells: tuple[CellLine, ...]
    alliances: tuple[AllianceLine, ...]
    divisions: tuple[Division, ...]
    chart: Chart | None
    versions: tuple[VersionLine, ...]
    enter_url: str
    trouble: str


def reading_of(actor: Actor, opened: OpenedPlan, key: str, *, today: date) -> Reading | None:
    """An indicator as `actor` may read it; None when there is none, or it is not shown to everybody."""
    found = readings(actor, opened.plan, today=today, key=key)
    if not found or not (found[0].indicator.public or may_read_findings(actor) or _leads(actor, found[0])):
        return None
    return found[0]


def indicator_page(actor: Actor, opened: OpenedPlan, key: str, *, today: date) -> IndicatorPage | None:
    """The page of an indicator. Eleven SQL at most, whatever was measured."""
    reading = reading_of(actor, opened, key, today=today)
    if reading is None:
        return None
    unit, row = reading.unit, reading.plan
    return IndicatorPage(
        reading=reading,
        facts=tuple(_facts(reading)),
        value=whole_text(reading),
        target=target_text(unit, row.target),
        standing=STANDING_LOOKS[standing_of(reading)],
        against="" if row.total_hidden else against_text(unit, row.target, row.total.value, row.against),
        total_url=_url(actor, opened, reading),
        forecast=forecast_text(unit, reading.forecast.number),
        forecast_basis=_(BASIS_WORDS[reading.forecast.basis]),
        cells=tuple(_cell(actor, opened, reading, cell, None) for cell in row.cells),
        alliances=tuple(_alliance(actor, opened, reading, each) for each in reading.alliances),
        divisions=tuple(_divisions(reading)),
        chart=_chart(actor, opened, reading),
        versions=tuple(versions(actor, opened, reading)),
        enter_url=_enter_url(actor, opened, reading, None, None),
        trouble=_(reading.trouble) if reading.trouble else "",
    )


def _leads(actor: Actor, reading: Reading) -> bool:
    mine = works_for(actor)
    return any(row.alliance and row.alliance.lead_id in mine for row in reading.alliances)


def _facts(reading: Reading) -> Iterator[tuple[str, str]]:
    indicator, unit, method = reading.indicator, reading.unit, reading.method
    yield _("Typology"), _(TYPOLOGY_LABELS[indicator.typology])
    yield _("Unit of measure"), _(UNIT_LABELS[unit])
    yield _("Target of the plan"), target_text(unit, indicator.target)
    if unit in (Unit.COUNT, Unit.SHARE):
        yield _("Value of the plan"), _method_words(unit, method, computed=bool(indicator.source))
    if indicator.source:
        source = reading.source
        yield _("Computed from"), _(source.label) if source else _("a source that is not available")
        if indicator.filters:
            yield _("Only"), ", ".join(_filter_words(reading))
    else:
        yield _("Evidence"), indicator.evidence or _("none is asked for")
        if reading.alliances:
            yield _("Reported by"), _("the alliances; the plan’s value is their sum unless it has one of its own")
    if indicator.by:
        yield _("Divided by"), ", ".join(_heading(each, reading) for each in dimensions_of(indicator.by))
    if indicator.note:
        yield _("Note"), indicator.note


def _method_words(unit: Unit, method: Method, *, computed: bool) -> str:
    if unit is Unit.SHARE and method is Method.SUM:
        return _("Numerators and denominators of the periods, added")
    if method is Method.AVERAGE:
        return _("Average of the measured periods")
    if method is Method.DISTINCT and not computed:
        return _("Sum of the periods: in each, only who was not counted before is counted")
    return _(METHOD_LABELS[method])


def _filter_words(reading: Reading) -> Iterator[str]:
    """The filters in words where the source names its keys, else as they are written."""
    for name, value in reading.indicator.filters.items():
        keys = [each.strip() for each in value.split("+")]
        words: dict[str, str] = {}
        if reading.source is not None and name in set(Dimension):
            words = dict(reading.source.labels(Dimension(name), keys))
        yield " + ".join(words.get(key, key) for key in keys)


def _heading(dimension: Dimension, reading: Reading) -> str:
    if dimension is Dimension.OTHER and reading.source is not None:
        return _(reading.source.other)
    return _(DIMENSION_LABELS[dimension])


def _url(actor: Actor, opened: OpenedPlan, reading: Reading, cell: Cell | None = None, row: Row | None = None) -> str:
    return records_url(opened, reading, cell, row) if may_read_findings(actor) else ""


def _cell(actor: Actor, opened: OpenedPlan, reading: Reading, cell: Cell, row: Row | None) -> CellLine:
    enter = _enter_url(actor, opened, reading, cell, row)
    return CellLine(
        period=cell.period.title,
        look=PERIOD_LOOKS[cell.period.state],
        value=_("not told") if cell.hidden else value_text(reading.unit, cell.value),
        note=_note(reading, cell),
        url=_url(actor, opened, reading, cell, row) if cell.value is not None else "",
        enter_url=enter,
        enter_label=_("Correct") if cell.sealed else _("Enter it"),
    )


def _note(reading: Reading, cell: Cell) -> str:
    """How a value came to be, or why there is none."""
    if cell.hidden:
        return _("Fewer than five, or found out from what is told.")
    if cell.value is None:
        if not cell.running and not cell.sealed:
            return _("The period has not begun.")
        if cell.running and not reading.whole:
            return _("Told when the period is closed.")
        if cell.reporters:
            return _("None of %(of)s alliances has reported.") % {"of": cell.reporters}
        return _("Sealed as not measured.") if cell.sealed else ""
    if cell.live:
        return _("Counted just now: the period is open.")
    if cell.reporters and not cell.measurement_id:
        return _("Sum of what %(some)s of %(of)s alliances reported.") % {"some": cell.reported, "of": cell.reporters}
    if cell.version > 1 and cell.sealed:
        return _("Version %(number)s: see why below.") % {"number": cell.version}
    return _("Computed and sealed.") if cell.origin == Origin.COMPUTED else _("Entered and approved.")


def _enter_url(actor: Actor, opened: OpenedPlan, reading: Reading, cell: Cell | None, row: Row | None) -> str:
    """Where `actor` enters a value of this period and alliance; empty for who may not."""
    if cell is not None and (cell.period.state == PeriodState.CLOSING or not (cell.running or cell.sealed)):
        return ""
    if reading.indicator.source and (cell is None or not cell.sealed):
        return ""
    mine = works_for(actor)
    alliance = row.alliance if row else None
    leads = frozenset({alliance.lead_id} if alliance else ())
    if not may_enter_values(actor, opened.plan, leads) and not (cell is None and _leads_any(mine, reading)):
        return ""
    if not opened.in_force and (cell is None or not cell.sealed):
        return ""
    asked = [f"periodo={cell.period.key}"] if cell else []
    asked += [f"alleanza={alliance.key}"] if alliance else []
    url = opened.url("value_enter", indicator=reading.indicator.key)
    return f"{url}?{'&'.join(asked)}" if asked else url


def _leads_any(mine: frozenset[int], reading: Reading) -> bool:
    return any(row.alliance and row.alliance.lead_id in mine for row in reading.alliances)


def _alliance(actor: Actor, opened: OpenedPlan, reading: Reading, row: Row) -> AllianceLine:
    return AllianceLine(
        name=str(row.alliance),
        url=opened.url("alliance", alliance=row.alliance.key) if row.alliance else "",
        target=target_text(reading.unit, row.target),
        value=short_text(reading.unit, row.total.value),
        against=against_text(reading.unit, row.target, row.total.value, row.against),
        cells=tuple(_cell(actor, opened, reading, cell, row) for cell in row.cells),
    )


def _divisions(reading: Reading) -> Iterator[Division]:
    """The division of the plan's value. Who reads it whole reads every count."""
    for dimension in dimensions_of(reading.indicator.by):
        counts = reading.plan.breakdown.get(dimension)
        if not counts:
            continue
        told, hidden = (dict(counts), None) if reading.whole else told_counts(reading.unit, counts)
        words = division_words(reading, dimension, told)
        lines = tuple(_division_line(reading.unit, words.get(key, key), told[key], counts) for key in _by_size(told))
        rest = ""
        if hidden:
            rest = _("Others, not told apart: %(count)s") % {"count": _pair_text(reading.unit, hidden)}
        yield Division(_heading(dimension, reading), lines, rest)


def entered_divisions(row: Measurement) -> Iterator[Division]:
    """The division of one version of a value, whole."""
    unit, source = Unit(row.indicator.unit), source_called(row.indicator.source)
    for dimension in dimensions_of(row.breakdown):
        counts = {key: (pair[0], pair[1]) for key, pair in row.breakdown[dimension].items()}
        known = {key for key in counts if key}
        words = dict(source.labels(dimension, known)) if source else entered_words(dimension, known)
        words[""] = _("not told")
        lines = tuple(_division_line(unit, words.get(key, key), counts[key], counts) for key in _by_size(counts))
        yield Division(_(DIMENSION_LABELS[dimension]), lines, "")


def division_words(reading: Reading, dimension: Dimension, keys: Counts) -> dict[str, str]:
    """The keys of a division in words; one SQL for places."""
    known = {key for key in keys if key}
    words = dict(reading.source.labels(dimension, known)) if reading.source else entered_words(dimension, known)
    return {**words, "": _("not told")}


def entered_words(dimension: Dimension, keys: set[str]) -> dict[str, str]:
    """The keys of divisions that somebody entered."""
    if dimension is Dimension.SEX:
        return {"women": _("women"), "men": _("men")}
    return dict(organisation_words(dimension, keys))


def _by_size(counts: Counts) -> list[str]:
    return sorted(counts, key=lambda key: (not key, -counts[key][1], key))


def _division_line(unit: Unit, label: str, pair: tuple[int, int], counts: Counts) -> DivisionLine:
    part, whole = pair
    total = sum(each for each, _whole in counts.values())
    if unit is Unit.SHARE:
        share = percent_text(Value(Decimal(part), Decimal(whole)).percent or Decimal(0)) if whole else "–"
    else:
        share = percent_text(Value(Decimal(part), Decimal(total)).percent or Decimal(0)) if total else "–"
    return DivisionLine(label, _pair_text(unit, pair), share)


def _pair_text(unit: Unit, pair: tuple[int, int]) -> str:
    if unit is not Unit.SHARE:
        return number_text(Decimal(pair[0]))
    return _("%(part)s of %(whole)s") % {"part": number_text(Decimal(pair[0])), "whole": number_text(Decimal(pair[1]))}


def _chart(actor: Actor, opened: OpenedPlan, reading: Reading) -> Chart | None:
    """The values of the periods and the target, drawn; None where fewer than two are known, or for words."""
    row, unit = reading.plan, reading.unit
    known = [cell for cell in row.cells if cell.value is not None and cell.value.number is not None]
    if unit not in (Unit.COUNT, Unit.SHARE) or len(known) < 2:
        return None
    wanted = target_of(unit, row.target)
    values = tuple(
        float(cell.value.number) if cell.value and cell.value.number is not None else None for cell in row.cells
    )
    series = [Series(_("Value"), tuple(None if each is None else round(each, 2) for each in values))]
    if isinstance(wanted, Decimal) and reading.method is not Method.SUM:
        series.append(Series(_("Target"), (float(wanted),) * len(row.cells)))
    words = {"first": short_text(unit, known[0].value), "since": known[0].period.title}
    words |= {"last": short_text(unit, known[-1].value), "until": known[-1].period.title}
    urls = [_url(actor, opened, reading, cell) if cell.value is not None else "" for cell in row.cells]
    return Chart(
        id="trend",
        title=_("From %(first)s in “%(since)s” to %(last)s in “%(until)s”") % words,
        kind="line" if len(series) > 1 else "bar",
        categories=tuple(cell.period.title for cell in row.cells),
        series=tuple(series),
        unit="%" if unit is Unit.SHARE else "",
        category=_("Period"),
        summary=_("A period without a value is a gap, not a zero."),
        links=tuple(urls) if any(urls) else (),
    )
