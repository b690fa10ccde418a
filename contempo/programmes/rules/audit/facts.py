"""A plan as the rules ask for it: every part under its key, money already added up. Made once for each check."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from contempo.programmes.rules.plan.measures import Indicator
from contempo.programmes.rules.plan.tree import Act, Activity, Alliance, Area, NamedOrganisation, Plan, SourceKind

LONGEST_PLACE = 400
"""Characters of a place: as many as the table of findings keeps."""


@dataclass(frozen=True)
class Work:
    """An activity and where it stands; `alliance` is None for those of the plan itself."""

    activity: Activity
    alliance: Alliance | None
    path: str

    @property
    def place(self) -> str:
        """Alliance and title, in the words of the plan."""
        return place_of(self.alliance.name if self.alliance else "", self.activity.title)


@dataclass(frozen=True)
class Facts:
    """`members` are lead and partners of each alliance, each once; amounts are cents.

    `by_line`, `by_source` and `by_cell` (line, source) add up the cells of the budget; `alliance_of` and `kind_of`
    answer for lines and sources that exist.
    """

    plan: Plan
    organisations: Mapping[str, NamedOrganisation]
    alliances: Mapping[str, Alliance]
    members: Mapping[str, tuple[str, ...]]
    works: tuple[Work, ...]
    by_line: Mapping[str, int]
    by_source: Mapping[str, int]
    by_cell: Mapping[tuple[str, str], int]
    alliance_of: Mapping[str, str | None]
    kind_of: Mapping[str, SourceKind]

    @cached_property
    def acts(self) -> Mapping[str, Act]:
        """The acts under their keys."""
        return {act.key: act for act in self.plan.acts}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators under their keys."""
        return {indicator.key: indicator for indicator in self.plan.indicators}

    @cached_property
    def work_named(self) -> Mapping[tuple[str | None, str], Work]:
        """The activities under the key of their alliance (None for the plan itself) and their own."""
        return {(work.alliance.key if work.alliance else None, work.activity.key): work for work in self.works}

    @cached_property
    def works_in_area(self) -> Mapping[Area, int]:
        """How many activities each area has."""
        return Counter(work.activity.area for work in self.works)

    @cached_property
    def cells_worth(self) -> Mapping[int, tuple[tuple[str, str], ...]]:
        """Title of the line and name of the source of the cells that hold an amount, by the amount in cents."""
        lines = {line.key: line.title for line in self.plan.budget.lines}
        sources = {source.key: source.name for source in self.plan.budget.sources}
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for (line, source), cents in self.by_cell.items():
            found[cents].append((lines.get(line, line), sources.get(source, source)))
        return {cents: tuple(cells) for cents, cells in found.items()}

    @property
    def total(self) -> int:
        """All the money of the budget, in cents."""
        return sum(self.by_cell.values())

    def money(self, *, lines: Iterable[str] | None = None, sources: Iterable[str] | None = None) -> int:
        """The cents of the cells in these lines and from these sources; None stands for all."""
        wanted_lines = None if lines is None else frozenset(lines)
        wanted_sources = None if sources is None else frozenset(sources)
        return sum(
            cents
            for (line, source), cents in self.by_cell.items()
            if (wanted_lines is None or line in wanted_lines) and (wanted_sources is None or source in wanted_sources)
        )

    def lines_of(self, alliance: str | None) -> frozenset[str]:
        """The lines of an alliance; of the plan itself for None."""
        return frozenset(line for line, owner in self.alliance_of.items() if owner == alliance)

    @property
    def alliance_lines(self) -> frozenset[str]:
        """The lines of all alliances."""
        return frozenset(line for line, owner in self.alliance_of.items() if owner is not None)

    def sources_of(self, *kinds: SourceKind) -> frozenset[str]:
        """The sources of these kinds."""
        return frozenset(source for source, kind in self.kind_of.items() if kind in kinds)

    @cached_property
    def partners(self) -> frozenset[str]:
        """The organisations of all alliances, leads included, each once."""
        return frozenset(organisation for members in self.members.values() for organisation in members)

    def name(self, organisation: str) -> str:
        """The name of an organisation; its key when the plan does not describe it."""
        known = self.organisations.get(organisation)
        return known.name if known else organisation

    def of_kinds(self, organisations: Iterable[str], kinds: frozenset[str]) -> tuple[str, ...]:
        """Those of `organisations` that the plan describes as one of `kinds`."""
        return tuple(
            key for key in organisations if key in self.organisations and self.organisations[key].kind in kinds
        )


def facts_of(plan: Plan) -> Facts:
    """The facts of a plan."""
    by_line: dict[str, int] = defaultdict(int)
    by_source: dict[str, int] = defaultdict(int)
    by_cell: dict[tuple[str, str], int] = defaultdict(int)
    for cell in plan.budget.cells:
        by_line[cell.line] += cell.amount
        by_source[cell.source] += cell.amount
        by_cell[cell.line, cell.source] += cell.amount
    return Facts(
        plan=plan,
        organisations={organisation.key: organisation for organisation in plan.organisations},
        alliances={alliance.key: alliance for alliance in plan.alliances},
        members={
            alliance.key: tuple(dict.fromkeys((alliance.lead, *(each.organisation for each in alliance.partners))))
            for alliance in plan.alliances
        },
        works=(
            *(Work(activity, None, f"activities[{number}]") for number, activity in enumerate(plan.activities)),
            *(
                Work(activity, alliance, f"alliances[{outer}].activities[{inner}]")
                for outer, alliance in enumerate(plan.alliances)
                for inner, activity in enumerate(alliance.activities)
            ),
        ),
        by_line=dict(by_line),
        by_source=dict(by_source),
        by_cell=dict(by_cell),
        alliance_of={line.key: line.alliance for line in plan.budget.lines},
        kind_of={source.key: source.kind for source in plan.budget.sources},
    )


def place_of(*names: str) -> str:
    """Where something stands, from the outside in, in the words of the plan alone: every language reads it."""
    place = " › ".join(" ".join(name.split()) for name in names if name)
    return place if len(place) <= LONGEST_PLACE else f"{place[: LONGEST_PLACE - 1]}…"
