"""Questions being written, before they are sent."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionDraft(models.Model):
    """What somebody is asking, as typed, until it is sent: a closed browser or a lost code loses nothing.

    The key is the secret: it is kept in the session of whoever writes, and becomes that of the question. `values` are
    those of the form, by field.
    Personal data: what was typed, e-mail included. Erased when sent, answered by the catalogue, or after 30 days.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="it")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft of a question")
        verbose_name_plural = _("drafts of questions")
        indexes = [models.Index(fields=["changed_at"], name="question_draft_by_age")]

    def __str__(self) -> str:
        return str(self.key)
