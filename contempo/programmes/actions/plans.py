"""The steps of a plan: put in force, closed."""

from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.programmes.access import may_keep_plans, parts_in_plan, visible_plans
from contempo.programmes.actions.finding import index
from contempo.programmes.models import Claim, Plan
from contempo.programmes.rules.activities import PLAN, PlanState, require_no_claims
from contempo.programmes.rules.claims import ClaimState

_ENDED = (ClaimState.DRAFT, ClaimState.REFUSED, ClaimState.PAID)


@action
def move_plan(actor: Actor, *, plan_id: int, step: str) -> Plan:
    """Take a plan one step further. Refusal when claims of a plan to be closed wait for somebody."""
    require(may_keep_plans(actor))
    plan = visible_plans(actor, Plan.objects.all()).select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise Refusal(N_("This plan is not there."))
    plan.state = PLAN.move(plan.state, step, parts_in_plan(actor, plan))
    if plan.state == PlanState.CLOSED:
        require_no_claims(Claim.objects.filter(plan=plan).exclude(state__in=_ENDED).count())
    plan.save(update_fields=["state"])
    index(plan)
    return plan
