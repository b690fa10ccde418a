"""How norms end: on a day, for a reason, with or without another in their place."""

from datetime import date

from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.norms.access import may_keep_norms, may_tell_endings
from contempo.norms.actions.records import lock_norm, settle, substance_of
from contempo.norms.events import NormEnded
from contempo.norms.models import Norm
from contempo.norms.rules.norms import Link, check_reason, check_replacement, check_validity
from contempo.people.public import Actor

BATCH = 500


@action
def end_norm(actor: Actor, *, norm_id: int, valid_to: date, reason: str) -> None:
    """Record that a norm is in force no longer from `valid_to`, past or to come, and why; nothing replaces it."""
    require(may_keep_norms(actor))
    _end(lock_norm(actor, norm_id), valid_to, check_reason(reason), None)


@action
def replace_norm(actor: Actor, *, norm_id: int, successor_id: int, valid_to: date, reason: str) -> None:
    """Record that another norm of the network takes the place of one from `valid_to`, and why."""
    require(may_keep_norms(actor))
    norm = lock_norm(actor, norm_id)
    successor = Norm.objects.filter(network_id=norm.network_id, id=successor_id).first()
    if successor is None:
        raise Refusal(N_("The norm that replaces it must be in the registry of this network."), field="successor")
    following = dict(Norm.objects.filter(network_id=norm.network_id).values_list("id", "replaced_by_id"))
    check_replacement(link_of(norm), link_of(successor), following)
    _end(norm, valid_to, check_reason(reason), successor)


@action
def restore_norm(actor: Actor, *, norm_id: int, reason: str) -> None:
    """Take back the end of a norm, entered by mistake or overtaken by a later act: it has no end again."""
    require(may_keep_norms(actor))
    norm = lock_norm(actor, norm_id)
    if norm.valid_to is None:
        raise Refusal(N_("This norm has no end: there is nothing to take back."))
    before = substance_of(norm)
    norm.valid_to, norm.replaced_by, norm.end_reason = None, None, check_reason(reason)
    settle(norm, before=before)


@action
def tell_endings(actor: Actor, *, on: date) -> int:
    """Tell of the norms of every network whose last day has passed by `on` and of which nobody was told yet; how many.

    However long nobody asked and however often one asks, each ending is told once.
    """
    require(may_tell_endings(actor))
    due = Norm.objects.select_for_update(skip_locked=True, no_key=True).filter(end_told=False, valid_to__lte=on)
    ended = list(due.order_by("valid_to", "id").only("id", "network_id")[:BATCH])
    Norm.objects.filter(id__in=[norm.id for norm in ended]).update(end_told=True)
    for norm in ended:
        publish(NormEnded(norm_id=norm.id), network_id=norm.network_id)
    return len(ended)


def link_of(norm: Norm) -> Link:
    """A norm as far as replacing goes."""
    return Link(norm.id, norm.network_id)


def _end(norm: Norm, valid_to: date, reason: str, successor: Norm | None) -> None:
    check_validity(norm.valid_from, valid_to)
    before = substance_of(norm)
    norm.valid_to, norm.replaced_by, norm.end_reason = valid_to, successor, reason
    settle(norm, before=before)
