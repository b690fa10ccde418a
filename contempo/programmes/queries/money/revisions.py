"""Revisions of a budget: their list, and one of them with what it changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from contempo.core.choices import choices
from contempo.core.money import euro, in_euro, in_italian
from contempo.core.workflow import Look, Transition
from contempo.network.public import organisation_links
from contempo.people.public import Actor, names
from contempo.programmes.access import may_decide_revision, parts_in_revision, visible_revisions
from contempo.programmes.models import BudgetRevision, RevisionChange
from contempo.programmes.queries.money.held import Holdings, holdings
from contempo.programmes.queries.money.words import percent_text
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules import revisions as rules
from contempo.programmes.rules.budgets import REVISION, RevisionState
from contempo.programmes.rules.matrix import share
from contempo.programmes.rules.revisions import Cell, Change, Weighed
from contempo.web import lists
from contempo.web.lists import Column, ListPage
from contempo.web.sentences import sentence


class RevisionFilters(django_filters.FilterSet):
    """What revisions may be narrowed by."""

    stato = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=choices({state: look.label for state, look in REVISION.looks.items()}),
        empty_label=gettext_lazy("All"),
        field_name="state",
    )

    class Meta:
        model = BudgetRevision
        fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class RevisionRow:
    """A revision in the list."""

    number: str
    url: str
    state: Look
    proposed_at: datetime | None
    decided_at: datetime | None
    act: str


COLUMNS = (
    Column("number", gettext_lazy("Revision"), sort="number"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("proposed_at", gettext_lazy("Proposed on"), sort="proposed_at"),
    Column("decided_at", gettext_lazy("Decided on"), sort="decided_at"),
    Column("act", gettext_lazy("Act of the funds"), only_export=True),
)


def revisions(actor: Actor, opened: OpenedPlan, params: QueryDict) -> ListPage:
    """The revisions of a plan that `actor` may see, newest first. Two SQL."""
    return lists.build(_filters(actor, opened, params), columns=COLUMNS, to_row=_to_row(opened), sort="-number")


def revision_rows(actor: Actor, opened: OpenedPlan, params: QueryDict) -> Iterator[RevisionRow]:
    """Every revision of the list, for files."""
    filters = _filters(actor, opened, params)
    return lists.every_row(filters, columns=COLUMNS, to_row=_to_row(opened), sort="-number")


def _filters(actor: Actor, opened: OpenedPlan, params: QueryDict) -> RevisionFilters:
    return RevisionFilters(params, _visible(actor, opened))


def _visible(actor: Actor, opened: OpenedPlan) -> QuerySet[BudgetRevision]:
    return visible_revisions(actor, BudgetRevision.objects.filter(plan=opened.plan))


def _to_row(opened: OpenedPlan) -> Any:
    def row(each: BudgetRevision) -> RevisionRow:
        return RevisionRow(
            number=f"{each.number}. {each.title}",
            url=opened.url("revision", number=each.number),
            state=REVISION.looks[RevisionState(each.state)],
            proposed_at=each.proposed_at,
            decided_at=each.decided_at,
            act=each.act,
        )

    return row


@dataclass(frozen=True)
class Changed:
    """One change: `before` and `after` are what the cell holds without and with this revision."""

    line: str
    source: str
    partner: str
    before: str
    change: str
    after: str


@dataclass(frozen=True)
class Moved:
    """What a line gives away, now and in all approved before, as a share of what it had first."""

    line: str
    given: str
    before: str
    first: str
    share: str
    over: bool


@dataclass(frozen=True)
class Balanced:
    """What a source gets more, or loses."""

    source: str
    cents: str


@dataclass(frozen=True)
class Weights:
    """What a revision comes to, in words of the page; `limit` is the per cent of the plan."""

    moves: tuple[Moved, ...]
    balance: tuple[Balanced, ...]
    up_to_steering: bool
    limit: str


@dataclass(frozen=True)
class RevisionPage:
    """A revision with what it changes, who did what, and the steps its reader may take.

    `why_not` says why its reader may not decide on it, when it is proposed.
    """

    id: int
    number: int
    title: str
    reason: str
    act: str
    state: str
    look: Look
    changes: tuple[Changed, ...]
    weights: Weights
    created_at: datetime
    created_by: str
    proposed_at: datetime | None
    proposed_by: str
    decided_at: datetime | None
    decided_by: str
    note: str
    steps: tuple[Transition, ...]
    why_not: str

    @property
    def step_names(self) -> frozenset[str]:
        return frozenset(step.name for step in self.steps)


def revision(actor: Actor, opened: OpenedPlan, number: int) -> RevisionPage | None:
    """One revision as `actor` may see it; None when they may not. Eight SQL at most."""
    found = _visible(actor, opened).filter(number=number).first()
    if found is None:
        return None
    found.plan = opened.plan
    held = holdings(opened.plan)
    changes = _changes(found)
    earlier = approved(opened, before=found.decided_at)
    called = names([found.created_by_id, found.proposed_by_id, found.decided_by_id])
    parts = parts_in_revision(actor, opened.plan)
    steps = REVISION.available(found.state, parts) if opened.in_force else ()
    verdict = may_decide_revision(actor, found) if found.state == RevisionState.PROPOSED else None
    if verdict is not None and not verdict:
        steps = tuple(step for step in steps if step.name not in ("approve", "refuse"))
    return RevisionPage(
        id=found.pk,
        number=found.number,
        title=found.title,
        reason=found.reason,
        act=found.act,
        state=found.state,
        look=REVISION.looks[RevisionState(found.state)],
        changes=tuple(changed(held, changes, earlier)),
        weights=weights(opened, held, changes, earlier),
        created_at=found.created_at,
        created_by=called.get(found.created_by_id or 0, ""),
        proposed_at=found.proposed_at,
        proposed_by=called.get(found.proposed_by_id or 0, ""),
        decided_at=found.decided_at,
        decided_by=called.get(found.decided_by_id or 0, ""),
        note=found.decision_note,
        steps=steps,
        why_not=sentence(verdict) if verdict is not None else "",
    )


def approved(opened: OpenedPlan, *, before: datetime | None = None) -> tuple[tuple[Change, ...], ...]:
    """The changes of the revisions of a plan that were approved, or approved before an instant, in time. One SQL."""
    rows = RevisionChange.objects.filter(revision__plan=opened.plan, revision__state=RevisionState.APPROVED)
    if before:
        rows = rows.filter(revision__decided_at__lt=before)
    found: dict[int, list[Change]] = {}
    rows = rows.order_by("revision__decided_at", "revision_id", "id")
    for key, *change in rows.values_list("revision_id", "line_id", "source_id", "partner_id", "cents"):
        found.setdefault(key, []).append(Change(*change))
    return tuple(tuple(changes) for changes in found.values())


def weights(
    opened: OpenedPlan, held: Holdings, changes: Iterable[Change], earlier: tuple[tuple[Change, ...], ...]
) -> Weights:
    """What changes come to beside those approved `earlier`."""
    first: dict[int, int] = {}
    for each in held.held:
        first[each.line] = first.get(each.line, 0) + each.money.first
    made = rules.weighed(changes, first=first, before=rules.given_before(earlier), limit=opened.plan.shift_limit)
    return _weights(held, made, opened)


def _weights(held: Holdings, made: Weighed, opened: OpenedPlan) -> Weights:
    lines = {line.id: line.title for line in held.lines}
    sources = {source.id: source.name for source in held.sources}
    return Weights(
        moves=tuple(
            Moved(
                line=lines.get(move.line, ""),
                given=in_euro(move.given),
                before=in_euro(move.before),
                first=in_euro(move.first),
                share=percent_text(share(move.given + move.before, move.first)),
                over=move.over,
            )
            for move in made.moves
        ),
        balance=tuple(Balanced(sources.get(source, ""), _signed(cents)) for source, cents in made.balance.items()),
        up_to_steering=made.up_to_steering,
        limit=f"{in_italian(opened.plan.shift_limit.normalize())}\u00a0%",
    )


def _changes(found: BudgetRevision) -> tuple[Change, ...]:
    rows = RevisionChange.objects.filter(revision=found).order_by("id")
    return tuple(Change(*row) for row in rows.values_list("line_id", "source_id", "partner_id", "cents"))


def changed(held: Holdings, changes: Sequence[Change], earlier: Iterable[Iterable[Change]]) -> Iterator[Changed]:
    """What each cell holds before and after `changes`: what the plan gave first, and those approved `earlier`."""
    holds: dict[Cell, int] = {(each.line, each.source, each.partner or None): each.money.first for each in held.held}
    for change in (change for made in earlier for change in made):
        holds[change.cell] = holds.get(change.cell, 0) + change.cents
    lines = {line.id: line for line in held.lines}
    sources = {source.id: source.name for source in held.sources}
    partners = organisation_links(held.network_id, [change.partner for change in changes])
    for change in changes:
        before = holds.get(change.cell, 0)
        line = lines[change.line]
        yield Changed(
            line=f"{line.title} ({line.part.name})",
            source=sources[change.source],
            partner=partners[change.partner].name if change.partner else "",
            before=in_euro(before),
            change=_signed(change.cents),
            after=in_euro(before + change.cents),
        )


def _signed(cents: int) -> str:
    """`+1.234,56 €` or `−1.234,56 €`."""
    return f"{'+' if cents > 0 else '−'}{in_italian(euro(abs(cents)))}\u00a0€"
