"""Mail of the desk: what came in, as it came, and which letters went out about which question."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.helpdesk.models.messages import Message
from contempo.helpdesk.models.questions import Question
from contempo.helpdesk.rules.mail.decisions import DECISION_LABELS
from contempo.helpdesk.rules.mail.verdicts import Outcome


class InboundMail(models.Model):
    """An e-mail received, what it was taken for and what became of it.

    `verdict` is empty until it has been filed; `digest` is the same for two copies of one message.
    Personal data: sender, subject, text. Kept as long as the question it belongs to; 90 days when it belongs to none.
    """

    network = models.ForeignKey("network.Network", models.PROTECT, null=True, blank=True, related_name="+")
    header_id = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)
    envelope_sender = models.CharField(max_length=320, blank=True)
    sender = models.CharField(_("sender"), max_length=320, blank=True)
    recipient = models.CharField(_("recipient"), max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    received_at = models.DateTimeField(_("received at"))
    verdict = models.CharField(_("taken for"), max_length=20, blank=True)
    reason = models.CharField(_("why"), max_length=40, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="mails")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    certified = models.BooleanField(_("certified mail"), default=False)
    waiting = models.BooleanField(_("waits for a decision"), default=False)
    decision = models.CharField(_("decision"), max_length=20, blank=True, choices=choices(DECISION_LABELS))
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail received")
        verbose_name_plural = _("e-mails received")
        ordering = ["-received_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["network", "digest"], name="mail_digest_once")]
        indexes = [
            models.Index(F("network"), F("received_at").desc(), F("id").desc(), name="mail_by_date"),
            models.Index(fields=["network", "received_at", "id"], condition=Q(waiting=True), name="mail_waiting"),
            models.Index(fields=["header_id"], name="mail_by_header_id"),
            models.Index(fields=["received_at", "id"], condition=Q(verdict=""), name="mail_to_file"),
            models.Index(fields=["network", "sender", "received_at"], name="mail_by_sender"),
            models.Index(
                F("network"),
                F("received_at").desc(),
                F("id").desc(),
                condition=~Q(verdict__in=[Outcome.NEW_QUESTION.value, Outcome.JOINED.value, ""]),
                name="mail_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class RawMail(models.Model):
    """The bytes of an e-mail as they came; apart, so that lists do not read them."""

    mail = models.OneToOneField(InboundMail, models.CASCADE, primary_key=True, related_name="raw")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.mail_id)


class Letter(models.Model):
    """An e-mail of the desk about a question, by its Message-ID: a reply to it is recognised by that."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="letters")
    message_id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [models.Index(fields=["question", "at"], name="letter_by_question")]

    def __str__(self) -> str:
        return self.message_id
