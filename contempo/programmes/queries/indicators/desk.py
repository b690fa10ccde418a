"""What of the indicators awaits a person, as cards of their own desk."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.core.clock import ROME
from contempo.people.public import Actor, DeskCard, NetworkRole
from contempo.programmes.access import readable_values, visible_plans
from contempo.programmes.models import Measurement, MonitoringPeriod, Plan
from contempo.programmes.queries.indicators.waiting import WAITING_FOR_ME
from contempo.programmes.rules.activities import PlanState
from contempo.programmes.rules.periods import MeasurementState, PeriodState


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The cards of `actor` at `now` (aware), one for each plan: values to decide for coordinators and evaluators,
    periods to close for coordinators. Two SQL at most.
    """
    if not actor.has(NetworkRole.COORDINATOR, NetworkRole.EVALUATOR):
        return
    plans = visible_plans(actor, Plan.objects.exclude(state=PlanState.DRAFT))
    waiting = Measurement.objects.filter(period__plan__in=plans, state=MeasurementState.PROPOSED)
    waiting = readable_values(actor, waiting.exclude(entered_by_id=actor.person_id))
    where = ("period__plan__network__slug", "period__plan__key", "period__plan__title")
    for network, plan, title, count in waiting.order_by().values_list(*where).annotate(Count("id")):
        url = reverse("programmes:values", kwargs={"network": network, "plan": plan})
        named = _("Values to approve: %(plan)s") % {"plan": title}
        yield DeskCard(named, count, f"{url}?{WAITING_FOR_ME}", tone="warning", order=20)
    if actor.has(NetworkRole.COORDINATOR):
        yield from _to_close(plans, now)


def _to_close(plans: QuerySet[Plan], now: datetime) -> Iterator[DeskCard]:
    today = now.astimezone(ROME).date()
    ended = MonitoringPeriod.objects.filter(plan__in=plans, state=PeriodState.OPEN, until__lte=today)
    where = ("plan__network__slug", "plan__key", "plan__title")
    rows = ended.order_by().values_list(*where).annotate(Count("id"))
    for network, plan, title, count in rows:
        url = reverse("programmes:periods", kwargs={"network": network, "plan": plan})
        yield DeskCard(_("Periods to close: %(plan)s") % {"plan": title}, count, f"{url}?stato=da-chiudere", order=21)
