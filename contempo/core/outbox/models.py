"""Facts and letters on their way: written together with what caused them, delivered afterwards."""

from enum import StrEnum

from django.db import models
from django.db.models import Q


class DeliveryState(StrEnum):
    """Where one delivery of a fact stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


class MailState(StrEnum):
    """Where an e-mail stands."""

    QUEUED = "queued"
    SENT = "sent"
    KEPT = "kept"
    DEAD = "dead"


class OutboxEvent(models.Model):
    """A fact that a context published. Kept 30 days after its last delivery."""

    kind = models.TextField()
    payload = models.JSONField()
    network_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("at", name="core_event_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OutboxDelivery(models.Model):
    """One fact for one listener: a listener that fails delays nobody else."""

    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="deliveries")
    handler = models.TextField()
    state = models.CharField(max_length=10, default=DeliveryState.PENDING.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="core_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]), name="core_delivery_state"
            ),
        ]
        indexes = [
            models.Index("due_at", "id", name="core_delivery_due", condition=Q(state=DeliveryState.PENDING.value))
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.handler}"


class Mail(models.Model):
    """One e-mail to one address. Once sent its text is forgotten; the row is kept 30 days (180 when given up).

    Personal data: address and text. Purpose: to write to the person once and to know that it was done.
    """

    message_id = models.TextField(unique=True)
    kind = models.TextField()
    to = models.EmailField()
    subject = models.TextField()
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    reply_to = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    network_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10)
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in MailState]), name="core_mail_state")
        ]
        indexes = [
            models.Index("due_at", "id", name="core_mail_due", condition=Q(state=MailState.QUEUED.value)),
            models.Index("at", name="core_mail_at"),
            models.Index("person_id", name="core_mail_person", condition=Q(person_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
