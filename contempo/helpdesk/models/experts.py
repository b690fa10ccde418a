"""Experts: what they know, where, in which languages, when, and how much at once."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.helpdesk.rules.topics import TOPIC_LABELS


def interface_languages() -> list[str]:
    """Italian, until more is told."""
    return ["it"]


@tracked(exclude=["proposed_at"])
class Expert(models.Model):
    """What the desk knows of a person with the role of expert; without a row the defaults hold.

    Empty `topics` or `municipalities` (ISTAT codes) mean all. `windows` are the weekly hours, as in the policy; empty
    means the opening hours of the desk. Kept while the role lasts, erased the night after it has ended.
    """

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    topics = ArrayField(
        models.CharField(max_length=20, choices=choices(TOPIC_LABELS)),
        default=list,
        blank=True,
        verbose_name=_("topics"),
    )
    municipalities = ArrayField(
        models.CharField(max_length=6), default=list, blank=True, verbose_name=_("municipalities")
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=settings.LANGUAGES),
        default=interface_languages,
        verbose_name=_("languages"),
    )
    windows = models.JSONField(_("weekly hours"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(_("questions at once"), default=5)
    senior = models.BooleanField(_("reads the answers of others"), default=False)
    shows_name = models.BooleanField(_("signs with name and surname"), default=False)
    proposed_at = models.DateTimeField(_("last proposed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints = [models.UniqueConstraint(fields=["network", "person"], name="expert_once")]

    def __str__(self) -> str:
        return str(self.person)


@tracked
class Absence(models.Model):
    """Days, half-open `[since, until)`, on which an expert receives nothing. The reason is not asked."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="absences")
    since = models.DateField(_("from"))
    until = models.DateField(_("back on"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["since"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="absence_not_empty")]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"
