"""Employers, their units and their staff, with what both were before."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.agile.models.tallies import WORKER_TALLIES
from contempo.agile.rules.commuting import MEANS_LABELS
from contempo.agile.rules.staff import CONTRACT_LABELS, FULL_WEEK, SEX_LABELS, UNIT_KIND_LABELS, Sex
from contempo.core.audit import tracked
from contempo.core.choices import choices


def full_week() -> list[int]:
    """The weekdays of who works all of them."""
    return list(FULL_WEEK)


@tracked
class Employer(models.Model):
    """An organisation of a network that runs agile work here. Kept as long as the organisation."""

    network = models.ForeignKey("network.Network", models.PROTECT, related_name="+")
    organisation = models.OneToOneField("network.Organisation", models.PROTECT, related_name="+")
    public_body = models.BooleanField(_("public body"), default=False)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        ordering = ["id"]
        indexes = [models.Index(fields=["network"], name="employer_of_network")]

    def __str__(self) -> str:
        return str(self.organisation)


@tracked
class Unit(models.Model):
    """A directorate, area or office as it is now; `UnitSpell` has what it was.

    `path` lists the numbers of the units above and its own (`/3/17/42/`), so that what stands below is one index range;
    `directorate` is the widest of them.
    """

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="units")
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=choices(UNIT_KIND_LABELS))
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    directorate = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=100, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["employer", "code"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "code"], name="unit_code_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="unit_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "path"], name="unit_by_path", opclasses=["int8_ops", "text_pattern_ops"])
        ]

    def __str__(self) -> str:
        return self.name


class UnitSpell(models.Model):
    """What a unit was between two days (`until` excluded, open while it still is)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="spells")
    kind = models.CharField(_("kind"), max_length=12, choices=choices(UNIT_KIND_LABELS))
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part of"))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("spell of a unit")
        verbose_name_plural = _("spells of units")
        ordering = ["unit", "since"]
        constraints = [models.UniqueConstraint(fields=["unit", "since"], name="unit_spell_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.since}"


@tracked(exclude=["present", "remote_percent", "eligible", "agile", "invitation_asked_at", "invited_at"])
class Worker(models.Model):
    """Somebody of the staff, under the pseudonymous `number` of the employer.

    `present`, `remote_percent`, `eligible` and `agile` (an agreement is in force) mirror what days, mapping and
    agreements say, so that lists and sums read one row. An invitation to link a person is asked for, then mailed.
    Personal data: number, e-mail, sex, year of birth, contract, commuting. Kept two years after the end of the
    employment; agreements and what stands in the ledger have their own terms.
    """

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="workers")
    number = models.CharField(_("staff number"), max_length=40)
    email = models.EmailField(_("e-mail"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="workers", verbose_name=_("unit"))
    directorate = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("directorate"))
    contract = models.CharField(_("contract"), max_length=12, choices=choices(CONTRACT_LABELS))
    category = models.CharField(_("category"), max_length=40, blank=True)
    part_time_percent = models.PositiveSmallIntegerField(_("working time, in per cent"), default=100)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=full_week, verbose_name=_("weekdays worked"))
    sex = models.CharField(_("sex"), max_length=1, choices=choices(SEX_LABELS), default=Sex.UNSAID.value)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    present = models.BooleanField(_("works here now"), default=True)
    heads_unit = models.BooleanField(_("heads the unit"), default=False)
    safety_representative = models.BooleanField(_("safety representative"), default=False)
    commute_km = models.DecimalField(
        _("kilometres from home to work, one way"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    commute_means = models.CharField(_("means of transport"), max_length=12, choices=choices(MEANS_LABELS), blank=True)
    invitation_asked_at = models.DateTimeField(_("invitation asked at"), null=True, blank=True)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)
    remote_percent = models.PositiveSmallIntegerField(_("share that can be done remotely"), null=True, blank=True)
    eligible = models.BooleanField(_("may ask for agile work"), default=False)
    agile = models.BooleanField(_("has an agreement in force"), default=False)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["employer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "number"], name="worker_number_once"),
            models.UniqueConstraint(fields=["employer", "email"], condition=~Q(email=""), name="worker_email_once"),
            models.UniqueConstraint(
                fields=["employer", "person"], condition=Q(person__isnull=False), name="worker_person_once"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(heads_unit=True, present=True), name="worker_one_head_each_unit"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="worker_ends_after_beginning"
            ),
            models.CheckConstraint(
                condition=Q(part_time_percent__gte=1, part_time_percent__lte=100), name="worker_part_time_percent"
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "unit", "number"], name="worker_by_unit"),
            models.Index(fields=["employer", "directorate", "number"], name="worker_by_directorate"),
            models.Index(fields=["employer", "eligible", "number"], name="worker_by_eligibility"),
            models.Index(fields=["person"], name="worker_of_person"),
        ]
        triggers = WORKER_TALLIES

    def __str__(self) -> str:
        return self.number


class WorkerSpell(models.Model):
    """Where and how a worker worked between two days (`until` excluded). Kept as long as the worker."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="spells")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    contract = models.CharField(_("contract"), max_length=12, choices=choices(CONTRACT_LABELS))
    category = models.CharField(_("category"), max_length=40, blank=True)
    part_time_percent = models.PositiveSmallIntegerField(_("working time, in per cent"), default=100)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=full_week, verbose_name=_("weekdays worked"))
    heads_unit = models.BooleanField(_("heads the unit"), default=False)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("spell of a worker")
        verbose_name_plural = _("spells of workers")
        ordering = ["worker", "since"]
        constraints = [models.UniqueConstraint(fields=["worker", "since"], name="worker_spell_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.since}"


@tracked
class Seat(models.Model):
    """A near-working seat of the employer, or lent to it: a place where an agile day may be worked."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="seats")
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    municipality = models.ForeignKey(
        "network.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    capacity = models.PositiveSmallIntegerField(_("desks"), null=True, blank=True)
    note = models.CharField(_("what to know"), max_length=300, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("near-working seat")
        verbose_name_plural = _("near-working seats")
        ordering = ["employer", "name"]
        constraints = [models.UniqueConstraint(fields=["employer", "name"], name="seat_name_once")]

    def __str__(self) -> str:
        return self.name
