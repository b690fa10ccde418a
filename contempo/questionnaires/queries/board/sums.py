"""The sums the database keeps of a campaign, as the rules read them: never a count of rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from contempo.questionnaires.models import CampaignTally
from contempo.questionnaires.rules.rates import Outcome, UnitCount, outcome
from contempo.questionnaires.rules.states import CoverageState

INVITATION, UNIT, RESPONSE, DAY, COVERAGE = "invitation", "unit", "response", "day", "coverage"

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Sums:
    """Sums of one campaign. `invitations` by facet, value and standing (a state, or `partial`); `units` by facet and
    value; `responses` by channel and state; `days` by day and channel; `coverages` by state. What is not there is zero.
    """

    invitations: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, UnitCount]] = field(default_factory=dict)
    responses: Mapping[str, Counts] = field(default_factory=dict)
    days: Mapping[date, Counts] = field(default_factory=dict)
    coverages: Counts = field(default_factory=dict)

    def outcomes(self, facet: str) -> dict[str, Outcome]:
        """The outcome of the invitations of each value of a facet."""
        return {value: outcome(counts) for value, counts in self.invitations.get(facet, {}).items()}

    def standings(self, facet: str = "channel") -> dict[str, int]:
        """Invitations by standing, over all values of a facet that was read."""
        made: dict[str, int] = defaultdict(int)
        for counts in self.invitations.get(facet, {}).values():
            for standing, count in counts.items():
                made[standing] += count
        return dict(made)

    def outcome(self, facet: str = "channel") -> Outcome:
        """The outcome of all invitations, from a facet that was read."""
        return sum(self.outcomes(facet).values(), Outcome())

    def unit_count(self, facet: str = "channel") -> UnitCount:
        """All units, from a facet that was read."""
        return sum(self.units.get(facet, {}).values(), UnitCount())

    @property
    def disputed(self) -> int:
        """Answers that wait to be settled."""
        return self.coverages.get(CoverageState.DISPUTED, 0)


def sums(campaign_id: int, *facets: str) -> Sums:
    """The sums of the `facets` (`invitation.channel`, `unit.kind`, `response`, …) of a campaign. One SQL."""
    invitations: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    measures: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    responses: dict[str, dict[str, int]] = defaultdict(dict)
    days: dict[date, dict[str, int]] = defaultdict(dict)
    coverages: dict[str, int] = {}
    for facet, key, measure, count in _rows(campaign_id, facets):
        about, _dot, name = facet.partition(".")
        value, _bar, standing = key.rpartition("|")
        if about == INVITATION:
            invitations[name][value][standing] = count
        elif about == UNIT:
            measures[name][key][measure] = count
        elif about == RESPONSE:
            responses[value][standing] = count
        elif about == DAY:
            days[date.fromisoformat(standing)][value] = count
        else:
            coverages[key] = count
    units = {
        name: {value: UnitCount(**counts) for value, counts in by_value.items()} for name, by_value in measures.items()
    }
    return Sums(invitations, units, responses, dict(sorted(days.items())), coverages)


def _rows(campaign_id: int, facets: Iterable[str]) -> Iterable[tuple[str, str, str, int]]:
    found = CampaignTally.objects.filter(campaign_id=campaign_id, facet__in=facets, count__gt=0)
    return found.values_list("facet", "key", "measure", "count")
