"""What an installation remembers about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Milestone(models.Model):
    """Something done once in the life of a database, so that the next start does not do it again."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    reached_at = models.DateTimeField(_("reached at"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        default_permissions = ()
