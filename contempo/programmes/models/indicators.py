"""Indicators, what was promised for them, and what was measured."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.core.audit import tracked
from contempo.core.choices import choices
from contempo.programmes.models.alliances import Alliance
from contempo.programmes.models.plans import Plan
from contempo.programmes.rules.periods import (
    MEASUREMENT_LOOKS,
    PERIOD_LOOKS,
    MeasurementState,
    Origin,
    PeriodState,
)
from contempo.programmes.rules.plan.measures import DIMENSION_LABELS, METHOD_LABELS, TYPOLOGY_LABELS, UNIT_LABELS

EVIDENCE = "programmes.measurement"
"""What the documents of a measurement belong to."""

_PERIOD_STAYS = pgtrigger.Trigger(
    name="closed_period_stays",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Condition("OLD.state = 'closed'"),
    func="""
        IF TG_OP = 'DELETE' OR (OLD.key, OLD.title, OLD.since, OLD.until, OLD.state, OLD.closed_at, OLD.closed_by_id,
                OLD.seal, OLD.sealed)
            IS DISTINCT FROM (NEW.key, NEW.title, NEW.since, NEW.until, NEW.state, NEW.closed_at, NEW.closed_by_id,
                NEW.seal, NEW.sealed) THEN
            RAISE check_violation USING MESSAGE = 'closed_period_stays', CONSTRAINT = 'closed_period_stays';
        END IF;
        RETURN NEW;
    """,
)
_MEASUREMENT_STAYS = pgtrigger.Trigger(
    name="sealed_measurement_stays",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Condition("OLD.state = 'sealed'"),
    func="""
        IF TG_OP = 'DELETE' OR OLD.* IS DISTINCT FROM NEW.* THEN
            RAISE check_violation USING MESSAGE = 'sealed_measurement_stays', CONSTRAINT = 'sealed_measurement_stays';
        END IF;
        RETURN NEW;
    """,
)


def _records_stay(name: str, operation: Any, tables: dict[str, str]) -> pgtrigger.Trigger:
    """A trigger that refuses a statement touching records of a sealed measurement; looked at once a statement."""
    referencing: Any = pgtrigger.Referencing
    rows = " UNION ALL ".join(f"SELECT measurement_id FROM {table}" for table in tables.values())
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing(**tables),
        func=f"""
            IF EXISTS (
                SELECT FROM programmes_measurement AS measurement
                WHERE measurement.state = 'sealed'
                    AND measurement.id IN (SELECT touched.measurement_id FROM ({rows}) AS touched)
            ) THEN
                RAISE check_violation USING MESSAGE = 'sealed_records_stay', CONSTRAINT = 'sealed_records_stay';
            END IF;
            RETURN NULL;
        """,
    )


_RECORDS_STAY = [
    _records_stay("sealed_records_not_added", pgtrigger.Insert, {"new": "new_rows"}),
    _records_stay("sealed_records_not_changed", pgtrigger.Update, {"old": "old_rows", "new": "new_rows"}),
    _records_stay("sealed_records_not_removed", pgtrigger.Delete, {"old": "old_rows"}),
]


@tracked
class Indicator(models.Model):
    """What is counted. `source` names where it is computed from; without it values are entered. No personal data."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="indicators")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField()
    typology = models.CharField(_("typology"), max_length=20, choices=choices(TYPOLOGY_LABELS))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=300)
    unit = models.CharField(_("unit"), max_length=10, choices=choices(UNIT_LABELS))
    method = models.CharField(_("method"), max_length=10, choices=choices(METHOD_LABELS))
    target = models.CharField(_("target"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    by = ArrayField(
        models.CharField(max_length=20, choices=choices(DIMENSION_LABELS)),
        default=list,
        blank=True,
        verbose_name=_("divided by"),
    )
    evidence = models.CharField(_("evidence"), max_length=2000, blank=True)
    public = models.BooleanField(_("shown to the public"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="indicator_key_once")]

    def __str__(self) -> str:
        return self.name


@tracked
class AllianceTarget(models.Model):
    """What one alliance promises for an indicator."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="alliance_targets")
    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="targets", verbose_name=_("alliance"))
    position = models.PositiveSmallIntegerField(default=0)
    target = models.CharField(_("target"), max_length=300)

    class Meta:
        verbose_name = _("target of an alliance")
        verbose_name_plural = _("targets of alliances")
        ordering = ["indicator", "position", "alliance"]
        constraints = [models.UniqueConstraint(fields=["indicator", "alliance"], name="alliance_target_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.alliance_id}: {self.target}"


@tracked(exclude=["progress", "progress_of", "sealed"])
class MonitoringPeriod(models.Model):
    """A period, half-open, at whose end values are sealed.

    `seal` is the SHA-256 of `sealed`, which holds the seals of its measurements, what nobody measured, and the seal of
    the period before: see docs/algorithms/seals.md. A trigger keeps a closed period as it is. Personal data: who closed
    it. It is kept as long as the plan.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="periods")
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)
    since = models.DateField(_("from"))
    until = models.DateField(_("until (not included)"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=choices({state: look.label for state, look in PERIOD_LOOKS.items()}),
        default=PeriodState.OPEN.value,
    )
    progress = models.PositiveIntegerField(default=0)
    progress_of = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    seal = models.CharField(_("seal"), max_length=64, blank=True)
    sealed = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("monitoring period")
        verbose_name_plural = _("monitoring periods")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="monitoring_period_key_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="monitoring_period_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state=PeriodState.CLOSED.value) | (Q(closed_at__isnull=False) & ~Q(seal="")),
                name="monitoring_period_closed_is_sealed",
            ),
        ]
        triggers = [_PERIOD_STAYS]

    def __str__(self) -> str:
        return self.title


