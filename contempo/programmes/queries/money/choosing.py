"""What reports and lists of expenses may be narrowed to: keys and names of each facet."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from contempo.network.public import organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import may_read_money
from contempo.programmes.models import Alliance, BudgetLine, Plan, PlanTally, Source
from contempo.programmes.queries.money.sums import sent
from contempo.programmes.queries.money.words import period_text
from contempo.programmes.rules.reports import NONE, Dimension, half_of

Offers = Mapping[str, list[Any]]
"""Choices by facet: pairs of key and name, for periods in groups."""


def offers(actor: Actor, plan: Plan) -> Offers:
    """The choices of each facet: what the plan has, of partners and months those with expenses. Five SQL, six for who
    reads only what is their own.
    """
    partners, months = _seen(actor, plan)
    links = organisation_links(plan.network_id, partners)
    alliances = Alliance.objects.filter(plan=plan).order_by("position").values_list("id", "name")
    lines = BudgetLine.objects.filter(plan=plan).order_by("position", "id")
    sources = Source.objects.filter(plan=plan).order_by("position", "id").values_list("id", "name")
    return {
        "partner": [(str(link.id), link.name) for link in links.values()],
        "alliance": [*((str(key), name) for key, name in alliances), (NONE, _("No alliance"))],
        "line": _lines(lines.values_list("id", "title", "alliance__name")),
        "source": [(str(key), name) for key, name in sources],
        "month": _periods(months),
    }


def _lines(rows: Iterable[tuple[int, str, str | None]]) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, title, alliance in rows:
        groups.setdefault(alliance or _("The plan itself"), []).append((str(key), title))
    return list(groups.items())


def _periods(months: Iterable[str]) -> list[Any]:
    months = sorted(months, reverse=True)
    halves = sorted({half_of(month) for month in months}, reverse=True)
    if not months:
        return []
    return [
        (_("Half-years"), [(half, period_text(half)) for half in halves]),
        (_("Months"), [(month, period_text(month)) for month in months]),
    ]


def _seen(actor: Actor, plan: Plan) -> tuple[list[int], list[str]]:
    """Partners and months that have expenses which `actor` may see."""
    if may_read_money(actor):
        keys = PlanTally.objects.filter(
            plan=plan, facet__in=("partner", "month"), measure="expenses", count__gt=0
        ).values_list("facet", "key")
        found = list(keys)
        return [int(key) for facet, key in found if facet == "partner"], [
            key for facet, key in found if facet == "month"
        ]
    rows: Any = sent(actor, plan).order_by()
    pairs = rows.values_list("organisation_id", TruncMonth("paid_on")).distinct()
    partners, months = set(), set()
    for partner, month in pairs:
        partners.add(partner)
        months.add(f"{month:%Y-%m}")
    return sorted(partners), sorted(months)


def labels(offered: Offers, dimension: Dimension) -> dict[str, str]:
    """Names by key of the choices of a dimension."""
    facet = "month" if dimension in (Dimension.MONTH, Dimension.HALF) else dimension.value
    found: dict[str, str] = {}
    for key, name in offered[facet]:
        found |= dict(name) if isinstance(name, list) else {key: name}
    return found
