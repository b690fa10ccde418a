"""The mapping at a glance: by directorate, how many activities are assessed and with what result."""

from dataclasses import dataclass
from urllib.parse import urlencode

from contempo.agile.models import EmployerTally
from contempo.agile.queries.mapping.activities import ASSESSED, NOT_ASSESSED, directorate_choices, units_of
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.mapping import Remoteness


@dataclass(frozen=True)
class Figure:
    """A count and the list that is as long."""

    count: int
    url: str


@dataclass(frozen=True)
class SummaryRow:
    """The running activities of a directorate (or of all): all of them, and by result."""

    name: str
    every: Figure
    assessed: Figure
    remote: Figure
    partly: Figure
    none: Figure
    waiting: Figure


@dataclass(frozen=True)
class Summary:
    """A row for each directorate that has activities, and the total."""

    rows: tuple[SummaryRow, ...]
    total: SummaryRow


def summary(opened: OpenedEmployer) -> Summary:
    """The summary of the mapping, from the sums the database keeps. Two SQL."""
    counts: dict[str, dict[str, int]] = {}
    kept = EmployerTally.objects.filter(employer=opened.employer, facet="activity", count__gt=0)
    for key, count in kept.values_list("key", "count"):
        directorate, result = key.split("|")
        counts.setdefault(directorate, {})[result] = count
    every: dict[str, int] = {}
    for row in counts.values():
        for result, count in row.items():
            every[result] = every.get(result, 0) + count
    named = directorate_choices(units_of(opened))
    rows = tuple(_row(opened, name, counts[key], key) for key, name in named if key in counts)
    return Summary(rows, _row(opened, "", every, ""))


def _row(opened: OpenedEmployer, name: str, counts: dict[str, int], directorate: str) -> SummaryRow:
    def figure(count: int, result: str = "") -> Figure:
        chosen = {key: value for key, value in (("direzione", directorate), ("esito", result)) if value}
        return Figure(count, opened.url("activities") + (f"?{urlencode(chosen)}" if chosen else ""))

    return SummaryRow(
        name=name,
        every=figure(sum(counts.values())),
        assessed=figure(sum(counts.values()) - counts.get("0", 0), ASSESSED),
        remote=figure(counts.get(Remoteness.REMOTE, 0), Remoteness.REMOTE),
        partly=figure(counts.get(Remoteness.PARTLY, 0), Remoteness.PARTLY),
        none=figure(counts.get(Remoteness.NOT, 0), Remoteness.NOT),
        waiting=figure(counts.get("0", 0), NOT_ASSESSED),
    )
