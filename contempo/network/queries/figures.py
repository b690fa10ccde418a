"""The figures of a network: what is counted from its records, each with the address of its list; what is declared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contempo.network.queries.municipalities import places_to_choose
from contempo.network.queries.networks import Fact, declared_facts
from contempo.network.queries.tallies import tallies
from contempo.network.rules.growth import GrowthPoint, growth, yearly
from contempo.network.rules.organisations import KIND_LABELS, PRIORITY_LABELS
from contempo.web.charts import Chart, Series

REQUESTS_DECLARED = "requests"
_MONTHS_SHOWN = 36
_BARS = 12


@dataclass(frozen=True)
class Count:
    """How many members have something in common; `url` opens their list, which has just as many rows."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Figures:
    """The figures of a network today. `declared` are figures of its documents, not counted here.

    Of the municipalities those with most members are there, `places_left_out` says how many are not.
    """

    members: int
    members_url: str
    growth: tuple[GrowthPoint, ...]
    by_kind: tuple[Count, ...]
    by_priority: tuple[Count, ...]
    by_municipality: tuple[Count, ...]
    places_left_out: int
    declared: tuple[Fact, ...]

    @property
    def declared_total(self) -> int:
        return sum(fact.value for fact in self.declared)

    @property
    def declared_sources(self) -> tuple[str, ...]:
        """The documents the declared figures come from, each once."""
        return tuple(dict.fromkeys(fact.source for fact in self.declared))


def figures(network_id: int, *, network: str, language: str, today: date) -> Figures:
    """The figures of the network `network` (its slug) on `today`. Three SQL, at any size."""
    kept = tallies(
        network_id, "members", "members_by_kind", "members_by_priority", "members_by_municipality", "joined", "left"
    )
    url = reverse("network:members", kwargs={"network": network})
    by_place = kept["members_by_municipality"]
    places = dict(places_to_choose(by_place))
    return Figures(
        members=kept["members"].get("all", 0),
        members_url=url,
        growth=growth(_by_month(kept["joined"]), _by_month(kept["left"]), today),
        by_kind=_counts(kept["members_by_kind"], _translated(KIND_LABELS), f"{url}?tipo="),
        by_priority=_counts(kept["members_by_priority"], _translated(PRIORITY_LABELS), f"{url}?priorita="),
        by_municipality=_counts(by_place, places, f"{url}?comune="),
        places_left_out=len(by_place) - len(places),
        declared=declared_facts(network_id, REQUESTS_DECLARED, language),
    )


def _by_month(counts: Mapping[str, int]) -> dict[date, int]:
    return {date.fromisoformat(f"{month}-01"): count for month, count in counts.items()}


def _translated(labels: Mapping[str, str]) -> dict[str, str]:
    return {key: _(label) for key, label in labels.items()}


def _counts(counts: Mapping[str, int], labels: Mapping[str, str], url: str) -> tuple[Count, ...]:
    """The most numerous first, then by label."""
    found = (Count(labels[key], count, f"{url}{key}") for key, count in counts.items() if key in labels)
    return tuple(sorted(found, key=lambda each: (-each.count, each.label)))


def growth_chart(points: tuple[GrowthPoint, ...]) -> Chart | None:
    """Members over time: by month for a young network, by year for an older one; None before the first member."""
    if not points:
        return None
    by_month = len(points) <= _MONTHS_SHOWN
    shown = points if by_month else yearly(points)
    names = tuple(date_format(point.month, "M Y" if by_month else "Y") for point in shown)
    return Chart(
        id="growth",
        title=_finding(points),
        kind="area",
        categories=names,
        series=(Series(_("Members"), tuple(point.members for point in shown)),),
        unit=_("members"),
        category=_("Month") if by_month else _("Year"),
        summary=_("From %(first)s in %(since)s to %(last)s in %(until)s.")
        % {"first": shown[0].members, "since": names[0], "last": shown[-1].members, "until": names[-1]},
    )


def _finding(points: tuple[GrowthPoint, ...]) -> str:
    now = points[-1].members
    before = points[-13].members if len(points) > 12 else 0
    words = {"now": now, "more": now - before, "fewer": before - now}
    if now > before:
        return _("The network has %(now)s members: %(more)s more than a year ago") % words
    if now < before:
        return _("The network has %(now)s members: %(fewer)s fewer than a year ago") % words
    return _("The network has %(now)s members, as many as a year ago") % words


def counts_chart(id: str, counts: tuple[Count, ...], category: str, finding: str) -> Chart | None:
    """Bars of the most numerous of `counts`; `finding` is a sentence with %(label)s, %(count)s. None without counts."""
    if not counts:
        return None
    first, shown = counts[0], counts[:_BARS]
    left_out = len(counts) - len(shown)
    more = ngettext("%(count)s more is not drawn.", "%(count)s more are not drawn.", left_out) % {"count": left_out}
    return Chart(
        id=id,
        title=finding % {"label": first.label, "count": first.count},
        kind="bar",
        categories=tuple(each.label for each in shown),
        series=(Series(_("Members"), tuple(each.count for each in shown)),),
        unit=_("members"),
        category=category,
        links=tuple(each.url for each in shown),
        summary=more if left_out else "",
    )
