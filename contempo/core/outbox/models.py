"""Facts and letters on their way: written together with what caused them, delivered afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where one delivery of a fact stands."""

    PENDING = "pending", _("To be delivered")
    DELIVERED = "delivered", _("Delivered")
    DEAD = "dead", _("Given up")


class MailState(models.TextChoices):
    """Where an e-mail stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    KEPT = "kept", _("Kept, not sent")
    DEAD = "dead", _("Given up")


class OutboxEvent(models.Model):
    """A fact that a context published. Kept 30 days after its last delivery."""

    kind = models.TextField(_("kind"))
    payload = models.JSONField(_("content"))
    network_id = models.BigIntegerField(_("network"), null=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("published fact")
        verbose_name_plural = _("published facts")
        default_permissions = ()
        indexes = [models.Index("at", name="core_event_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OutboxDelivery(models.Model):
    """One fact for one listener: a listener that fails delays nobody else."""

    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="deliveries", verbose_name=_("published fact"))
    handler = models.TextField(_("listener"))
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="core_delivery_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="core_delivery_state"),
        ]
        indexes = [models.Index("due_at", "id", name="core_delivery_due", condition=Q(state=DeliveryState.PENDING))]

    def __str__(self) -> str:
        return f"{self.event_id} {self.handler}"


class Mail(models.Model):
    """One e-mail to one address. Once sent its text is forgotten; the row is kept 30 days (180 when given up).

    Personal data: address and text. Purpose: to write to the person once and to know that it was done.
    """

    message_id = models.TextField(_("message number"), unique=True)
    kind = models.TextField(_("kind"))
    to = models.EmailField(_("to"))
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("text with formatting"), blank=True)
    reply_to = models.TextField(_("answers go to"), blank=True)
    headers = models.JSONField(_("headers"), default=dict)
    network_id = models.BigIntegerField(_("network"), null=True)
    person_id = models.BigIntegerField(_("person"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(state__in=MailState.values), name="core_mail_state")]
        indexes = [
            models.Index("due_at", "id", name="core_mail_due", condition=Q(state=MailState.QUEUED)),
            models.Index("at", name="core_mail_at"),
            models.Index("person_id", name="core_mail_person", condition=Q(person_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
