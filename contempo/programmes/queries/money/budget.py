"""The budget as its page and its file show it: lines by sources with every sum, and what is left of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.money import euro, in_euro
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money
from contempo.programmes.models import Plan
from contempo.programmes.queries.money.held import Held, Holdings, Line, Part, SourceOf, holdings
from contempo.programmes.queries.money.words import percent_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.cofinancing import cofinancing
from contempo.programmes.rules.matrix import Amount, Matrix, matrix, total
from contempo.web.lists import Column


@dataclass(frozen=True)
class Figure:
    """An amount as the page shows it. `first` is empty when no revision has changed it; `accepted` and `remaining` are
    empty for who does not read the money; `url` opens the expenses that `accepted` is the sum of.
    """

    present: str
    first: str = ""
    accepted: str = ""
    remaining: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A row of figures, one for each source (None where nothing is allocated), their total and its share."""

    label: str
    cells: tuple[tuple[str, Figure | None], ...]
    total: Figure
    share: str


@dataclass(frozen=True)
class PartRows:
    """The rows of an alliance, or of the plan itself, and their sum; `url` is the page of the alliance."""

    name: str
    url: str
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True)
class SourceHead:
    """A source as the head of its column."""

    name: str
    kind: str
    act: str
    cup: str


@dataclass(frozen=True)
class Detail:
    """What is set aside for one partner."""

    partner: str
    line: str
    source: str
    figure: Figure


@dataclass(frozen=True)
class Budget:
    """The page. `cofinancing` is the share promised, in words, with its parts."""

    sources: tuple[SourceHead, ...]
    parts: tuple[PartRows, ...]
    total: Row
    shares: tuple[tuple[str, str], ...]
    details: tuple[Detail, ...]
    cofinancing: str
    revised: bool
    whole: bool


def budget(actor: Actor, opened: OpenedPlan) -> Budget:
    """The budget of a plan as `actor` may read it. Four SQL."""
    found = holdings(opened.plan)
    return _Pages(found, opened, whole=bool(may_read_money(actor))).page()


@dataclass(frozen=True)
class _Pages:
    """Makes the page of what is held; `whole` tells accepted and remaining too."""

    held: Holdings
    opened: OpenedPlan
    whole: bool

    def page(self) -> Budget:
        table = _table(self.held)
        whole = table.total
        acts = acts_of(self.opened.plan)
        return Budget(
            sources=tuple(
                SourceHead(each.name, each.kind_label, acts.get(each.act, ""), each.cup) for each in self.held.sources
            ),
            parts=tuple(self._part(table, part) for part in self.held.parts),
            total=self._row(_("Whole plan"), table, [line.id for line in self.held.lines], whole, {}),
            shares=tuple(
                (each.name, percent_text(table.column_total(each.id).share_of(whole))) for each in self.held.sources
            ),
            details=tuple(self._details()),
            cofinancing=promised_text(self.held),
            revised=any(each.money.first != each.money.present for each in self.held.held),
            whole=self.whole,
        )

    def _part(self, table: Matrix[int, int], part: Part) -> PartRows:
        lines = self.held.lines_of(part)
        return PartRows(
            name=part.name,
            url=self.opened.url("alliance", alliance=part.key) if part.key else "",
            rows=tuple(self._row(line.title, table, [line.id], table.total, {"voce": str(line.id)}) for line in lines),
            total=self._row(
                _("Total of “%(part)s”") % {"part": part.name},
                table,
                [line.id for line in lines],
                table.total,
                {"parte": str(part.id)},
            ),
        )

    def _row(
        self, label: str, table: Matrix[int, int], lines: list[int], whole: Amount, wanted: Mapping[str, str]
    ) -> Row:
        cells = []
        for source in self.held.sources:
            found = [cell for line in lines if (cell := table.cell(line, source.id)) is not None]
            figure = self._figure(total(found), {**wanted, "fonte": str(source.id)}) if found else None
            cells.append((source.name, figure))
        sum_of_row = total(table.row_total(line) for line in lines)
        return Row(label, tuple(cells), self._figure(sum_of_row, wanted), percent_text(sum_of_row.share_of(whole)))

    def _figure(self, amount: Amount, wanted: Mapping[str, str]) -> Figure:
        first = in_euro(amount.first) if amount.first != amount.present else ""
        if not self.whole:
            return Figure(in_euro(amount.present), first)
        url = f"{self.opened.url('expenses')}?{urlencode(wanted)}" if wanted else self.opened.url("expenses")
        return Figure(in_euro(amount.present), first, in_euro(amount.accepted), in_euro(amount.remaining), url)

    def _details(self) -> Iterator[Detail]:
        lines, sources = _by_id(self.held)
        for each in self.held.held:
            if each.partner:
                figure = self._figure(each.money, {"dotazione": str(each.id)})
                yield Detail(each.partner_name, lines[each.line].title, sources[each.source].name, figure)


