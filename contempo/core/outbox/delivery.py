"""What is due, and what is old."""

from datetime import timedelta

from django.db.models import Q

from contempo.core import clock
from contempo.core.jobs import every, task
from contempo.core.outbox.events import deliver
from contempo.core.outbox.mail import send
from contempo.core.outbox.models import DeliveryState, Mail, MailState, OutboxDelivery, OutboxEvent

BATCH = 200
KEEP = timedelta(days=30)
KEEP_GIVEN_UP = timedelta(days=180)


def deliver_pending() -> int:
    """Deliver every fact and send every e-mail that is due, also those that this causes; return how many were tried."""
    tried = 0
    while round_ := _deliver_due() + _send_due():
        tried += round_
    return tried


def _deliver_due() -> int:
    due = OutboxDelivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=clock.now())
    return sum(deliver(key) for key in due.order_by("due_at", "id").values_list("id", flat=True)[:BATCH])


def _send_due() -> int:
    due = Mail.objects.filter(state=MailState.QUEUED, due_at__lte=clock.now())
    return sum(send(key) for key in due.order_by("due_at", "id").values_list("id", flat=True)[:BATCH])


@every("* * * * *")
@task(queue="outbox", retry=False)
def sweep(timestamp: int) -> None:
    """Take up what a worker that died has left; in ordinary times there is nothing to do."""
    deliver_pending()


@every("40 2 * * *")
@task(queue="housekeeping", retry=False)
def forget_delivered(timestamp: int) -> None:
    """Remove facts and e-mails of which everything is long done."""
    now = clock.now()
    unfinished = Q(deliveries__state=DeliveryState.PENDING) | Q(deliveries__finished_at__gte=now - KEEP)
    given_up = Q(deliveries__state=DeliveryState.DEAD, deliveries__finished_at__gte=now - KEEP_GIVEN_UP)
    kept = OutboxEvent.objects.filter(unfinished | given_up).values("pk")
    OutboxEvent.objects.filter(at__lt=now - KEEP).exclude(pk__in=kept).delete()
    Mail.objects.filter(state__in=[MailState.SENT, MailState.KEPT], at__lt=now - KEEP).delete()
    Mail.objects.filter(state=MailState.DEAD, at__lt=now - KEEP_GIVEN_UP).delete()
