"""Clearings of the bank, and the appeals against them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contempo.agile.models.months import Account, Month
from contempo.agile.rules.months import APPEAL, REASON_LABELS, AppealState
from contempo.core.audit import tracked
from contempo.core.choices import choices

APPEAL_STATES = choices({state: look.label for state, look in APPEAL.looks.items()})


class Clearing(models.Model):
    """One clearing of a month: with which code, on what, with what result (SHA-256 each). Never changed once published.

    `supply` is what each pool had, `summary` what each class and directorate got; who got what stands in the ledger.
    """

    month = models.ForeignKey(Month, models.PROTECT, related_name="clearings")
    number = models.PositiveSmallIntegerField(_("number"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    why = models.TextField(_("why it was made again"), blank=True)
    code_hash = models.CharField(max_length=64)
    input_hash = models.CharField(max_length=64)
    result_hash = models.CharField(max_length=64)
    supply = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    asked_days = models.PositiveIntegerField(_("days asked"), default=0)
    awarded_days = models.PositiveIntegerField(_("days awarded"), default=0)
    request_count = models.PositiveIntegerField(_("requests"), default=0)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("clearing")
        verbose_name_plural = _("clearings")
        ordering = ["month", "number"]
        constraints = [models.UniqueConstraint(fields=["month", "number"], name="clearing_number_once")]

    def __str__(self) -> str:
        return f"{self.month_id} {self.number}"


@tracked
class Appeal(models.Model):
    """What a worker says against the result of a month, and what was answered.

    An upheld one may correct the reason and the days the request counts with. Personal data: the text. Kept five years
    after the month.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="appeals")
    month = models.ForeignKey(Month, models.CASCADE, related_name="appeals")
    clearing = models.ForeignKey(Clearing, models.PROTECT, related_name="appeals")
    text = models.TextField(_("what is wrong"))
    state = models.CharField(_("state"), max_length=10, choices=APPEAL_STATES, default=AppealState.OPEN.value)
    made_at = models.DateTimeField(_("made at"))
    answer = models.TextField(_("answer"), blank=True)
    corrected_reason = models.CharField(
        _("reason after the appeal"), max_length=12, choices=choices(REASON_LABELS), blank=True
    )
    corrected_days = models.PositiveSmallIntegerField(_("days after the appeal"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["account", "clearing"], name="appeal_once")]
        indexes = [models.Index(fields=["month", "state", "-made_at"], name="appeal_by_state")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"
