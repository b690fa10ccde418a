"""The rows of a plan brought to its tree."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from contempo.programmes.actions.loading.syncing import synced
from contempo.programmes.models import (
    Activity,
    Alliance,
    AllianceTarget,
    Allocation,
    BudgetLine,
    Indicator,
    MonitoringPeriod,
    Partner,
    Phase,
    Plan,
    Responsible,
    Source,
)
from contempo.programmes.models.tree import ALLIANCE_READ_ONLY
from contempo.programmes.rules.plan import tree

_DAY = timedelta(days=1)


def write_rows(
    plan: Plan, said: tree.Plan, organisations: Mapping[str, int], *, keep_amounts: bool, at: datetime
) -> None:
    """Bring the rows of a locked plan to what its file says. `organisations` maps their keys to ids.

    With `keep_amounts` what the plan gave first is left as it was: the amounts themselves are the same, the rules have
    seen to that.
    """
    alliances = _alliances(plan, said, organisations)
    _partners(plan, said, organisations, alliances)
    phases = _phases(plan, said, alliances)
    _activities(plan, said, organisations, alliances, phases, at)
    synced(
        MonitoringPeriod.objects.filter(plan=plan),
        ["key"],
        {
            part.key: {"position": position, "title": part.title, **_span(part)}
            for position, part in _counted(said.monitoring)
        },
        plan=plan,
    )
    _indicators(plan, said, alliances)
    _budget(plan, said.budget, organisations, alliances, keep_amounts)


def _counted(parts: Iterable[Any]) -> Iterable[tuple[int, Any]]:
    return enumerate(parts, start=1)


def _span(part: Any) -> dict[str, date | None]:
    return {"since": part.starts_on, "until": part.ends_on + _DAY if part.ends_on else None}


def _taken(part: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _alliances(plan: Plan, said: tree.Plan, organisations: Mapping[str, int]) -> dict[str, Alliance]:
    return synced(
        Alliance.objects.filter(plan=plan),
        ["key"],
        {
            part.key: {
                "position": position,
                "lead_id": organisations[part.lead],
                "document": part.model_dump(mode="json", exclude_defaults=True, include=set(ALLIANCE_READ_ONLY)),
                **_taken(part, "name", "title", "cup", "unnamed_partners"),
                **_span(part),
            }
            for position, part in _counted(said.alliances)
        },
        plan=plan,
    )


def _partners(plan: Plan, said: tree.Plan, organisations: Mapping[str, int], alliances: Mapping[str, Alliance]) -> None:
    synced(
        Partner.objects.filter(alliance__plan=plan),
        ["alliance_id", "organisation_id"],
        {
            (alliances[alliance.key].pk, organisations[part.organisation]): {
                "position": position,
                **_taken(part, "role", "group", "through"),
            }
            for alliance in said.alliances
            for position, part in _counted(alliance.partners)
        },
    )


def _phases(plan: Plan, said: tree.Plan, alliances: Mapping[str, Alliance]) -> dict[tuple[int, str], Phase]:
    return synced(
        Phase.objects.filter(alliance__plan=plan),
        ["alliance_id", "key"],
        {
            (alliances[alliance.key].pk, part.key): {
                "position": position,
                **_taken(part, "number", "title", "text"),
                **_span(part),
            }
            for alliance in said.alliances
            for position, part in _counted(alliance.phases)
        },
    )


def _activities(
    plan: Plan,
    said: tree.Plan,
    organisations: Mapping[str, int],
    alliances: Mapping[str, Alliance],
    phases: Mapping[tuple[int, str], Phase],
    at: datetime,
) -> None:
    own = [(None, part) for part in said.activities]
    of_alliances = [(alliances[it.key].pk, part) for it in said.alliances for part in it.activities]
    wanted = {
        (alliance_id, part.key): (position, part) for position, (alliance_id, part) in _counted([*of_alliances, *own])
    }
    rows = synced(
        Activity.objects.filter(plan=plan),
        ["alliance_id", "key"],
        {
            (alliance_id, key): {
                "position": position,
                "phase_id": phases[alliance_id, part.phase].pk if alliance_id and part.phase else None,
                "area": part.area.value,
                **_taken(part, "title", "text", "place", "times", "state"),
                **_span(part),
            }
            for (alliance_id, key), (position, part) in wanted.items()
        },
        stamps={"state": ("state_since", at)},
        plan=plan,
        state_since=at,
    )
    synced(
        Responsible.objects.filter(activity__plan=plan),
        ["activity_id", "organisation_id"],
        {
            (rows[place].pk, organisations[key]): {"position": position}
            for place, (_position, part) in wanted.items()
            for position, key in _counted(part.responsible)
        },
    )


def _indicators(plan: Plan, said: tree.Plan, alliances: Mapping[str, Alliance]) -> None:
    rows = synced(
        Indicator.objects.filter(plan=plan),
        ["key"],
        {
            part.key: {
                "position": position,
                "typology": part.typology.value,
                "unit": part.unit.value,
                "method": part.method.value,
                "by": [dimension.value for dimension in part.by],
                **_taken(part, "number", "name", "target", "source", "filters", "evidence", "public", "note"),
            }
            for position, part in _counted(said.indicators)
        },
        plan=plan,
    )
    synced(
        AllianceTarget.objects.filter(indicator__plan=plan),
        ["indicator_id", "alliance_id"],
        {
            (rows[part.key].pk, alliances[each.alliance].pk): {"position": position, "target": each.target}
            for part in said.indicators
            for position, each in _counted(part.targets)
        },
    )


def _budget(
    plan: Plan,
    budget: tree.Budget,
    organisations: Mapping[str, int],
    alliances: Mapping[str, Alliance],
    keep_amounts: bool,
) -> None:
    sources = synced(
        Source.objects.filter(plan=plan),
        ["key"],
        {
            part.key: {
                "position": position,
                "kind": part.kind.value,
                "act": part.act or "",
                **_taken(part, "name", "cup"),
            }
            for position, part in _counted(budget.sources)
        },
        plan=plan,
    )
    lines = synced(
        BudgetLine.objects.filter(plan=plan),
        ["key"],
        {
            part.key: {
                "position": position,
                "title": part.title,
                "alliance_id": alliances[part.alliance].pk if part.alliance else None,
            }
            for position, part in _counted(budget.lines)
        },
        plan=plan,
    )
    cells = {
        (lines[cell.line].pk, sources[cell.source].pk, organisations[cell.partner] if cell.partner else None): (
            position,
            cell.amount,
        )
        for position, cell in _counted(budget.cells)
    }
    allocations = Allocation.objects.filter(plan=plan)
    first = {(row.line_id, row.source_id, row.partner_id): row.first_cents for row in allocations}
    synced(
        allocations,
        ["line_id", "source_id", "partner_id"],
        {
            key: {
                "position": position,
                "cents": cents,
                "first_cents": first.get(key, 0) if keep_amounts else cents,
            }
            for key, (position, cents) in cells.items()
        },
        plan=plan,
    )
