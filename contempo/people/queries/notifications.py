"""What a person has been told, and how they want to hear it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext

from contempo.people.models import Notification, NotificationChoice
from contempo.people.rules import Actor, Delivery, notification_kinds

PAGE = 20
_UNREAD = ExpressionWrapper(Q(read_at__isnull=True), output_field=BooleanField())


@dataclass(frozen=True)
class Told:
    """One notification as its page shows it; `kind` is the label of its kind."""

    id: int
    title: str
    text: str
    kind: str
    at: datetime
    unread: bool


@dataclass(frozen=True)
class ToldPage:
    """Some notifications, and the numbers of the pages before and after, if any."""

    entries: tuple[Told, ...]
    newer: int | None
    older: int | None


@dataclass(frozen=True)
class KindChoice:
    """One kind of notification and how the person hears it."""

    name: str
    label: str
    delivery: Delivery


def unread_count(person_id: int | None, network_id: int | None) -> int:
    """How many notifications of the network the person has not read; one indexed SQL, none for a visitor."""
    if person_id is None or network_id is None:
        return 0
    return Notification.objects.filter(person_id=person_id, network_id=network_id, read_at=None).count()


def told(actor: Actor, *, page: str) -> ToldPage:
    """What the actor was told in the network, the unread first, then the newest; two SQL.

    `page` as the address gives it: what is no page number shows the first, what is past the end the last.
    """
    mine = Notification.objects.filter(person=actor.person_id, network_id=actor.network_id)
    found = Paginator(mine.order_by(_UNREAD.desc(), "-at", "-pk"), PAGE).get_page(page)
    return ToldPage(
        _told(found),
        newer=found.previous_page_number() if found.has_previous() else None,
        older=found.next_page_number() if found.has_next() else None,
    )


def newest_unread(actor: Actor, most: int) -> tuple[Told, ...]:
    """The newest notifications the actor has not read in the network, at most `most`; one SQL, none for a visitor."""
    if actor.is_visitor:
        return ()
    mine = Notification.objects.filter(person=actor.person_id, network_id=actor.network_id, read_at=None)
    return _told(mine.order_by("-at", "-pk")[:most])


def _told(notifications: Iterable[Notification]) -> tuple[Told, ...]:
    labels = {kind.name: gettext(kind.label) for kind in notification_kinds()}
    return tuple(
        Told(
            id=notification.pk,
            title=notification.title,
            text=notification.text,
            kind=labels.get(notification.kind, ""),
            at=notification.at,
            unread=notification.read_at is None,
        )
        for notification in notifications
    )


def kind_choices(person_id: int) -> tuple[KindChoice, ...]:
    """Every kind of notification with what the person chose for it, or what holds without a choice; one SQL."""
    chosen = dict(NotificationChoice.objects.filter(person=person_id).values_list("kind", "delivery"))
    return tuple(
        KindChoice(kind.name, gettext(kind.label), Delivery(chosen.get(kind.name, kind.default)))
        for kind in notification_kinds()
    )


def awaiting_digest(until: datetime) -> tuple[int, ...]:
    """The persons for whom something unread waits for the morning summary, told at `until` or before; one SQL."""
    waiting = Notification.objects.filter(delivery=Delivery.DIGEST, read_at=None, mailed_at=None, at__lte=until)
    return tuple(waiting.order_by("person").values_list("person", flat=True).distinct())
