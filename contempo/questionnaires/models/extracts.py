"""Files of a campaign that take time to make."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.questionnaires.models.campaigns import Campaign
from contempo.questionnaires.rules.extracts import EXTRACT_LABELS, FILE_LABELS, ExtractState


class Extract(models.Model):
    """A file somebody asked for: its progress while a worker makes it, then where it waits to be taken.

    `part` is the group that repeats whose rows it holds, empty for the responses. It may hold personal data: it is
    removed three days after it was asked for (`rules.extracts.KEPT`).
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="extracts")
    kind = models.CharField(_("file"), max_length=8, choices=choices(FILE_LABELS))
    part = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=5, default="it")
    state = models.CharField(
        _("state"), max_length=8, choices=choices(EXTRACT_LABELS), default=ExtractState.WAITING.value
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    ready_at = models.DateTimeField(_("ready since"), null=True, blank=True)

    class Meta:
        verbose_name = _("file being made")
        verbose_name_plural = _("files being made")
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["campaign", "asked_by", "-asked_at"], name="extract_of_person")]

    def __str__(self) -> str:
        return f"{self.key}"

    @property
    def path(self) -> Path:
        """Where the file is, or is being written."""
        return Path(settings.FILES_ROOT) / "extracts" / self.key.hex
