"""What an installation remembers about itself; no page shows it."""

from django.db import models


class Milestone(models.Model):
    """Something done once in the life of a database, so that the next start does not do it again."""

    name = models.CharField(max_length=40, primary_key=True)
    reached_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
