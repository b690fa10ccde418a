"""Who changed what, when and in which action: kept by the database itself, so that no write escapes it."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import islice
from typing import Any, Protocol, TypeAlias, TypeVar, overload

import pghistory
import pgtrigger
from babel.dates import format_date
from django.db import connection, models
from django.db.models.functions import Lag
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pghistory.models import Event

from contempo.core import clock

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_author_known: ContextVar[bool] = ContextVar("author_known", default=False)

M = TypeVar("M", bound=models.Model)
Field: TypeAlias = Any
Version: TypeAlias = Any  # a row of a history table: its class is made by pghistory, for each tracked model
Labels = dict[type[models.Model], dict[object, models.Model]]


class Author(Protocol):
    """Who acts, as far as the kernel needs to know."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def network_id(self) -> int | None: ...
    @property
    def acting_for(self) -> int | None: ...


@dataclass(frozen=True)
class Change:
    """One field before and after, as a person reads it; an empty string is "nothing"."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    """One write to one row.

    `at` is when the action happened by the clock of the house, or when the database wrote, outside any action.
    `operation` is "insert", "update" or "delete"; `subject` names the kind of row. `person_id` is None and `action`
    empty when the write came from outside any action.
    """

    at: datetime
    person_id: int | None
    acting_for: int | None
    action: str
    operation: str
    subject: str
    changes: tuple[Change, ...]


class History(Event):
    """What every history table has: a wide key, so that bulk loads never exhaust it."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


@overload
def tracked(model: type[M], /) -> type[M]: ...
@overload
def tracked(*, exclude: Iterable[str]) -> Callable[[type[M]], type[M]]: ...
def tracked(model: type[M] | None = None, /, *, exclude: Iterable[str] = ()) -> type[M] | Callable[[type[M]], type[M]]:
    """Class decorator of a model: keep every version of its rows, whoever writes them.

    Triggers see the ORM, bulk statements and bare SQL alike. Fields in `exclude` (secrets, counters) are not kept,
    and a write that changes nothing else leaves no entry. Entries cannot be changed or deleted. The triggers work by
    statement, so that a bulk load pays once per statement and not once per row.
    """

    def track(tracked_model: type[M]) -> type[M]:
        remember: Callable[[type[M]], type[M]] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            obj_field=pghistory.ObjForeignKey(related_name="+"),
            context_field=pghistory.ContextForeignKey(db_index=False),
            append_only=True,
            base_model=History,
            meta={"default_permissions": ()},
            level=pghistory.Statement,
        )
        return remember(tracked_model)

    return track if model is None else track(model)


@contextmanager
def request_context(request_id: str) -> Iterator[None]:
    """Within it, what actions write is known to belong to the web request `request_id`."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


@contextmanager
def writing_as(author: Author, *, action: str) -> Iterator[None]:
    """Within it, all that is written is known to be `author`'s, in `action`. Inside another one it changes nothing."""
    if _author_known.get():
        yield
        return
    token = _author_known.set(True)
    try:
        with pghistory.context(
            person=author.person_id,
            acting_for=author.acting_for,
            network=author.network_id,
            action=action,
            at=clock.now().isoformat(),
            request=_request_id.get(),
        ):
            yield
    finally:
        _author_known.reset(token)
        _forget_author()


