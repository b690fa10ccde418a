"""The list behind a value: as long as the value says, whether it was sealed or is counted now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.people.public import Actor
from contempo.programmes.access import may_read_findings
from contempo.programmes.models import MeasuredRecord, Measurement
from contempo.programmes.models.counted import BY, COUNTED, KEY, LABEL, PAGE, pseudonym
from contempo.programmes.queries.indicators.reading import Cell, Reading, Row, scope_of
from contempo.programmes.queries.indicators.words import value_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.periods import Origin
from contempo.programmes.rules.plan.measures import DIMENSION_LABELS, Dimension, Method, Unit
from contempo.programmes.rules.sources import IndicatorSource
from contempo.programmes.rules.values import Value as Measured
from contempo.web.lists import Column, ListPage
from contempo.web.lists.page import PAGE as PAGE_NUMBER
from contempo.web.lists.page import SORT
from contempo.web.lists.paging import ROWS_PER_PAGE

PERIOD, ALLIANCE, VERSION = "periodo", "alleanza", "versione"
NOT_TOLD = "ignoto"
_PARAMETERS = {
    Dimension.KIND: "tipo",
    Dimension.SIZE: "dimensione",
    Dimension.MUNICIPALITY: "comune",
    Dimension.SEX: "sesso",
    Dimension.OTHER: "altro",
}
_CHUNK = 2000


@dataclass(frozen=True)
class RecordRow:
    """One of the records behind a value; `url` only for who may open it."""

    key: str
    label: str
    url: str
    counted: bool
    period: str
    kind: str
    size: str
    municipality: str
    sex: str
    other: str


@dataclass(frozen=True)
class RecordPage:
    """The list behind a value. `said` is the value in words, `about` which periods and whose; `hint` what the reader
    should know of it.
    """

    page: ListPage
    said: str
    about: str
    hint: str
    sealed: bool


@dataclass(frozen=True)
class _Chosen:
    """Which value: of which row, over which cells; `single` when of one period."""

    row: Row
    cells: tuple[Cell, ...]
    value: Measured | None
    version: Measurement | None
    single: bool


def records_url(opened: OpenedPlan, reading: Reading, cell: Cell | None = None, row: Row | None = None) -> str:
    """Where the list behind a value is; empty when there is none, or not for this reader."""
    of_cells = [cell] if cell else [each for each in (row or reading.plan).cells if each.value is not None]
    if reading.source is None or (cell is None and reading.method is Method.AVERAGE):
        return ""
    if not of_cells or any(each.value is None or each.origin != Origin.COMPUTED for each in of_cells):
        return ""
    query = QueryDict(mutable=True)
    if cell:
        query[PERIOD] = cell.period.key
    if row and row.alliance:
        query[ALLIANCE] = row.alliance.key
    url = opened.url("records", indicator=reading.indicator.key)
    return f"{url}?{query.urlencode()}" if query else url


def record_page(actor: Actor, opened: OpenedPlan, reading: Reading, params: QueryDict) -> RecordPage | None:
    """The list behind the value that `params` name, with its filters; None where there is none for `actor`.

    Three SQL beside those of the reading, four with places to name.
    """
    chosen = _chosen(actor, reading, params)
    if chosen is None or reading.source is None:
        return None
    form, parts, columns, names = _prepared(opened, reading, chosen, params)
    rows = _ordered(parts, columns, params)
    total = rows.count() if rows is not None else 0
    pages = max(1, -(-total // ROWS_PER_PAGE))
    asked = params.get(PAGE_NUMBER, "")
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 10 else 1
    found = rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE] if total else ()
    page = ListPage(
        rows=tuple(_rows(actor, opened, reading, found, names, chosen)),
        total=total,
        page=number,
        pages=pages,
        per_page=ROWS_PER_PAGE,
        sort=_sort(columns, params),
        columns=columns,
        params=params,
        filter_form=form,
    )
    about = ", ".join(
        [cell.period.title for cell in chosen.cells] + ([str(chosen.row.alliance)] if chosen.row.alliance else [])
    )
    sealed = all(not cell.live for cell in chosen.cells)
    return RecordPage(page, value_text(reading.unit, chosen.value), about, _hint(reading, chosen), sealed)


def every_record(
    actor: Actor, opened: OpenedPlan, reading: Reading, params: QueryDict
) -> tuple[Iterator[RecordRow], tuple[Column, ...]] | None:
    """Every row of the same list with its columns, for a file; None as `record_page`."""
    chosen = _chosen(actor, reading, params)
    if chosen is None or reading.source is None:
        return None
    _form, parts, columns, names = _prepared(opened, reading, chosen, params)
    rows = _ordered(parts, columns, params)
    found = rows.iterator(chunk_size=_CHUNK) if rows is not None else iter(())
    return _rows(actor, opened, reading, found, names, chosen), columns


def _chosen(actor: Actor, reading: Reading, params: QueryDict) -> _Chosen | None:
    if not may_read_findings(actor) or reading.source is None:
        return None
    row = reading.plan
    if key := params.get(ALLIANCE):
        row = next((each for each in reading.alliances if each.alliance and each.alliance.key == key), row)
        if row.alliance is None:
            return None
    known = [cell for cell in row.cells if cell.value is not None and cell.origin == Origin.COMPUTED]
    if not (wanted := params.get(PERIOD)):
        if reading.method is Method.AVERAGE or not known or (reading.plan.total_hidden and row is reading.plan):
            return None
        cells = known[-1:] if reading.method is Method.LAST else known
        return _Chosen(row, tuple(cells), row.total.value, None, False)
    cell = next((each for each in known if each.period.key == wanted), None)
    if cell is None:
        return None
    if (number := params.get(VERSION, "")).isdecimal() and len(number) < 5:
        return _of_version(reading, row, cell, int(number))
    return _Chosen(row, (cell,), cell.value, None, True)


def _of_version(reading: Reading, row: Row, cell: Cell, number: int) -> _Chosen | None:
    """An earlier, or a waiting, version of the value of a period."""
    if not reading.whole:
        return None
    found = Measurement.objects.filter(
        indicator=reading.indicator,
        alliance=row.alliance,
        period=cell.period,
        version=number,
        origin=Origin.COMPUTED,
    ).first()
    if found is None:
        return None
    return _Chosen(row, (cell,), Measured(found.numerator, found.denominator), found, True)


def _prepared(
    opened: OpenedPlan, reading: Reading, chosen: _Chosen, params: QueryDict
) -> tuple[forms.Form, list[Any], tuple[Column, ...], Mapping[Dimension, Mapping[str, str]]]:
    source = reading.source
    if source is None:
        raise ValueError("a list without a source")
    dimensions = [Dimension(each) for each in reading.indicator.by] if reading.whole else []
    names = {dimension: _names(source, dimension, chosen.cells) for dimension in dimensions}
    form = _Filters(params, share=reading.unit is Unit.SHARE, names=names, source=source)
    form.is_valid()
    parts = [_narrowed(part, form.cleaned_data) for part in _parts(opened, reading, chosen, source)]
    return form, parts, _columns(reading, chosen, dimensions, source), names


def _names(source: IndicatorSource, dimension: Dimension, cells: Iterable[Cell]) -> dict[str, str]:
    """The keys of a division with their words, "" for what is not told, by words."""
    keys = {key for cell in cells for key in cell.breakdown.get(dimension, {})}
    words = source.labels(dimension, keys - {""})
    found = sorted(((words.get(key, key), key) for key in keys if key), key=lambda pair: pair[0].casefold())
    return {key: label for label, key in found} | ({"": gettext("not told")} if "" in keys else {})


class _Filters(forms.Form):
    """What the records may be narrowed by; named as in the address. Hidden: which value they are behind."""

    periodo = forms.CharField(required=False, widget=forms.HiddenInput)
    alleanza = forms.CharField(required=False, widget=forms.HiddenInput)
    versione = forms.CharField(required=False, widget=forms.HiddenInput)
    cerca = forms.CharField(label=_("Name"), required=False)

    def __init__(
        self, params: QueryDict, *, share: bool, names: Mapping[Dimension, Mapping[str, str]], source: IndicatorSource
    ) -> None:
        super().__init__(params)
        if share:
            answers = [("", _("All")), ("si", _("yes")), ("no", _("no"))]
            self.fields["contati"] = forms.ChoiceField(label=_("Counted"), choices=answers, required=False)
        for dimension, words in names.items():
            choices = [("", _("All")), *((key or NOT_TOLD, label) for key, label in words.items())]
            label = _heading(dimension, source)
            self.fields[_PARAMETERS[dimension]] = forms.ChoiceField(label=label, choices=choices, required=False)


def _heading(dimension: Dimension, source: IndicatorSource) -> str:
    return gettext(source.other if dimension is Dimension.OTHER else DIMENSION_LABELS[dimension])


def _columns(
    reading: Reading, chosen: _Chosen, dimensions: Sequence[Dimension], source: IndicatorSource
) -> tuple[Column, ...]:
    made = [Column("label", gettext(source.noun), sort="r_label")]
    if reading.unit is Unit.SHARE:
        made.append(Column("counted", _("Counted"), sort="r_counted"))
    made += [Column(each.value, _heading(each, source), sort=f"r_{each}") for each in dimensions]
    if len(chosen.cells) > 1:
        made.append(Column("period", _("Period"), sort="r_place"))
    return tuple(made)


def _parts(opened: OpenedPlan, reading: Reading, chosen: _Chosen, source: IndicatorSource) -> list[Any]:
    """A lazy list of records for each period, of one shape. Without repetition, later ones leave out earlier ones."""
    once = not chosen.single and reading.method is Method.DISTINCT
    made: list[Any] = []
    sealed: list[int] = []
    live: list[Any] = []
    for place, cell in enumerate(chosen.cells):
        if cell.live:
            rows = source.rows(scope_of(opened.plan, reading.indicator, cell.period, _id(chosen.row))).order_by()
            if once:
                rows = _not_before(source, rows, sealed, live)
            live.append(rows.values(KEY))
            made.append(_of_live(rows, place))
        else:
            measurement = chosen.version.pk if chosen.version else cell.measurement_id
            found = MeasuredRecord.objects.filter(measurement_id=measurement).order_by()
            if once:
                found = found.exclude(
                    key__in=MeasuredRecord.objects.filter(measurement_id__in=list(sealed)).values("key")
                )
            sealed.append(measurement or 0)
            made.append(_of_sealed(found, place))
    return made


def _not_before(source: IndicatorSource, rows: Any, sealed: Sequence[int], live: Sequence[Any]) -> Any:
    for earlier in live:
        rows = rows.exclude(**{f"{KEY}__in": earlier})
    if not sealed:
        return rows
    kept = MeasuredRecord.objects.filter(measurement_id__in=list(sealed)).values("key")
    if not source.personal:
        return rows.exclude(**{f"{KEY}__in": kept})
    known = set(kept.values_list("key", flat=True))
    keys = [key for key in rows.values_list(KEY, flat=True) if pseudonym(source.key, key) in known]
    return rows.exclude(**{f"{KEY}__in": keys})


def _id(row: Row) -> int | None:
    return row.alliance.pk if row.alliance else None


def _of_live(rows: Any, place: int) -> Any:
    facets = {f"r_{dimension}": F(column) for dimension, column in BY.items()}
    plain = {"r_key": F(KEY), "r_label": F(LABEL), "r_counted": F(COUNTED), "r_page": F(PAGE)}
    return rows.values(**plain, **facets, r_place=Value(place, output_field=IntegerField()))


def _of_sealed(rows: Any, place: int) -> Any:
    empty = Value("", output_field=CharField())
    facets = {
        f"r_{dimension}": Coalesce(KeyTextTransform(dimension.value, "facets"), empty, output_field=CharField())
        for dimension in Dimension
    }
    plain = {"r_key": F("key"), "r_label": F("label"), "r_counted": F("counted"), "r_page": F("url")}
    return rows.values(**plain, **facets, r_place=Value(place, output_field=IntegerField()))


def _narrowed(part: Any, asked: Mapping[str, Any]) -> Any:
    wanted = Q()
    if text := asked.get("cerca"):
        wanted &= Q(r_label__icontains=text)
    if counted := asked.get("contati"):
        wanted &= Q(r_counted=counted == "si")
    for dimension, name in _PARAMETERS.items():
        if value := asked.get(name):
            wanted &= Q(**{f"r_{dimension}": "" if value == NOT_TOLD else value})
    return part.filter(wanted)


def _sort(columns: Sequence[Column], params: QueryDict) -> str:
    asked = params.get(SORT, "")
    return asked if asked.removeprefix("-") in {column.key for column in columns if column.sort} else "label"


def _ordered(parts: Sequence[Any], columns: Sequence[Column], params: QueryDict) -> Any:
    if not parts:
        return None
    sort = _sort(columns, params)
    column = next(each for each in columns if each.key == sort.removeprefix("-"))
    sign = "-" if sort.startswith("-") else ""
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return rows.order_by(f"{sign}{column.sort}", "r_place", "r_key")


def _rows(
    actor: Actor,
    opened: OpenedPlan,
    reading: Reading,
    found: Iterable[Any],
    names: Mapping[Dimension, Mapping[str, str]],
    chosen: _Chosen,
) -> Iterator[RecordRow]:
    source = reading.source
    opens = source is not None and source.may_open(actor)
    network = opened.plan.network.slug
    for row in found:
        facets = {
            dimension.value: names[dimension].get(row[f"r_{dimension}"], row[f"r_{dimension}"])
            if dimension in names
            else ""
            for dimension in Dimension
        }
        page = row["r_page"]
        if page and source is not None and not page.startswith("/"):
            page = source.url(network, page)
        yield RecordRow(
            key=row["r_key"],
            label=row["r_label"],
            url=page if opens else "",
            counted=row["r_counted"],
            period=chosen.cells[row["r_place"]].period.title,
            **facets,
        )


def _hint(reading: Reading, chosen: _Chosen) -> str:
    if reading.source is not None and reading.source.personal and any(not cell.live for cell in chosen.cells):
        return gettext("What was sealed of personal records has a pseudonym: it tells them apart, and nothing else.")
    if reading.unit is Unit.SHARE:
        return gettext("The list holds everything the share is taken of; “counted” marks its part.")
    return ""
