"""Plans, the files they were loaded from, and what the auditor found in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.programmes.rules.activities import PLAN, PlanState
from contempo.programmes.rules.findings import SEVERITY_LABELS


@tracked(exclude=["document"])
class Plan(models.Model):
    """A territorial plan. `document` holds the parts of its tree that are read and not worked with.

    Those are acts, purposes, objectives, planning documents, organisations named, planned actions, governance, reward
    and declared figures, as `rules.plan.tree.Plan` writes them; what is worked with has rows of its own. No personal
    data.
    """

    network = models.ForeignKey("network.Network", models.PROTECT, related_name="+")
    key = models.SlugField(_("key"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=choices({state: look.label for state, look in PLAN.looks.items()}),
        default=PlanState.DRAFT.value,
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until (not included)"))
    source_document = models.CharField(_("document"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    document = models.JSONField(default=dict)
    shift_limit = models.DecimalField(
        _("share of a line that may be moved without the steering group, in per cent"), max_digits=5, decimal_places=2
    )
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="plan_key_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="plan_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """What was loaded from a file, as it was: nothing of a plan's history is lost.

    Personal data: who loaded it. It is kept as long as the plan.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    filename = models.CharField(_("file"), max_length=200, blank=True)
    text = models.TextField()
    changes = models.PositiveIntegerField(_("changes"), default=0)
    loaded_at = models.DateTimeField(_("loaded at"))
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class PlanUpload(models.Model):
    """A file waiting to be looked at before it is loaded. Personal data: who brought it.

    It is erased when it is loaded or discarded, and after a week at most (`jobs.erase_forgotten_uploads`).
    """

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    text = models.TextField()
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file of a plan")
        verbose_name_plural = _("files of plans")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.filename


class PlanFinding(models.Model):
    """A disagreement found by the auditor at the last check; replaced whole at the next.

    `subject` is what of the document it is about, in its words. `explanation` is a message id with `params`;
    `declared`, `computed` and `difference` are as a person reads them.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    rule = models.CharField(_("rule"), max_length=60)
    severity = models.CharField(_("severity"), max_length=10, choices=choices(SEVERITY_LABELS))
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=400)
    path = models.CharField(_("path"), max_length=300)
    declared = models.CharField(_("declared"), max_length=300, blank=True)
    computed = models.CharField(_("computed"), max_length=300, blank=True)
    difference = models.CharField(_("difference"), max_length=100, blank=True)
    explanation = models.TextField(_("explanation"))
    params = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="finding_once")]
        indexes = [models.Index(fields=["plan", "severity", "position"], name="finding_by_severity")]

    def __str__(self) -> str:
        return f"{self.rule} {self.place}"
