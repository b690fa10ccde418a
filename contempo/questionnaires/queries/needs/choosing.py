"""Which answers a page of needs is of: those of a year, of organisations with their names or of everybody else."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from contempo.core.clock import ROME
from contempo.people.public import Actor
from contempo.questionnaires.access import keeps
from contempo.questionnaires.queries.needs.counting import Tagged
from contempo.questionnaires.queries.needs.told import NAMED, asking, parts_of, table, within
from contempo.questionnaires.rules.needs import NeedTable

YEAR, GROUP = "anno", "di"


@dataclass(frozen=True)
class Chosen:
    """What is asked for. `years` are those there is something of; `groups` whose answers the year has, `group` is the
    one chosen. `exact`: the actor may see who answered, so everything is told and opens its list.
    """

    year: int
    years: tuple[int, ...]
    groups: tuple[str, ...]
    group: str
    asked: Tagged
    exact: bool

    @property
    def period(self) -> tuple[date, date]:
        """The first day of the year, and the first after it."""
        return date(self.year, 1, 1), date(self.year + 1, 1, 1)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of an address that lead back to it."""
        return {YEAR: str(self.year), GROUP: self.group}

    def table(self) -> NeedTable | None:
        """Its needs as they may be told; None when too few answered. One SQL."""
        return table(self.asked, *self.period, exact=self.exact)


def chosen(actor: Actor, params: QueryDict, today: date) -> Chosen:
    """The year and the answers that `params` ask for; else the last year, and organisations before others. Two SQL."""
    everything = asking(actor.network_id or 0)
    years = _years(everything, today)
    wanted = params.get(YEAR, "")
    year = int(wanted) if wanted in map(str, years) else years[0] if years else today.year
    parts = parts_of(within(everything, date(year, 1, 1), date(year + 1, 1, 1)))
    group = params.get(GROUP, "")
    group = group if group in parts else next(iter(parts), NAMED)
    asked = parts.get(group, Tagged((), everything.values))
    exact = group == NAMED and all(keeps(actor, one) for one in asked.campaigns)
    return Chosen(year, tuple(years), tuple(parts), group, asked, exact)


def _years(asked: Tagged, today: date) -> list[int]:
    years: set[int] = set()
    for one in asked.campaigns:
        last = min((one.closed_at or one.closes_at).astimezone(ROME).year, today.year)
        years |= set(range(one.opens_at.astimezone(ROME).year, last + 1))
    return sorted(years, reverse=True)
