"""What the form of a revision begins with and may choose, and what its rows come to while they are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contempo.core.money import euro, in_italian
from contempo.core.verdict import require
from contempo.network.public import organisation_links
from contempo.people.public import Actor
from contempo.programmes.access import may_keep_plans, visible_revisions
from contempo.programmes.models import Alliance, BudgetRevision, Partner, RevisionChange
from contempo.programmes.queries.money.held import Holdings, holdings
from contempo.programmes.queries.money.revisions import Changed, Weights, approved, changed, weights
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules import revisions as rules
from contempo.programmes.rules.budgets import RevisionState
from contempo.programmes.rules.revisions import Cell, Change
from contempo.web.sentences import sentence


@dataclass(frozen=True)
class Draft:
    """A revision to be written: `initial` and `choices` are those of the form; `id` is None for a new one."""

    id: int | None
    number: int | None
    title: str
    initial: dict[str, Any]
    choices: dict[str, Any]
    held: Holdings


def draft(actor: Actor, opened: OpenedPlan, number: int | None = None) -> Draft | None:
    """A new revision, or the draft `number`; None when there is no such draft. Raises NotPermitted. Nine SQL."""
    require(may_keep_plans(actor))
    held = holdings(opened.plan)
    choices = _choices(opened, held)
    if number is None:
        return Draft(None, None, _("New revision"), {}, choices, held)
    rows = visible_revisions(actor, BudgetRevision.objects.filter(plan=opened.plan, state=RevisionState.DRAFT))
    found = rows.filter(number=number).first()
    if found is None:
        return None
    initial = {"title": found.title, "reason": found.reason, "act": found.act, "changes": _written(found)}
    return Draft(found.pk, found.number, found.title, initial, choices, held)


def _written(found: BudgetRevision) -> list[dict[str, Any]]:
    rows = RevisionChange.objects.filter(revision=found).order_by("id")
    return [
        {"line": line, "source": source, "partner": partner or "", "amount": _signed(cents)}
        for line, source, partner, cents in rows.values_list("line_id", "source_id", "partner_id", "cents")
    ]


def _signed(cents: int) -> str:
    return f"{'+' if cents > 0 else '-'}{in_italian(euro(abs(cents)))}"


def _choices(opened: OpenedPlan, held: Holdings) -> dict[str, Any]:
    leads = Alliance.objects.filter(plan=opened.plan).values_list("lead_id", flat=True)
    partners = Partner.objects.filter(alliance__plan=opened.plan).values_list("organisation_id", flat=True)
    links = organisation_links(opened.plan.network_id, {*leads, *partners})
    return {
        "line": [(part.name, [(line.id, line.title) for line in held.lines_of(part)]) for part in held.parts],
        "source": [(source.id, source.name) for source in held.sources],
        "partner": [(link.id, link.name) for link in links.values()],
    }


@dataclass(frozen=True)
class Trial:
    """What the rows written so far come to: before and after of each, and what is still `in_the_way`, in words."""

    changes: tuple[Changed, ...]
    weights: Weights
    in_the_way: tuple[str, ...]


def trial(opened: OpenedPlan, held: Holdings, changes: Sequence[Change], act: str) -> Trial:
    """What changes would do, without doing it. Two SQL."""
    known = {line.id for line in held.lines}, {source.id for source in held.sources}
    changes = [change for change in changes if change.line in known[0] and change.source in known[1]]
    earlier = approved(opened)
    cells = {
        (each.line, each.source, each.partner or None): rules.Held(each.money.present, each.money.accepted)
        for each in held.held
    }
    return Trial(
        changes=tuple(changed(held, changes, earlier)),
        weights=weights(opened, held, changes, earlier),
        in_the_way=tuple(filter(None, (sentence(rules.sound(changes, act=act)), _short(changes, cells)))),
    )


def _short(changes: Sequence[Change], cells: Mapping[Cell, rules.Held]) -> str:
    if rules.short(changes, cells) is None:
        return ""
    return _("A line would have less than has been accepted of it, or less than nothing.")