@tracked(exclude=["sealed"])
class Measurement(models.Model):
    """One version of the value of an indicator in a period, for the plan or for one alliance.

    A value nobody measured has no row; zero is a value. A count is `numerator`; a share has `denominator` too; yes or
    no is `yes`; a text is `text`. `breakdown` maps dimensions to counts by key. A correction after the closing is a new
    version with its `reason`; sealed versions never change (a trigger holds that). `seal` is the SHA-256 of `sealed`,
    what was sealed of it: docs/algorithms/seals.md. Personal data: who entered and who decided it. It is kept as long
    as the plan, as an administrative record.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="measurements", verbose_name=_("alliance")
    )
    period = models.ForeignKey(MonitoringPeriod, models.PROTECT, related_name="measurements")
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=choices({state: look.label for state, look in MEASUREMENT_LOOKS.items()}),
        default=MeasurementState.PROPOSED.value,
    )
    origin = models.CharField(
        _("origin"),
        max_length=10,
        choices=[(Origin.COMPUTED.value, _("computed from records")), (Origin.ENTERED.value, _("entered"))],
    )
    numerator = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("out of"), max_digits=20, decimal_places=4, null=True, blank=True)
    yes = models.BooleanField(_("yes or no"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    breakdown = models.JSONField(_("divided"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True)
    reason = models.TextField(_("reason of the correction"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_note = models.TextField(_("why"), blank=True)
    seal = models.CharField(_("seal"), max_length=64, blank=True)
    sealed = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["indicator", "period", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "alliance", "period", "version"],
                nulls_distinct=False,
                name="measurement_version_once",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=False) | Q(yes__isnull=False) | ~Q(text=""),
                name="measurement_has_a_value",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True)
                | (Q(numerator__isnull=False, denominator__gt=0) & Q(numerator__lte=F("denominator"))),
                name="measurement_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(entered_by__isnull=True) | ~Q(decided_by=F("entered_by")),
                name="measurement_decided_by_a_second",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeasurementState.SEALED.value) | ~Q(seal=""), name="measurement_sealed_has_seal"
            ),
        ]
        indexes = [
            models.Index(fields=["period", "indicator"], name="measurement_by_period"),
            models.Index(
                fields=["period", "id"],
                condition=Q(state=MeasurementState.PROPOSED.value),
                name="measurement_waiting",
            ),
        ]
        triggers = [_MEASUREMENT_STAYS]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.period_id} v{self.version}"


class MeasuredRecord(models.Model):
    """One of the records a sealed measurement was counted from; personal ones under a pseudonym.

    `counted` tells the records of the numerator of a share from those of its denominator alone. A pseudonym is
    personal data: like the seal that covers it, it is kept as long as the plan.
    """

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="records")
    position = models.PositiveIntegerField()
    key = models.CharField(_("key"), max_length=80)
    label = models.CharField(_("record"), max_length=300)
    url = models.CharField(max_length=300, blank=True)
    counted = models.BooleanField(_("counted"), default=True)
    facets = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("record of a measurement")
        verbose_name_plural = _("records of measurements")
        ordering = ["measurement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["measurement", "position"], name="measured_record_once"),
            models.UniqueConstraint(fields=["measurement", "key"], name="measured_record_key_once"),
        ]
        triggers = _RECORDS_STAY

    def __str__(self) -> str:
        return self.label
