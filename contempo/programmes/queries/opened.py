"""One plan as its pages open it, with the pages it has for its reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.programmes.access import may_open_claims, may_read_findings, may_read_reports, visible_plans
from contempo.programmes.models import Plan
from contempo.programmes.rules.activities import PLAN, PlanState
from contempo.web.tabs import Tab


@dataclass(frozen=True)
class OpenedPlan:
    """A plan with its state as shown and its pages: `tabs` are those its reader may open, `pages` their addresses by
    name, without the network and the plan."""

    plan: Plan
    look: Look
    tabs: tuple[Tab, ...]
    pages: Mapping[str, str]

    @property
    def last_day(self) -> date:
        return self.plan.until - timedelta(days=1)

    @property
    def in_force(self) -> bool:
        return self.plan.state == PlanState.IN_FORCE

    def url(self, name: str, **parts: object) -> str:
        """The address of a page of this plan; `parts` are the further ones of the address."""
        where = {"network": self.plan.network.slug, "plan": self.plan.key, **parts}
        return reverse(f"programmes:{name}", kwargs=where)


def _everybody(_actor: Actor) -> bool:
    return True


def _readers(actor: Actor) -> bool:
    return bool(may_read_findings(actor))


def _claimants(actor: Actor) -> bool:
    return bool(may_open_claims(actor))


def _reporters(actor: Actor) -> bool:
    return bool(may_read_reports(actor))


PAGES: tuple[tuple[str, str, Callable[[Actor], bool]], ...] = (
    ("plan", N_("Overview"), _everybody),
    ("activities", N_("Activities"), _everybody),
    ("calendar", N_("Calendar"), _everybody),
    ("board", N_("Indicators"), _everybody),
    ("budget", N_("Budget"), _everybody),
    ("claims", N_("Claims"), _claimants),
    ("reports", N_("Accounts"), _reporters),
    ("findings", N_("Check"), _readers),
)
"""Name of the address, message id of the label, whether `actor` may open it; in the order of the tabs."""


def opened(actor: Actor, key: str, *, current: str = "") -> OpenedPlan | None:
    """The plan `key` of the actor's network, None for who may not see it. `current` names the page shown. One SQL."""
    plan = visible_plans(actor, Plan.objects.select_related("network").defer("document")).filter(key=key).first()
    if plan is None:
        return None
    where = {"network": plan.network.slug, "plan": plan.key}
    pages = {name: reverse(f"programmes:{name}", kwargs=where) for name, _label, open_to in PAGES if open_to(actor)}
    tabs = tuple(Tab(_(label), pages[name], current=name == current) for name, label, _to in PAGES if name in pages)
    return OpenedPlan(plan, PLAN.looks[PlanState(plan.state)], tabs, pages)
