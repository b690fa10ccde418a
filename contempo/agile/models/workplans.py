"""The agile work plan of an employer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.agile.models.structure import Employer, Unit
from contempo.agile.rules.workplan import ACTION_STATE_LABELS, SECTION_LABELS, ActionState
from contempo.core.audit import tracked
from contempo.core.choices import choices


@tracked
class WorkPlan(models.Model):
    """The agile work plan (POLA) of some years: a text for each section, and its actions."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="work_plans")
    title = models.CharField(_("title"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("from"))
    last_year = models.PositiveSmallIntegerField(_("to"))
    texts = models.JSONField(_("sections"), default=dict, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    act = models.CharField(_("act of adoption"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("agile work plan")
        verbose_name_plural = _("agile work plans")
        ordering = ["employer", "-first_year"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "first_year"], name="work_plan_once"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="work_plan_years"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked
class PlanAction(models.Model):
    """What the plan undertakes in one section: who does it, by when, how far it is, and what measures it."""

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="actions")
    section = models.CharField(_("section"), max_length=20, choices=choices(SECTION_LABELS))
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("action"), max_length=300)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible unit")
    )
    responsible = models.CharField(_("responsible"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=choices(ACTION_STATE_LABELS), default=ActionState.PLANNED.value
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    baseline = models.CharField(_("at the start"), max_length=100, blank=True)
    target = models.CharField(_("target"), max_length=100, blank=True)
    value = models.CharField(_("today"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("action of the agile work plan")
        verbose_name_plural = _("actions of the agile work plan")
        ordering = ["plan", "section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "section", "position"], name="plan_action_position_once")
        ]

    def __str__(self) -> str:
        return self.title
