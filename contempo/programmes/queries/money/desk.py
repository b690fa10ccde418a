"""Revisions on the desk of the persons who may decide on them, and drafts of whom they wait for."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.network.public import networks_called
from contempo.people.public import Actor, DeskCard, NetworkRole
from contempo.programmes.access import to_decide, visible_revisions
from contempo.programmes.models import BudgetRevision
from contempo.programmes.rules.budgets import RevisionState


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The revisions that `actor` may decide on, a card for each plan. Two SQL at most, none for who decides on none."""
    if actor.network_id is None or not actor.has(NetworkRole.COORDINATOR, NetworkRole.STEERING):
        return
    found = visible_revisions(actor, BudgetRevision.objects.filter(to_decide(actor)))
    counted = list(found.values("plan__key").annotate(count=Count("id")).order_by("plan__key"))
    if not counted:
        return
    network = networks_called([actor.network_id])[actor.network_id].slug
    for row in counted:
        url = reverse("programmes:revisions", kwargs={"network": network, "plan": row["plan__key"]})
        title = _("Budget revisions to decide on")
        yield DeskCard(title, row["count"], f"{url}?stato={RevisionState.PROPOSED}", tone="warning", order=23)
