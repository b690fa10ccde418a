"""Facts: published in the transaction that makes them true, delivered to each listener after it."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError, get_connection

from contempo.core import clock
from contempo.core.jobs import defer, task
from contempo.core.outbox.models import DeliveryState, OutboxDelivery, OutboxEvent
from contempo.core.outbox.retries import next_try

logger = logging.getLogger(__name__)

Handler = Callable[[Any], None]
_listeners: dict[str, dict[str, Handler]] = {}
_classes: dict[str, type] = {}
_once: set[tuple[str, str]] = set()


def listen(event_class: type, handler: Handler, *, once: bool = False) -> None:
    """Have `handler(event)` called after each committed `event_class`; to be called in `apps.py`.

    The handler runs in a transaction of its own, at least once and in no given order: it must not mind being called
    twice. When it raises, it is called again after 1 and 5 minutes, half an hour, 2, 8 and 24 hours.

    With `once` it is called once for equal facts that wait together, after the last of them: for handlers that look at
    how things are now.
    """
    _classes[_name(event_class)] = event_class
    _listeners.setdefault(_name(event_class), {})[_name(handler)] = handler
    if once:
        _once.add((_name(event_class), _name(handler)))


def publish(event: object, *, network_id: int | None) -> None:
    """Tell everybody who listens that `event` has become true, as soon as the open transaction is committed.

    `event` is a frozen dataclass holding numbers, strings, booleans or None (ids, not things). Takes one SQL statement,
    and two more when somebody listens. Raises `TransactionManagementError` outside a transaction: a fact is told by
    the action that makes it true.
    """
    if not get_connection().in_atomic_block:
        raise TransactionManagementError("A fact is published inside the transaction that makes it true.")
    if not is_dataclass(event) or isinstance(event, type):
        raise TypeError(f"{event!r} is not an event")
    payload = asdict(event)
    if not all(value is None or isinstance(value, int | str) for value in payload.values()):
        raise TypeError(f"{event!r}: an event carries ids, not things")
    kind, now = _name(type(event)), clock.now()
    row = OutboxEvent.objects.create(kind=kind, payload=payload, network_id=network_id, at=now)
    if handlers := _listeners.get(kind):
        OutboxDelivery.objects.bulk_create(
            OutboxDelivery(event=row, handler=handler, due_at=now) for handler in handlers
        )
        defer(deliver_event, event_id=row.pk)


@task(queue="outbox", retry=False)
def deliver_event(event_id: int) -> None:
    """Deliver what is due of one fact."""
    due = OutboxDelivery.objects.filter(event_id=event_id, state=DeliveryState.PENDING, due_at__lte=clock.now())
    for delivery_id in due.order_by("id").values_list("id", flat=True):
        deliver(delivery_id)


def deliver(delivery_id: int) -> bool:
    """Try one delivery; False when somebody else has it or it is not due.

    What the listener writes and the note that it was called are committed together: when the process dies in between,
    neither has happened.
    """
    with transaction.atomic():
        delivery = (
            OutboxDelivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(pk=delivery_id, state=DeliveryState.PENDING, due_at__lte=clock.now())
            .first()
        )
        if delivery is None:
            return False
        try:
            with transaction.atomic():
                if not _told_again(delivery):
                    _call(delivery)
        except Exception as error:
            logger.exception("delivery %s failed", delivery_id, extra={"event": delivery.event.kind})
            _postpone(delivery, error)
        else:
            delivery.state, delivery.finished_at, delivery.error = DeliveryState.DELIVERED, clock.now(), ""
        delivery.save(update_fields=["state", "attempts", "due_at", "finished_at", "error"])
    return True


def _told_again(delivery: OutboxDelivery) -> bool:
    """Whether an equal fact waits that its listener is to hear once.

    One delivery of equal facts goes on at a time: so the one that waits, or is waiting for this one to end, looks at
    things after all that came before it was committed.
    """
    kind, payload = delivery.event.kind, delivery.event.payload
    if (kind, delivery.handler) not in _once:
        return False
    with connection.cursor() as cursor:
        fact = f"{delivery.handler} {kind} {json.dumps(payload, sort_keys=True)}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [fact])
    waiting = OutboxDelivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=clock.now())
    equal = waiting.filter(handler=delivery.handler, event__kind=kind, event__payload=payload)
    return equal.exclude(pk=delivery.pk).exists()


def _call(delivery: OutboxDelivery) -> None:
    handler = _listeners.get(delivery.event.kind, {}).get(delivery.handler)
    if handler is None:
        raise LookupError(f"{delivery.handler} is not known here")
    handler(_classes[delivery.event.kind](**delivery.event.payload))


def _postpone(delivery: OutboxDelivery, error: Exception) -> None:
    now = clock.now()
    delivery.attempts += 1
    delivery.error = f"{type(error).__name__}: {error}"
    if due_at := next_try(delivery.attempts, now):
        delivery.due_at = due_at
        defer(deliver_event, at=due_at, event_id=delivery.event_id)
    else:
        delivery.state, delivery.finished_at = DeliveryState.DEAD, now


def _name(thing: type | Handler) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"