def _table(held: Holdings) -> Matrix[int, int]:
    return matrix(
        [line.id for line in held.lines],
        [source.id for source in held.sources],
        held.held,
        at=lambda each: (each.line, each.source),
        money=lambda each: each.money,
    )


def _by_id(held: Holdings) -> tuple[dict[int, Line], dict[int, SourceOf]]:
    return {line.id: line for line in held.lines}, {source.id: source for source in held.sources}


def promised_text(held: Holdings) -> str:
    """The co-financing that the budget promises, in words; empty for an empty budget."""
    promised = cofinancing(held.of_sources()).promised
    if promised is None:
        return ""
    return _("The partners put in %(share)s of the whole: %(own)s of %(all)s.") % {
        "share": percent_text(promised),
        "own": in_euro(int(promised.numerator)),
        "all": in_euro(int(promised.denominator)),
    }


def acts_of(plan: Plan) -> dict[str, str]:
    """The acts of a plan, by key, as they are cited. One SQL."""
    acts: Iterable[Mapping[str, object]] = (
        Plan.objects.filter(pk=plan.pk).values_list("document__acts", flat=True).first() or ()
    )
    return {str(act["key"]): _cited(act) for act in acts}


def _cited(act: Mapping[str, object]) -> str:
    number = f"{act['number']}/{act['year']}" if act.get("number") else str(act.get("year", ""))
    return f"{act.get('kind', '')} {number}".strip()


@dataclass(frozen=True)
class Cell:
    """A line of the file: one allocation, in euro; `accepted` and `remaining` are None for who may not read them."""

    part: str
    line: str
    source: str
    kind: str
    partner: str
    first: Decimal
    present: Decimal
    accepted: Decimal | None
    remaining: Decimal | None


COLUMNS = (
    Column("part", gettext_lazy("Part")),
    Column("line", gettext_lazy("Line")),
    Column("source", gettext_lazy("Source of funds")),
    Column("kind", gettext_lazy("Kind")),
    Column("partner", gettext_lazy("Set aside for")),
    Column("first", gettext_lazy("First amount"), numeric=True),
    Column("present", gettext_lazy("Present amount"), numeric=True),
    Column("accepted", gettext_lazy("Accepted so far"), numeric=True),
    Column("remaining", gettext_lazy("Remaining"), numeric=True),
)


def cells(actor: Actor, plan: Plan) -> Iterator[Cell]:
    """Every allocation of a plan, for the file. Three SQL."""
    held, whole = holdings(plan), bool(may_read_money(actor))
    lines, sources = _by_id(held)
    for each in held.held:
        yield _cell(each, lines[each.line], sources[each.source], whole=whole)


def _cell(each: Held, line: Line, source: SourceOf, *, whole: bool) -> Cell:
    return Cell(
        part=line.part.name,
        line=line.title,
        source=source.name,
        kind=source.kind_label,
        partner=each.partner_name,
        first=euro(each.money.first),
        present=euro(each.money.present),
        accepted=euro(each.money.accepted) if whole else None,
        remaining=euro(each.money.remaining) if whole else None,
    )
