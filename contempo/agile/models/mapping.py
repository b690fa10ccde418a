"""Activities of units, the criteria they are assessed against, and who does them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.agile.models.structure import Employer, Unit, Worker
from contempo.agile.models.tallies import ACTIVITY_TALLIES
from contempo.agile.rules.mapping import REMOTENESS_LABELS
from contempo.core.audit import tracked
from contempo.core.choices import choices


@tracked
class CriteriaVersion(models.Model):
    """The criteria of an employer from a day on: published as they are, never changed; the next one replaces them.

    `criteria` is a list of `{key, text_it, text_en, help_it, help_en, required}`; `threshold` the share of working time
    that must be remote-workable for a worker to be eligible, in per cent.
    """

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="criteria")
    number = models.PositiveSmallIntegerField(_("number"))
    criteria = models.JSONField(_("criteria"))
    threshold = models.PositiveSmallIntegerField(_("threshold, in per cent"))
    note = models.TextField(_("why they changed"), blank=True)
    since = models.DateField(_("in force from"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        verbose_name = _("criteria")
        verbose_name_plural = _("criteria")
        ordering = ["employer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "number"], name="criteria_number_once"),
            models.CheckConstraint(condition=Q(threshold__gte=1, threshold__lte=100), name="criteria_threshold"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


@tracked(exclude=["search_title", "assessed_under", "marks"])
class WorkActivity(models.Model):
    """What a unit does. `result`, `assessed_on`, `assessed_under` and `marks` mirror its newest assessment.

    `marks` is its answers without their reasons, the same text for the same answers to the same criteria;
    `search_title` is `rules.mapping.title_key` of the title. `until` is never later than tomorrow: what has one is
    over.
    """

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="activities", verbose_name=_("unit"))
    directorate = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("directorate"))
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    search_title = models.CharField(max_length=200)
    description = models.TextField(_("description"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=choices(REMOTENESS_LABELS), blank=True)
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)
    assessed_under = models.ForeignKey(CriteriaVersion, models.PROTECT, null=True, blank=True, related_name="+")
    marks = models.CharField(max_length=500, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("activity of a unit")
        verbose_name_plural = _("activities of units")
        ordering = ["employer", "code"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "code"], name="work_activity_code_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="work_activity_ends_after"
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "unit", "code"], name="work_activity_by_unit"),
            models.Index(fields=["employer", "directorate", "code"], name="work_activity_by_directorate"),
            models.Index(fields=["employer", "search_title"], name="work_activity_by_title"),
            models.Index(fields=["employer", "assessed_on"], name="work_activity_by_assessment"),
        ]
        triggers = ACTIVITY_TALLIES

    def __str__(self) -> str:
        return self.title


class Assessment(models.Model):
    """One assessment of an activity: `answers` is `{criterion: {"met": yes|partly|no, "reason": text}}`. Never changed.

    Personal data: who assessed. Kept as long as the activity.
    """

    activity = models.ForeignKey(WorkActivity, models.CASCADE, related_name="assessments")
    criteria = models.ForeignKey(CriteriaVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(_("answers"))
    result = models.CharField(_("result"), max_length=10, choices=choices(REMOTENESS_LABELS))
    note = models.TextField(_("note"), blank=True)
    assessed_at = models.DateTimeField(_("assessed at"))
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assessed by")
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-assessed_at", "-id"]
        indexes = [models.Index(F("activity"), F("assessed_at").desc(), F("id").desc(), name="assessment_newest")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.result}"


@tracked
class Share(models.Model):
    """The part of a worker's time that goes to an activity, in per cent. Kept as long as the worker."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="shares")
    activity = models.ForeignKey(WorkActivity, models.PROTECT, related_name="shares", verbose_name=_("activity"))
    percent = models.PositiveSmallIntegerField(_("share of working time, in per cent"))

    class Meta:
        verbose_name = _("share of a worker")
        verbose_name_plural = _("shares of workers")
        ordering = ["worker", "-percent"]
        constraints = [
            models.UniqueConstraint(fields=["worker", "activity"], name="share_once"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="share_percent"),
        ]
        indexes = [models.Index(fields=["activity"], name="share_of_activity")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.activity_id} {self.percent}"
