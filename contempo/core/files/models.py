"""What people attach to things."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked


@tracked
class Attachment(models.Model):
    """A file somebody handed in, belonging to the thing `owner_kind`/`owner_id` of a context.

    May hold personal data: whoever owns it decides how long it is kept and says so.
    """

    key = models.UUIDField(_("key"), primary_key=True, default=uuid.uuid4)
    network_id = models.BigIntegerField(_("network"))
    owner_kind = models.CharField(_("belongs to"), max_length=50)
    owner_id = models.BigIntegerField(_("number of what it belongs to"))
    purpose = models.CharField(_("purpose"), max_length=50)
    name = models.CharField(_("name"), max_length=150)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.BigIntegerField(_("handed in by"), null=True)
    at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        default_permissions = ()
        indexes = [models.Index("owner_kind", "owner_id", name="core_attachment_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the content is."""
        return Path(settings.FILES_ROOT) / self.key.hex[:2] / self.key.hex
