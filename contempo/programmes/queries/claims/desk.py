"""Claims and payments on the desk of the person they wait for."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.network.public import networks_called
from contempo.people.public import Actor, DeskCard, NetworkRole
from contempo.programmes.access import to_control, to_pay, to_send, visible_claims, works_for
from contempo.programmes.models import Claim
from contempo.programmes.queries.claims.listing import TO_CONTROL, TO_PAY, TO_SEND


def cards(actor: Actor, now: datetime) -> Iterator[DeskCard]:
    """The claims that wait for `actor`, a card for each plan and step. Four SQL at most, none for who has no part."""
    if actor.network_id is None or not (works_for(actor) or actor.has(NetworkRole.COORDINATOR)):
        return
    network = networks_called([actor.network_id])[actor.network_id].slug
    claims = visible_claims(actor, Claim.objects.all())
    to_mend = claims.filter(to_send(actor))
    for found, kind, title, tone, order in (
        (claims.filter(to_control(actor)), TO_CONTROL, _("Claims to control"), "warning", 20),
        (claims.filter(to_pay(actor)), TO_PAY, _("Claims to pay"), "info", 21),
        (to_mend, TO_SEND, _("Claims to send"), "warning", 22),
    ):
        counted = found.values("plan__key").annotate(count=Count("id")).order_by("plan__key")
        for row in counted:
            names = {"network": network, "plan": row["plan__key"]}
            url = f"{reverse('programmes:claims', kwargs=names)}?attesa={kind}"
            yield DeskCard(title, row["count"], url, tone=tone, order=order)
