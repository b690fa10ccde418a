"""Reports: expenses divided by one thing and narrowed by another; each total opens the expenses it is the sum of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contempo.core.money import euro, in_euro
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money
from contempo.programmes.queries.money.choosing import Offers, labels, offers
from contempo.programmes.queries.money.held import Holdings, holdings
from contempo.programmes.queries.money.sums import Narrowed, narrowed_to, sums
from contempo.programmes.queries.money.words import percent_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.matrix import share
from contempo.programmes.rules.reports import DIMENSION_NAMES, Dimension, Sums, total
from contempo.web.lists import Column

BY = {
    "soggetto": Dimension.PARTNER,
    "alleanza": Dimension.ALLIANCE,
    "voce": Dimension.LINE,
    "fonte": Dimension.SOURCE,
    "mese": Dimension.MONTH,
    "semestre": Dimension.HALF,
}
"""Names in the address of what a report is divided by."""

FILTERS = {
    "soggetto": Dimension.PARTNER,
    "alleanza": Dimension.ALLIANCE,
    "voce": Dimension.LINE,
    "fonte": Dimension.SOURCE,
    "periodo": Dimension.MONTH,
}
"""Names in the address of what a report may be narrowed by, the same as those of the list of expenses."""

_ALLOCATED = (Dimension.ALLIANCE, Dimension.LINE, Dimension.SOURCE)
"""What money is allocated by."""


@dataclass(frozen=True)
class Asked:
    """A report: divided `by`, narrowed to `key` of `narrowed` (a name of the address), or not narrowed."""

    by: str = "alleanza"
    narrowed: str = ""
    key: str = ""

    @property
    def dimension(self) -> Dimension:
        return BY[self.by]

    @property
    def filter(self) -> Narrowed | None:
        """What the sums are narrowed to."""
        return narrowed_to(FILTERS[self.narrowed], self.key) if self.narrowed else None


@dataclass(frozen=True)
class Row:
    """A line of a report: sums in euro, `allocated` None where it makes no sense; `share` of all that was claimed."""

    label: str
    url: str
    expenses: int
    allocated: Decimal | None
    claimed: Decimal
    waiting: Decimal
    accepted: Decimal
    refused: Decimal
    paid: Decimal
    share: str

    @property
    def amounts(self) -> tuple[tuple[str, str], ...]:
        """Label and amount of each column, as they are read."""
        names = ("allocated", "claimed", "waiting", "accepted", "refused", "paid")
        heads = {column.key: str(column.label) for column in COLUMNS}
        return tuple((heads[name], _shown(getattr(self, name))) for name in names)


COLUMNS = (
    Column("label", gettext_lazy("What")),
    Column("expenses", gettext_lazy("Expenses"), numeric=True),
    Column("allocated", gettext_lazy("Allocated"), numeric=True),
    Column("claimed", gettext_lazy("Claimed"), numeric=True),
    Column("waiting", gettext_lazy("Waiting"), numeric=True),
    Column("accepted", gettext_lazy("Accepted so far"), numeric=True),
    Column("refused", gettext_lazy("Not accepted"), numeric=True),
    Column("paid", gettext_lazy("Paid out"), numeric=True),
    Column("share", gettext_lazy("Share of the claimed"), numeric=True),
)


@dataclass(frozen=True)
class Report:
    """`category` names what it is divided by, `narrowed` what it is narrowed to; `whole` is false when it tells only
    what its reader may see.
    """

    category: str
    narrowed: str
    rows: tuple[Row, ...]
    total: Row
    whole: bool

    @property
    def finding(self) -> str:
        """What the report says first."""
        if not self.total.expenses:
            return ""
        first = max(self.rows, key=lambda row: row.claimed)
        return _("Most was claimed by or for: %(label)s (%(share)s)") % {"label": first.label, "share": first.share}


def report(actor: Actor, opened: OpenedPlan, asked: Asked, offered: Offers) -> Report:
    """The report asked for, of what `actor` may see. Four SQL, whatever the number of expenses."""
    held = holdings(opened.plan)
    found = sums(actor, opened.plan, asked.dimension, asked.filter)
    allocated = _allocated(held, asked)
    names = {**labels(offered, asked.dimension)}
    whole = total(found.values())
    rows = [
        _row(
            names.get(key, key),
            _url(opened, asked, key),
            found.get(key, Sums()),
            whole,
            None if allocated is None else allocated.get(key, 0),
        )
        for key in _order(asked.dimension, found, allocated, names)
    ]
    return Report(
        category=_(DIMENSION_NAMES[asked.dimension]),
        narrowed=labels(offered, FILTERS[asked.narrowed]).get(asked.key, asked.key) if asked.narrowed else "",
        rows=tuple(rows),
        total=_row(
            _("Total"), _url(opened, asked), whole, whole, None if allocated is None else sum(allocated.values())
        ),
        whole=bool(may_read_money(actor)),
    )


def report_rows(actor: Actor, opened: OpenedPlan, asked: Asked) -> Iterator[Row]:
    """The lines of a report and their total, for files."""
    made = report(actor, opened, asked, offers(actor, opened.plan))
    yield from made.rows
    yield made.total


def _order(
    dimension: Dimension, found: Mapping[str, Sums], allocated: Mapping[str, int] | None, names: Mapping[str, str]
) -> list[str]:
    """Periods in time, lines and sources in the order of the budget, partners by name; all that has a sum or money."""
    keys = {*found, *(key for key, cents in (allocated or {}).items() if cents)}
    if dimension in (Dimension.MONTH, Dimension.HALF):
        return sorted(keys)
    known = [key for key in names if key in keys]
    return known + sorted(keys.difference(known))


def _row(label: str, url: str, sums: Sums, whole: Sums, allocated: int | None) -> Row:
    return Row(
        label=label,
        url=url,
        expenses=sums.expenses,
        allocated=None if allocated is None else euro(allocated),
        claimed=euro(sums.claimed),
        waiting=euro(sums.waiting),
        accepted=euro(sums.accepted),
        refused=euro(sums.refused),
        paid=euro(sums.paid),
        share=percent_text(share(sums.claimed, whole.claimed)),
    )


def _url(opened: OpenedPlan, asked: Asked, key: str = "") -> str:
    """The list of expenses behind a line of the report, or behind its total."""
    wanted = {asked.narrowed: asked.key} if asked.narrowed else {}
    if key:
        name = "periodo" if asked.by in ("mese", "semestre") else asked.by
        # Within a filter of the same thing the line is narrower: a month of a half-year.
        wanted[name] = key
    return f"{opened.url('expenses')}?{urlencode(wanted)}"


def _allocated(held: Holdings, asked: Asked) -> dict[str, int] | None:
    """The present money by key of the dimension; None where the dimension, or what narrows it, has no budget."""
    narrowed = FILTERS.get(asked.narrowed)
    if asked.dimension not in _ALLOCATED or narrowed not in (None, *_ALLOCATED):
        return None
    parts = {line.id: line.part.id for line in held.lines}
    found: dict[str, int] = {}
    for each in held.held:
        keys = {
            Dimension.ALLIANCE: str(parts[each.line]),
            Dimension.LINE: str(each.line),
            Dimension.SOURCE: str(each.source),
        }
        if narrowed is None or keys[narrowed] == asked.key:
            key = keys[asked.dimension]
            found[key] = found.get(key, 0) + each.money.present
    return found


def _shown(amount: Decimal | None) -> str:
    return "" if amount is None else in_euro(int(amount * 100))
