"""Sums of expenses by what reports divide them by: from the tallies for who reads the money, else from the own rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from contempo.people.public import Actor
from contempo.programmes.access import may_read_money, visible_expenses
from contempo.programmes.models import Expense, Plan, PlanTally
from contempo.programmes.rules.claims import ClaimState
from contempo.programmes.rules.reports import FACET, MEASURES, NONE, Dimension, Sums, by_half, months_of, total

COLUMN = {"partner": "organisation_id", "alliance": "alliance_id", "line": "line_id", "source": "source_id"}
"""What holds a facet in a row; months are told by `paid_on`."""


@dataclass(frozen=True)
class Narrowed:
    """What a report is narrowed to: expenses whose `facet` has one of `keys`."""

    facet: str
    keys: tuple[str, ...]


def narrowed_to(dimension: Dimension, key: str) -> Narrowed:
    """Narrowed to one key of a dimension; a half-year is its months."""
    if dimension in (Dimension.MONTH, Dimension.HALF):
        return Narrowed("month", months_of(key))
    return Narrowed(FACET[dimension], (key,))


def sent(actor: Actor, plan: Plan) -> QuerySet[Expense]:
    """The expenses of a plan whose claim has been sent, as far as `actor` may see them."""
    return visible_expenses(actor, Expense.objects.filter(plan=plan).exclude(stage=ClaimState.DRAFT))


def sums(actor: Actor, plan: Plan, dimension: Dimension, narrowed: Narrowed | None = None) -> dict[str, Sums]:
    """The sums for each key of a dimension, of what `actor` may see. One SQL, whatever the number of expenses."""
    facet = FACET[dimension]
    read = _tallied if may_read_money(actor) else _own
    found = read(actor, plan, facet, narrowed)
    return by_half(found) if dimension is Dimension.HALF else found


def sum_of(actor: Actor, plan: Plan, narrowed: Narrowed | None = None) -> Sums:
    """The sums of everything, or of what a report is narrowed to. One SQL."""
    if may_read_money(actor) and narrowed is None:
        return total(_read(plan, "all", lambda key: key, Q()).values())
    facet = narrowed.facet if narrowed else "partner"
    return total(sums(actor, plan, Dimension(facet), narrowed).values())


def pair_sum(plan: Plan, one: Narrowed, other: Narrowed) -> Sums:
    """The sums of what is narrowed by two facets at once, for who reads the money. One SQL."""
    return total(_tallied(None, plan, one.facet, other, only=one.keys).values())


def pairs(plan: Plan, one: str, other: str) -> dict[tuple[str, str], Sums]:
    """The sums for each pair of keys of two facets, for who reads the money. One SQL."""
    first, second = sorted((one, other))

    def split(key: str) -> tuple[str, str]:
        left, right = key.split("|")
        return (left, right) if one == first else (right, left)

    return _read(plan, f"{first}|{second}", split, Q())


def _tallied(
    _actor: Actor | None, plan: Plan, facet: str, narrowed: Narrowed | None, only: tuple[str, ...] = ()
) -> dict[str, Sums]:
    if narrowed is None or narrowed.facet == facet:
        wanted = Q(key__in=narrowed.keys) if narrowed else Q()
        if only:
            wanted &= Q(key__in=only)
        return _read(plan, facet, lambda key: key, wanted)
    first, second = sorted((facet, narrowed.facet))
    mine = 0 if facet == first else 1
    wanted = Q()
    for key in narrowed.keys:
        wanted |= Q(key__endswith=f"|{key}") if mine == 0 else Q(key__startswith=f"{key}|")
    found = _read(plan, f"{first}|{second}", lambda key: key.split("|")[mine], wanted)
    return {key: each for key, each in found.items() if key in only} if only else found


def _read(plan: Plan, facet: str, key_of: Callable[[str], Any], wanted: Q) -> dict[Any, Sums]:
    rows = PlanTally.objects.filter(wanted, plan=plan, facet=facet, measure__in=MEASURES)
    found: dict[Any, Sums] = {}
    for key, measure, count in rows.values_list("key", "measure", "count"):
        name = key_of(key)
        found[name] = found.get(name, Sums()) + Sums(**{measure: count})
    return {key: each for key, each in sorted(found.items()) if each}


def _own(actor: Actor, plan: Plan, facet: str, narrowed: Narrowed | None) -> dict[str, Sums]:
    rows: QuerySet[Any] = sent(actor, plan)
    if narrowed:
        rows = rows.filter(matching(narrowed))
    rows = rows.annotate(at=TruncMonth("paid_on") if facet == "month" else F(COLUMN[facet])).order_by()
    found: dict[str, Sums] = {}
    for at, *amounts in rows.values("at").annotate(**AGGREGATES).values_list("at", *AGGREGATES):
        key = f"{at:%Y-%m}" if facet == "month" else str(at or NONE)
        found[key] = Sums(*amounts)
    return dict(sorted(found.items()))


AGGREGATES: dict[str, Any] = {
    "expenses": Count("id"),
    "claimed": Coalesce(Sum("claimed_cents"), 0),
    "waiting": Coalesce(Sum("claimed_cents", filter=Q(accepted_cents__isnull=True)), 0),
    "accepted": Coalesce(Sum("accepted_cents"), 0),
    "refused": Coalesce(Sum(F("claimed_cents") - F("accepted_cents")), 0),
    "paid": Coalesce(Sum("paid_cents"), 0),
}
"""The measures of `Sums` over rows, in its order."""


def matching(narrowed: Narrowed) -> Q:
    """The rows that a report is narrowed to."""
    if narrowed.facet == "month":
        found = Q()
        for month in narrowed.keys:
            found |= Q(paid_on__gte=f"{month}-01", paid_on__lt=_next(month))
        return found
    if narrowed.keys == (NONE,):
        return Q(**{f"{COLUMN[narrowed.facet]}__isnull": True})
    return Q(**{f"{COLUMN[narrowed.facet]}__in": narrowed.keys})


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02}-01"
