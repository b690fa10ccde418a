"""The page of tables: what may be crossed, the table asked for, the tables kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from contempo.core.verdict import Refusal
from contempo.questionnaires.access import may_keep
from contempo.questionnaires.models import Campaign, SavedTable
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.queries.reading.crossed import Percent, ShownCross, shown_cross
from contempo.questionnaires.queries.reading.filters import NARROWED, WEIGHTED, Narrowing, narrowing
from contempo.questionnaires.queries.reading.labels import Labels
from contempo.questionnaires.queries.reading.names import say
from contempo.questionnaires.queries.reading.opening import reading_book, reading_tables
from contempo.questionnaires.queries.reading.results import response_link, weights_told
from contempo.questionnaires.queries.reading.shown import Result, Showing
from contempo.questionnaires.queries.tables import Tables
from contempo.questionnaires.rules.narrowing import tokens
from contempo.questionnaires.rules.tables import Book, Spec, read

ROWS, COLUMNS, LAYERS, PERCENT, MENTIONS = "righe", "colonne", "strati", "percento", "menzioni"
"""Names in the address."""

KEPT_PERCENT = "percent"

Group = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Offered:
    """What may stand in a table: groups of (code, label), attributes first, then page by page."""

    book: Book
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Asked:
    """The table that is asked for, without its filters."""

    spec: Spec
    percent: Percent = Percent.COLUMN


@dataclass(frozen=True)
class KeptTable:
    """A table that is kept: `url` opens it; empty when the questionnaire no longer has what it speaks of."""

    id: int
    title: str
    report: bool
    url: str
    first: bool
    last: bool


@dataclass(frozen=True)
class TablesPage:
    """What the page shows: `result` is a table of one dimension, `cross` one of more; `refusal` says why there is
    none.
    """

    asked: Asked | None
    narrowing: Narrowing
    may_weigh: bool
    weights: tuple[str, ...]
    guarded: bool
    result: Result | None
    cross: ShownCross | None
    refusal: str
    kept: tuple[KeptTable, ...]
    may_keep: bool
    query: str

    @property
    def shown(self) -> bool:
        return self.result is not None or self.cross is not None

    @property
    def spec(self) -> Spec | None:
        """The table shown, with its filters and weights."""
        return self.asked.spec if self.asked and self.shown else None

    @property
    def percent(self) -> str:
        """Of what its shares are."""
        return self.asked.percent.value if self.asked else ""


def offered(opened: OpenedCampaign) -> Offered:
    """What the tables of a campaign may have in rows, columns and layers. Two SQL."""
    known = reading_book(opened)
    labels = Labels(known)
    groups: dict[str, list[tuple[str, str]]] = {_("Who answers"): []}
    for code, offer in known.offers.items():
        title = say(offer.placed.page.title) if offer.placed else _("Who answers")
        groups.setdefault(title, []).append((code, labels.variable(offer.variable)))
    return Offered(known, tuple((title, tuple(one)) for title, one in groups.items()))


def tables_page(opened: OpenedCampaign, asked: Asked | None, params: QueryDict) -> TablesPage:
    """The page with the table that is `asked` for, narrowed as `params` say. At most nine SQL."""
    with reading_tables(opened) as tables:
        labels = Labels(tables.book)
        narrowed = narrowing(tables, labels, params)
        result, cross, refusal = None, None, ""
        if asked is not None:
            spec = replace(asked.spec, filters=narrowed.filters, weighted=narrowed.weighted)
            asked = replace(asked, spec=spec)
            try:
                result, cross = table(opened, tables, labels, asked)
            except Refusal as refused:
                refusal = _(refused.reason) % refused.params
        kept = tuple(_kept(opened, tables.book)) if may_keep(opened.part) else ()
        return TablesPage(
            asked=asked,
            narrowing=narrowed,
            may_weigh=tables.may_weigh,
            weights=weights_told(tables) if narrowed.weighted else (),
            guarded=tables.guarded,
            result=result,
            cross=cross,
            refusal=refusal,
            kept=kept,
            may_keep=bool(may_keep(opened.part)),
            query=address_of(asked) if asked else "",
        )


def table(
    opened: OpenedCampaign, tables: Tables, labels: Labels, asked: Asked
) -> tuple[Result | None, ShownCross | None]:
    """The table asked for: of one dimension, or of more. Raises Refusal when it has too many cells."""
    spec = asked.spec
    if spec.columns is not None:
        return None, shown_cross(tables, labels, spec, asked.percent)
    showing = Showing(tables, labels, spec.filters, spec.weighted, response_link(opened, spec.filters))
    return showing.variable(spec.rows), None


def address_of(asked: Asked) -> str:
    """A table as an address writes it."""
    spec = asked.spec
    params = QueryDict(mutable=True)
    for name, variable in ((ROWS, spec.rows), (COLUMNS, spec.columns), (LAYERS, spec.layers)):
        if variable is not None:
            params[name] = variable.code
    params.setlist(NARROWED, tokens(spec.filters))
    for name, wanted in ((WEIGHTED, spec.weighted), (MENTIONS, spec.mentions)):
        if wanted:
            params[name] = "1"
    if asked.percent != Percent.COLUMN:
        params[PERCENT] = asked.percent.value
    return params.urlencode()


def kept_asked(kept: dict[str, Any], known: Book) -> Asked:
    """A table as it is kept. Raises Refusal when the questionnaire no longer has what it speaks of."""
    spec = dict(kept)
    percent = spec.pop(KEPT_PERCENT, Percent.COLUMN.value)
    return Asked(read(spec, known), Percent(percent) if percent in list(Percent) else Percent.COLUMN)


def _kept(opened: OpenedCampaign, known: Book) -> Iterator[KeptTable]:
    found = list(kept_tables(opened.campaign))
    address = opened.url("tables")
    for place, one in enumerate(found):
        try:
            url = f"{address}?{address_of(kept_asked(one.spec, known))}"
        except Refusal:
            url = ""
        yield KeptTable(one.pk, one.title, one.report, url, place == 0, place == len(found) - 1)


def kept_tables(campaign: Campaign) -> Iterator[SavedTable]:
    """The tables kept for a campaign, in their order. One SQL."""
    yield from SavedTable.objects.filter(campaign=campaign).order_by("position", "pk")