def _forget_author() -> None:
    """What follows in a transaction that stays open is no longer this author's."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pghistory.context_id', '', true),"
                " set_config('pghistory.context_metadata', '', true)"
            )


def history(instance: models.Model, limit: int = 50, *, related: Iterable[str] = ()) -> tuple[HistoryEntry, ...]:
    """The last `limit` writes to `instance`, newest first, and to the rows named by `related` that belong to it.

    `related` holds names of reverse foreign keys to tracked models (`"seats"`). Values are formatted for the active
    language; foreign keys and choices are shown by their names. Takes at most two SQL statements for the instance and
    two for each related name, and one for each kind of row that foreign keys point to, however long the history.
    """
    kinds = [_versions(type(instance), {"pgh_obj_id": instance.pk}, limit)]
    for name in related:
        relation: Any = instance._meta.get_field(name)
        kinds.append(_versions(relation.related_model, {relation.field.attname: instance.pk}, limit))
    labels = _labels(event for versions in kinds for pair in versions for event in pair if event is not None)
    entries = ([_entry(event, before, labels) for event, before in versions] for versions in kinds)
    return tuple(islice(merge(*entries, key=lambda entry: entry.at, reverse=True), limit))


def forget(model: Any, keys: Iterable[object], *, fields: Iterable[str]) -> None:
    """Erase `fields` (texts, or what may be null) from every kept version of the rows `keys` of a tracked `model`.

    The one exception to "entries cannot be changed", for the right to erasure (GDPR article 17): that something was
    written, when and by whom stays.
    """
    event_model = model.pgh_event_model
    blank = {name: None if event_model._meta.get_field(name).null else "" for name in fields}
    with pgtrigger.ignore(f"{event_model._meta.label}:append_only"):
        event_model.objects.filter(pgh_obj_id__in=list(keys)).update(**blank)


def _versions(model: Any, scope: dict[str, object], limit: int) -> list[tuple[Version, Version | None]]:
    """Events of `model` within `scope`, newest first, each with the version before it."""
    event_model = model.pgh_event_model
    before = models.Window(Lag("pgh_id"), partition_by="pgh_obj_id", order_by="pgh_id")
    events = list(
        event_model.objects.filter(**scope)
        .annotate(before_id=before)
        .select_related("pgh_context")
        .order_by("-pgh_id")[:limit]
    )
    known = {event.pgh_id: event for event in events}
    if missing := {event.before_id for event in events if event.before_id} - set(known):
        known |= event_model.objects.in_bulk(missing)
    return [(event, known.get(event.before_id)) for event in events]


def _shown_fields(event: Version) -> Iterator[Field]:
    model = event.pgh_tracked_model
    kept = {field.name for field in event._meta.fields}
    return (field for field in model._meta.concrete_fields if field.name in kept and not field.primary_key)


def _labels(events: Iterable[Version]) -> Labels:
    """The rows that foreign keys of `events` point to, fetched with one statement for each kind."""
    wanted: dict[type[models.Model], set[object]] = {}
    for event in events:
        for field in _shown_fields(event):
            if field.is_relation and (key := getattr(event, field.attname)) is not None:
                wanted.setdefault(field.related_model, set()).add(key)
    return {model: model._base_manager.in_bulk(keys) for model, keys in wanted.items()}


def _entry(event: Version, before: Version | None, labels: Labels) -> HistoryEntry:
    said = event.pgh_context.metadata if event.pgh_context_id and event.pgh_context else {}
    old = event if event.pgh_label == "delete" else before
    new = None if event.pgh_label == "delete" else event
    changes = []
    for field in _shown_fields(event):
        if old and new and getattr(old, field.attname) == getattr(new, field.attname):
            continue
        was, became = _shown(field, old, labels), _shown(field, new, labels)
        if was != became:
            changes.append(Change(field.name, str(field.verbose_name), was, became))
    return HistoryEntry(
        at=datetime.fromisoformat(said["at"]) if "at" in said else event.pgh_created_at,
        person_id=said.get("person"),
        acting_for=said.get("acting_for"),
        action=said.get("action", ""),
        operation=event.pgh_label,
        subject=str(event.pgh_tracked_model._meta.verbose_name),
        changes=tuple(changes),
    )


def _shown(field: Field, event: Version | None, labels: Labels) -> str:
    """The value of `field` in `event` as a person reads it."""
    value = getattr(event, field.attname) if event else None
    if value is None or value == "":
        return ""
    if field.is_relation:
        target = labels[field.related_model].get(value)
        return str(target) if target else _("no longer there (number %(key)s)") % {"key": value}
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return _day(value)
    return str(localize(value))


def _day(value: date) -> str:
    """`12 novembre 2026`; for an instant also the time, as people in Italy have it: `12 novembre 2026, 14:30`."""
    moment = localtime(value) if isinstance(value, datetime) else value
    day = format_date(moment, "d MMMM y", locale=get_language() or "it")
    return f"{day}, {moment:%H:%M}" if isinstance(moment, datetime) else day
