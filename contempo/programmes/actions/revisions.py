"""Budget revisions: drafted and proposed by a coordinator, decided by somebody else."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max, Q

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.money import in_euro
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.programmes.access import (
    may_decide_revision,
    may_keep_plans,
    parts_in_revision,
    visible_plans,
    visible_revisions,
)
from contempo.programmes.events import PlanChanged
from contempo.programmes.models import (
    Alliance,
    Allocation,
    BudgetLine,
    BudgetRevision,
    Partner,
    Plan,
    RevisionChange,
    Source,
)
from contempo.programmes.rules import revisions as rules
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.budgets import REVISION, RevisionState
from contempo.programmes.rules.revisions import Cell, Change, Held, Weighed


@action
def draft_revision(
    actor: Actor, *, plan_id: int, title: str, reason: str, changes: Sequence[Change], act: str = ""
) -> BudgetRevision:
    """Begin a revision of a plan in force: a draft that only coordinators see.

    `changes` name lines, sources and organisations by their ids, in cents, more or less; `act` is the act by which
    funds come or go, needed when a source does not come out even. Raises Refusal with the field at fault (`title`,
    `reason`, `act`, `changes`).
    """
    require(may_keep_plans(actor))
    plan = _locked_plan(actor, plan_id)
    last = BudgetRevision.objects.filter(plan=plan).aggregate(Max("number"))["number__max"] or 0
    revision = BudgetRevision(plan=plan, number=last + 1, created_at=now(), created_by_id=actor.person_id)
    return _written(revision, title=title, reason=reason, changes=changes, act=act)


@action
def change_revision(
    actor: Actor, *, revision_id: int, title: str, reason: str, changes: Sequence[Change], act: str = ""
) -> BudgetRevision:
    """Write a draft anew. Raises Refusal as `draft_revision` does, and when it is no draft any more."""
    require(may_keep_plans(actor))
    revision = _locked(actor, revision_id)
    if revision.state != RevisionState.DRAFT:
        raise Refusal(N_("Only a draft can be changed: take the revision back first."))
    return _written(revision, title=title, reason=reason, changes=changes, act=act)


@action
def propose_revision(actor: Actor, *, revision_id: int) -> BudgetRevision:
    """Ask for a decision on a draft; says whether it is up to the steering group (`over_limit`)."""
    revision = _locked(actor, revision_id)
    revision.state = REVISION.move(revision.state, "propose", parts_in_revision(actor, revision.plan))
    changes = changes_of(revision)
    _require_enough(changes, _held(revision.plan))
    revision.over_limit = weighed_of(revision.plan, changes).up_to_steering
    revision.proposed_at, revision.proposed_by_id = now(), actor.person_id
    revision.save()
    return revision


@action
def take_back_revision(actor: Actor, *, revision_id: int) -> BudgetRevision:
    """Make a proposal a draft again."""
    revision = _locked(actor, revision_id)
    revision.state = REVISION.move(revision.state, "take_back", parts_in_revision(actor, revision.plan))
    revision.proposed_at = revision.proposed_by = None
    revision.over_limit = False
    revision.save()
    return revision


@action
def approve_revision(actor: Actor, *, revision_id: int, note: str = "") -> BudgetRevision:
    """Decide for a proposal: its changes are made to the allocations, all of them or none.

    The limit is reckoned again: what other revisions moved in the meantime counts. So does what has been accepted.
    Raises NotPermitted for the proposer, and for who is not in the steering group when it is up to them.
    """
    revision = _decided(actor, revision_id, "approve", note)
    changes = changes_of(revision)
    held = _lock_cells(revision.plan, changes)
    _require_enough(changes, held)
    _apply(revision.plan, changes)
    revision.save()
    _weigh_proposals(revision.plan)
    publish(PlanChanged(plan_id=revision.plan_id), network_id=revision.plan.network_id)
    return revision


@action
def refuse_revision(actor: Actor, *, revision_id: int, reason: str) -> BudgetRevision:
    """Decide against a proposal, with the reason; nothing else changes."""
    revision = _decided(actor, revision_id, "refuse", reason)
    if not reason.strip():
        raise Refusal(N_("Say why: the reason stays with the revision."), field="reason")
    revision.save()
    return revision


def changes_of(revision: BudgetRevision) -> tuple[Change, ...]:
    """The changes of a revision, as the rules know them. One SQL."""
    rows = RevisionChange.objects.filter(revision=revision).order_by("id")
    return tuple(Change(*row) for row in rows.values_list("line_id", "source_id", "partner_id", "cents"))


def weighed_of(plan: Plan, changes: Iterable[Change]) -> Weighed:
    """What changes come to, beside all revisions of a plan approved before. Two SQL."""
    first: dict[int, int] = {}
    for line, cents in Allocation.objects.filter(plan=plan).values_list("line_id", "first_cents"):
        first[line] = first.get(line, 0) + cents
    approved: dict[int, list[Change]] = {}
    done = RevisionChange.objects.filter(revision__plan=plan, revision__state=RevisionState.APPROVED)
    for number, *change in done.values_list("revision_id", "line_id", "source_id", "partner_id", "cents"):
        approved.setdefault(number, []).append(Change(*change))
    before = rules.given_before(approved.values())
    return rules.weighed(changes, first=first, before=before, limit=plan.shift_limit)


def _locked_plan(actor: Actor, plan_id: int) -> Plan:
    """The plan, locked against other revisions; expenses may still be claimed and accepted meanwhile."""
    plans = visible_plans(actor, Plan.objects.select_for_update(no_key=True))
    plan = plans.filter(pk=plan_id).first()
    if plan is None:
        raise Refusal(N_("This plan is not there."))
    if plan.state != PlanState.IN_FORCE:
        raise Refusal(N_("Only the budget of a plan in force is revised: a draft is changed by its file."))
    return plan


def _locked(actor: Actor, revision_id: int) -> BudgetRevision:
    """The revision with its plan, both locked, the plan first."""
    found = visible_revisions(actor, BudgetRevision.objects.all()).filter(pk=revision_id).values_list("plan_id").first()
    if found is None:
        raise Refusal(N_("This revision is not there."))
    plan = _locked_plan(actor, found[0])
    revision = BudgetRevision.objects.select_for_update().get(pk=revision_id)
    revision.plan = plan
    return revision


def _written(
    revision: BudgetRevision, *, title: str, reason: str, changes: Sequence[Change], act: str
) -> BudgetRevision:
    if not title.strip():
        raise Refusal(N_("Give the revision a title."), field="title")
    if not reason.strip():
        raise Refusal(N_("Say why the budget is to be revised."), field="reason")
    verdict = rules.sound(changes, act=act.strip())
    if not verdict:
        raise Refusal(verdict.reason, field="changes", **verdict.params)
    _require_known(revision.plan, changes)
    _require_enough(changes, _held(revision.plan))
    revision.title, revision.reason, revision.act = title.strip(), reason.strip(), act.strip()
    revision.save()
    revision.changes.all().delete()
    RevisionChange.objects.bulk_create(
        RevisionChange(
            revision=revision,
            line_id=change.line,
            source_id=change.source,
            partner_id=change.partner,
            cents=change.cents,
        )
        for change in changes
    )
    return revision


def _require_known(plan: Plan, changes: Sequence[Change]) -> None:
    """Lines and sources are of this plan; a partner takes part in the alliance of the line, or in any of the plan."""
    lines = dict(BudgetLine.objects.filter(plan=plan).values_list("id", "alliance_id"))
    sources = set(Source.objects.filter(plan=plan).values_list("id", flat=True))
    if not all(change.line in lines and change.source in sources for change in changes):
        raise Refusal(N_("This line or source is not of this plan."), field="changes")
    taking_part = set(Alliance.objects.filter(plan=plan).values_list("id", "lead_id"))
    taking_part |= set(Partner.objects.filter(alliance__plan=plan).values_list("alliance_id", "organisation_id"))
    anywhere = {partner for _alliance, partner in taking_part}
    for change in changes:
        alliance = lines[change.line]
        known = (alliance, change.partner) in taking_part if alliance else change.partner in anywhere
        if change.partner is not None and not known:
            raise Refusal(N_("This partner takes no part in the alliance of the line."), field="changes")


def _held(plan: Plan) -> dict[Cell, Held]:
    rows = Allocation.objects.filter(plan=plan).values_list(
        "line_id", "source_id", "partner_id", "cents", "accepted_cents"
    )
    return {(line, source, partner): Held(cents, accepted) for line, source, partner, cents, accepted in rows}


def _require_enough(changes: Iterable[Change], held: Mapping[Cell, Held]) -> None:
    found = rules.short(changes, held)
    if found is None:
        return
    change, missing = found
    raise Refusal(
        N_("“%(line)s” from “%(source)s” would fall %(missing)s below what has been accepted, or below zero."),
        field="changes",
        line=BudgetLine.objects.get(pk=change.line).title,
        source=Source.objects.get(pk=change.source).name,
        missing=in_euro(missing),
    )


def _decided(actor: Actor, revision_id: int, step: str, note: str) -> BudgetRevision:
    """The revision moved by `step`, weighed anew, not yet saved."""
    revision = _locked(actor, revision_id)
    target = REVISION.move(revision.state, step, parts_in_revision(actor, revision.plan))
    revision.over_limit = weighed_of(revision.plan, changes_of(revision)).up_to_steering
    require(may_decide_revision(actor, revision))
    revision.state, revision.decision_note = target, note.strip()
    revision.decided_at, revision.decided_by_id = now(), actor.person_id
    return revision


def _lock_cells(plan: Plan, changes: Iterable[Change]) -> dict[Cell, Held]:
    """What the cells of the changes hold, their allocations locked in the order of their ids until the end."""
    wanted = Q()
    for change in changes:
        wanted |= Q(line_id=change.line, source_id=change.source, partner_id=change.partner)
    rows = Allocation.objects.filter(wanted, plan=plan).order_by("id").select_for_update(no_key=True)
    return {(row.line_id, row.source_id, row.partner_id): Held(row.cents, row.accepted_cents) for row in rows}


def _apply(plan: Plan, changes: Iterable[Change]) -> None:
    """Make the changes to allocations that are locked; those of cells that were empty are made."""
    rows = {
        (row.line_id, row.source_id, row.partner_id): row
        for row in Allocation.objects.filter(plan=plan, line__in={change.line for change in changes})
    }
    for change in changes:
        if row := rows.get(change.cell):
            row.cents += change.cents
            row.save(update_fields=["cents"])
        else:
            Allocation.objects.create(
                plan=plan,
                line_id=change.line,
                source_id=change.source,
                partner_id=change.partner,
                first_cents=0,
                cents=change.cents,
            )


def _weigh_proposals(plan: Plan) -> None:
    """What was approved may put another proposal over the limit: who decides on it is told at once."""
    for other in BudgetRevision.objects.filter(plan=plan, state=RevisionState.PROPOSED).order_by("id"):
        over = weighed_of(plan, changes_of(other)).up_to_steering
        if over != other.over_limit:
            other.over_limit = over
            other.save(update_fields=["over_limit"])
