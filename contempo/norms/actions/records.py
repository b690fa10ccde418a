"""Adding a norm to the registry and changing what is written of it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from contempo.core import clock, search
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.norms.access import may_keep_norms
from contempo.norms.events import NormChanged, NormEnded
from contempo.norms.models import Norm
from contempo.norms.rules.norms import (
    MAX_SLUG,
    SUBSTANCE,
    NormKind,
    check_past,
    check_validity,
    has_ended,
    label_of,
    norm_slug,
    search_words,
    sort_key,
    text_address,
)
from contempo.people.public import Actor

EDITABLE = frozenset(
    "kind title short_title article number day issuer url summary_it summary_en valid_from amended_on source "
    "checked_on published".split()
)
"""What is written of a norm; how it ends and what replaces it is decided by actions of their own."""

_ONCE = frozenset({"norm_slug_once", "norm_wording_once"})

Record = Mapping[str, Any]


@action
def add_norm(actor: Actor, *, record: Record) -> Norm:
    """Add a norm to the registry of the actor's network, from the fields of `EDITABLE`; Refusal when it is there."""
    require(may_keep_norms(actor))
    norm = Norm(network_id=actor.network_id, created_at=clock.now())
    write(norm, record)
    _check_days(norm)
    norm.slug = _free_slug(norm)
    _settle_once(norm, before=None)
    return norm


@action
def change_norm(actor: Actor, *, norm_id: int, changes: Record) -> Norm:
    """Change what is written of a norm (fields of `EDITABLE`); whoever cites it is told when its substance changes."""
    require(may_keep_norms(actor))
    norm = lock_norm(actor, norm_id)
    before = substance_of(norm)
    write(norm, changes)
    _check_days(norm)
    _settle_once(norm, before=before)
    return norm


def write(norm: Norm, record: Record) -> None:
    """Put `record` on a norm not saved yet, checked, with what follows from it. Raises `Refusal`."""
    if unknown := record.keys() - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    for field, value in record.items():
        setattr(norm, field, value)
    norm.kind = NormKind(norm.kind)
    norm.url = text_address(norm.url)
    check_validity(norm.valid_from, norm.valid_to, field="valid_from")
    label = label_of(norm.short_title, norm.article)
    norm.sort_title = sort_key(label)
    norm.words = search_words(label, norm.title, norm.number, norm.issuer, norm.summary_it, norm.summary_en)


def _check_days(norm: Norm) -> None:
    """Refuse days that only the past can have; what comes as data is loaded as of another day, and is not asked."""
    for field in ("day", "amended_on", "checked_on"):
        check_past(getattr(norm, field), today=clock.today(), field=field)


def substance_of(norm: Norm) -> dict[str, object]:
    """What a norm is and says, to be compared with what it becomes."""
    return {field: getattr(norm, field) for field in SUBSTANCE}


def settle(norm: Norm, *, before: Mapping[str, object] | None) -> None:
    """Save a norm, index it, and tell the others what became of it; of a new one (`before` None) there is nothing to
    tell, because nobody cites it yet."""
    was_told, norm.end_told = norm.end_told, has_ended(norm.valid_to, on=clock.today())
    norm.save()
    search.put(**search_entry(norm))
    if before is None:
        return
    if norm.end_told and not was_told:
        publish(NormEnded(norm_id=norm.id), network_id=norm.network_id)
    elif before != substance_of(norm):
        publish(NormChanged(norm_id=norm.id), network_id=norm.network_id)


def _settle_once(norm: Norm, *, before: Mapping[str, object] | None) -> None:
    """As `settle`; Refusal when the registry has this wording already, be it entered at this very instant."""
    try:
        with transaction.atomic():
            settle(norm, before=before)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") not in _ONCE:
            raise
        raise Refusal(
            N_("The registry has “%(name)s” with this first day already: open that one, or call this one otherwise."),
            field="short_title",
            name=label_of(norm.short_title, norm.article),
        ) from None


def lock_norm(actor: Actor, norm_id: int) -> Norm:
    """A norm of the actor's network, locked until the end of the transaction; Refusal when it is not there.

    The row of its network is locked with it: replacements are decided one at a time, so that no circle can close.
    """
    rows = Norm.objects.select_related("network").select_for_update(of=("self", "network"), no_key=True)
    found = rows.filter(network_id=actor.network_id, id=norm_id).first()
    if found is None:
        raise Refusal(N_("This norm is not in the registry."))
    return found


def search_entry(norm: Norm) -> dict[str, Any]:
    """The entry of a norm in the site search."""
    return {
        "network_id": norm.network_id,
        "kind": "norm",
        "key": str(norm.id),
        "title": label_of(norm.short_title, norm.article),
        "body": "\n".join(filter(None, [norm.title, norm.issuer, norm.summary_it, norm.summary_en])),
        "url": f"norme/{norm.slug}/",
        "public": norm.published,
    }


def _free_slug(norm: Norm) -> str:
    """The address of a new norm: its name; of a further wording also its first day."""
    wanted = norm_slug(label_of(norm.short_title, norm.article))
    taken = Norm.objects.filter(network_id=norm.network_id, slug=wanted).exists()
    return norm_slug(f"{wanted[: MAX_SLUG - 11]}-{norm.valid_from}") if taken else wanted
