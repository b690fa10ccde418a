"""What the auditor finds in a plan, kept for its page."""

from contempo.core.action import action
from contempo.core.clock import now
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.programmes.access import may_check_plans, visible_plans
from contempo.programmes.models import Plan, PlanFinding
from contempo.programmes.models.tree import tree_of
from contempo.programmes.rules.audit import check

BATCH = 1000


@action
def check_plan(actor: Actor, *, plan_id: int) -> int:
    """Check a plan as it is now and keep the findings in place of those of the last check; returns how many they are.

    Two checks of one plan wait for each other. Raises Refusal when the plan is not there: for the system, which answers
    an event, that is nothing to check.
    """
    require(may_check_plans(actor))
    plans = Plan.objects.all() if actor.is_system else visible_plans(actor, Plan.objects.all())
    plan = plans.select_for_update(no_key=True).filter(pk=plan_id).first()
    if plan is None:
        if actor.is_system:
            return 0
        raise Refusal(N_("This plan is not there."))
    checked_at, findings = now(), check(tree_of(plan))
    PlanFinding.objects.filter(plan=plan).delete()
    PlanFinding.objects.bulk_create(
        (
            PlanFinding(
                plan=plan,
                position=position,
                rule=finding.rule,
                severity=finding.severity.value,
                subject=finding.subject,
                place=finding.place,
                path=finding.path,
                declared=finding.declared,
                computed=finding.computed,
                difference=finding.difference,
                explanation=finding.explanation,
                params=dict(finding.params),
            )
            for position, finding in enumerate(findings, start=1)
        ),
        batch_size=BATCH,
    )
    Plan.objects.filter(pk=plan.pk).update(checked_at=checked_at)
    return len(findings)
