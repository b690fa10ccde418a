"""The plans of a network."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.programmes.access import may_keep_plans, visible_plans
from contempo.programmes.models import Plan
from contempo.programmes.rules.activities import PLAN, PlanState


@dataclass(frozen=True)
class PlanCard:
    """A plan as the list shows it; `ends_on` is its last day."""

    title: str
    url: str
    look: Look
    starts_on: date
    ends_on: date
    summary: str


@dataclass(frozen=True)
class PlansPage:
    """The plans of a network that the reader may see, newest first, and whether the reader keeps them."""

    plans: tuple[PlanCard, ...]
    keeps: bool


def listed(actor: Actor) -> PlansPage:
    """The plans `actor` may see. One SQL."""
    found = visible_plans(actor, Plan.objects.select_related("network"))
    return PlansPage(tuple(_card(plan) for plan in found), keeps=bool(may_keep_plans(actor)))


def _card(plan: Plan) -> PlanCard:
    return PlanCard(
        title=plan.title,
        url=reverse("programmes:plan", kwargs={"network": plan.network.slug, "plan": plan.key}),
        look=PLAN.looks[PlanState(plan.state)],
        starts_on=plan.since,
        ends_on=plan.until - timedelta(days=1),
        summary=plan.summary,
    )
