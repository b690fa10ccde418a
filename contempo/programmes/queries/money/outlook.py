"""How a plan will end: co-financing reached against promised, and what is forecast to remain unspent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.money import Percentage, euro, in_euro
from contempo.core.verdict import require
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money
from contempo.programmes.models import Plan
from contempo.programmes.queries.money.held import Holdings, SourceOf, holdings
from contempo.programmes.queries.money.sums import pairs
from contempo.programmes.queries.money.words import percent_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.cofinancing import Cofinancing, cofinancing
from contempo.programmes.rules.reports import Sums
from contempo.programmes.rules.unspent import Outlook, outlook
from contempo.web.lists import Column


@dataclass(frozen=True)
class Promise:
    """Co-financing of the plan, or of the lines of one alliance, each share with what it is made of."""

    label: str
    promised: str
    promised_of: str
    reached: str
    reached_of: str
    kept: bool | None


@dataclass(frozen=True)
class Forecast:
    """What is forecast for a source, or for a line of it; `unspent` and `expected` are None when it is too early.

    `url` opens the expenses that are accepted or waiting.
    """

    source: str
    line: str
    allocated: Decimal
    accepted: Decimal
    waiting: Decimal
    expected: Decimal | None
    unspent: Decimal | None
    url: str

    @property
    def amounts(self) -> tuple[tuple[str, str], ...]:
        """Label and amount of each column, as they are read."""
        made = []
        for column in COLUMNS[2:]:
            value = getattr(self, column.key)
            made.append((str(column.label), _("not to be told yet") if value is None else in_euro(int(value * 100))))
        return tuple(made)


COLUMNS = (
    Column("source", gettext_lazy("Source of funds")),
    Column("line", gettext_lazy("Line")),
    Column("allocated", gettext_lazy("Allocated"), numeric=True),
    Column("accepted", gettext_lazy("Accepted so far"), numeric=True),
    Column("waiting", gettext_lazy("Waiting"), numeric=True),
    Column("expected", gettext_lazy("Spent at the end"), numeric=True),
    Column("unspent", gettext_lazy("Unspent"), numeric=True),
)


@dataclass(frozen=True)
class OfSource:
    """The forecast of a source and of its lines."""

    whole: Forecast
    lines: tuple[Forecast, ...]


@dataclass(frozen=True)
class Outlooks:
    """The page. `gone` and `days` are days of the plan; `early` when nothing can be forecast yet."""

    promises: tuple[Promise, ...]
    sources: tuple[OfSource, ...]
    total: Forecast
    gone: int
    days: int
    early: bool


def outlooks(actor: Actor, opened: OpenedPlan, today: date) -> Outlooks:
    """How a plan will end, as it looks on `today`. Four SQL. Raises NotPermitted."""
    require(may_read_money(actor))
    plan = opened.plan
    held, spent = holdings(plan), pairs(plan, "line", "source")
    by_cell = _by_cell(plan, held, spent, today)
    total = sum(by_cell.values(), Outlook(0, 0, 0, 0))
    days = (plan.until - plan.since).days
    return Outlooks(
        promises=tuple(_promises(held)),
        sources=tuple(_of_source(opened, held, by_cell, source) for source in held.sources),
        total=_forecast(_("Whole plan"), "", total, opened.url("expenses")),
        gone=min(max((today - plan.since).days, 0), days),
        days=days,
        early=total.expected is None,
    )


def forecasts(actor: Actor, opened: OpenedPlan, today: date) -> Iterator[Forecast]:
    """The lines of the forecast, for files."""
    made = outlooks(actor, opened, today)
    for source in made.sources:
        yield from source.lines


def _by_cell(
    plan: Plan, held: Holdings, spent: dict[tuple[str, str], Sums], today: date
) -> dict[tuple[int, int], Outlook]:
    allocated: dict[tuple[int, int], int] = {}
    for each in held.held:
        at = each.line, each.source
        allocated[at] = allocated.get(at, 0) + each.money.present
    found = {}
    for line in held.lines:
        for source in held.sources:
            sums = spent.get((str(line.id), str(source.id)), Sums())
            at = line.id, source.id
            if at in allocated:
                found[at] = outlook(
                    allocated=allocated[at],
                    accepted=sums.accepted,
                    waiting=sums.waiting,
                    since=plan.since,
                    until=plan.until,
                    today=today,
                )
    return found


def _of_source(opened: OpenedPlan, held: Holdings, cells: dict[tuple[int, int], Outlook], source: SourceOf) -> OfSource:
    url = f"{opened.url('expenses')}?fonte={source.id}"
    lines = [(line, cells[line.id, source.id]) for line in held.lines if (line.id, source.id) in cells]
    whole = sum((each for _line, each in lines), Outlook(0, 0, 0, 0))
    return OfSource(
        _forecast(source.name, "", whole, url),
        tuple(
            _forecast(source.name, f"{line.title} ({line.part.name})", each, f"{url}&voce={line.id}")
            for line, each in lines
        ),
    )


def _forecast(source: str, line: str, each: Outlook, url: str) -> Forecast:
    return Forecast(
        source=source,
        line=line,
        allocated=euro(each.allocated),
        accepted=euro(each.accepted),
        waiting=euro(each.waiting),
        expected=None if each.expected is None else euro(each.expected),
        unspent=None if each.unspent is None else euro(each.unspent),
        url=url,
    )


def _promises(held: Holdings) -> Iterator[Promise]:
    yield _promise(_("Whole plan"), cofinancing(held.of_sources()))
    for part in held.parts:
        lines: Iterable[int] = [line.id for line in held.lines_of(part)]
        yield _promise(part.name, cofinancing(held.of_sources(lines)))


def _promise(label: str, found: Cofinancing) -> Promise:
    return Promise(
        label=label,
        promised=percent_text(found.promised),
        promised_of=_of(found.promised),
        reached=percent_text(found.reached),
        reached_of=_of(found.reached),
        kept=found.kept,
    )


def _of(share: Percentage | None) -> str:
    """What a share is made of, in words; empty for a share of nothing."""
    if share is None:
        return ""
    return _("%(part)s of %(whole)s") % {
        "part": in_euro(int(share.numerator)),
        "whole": in_euro(int(share.denominator)),
    }
