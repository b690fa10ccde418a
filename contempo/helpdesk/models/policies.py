"""What the desk of each network promises."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked


def office_windows() -> list[list[Any]]:
    """Opening hours until a network chooses its own: Monday to Friday, 9-13 and 14-18."""
    return [[day, start, end] for day in range(5) for start, end in (("09:00", "13:00"), ("14:00", "18:00"))]


@tracked(exclude=["last_number"])
class DeskPolicy(models.Model):
    """The promise of one network's desk, and how far it may be stretched.

    `windows` are the opening hours, each a weekday (Monday is 0) with the local times between which the desk is open.
    `last_number` is the number of the last question. No personal data.
    """

    network = models.OneToOneField("network.Network", models.CASCADE, related_name="+", primary_key=True)
    promised = models.CharField(
        _("promised deadline"),
        max_length=10,
        choices=[("elapsed", _("hours by the clock")), ("working", _("hours in which the desk is open"))],
        default="elapsed",
    )
    elapsed_hours = models.PositiveSmallIntegerField(_("hours by the clock"), default=48)
    windows = models.JSONField(_("opening hours"), default=office_windows)
    municipality = models.ForeignKey(
        "network.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality whose patron saint is kept"),
    )
    max_pauses = models.PositiveSmallIntegerField(_("pauses at most"), default=3)
    pause_days = models.PositiveSmallIntegerField(_("days of one pause at most"), default=5)
    lease_minutes = models.PositiveSmallIntegerField(_("minutes for which a question taken is held"), default=60)
    second_reading = models.BooleanField(_("a senior expert reads every answer first"), default=False)
    mail_address = models.EmailField(_("e-mail address of the desk"), blank=True)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("policy of the desk")
        verbose_name_plural = _("policies of the desk")
        constraints = [
            models.UniqueConstraint(
                "mail_address", name="desk_mail_address_once", condition=~models.Q(mail_address="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network_id}"
