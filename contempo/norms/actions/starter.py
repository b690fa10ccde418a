"""Norms that come as data: what a network begins with."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contempo.core import clock, search
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.norms.access import may_keep_norms
from contempo.norms.actions.endings import link_of
from contempo.norms.actions.records import search_entry, write
from contempo.norms.models import Norm
from contempo.norms.rules.norms import check_replacement, check_validity, has_ended
from contempo.people.public import Actor

_NEEDED = frozenset("key kind title short_title url valid_from summary_it".split())
_KNOWN = _NEEDED | frozenset(
    "article number day issuer amended_on summary_en source checked_on valid_to replaced_by end_reason".split()
)
_DAYS = ("day", "valid_from", "valid_to", "amended_on", "checked_on")
_APART = frozenset({"key", "valid_to", "replaced_by", "end_reason"})


@action
def load_starter_norms(actor: Actor, *, network_id: int, rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Add the norms of `rows` that a network does not have yet; tells the id of each by its key.

    A row has `key` (its address), `kind`, `title`, `short_title`, `url`, `valid_from` (a day) and `summary_it`, and may
    have `article`, `number`, `day`, `issuer`, `amended_on`, `summary_en`, `source`, `checked_on`, `valid_to`,
    `replaced_by` (a key, of these rows or of the registry) and `end_reason`. A norm the registry has already stays as
    the network keeps it. Raises ValueError naming the row and what is wrong with it; then nothing is written.
    """
    require(may_keep_norms(actor, network_id))
    wanted: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        if (key := _key(row)) in wanted:
            raise ValueError(f"norm {key!r}: it is there twice")
        wanted[key] = row
    kept = dict(Norm.objects.filter(network_id=network_id, slug__in=wanted).values_list("slug", "id"))
    added = {key: _norm(network_id, key, row) for key, row in wanted.items() if key not in kept}
    try:
        with transaction.atomic():
            Norm.objects.bulk_create(added.values())
    except IntegrityError as error:
        raise ValueError(f"two norms have the same name and the same first day: {error}") from error
    _link(network_id, added, {key: str(wanted[key].get("replaced_by", "")) for key in added})
    search.put_many(search.Document(**search_entry(norm)) for norm in added.values())
    return {**kept, **{key: norm.id for key, norm in added.items()}}


def _key(row: Mapping[str, Any]) -> str:
    key = str(row.get("key", ""))
    if missing := {field for field in _NEEDED if not row.get(field)}:
        raise ValueError(f"norm {key!r}: these are missing: {sorted(missing)}")
    if unknown := row.keys() - _KNOWN:
        raise ValueError(f"norm {key!r}: these mean nothing: {sorted(unknown)}")
    if row.get("replaced_by") and not row.get("valid_to"):
        raise ValueError(f"norm {key!r}: what is replaced has an end: valid_to is missing")
    if wrong := [field for field in _DAYS if not isinstance(row.get(field), date | None)]:
        raise ValueError(f"norm {key!r}: these are no days: {wrong}")
    return key


def _norm(network_id: int, key: str, row: Mapping[str, Any]) -> Norm:
    norm = Norm(network_id=network_id, slug=key, created_at=clock.now(), end_reason=row.get("end_reason", ""))
    end: date | None = row.get("valid_to")
    try:
        write(norm, {field: value for field, value in row.items() if field not in _APART})
        check_validity(norm.valid_from, end)
        norm.clean_fields(exclude=["network", "replaced_by"])
    except (Refusal, ValidationError, ValueError) as error:
        raise ValueError(f"norm {key!r}: {error}") from error
    norm.valid_to, norm.end_told = end, has_ended(end, on=clock.today())
    return norm


def _link(network_id: int, added: Mapping[str, Norm], successors: Mapping[str, str]) -> None:
    """Say what replaced each norm added, once all of them are there."""
    registry = {norm.slug: norm for norm in Norm.objects.filter(network_id=network_id).only("slug", "network_id")}
    following = dict(Norm.objects.filter(network_id=network_id).values_list("id", "replaced_by_id"))
    linked = [(norm, successors[key]) for key, norm in added.items() if successors[key]]
    for norm, key in linked:
        if key not in registry:
            raise ValueError(f"norm {norm.slug!r}: nothing has the key {key!r} of what replaces it")
        try:
            check_replacement(link_of(norm), link_of(registry[key]), following)
        except Refusal as refusal:
            raise ValueError(f"norm {norm.slug!r}: {refusal}") from refusal
        norm.replaced_by_id = following[norm.id] = registry[key].id
    Norm.objects.bulk_update([norm for norm, _key in linked], ["replaced_by"])
