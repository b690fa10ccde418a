"""Loading a plan: the whole file or nothing of it."""

from datetime import timedelta

from django.db.models import Max

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.network.public import name_organisations
from contempo.people.public import Actor
from contempo.programmes.access import may_keep_plans
from contempo.programmes.actions.loading.rows import write_rows
from contempo.programmes.events import PlanLoaded
from contempo.programmes.models import Activity, Allocation, Plan, PlanVersion
from contempo.programmes.models.recorded import records_of
from contempo.programmes.models.tree import READ_ONLY, tree_of
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.plan import tree
from contempo.programmes.rules.plan.amending import Hindrance, hindrances
from contempo.programmes.rules.plan.changes import changes_between
from contempo.programmes.rules.plan.reading import faults_in


class Hindered(Refusal):
    """A file that would change what may not be changed, with everything that hinders it."""

    def __init__(self, found: tuple[Hindrance, ...]) -> None:
        super().__init__(N_("The file changes what may not be changed of this plan."))
        self.found = found


@action
def load_plan(actor: Actor, *, tree: tree.Plan, text: str, filename: str) -> Plan:
    """Write the plan of a file, new (a draft) or over the one with its key in the actor's network.

    `text` is kept as it is as a version of the plan. Rows are found again by their keys, so that values, claims and
    history stay with them; organisations the registry lacks are added to it, not as members. Raises Hindered with
    everything of the plan that a file may not change: nothing is written then. ValueError for a tree that `read_plan`
    would refuse.
    """
    require(may_keep_plans(actor))
    if faults := faults_in(tree):
        raise ValueError(f"not a plan that reading would give: {faults[0]}")
    document = tree.source_document or filename
    named = ((it.key, it.name, it.kind) for it in tree.organisations)
    organisations = name_organisations(actor, named=named, source=document)  # locks: loads of a network queue up here
    plan = Plan.objects.select_for_update().filter(network_id=actor.network_id, key=tree.key).first()
    before, locked = _before(plan, tree)
    values = {
        "title": tree.title,
        "since": tree.starts_on,
        "until": tree.ends_on + timedelta(days=1),
        "source_document": tree.source_document,
        "summary": tree.summary,
        "document": tree.model_dump(mode="json", exclude_defaults=True, include=set(READ_ONLY)),
        "shift_limit": tree.budget.shift_limit,
    }
    if plan is None:
        plan = Plan(network_id=actor.network_id, key=tree.key, created_at=now())
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save()
    write_rows(plan, tree, organisations, keep_amounts=locked, at=now())
    _keep_version(actor, plan, text, filename, len(changes_between(before, tree)) if before else 0)
    publish(PlanLoaded(plan_id=plan.id), network_id=plan.network_id)
    return plan


def _before(plan: Plan | None, wanted: tree.Plan) -> tuple[tree.Plan | None, bool]:
    """What the plan was, locked, and whether its amounts stay; Hindered when the file may not change it so."""
    if plan is None:
        return None, False
    for model in (Activity, Allocation):
        list(model.objects.select_for_update().filter(plan=plan).order_by("id").values_list("id"))
    before, records = tree_of(plan), records_of(plan)
    if found := hindrances(PlanState(plan.state), before, wanted, records):
        raise Hindered(found)
    return before, plan.state != PlanState.DRAFT or records.revised


def _keep_version(actor: Actor, plan: Plan, text: str, filename: str, changes: int) -> None:
    last = PlanVersion.objects.filter(plan=plan).aggregate(Max("number"))["number__max"] or 0
    PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        filename=filename[-200:],
        text=text,
        changes=changes,
        loaded_at=now(),
        loaded_by_id=actor.person_id,
    )
