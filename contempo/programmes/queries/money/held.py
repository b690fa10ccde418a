"""The allocations of a plan with their lines, sources and partners, read once for every page of the money."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from contempo.programmes.models import Allocation, BudgetLine, Plan, Source
from contempo.programmes.rules.cofinancing import OWN, OfSource
from contempo.programmes.rules.matrix import Amount


@dataclass(frozen=True)
class Part:
    """An alliance, or the plan itself (id 0)."""

    id: int
    name: str
    key: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the budget."""

    id: int
    title: str
    part: Part


@dataclass(frozen=True)
class SourceOf:
    """A source of money; `own` is the partners' own, which is never paid out."""

    id: int
    name: str
    kind: str
    kind_label: str
    act: str
    cup: str

    @property
    def own(self) -> bool:
        return self.kind in OWN


@dataclass(frozen=True)
class Held:
    """One allocation: `partner` is 0 and `partner_name` empty when it is for nobody in particular."""

    id: int
    line: int
    source: int
    partner: int
    partner_name: str
    money: Amount


@dataclass(frozen=True)
class Holdings:
    """The budget of a plan: its lines in order, its sources in order, what they hold."""

    network_id: int
    lines: tuple[Line, ...]
    sources: tuple[SourceOf, ...]
    held: tuple[Held, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that have lines, in the order of their first line; the plan itself comes last."""
        found = dict.fromkeys(line.part for line in self.lines)
        return tuple(sorted(found, key=lambda part: not part.id))

    def lines_of(self, part: Part) -> tuple[Line, ...]:
        """The lines of a part."""
        return tuple(line for line in self.lines if line.part == part)

    def of_sources(self, lines: Iterable[int] | None = None) -> tuple[OfSource, ...]:
        """What each allocation of `lines` (None: of all) gives to co-financing."""
        wanted = None if lines is None else set(lines)
        kinds = {source.id: source.kind for source in self.sources}
        return tuple(
            OfSource(kinds[each.source], each.money.present, each.money.accepted)
            for each in self.held
            if wanted is None or each.line in wanted
        )


def holdings(plan: Plan) -> Holdings:
    """The budget of a plan. Three SQL."""
    lines = BudgetLine.objects.filter(plan=plan).order_by("position", "id").select_related("alliance")
    sources = Source.objects.filter(plan=plan).order_by("position", "id")
    held = Allocation.objects.filter(plan=plan).order_by(
        "line__position", "source__position", F("partner__name").asc(nulls_first=True), "id"
    )
    rows = held.values_list(
        "id", "line_id", "source_id", "partner_id", "partner__name", "first_cents", "cents", "accepted_cents"
    )
    return Holdings(
        network_id=plan.network_id,
        lines=tuple(Line(line.pk, line.title, _part(line)) for line in lines),
        sources=tuple(
            SourceOf(each.pk, each.name, each.kind, each.get_kind_display(), each.act, each.cup) for each in sources
        ),
        held=tuple(
            Held(key, line, source, partner or 0, name or "", Amount(first, cents, accepted))
            for key, line, source, partner, name, first, cents, accepted in rows
        ),
    )


def _part(line: BudgetLine) -> Part:
    if line.alliance is None:
        return Part(0, _("The plan itself"))
    return Part(line.alliance.pk, line.alliance.name, line.alliance.key)
