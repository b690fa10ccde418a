"""Filters of the lists that a person keeps under a name."""

from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.models import SavedFilter
from contempo.people.public import Actor

MAX_NAME = 60
MAX_QUERY = 500
MAX_KEPT = 20


@action
def keep_filter(actor: Actor, *, name: str, query: str) -> SavedFilter:
    """Keep the filters of an address under a name; a name used before now stands for these."""
    require(may_work_at_desk(actor))
    name = " ".join(name.split())
    if not name:
        raise Refusal(N_("Give the filter a name."), field="name")
    if len(name) > MAX_NAME:
        raise Refusal(N_("The name is too long: at most %(most)s characters."), field="name", most=MAX_NAME)
    if not query or len(query) > MAX_QUERY:
        raise Refusal(N_("Choose some filters first, then keep them."), field="name")
    mine = SavedFilter.objects.filter(network_id=actor.network_id, person_id=actor.person_id)
    if mine.count() >= MAX_KEPT and not mine.filter(name=name).exists():
        raise Refusal(N_("You keep %(most)s filters: forget one first."), field="name", most=MAX_KEPT)
    kept, _new = SavedFilter.objects.update_or_create(
        network_id=actor.network_id, person_id=actor.person_id, name=name, defaults={"query": query}
    )
    return kept


@action
def forget_filter(actor: Actor, *, filter_id: int) -> bool:
    """Forget one of one's own filters; False when there is none."""
    require(may_work_at_desk(actor))
    own = SavedFilter.objects.filter(pk=filter_id, network_id=actor.network_id, person_id=actor.person_id)
    return own.delete()[0] > 0
