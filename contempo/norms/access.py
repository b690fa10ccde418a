"""Who may see the norms of a network, and who keeps them."""

from django.db.models import QuerySet

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.norms.models import Norm
from contempo.people.public import Actor, NetworkRole

KEEPERS = (NetworkRole.COORDINATOR, NetworkRole.EXPERT)
"""Roles that keep the registry: who runs the network, and who cites norms in answers."""


def may_keep_norms(actor: Actor, network_id: int | None = None) -> Verdict:
    """May `actor` add and change norms, and see those not shown to the public, in a network (None: the actor's own)?"""
    if actor.is_system or (actor.has(*KEEPERS) and network_id in (None, actor.network_id)):
        return ALLOWED
    return because(N_("Only the coordinators and the experts of the network keep its norms."))


def may_tell_endings(actor: Actor) -> Verdict:
    """May `actor` tell, for every network, which norms have ended meanwhile?"""
    if actor.is_system:
        return ALLOWED
    return because(N_("Only whoever runs the installation may do this."))


def visible_norms(actor: Actor, norms: QuerySet[Norm]) -> QuerySet[Norm]:
    """Norms of the actor's network: the published ones for everybody, all of them for who keeps the registry."""
    if actor.network_id is None:
        return norms.none()
    norms = norms.filter(network_id=actor.network_id)
    return norms if may_keep_norms(actor) else norms.filter(published=True)
