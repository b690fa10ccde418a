"""What of the plans awaits a person, as cards of their desk: activities that are late, and those that come next."""

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.core.clock import ROME
from contempo.network.public import networks_called, organisation_names
from contempo.people.public import Actor, DeskCard, NetworkRole
from contempo.programmes.access import works_for
from contempo.programmes.models import Activity
from contempo.programmes.queries.plans.activities import LATE_ONES, NEXT_ONES
from contempo.programmes.queries.plans.timing import late, upcoming
from contempo.programmes.rules.activities import PlanState


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The cards of `actor` at `now` (aware). Four SQL at most."""
    mine, runs = works_for(actor), actor.has(NetworkRole.COORDINATOR)
    if actor.network_id is None or not (mine or runs):
        return
    today = now.astimezone(ROME).date()
    live = Activity.objects.filter(plan__network_id=actor.network_id, plan__state=PlanState.IN_FORCE)
    network = networks_called([actor.network_id])[actor.network_id].slug
    if runs:
        rows = live.filter(late(today)).order_by("plan_id").values_list("plan__key").annotate(Count("pk"))
        for plan, count in rows:
            url = _list(network, plan, quando=LATE_ONES)
            yield DeskCard(_("Activities of the plan that are late"), count, url, tone="warning", order=25)
    if mine:
        yield from _of_organisations(live.filter(responsibles__organisation_id__in=mine), network, today)


def _of_organisations(theirs: QuerySet[Activity], network: str, today: date) -> Iterator[DeskCard]:
    """A card for each organisation and plan, the late activities before the next."""
    counts = (
        theirs.order_by("plan_id", "responsibles__organisation_id")
        .values_list("plan__key", "responsibles__organisation_id")
        .annotate(late=Count("pk", filter=late(today)), next=Count("pk", filter=upcoming(today)))
    )
    rows = list(counts)
    names = organisation_names(number for _plan, number, _late, _next in rows)
    for plan, number, overdue, soon in rows:
        named = {"name": names[number]}
        for count, when, title, tone, order in (
            (overdue, LATE_ONES, _("%(name)s: activities of the plan that are late"), "danger", 15),
            (soon, NEXT_ONES, _("%(name)s: activities of the plan that come next"), "info", 35),
        ):
            if count:
                url = _list(network, plan, responsabile=str(number), quando=when)
                yield DeskCard(title % named, count, url, tone=tone, order=order)


def _list(network: str, plan: str, **filters: str) -> str:
    where = reverse("programmes:activities", kwargs={"network": network, "plan": plan})
    return f"{where}?{urlencode(filters)}"
