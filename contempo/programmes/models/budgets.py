"""The budget: lines, sources, the allocations of lines from sources, and revisions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.programmes.models.alliances import Alliance
from contempo.programmes.models.plans import Plan
from contempo.programmes.rules.budgets import REVISION, RevisionState
from contempo.programmes.rules.plan.tree import SOURCE_KIND_LABELS


@tracked
class Source(models.Model):
    """Where money comes from. `act` is the key of an act of the plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sources")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=choices(SOURCE_KIND_LABELS))
    act = models.CharField(_("act"), max_length=80, blank=True)
    cup = models.CharField(_("project code (CUP)"), max_length=15, blank=True)

    class Meta:
        verbose_name = _("source of funds")
        verbose_name_plural = _("sources of funds")
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="source_key_once")]

    def __str__(self) -> str:
        return self.name


@tracked
class BudgetLine(models.Model):
    """A line of the budget, of an alliance or of the plan itself."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    alliance = models.ForeignKey(
        Alliance, models.CASCADE, null=True, blank=True, related_name="lines", verbose_name=_("alliance")
    )
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="budget_line_key_once")]

    def __str__(self) -> str:
        return self.title


@tracked(exclude=["accepted_cents"])
class Allocation(models.Model):
    """The money of one line from one source, for one partner when it is set aside for it.

    `cents` is what the plan gave first plus all approved revisions; `accepted_cents` what has been accepted of
    expenses, never more (the database refuses it). Both are written under a lock of the row, rows locked in the order
    of `id`. `position` is its place in the plan file, 0 for what a revision added: those come last.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="allocations")
    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="allocations", verbose_name=_("line"))
    source = models.ForeignKey(Source, models.CASCADE, related_name="allocations", verbose_name=_("source"))
    partner = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    position = models.PositiveIntegerField(default=0)
    first_cents = models.BigIntegerField(_("first amount, in cents"))
    cents = models.BigIntegerField(_("amount, in cents"))
    accepted_cents = models.BigIntegerField(_("accepted, in cents"), default=0)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["plan", "line__position", "source__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "source", "partner"], nulls_distinct=False, name="allocation_once"),
            models.CheckConstraint(
                condition=Q(cents__gte=0, first_cents__gte=0, accepted_cents__gte=0), name="allocation_not_negative"
            ),
            models.CheckConstraint(condition=Q(accepted_cents__lte=F("cents")), name="allocation_not_overspent"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.source_id}"


@tracked
class BudgetRevision(models.Model):
    """A proposal to move money between allocations, or to take in or give back funds by an `act`, and its decision.

    Personal data: who wrote, proposed and decided it. It is kept as long as the plan, as an administrative record.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=choices({state: look.label for state, look in REVISION.looks.items()}),
        default=RevisionState.DRAFT.value,
    )
    title = models.CharField(_("title"), max_length=300)
    reason = models.TextField(_("reason"))
    act = models.CharField(_("act of the funds that come or go"), max_length=300, blank=True)
    over_limit = models.BooleanField(_("up to the steering group"), default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decision_note = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("budget revision")
        verbose_name_plural = _("budget revisions")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="budget_revision_number_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="revision_decided_by_a_second",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@tracked
class RevisionChange(models.Model):
    """How much a revision adds to (or takes from) the money of a line from a source, for a partner or none."""

    revision = models.ForeignKey(BudgetRevision, models.CASCADE, related_name="changes")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("line"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    partner = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    cents = models.BigIntegerField(_("change, in cents"))

    class Meta:
        verbose_name = _("change of a revision")
        verbose_name_plural = _("changes of revisions")
        ordering = ["revision", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "line", "source", "partner"], nulls_distinct=False, name="revision_change_once"
            ),
            models.CheckConstraint(condition=~Q(cents=0), name="revision_change_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.cents}"
