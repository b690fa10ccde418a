"""Individual agreements, what the Ministry is told of them, safety notices, verified grounds of priority."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.agile.models.structure import Employer, Seat, Unit, Worker
from contempo.agile.models.tallies import AGREEMENT_TALLIES
from contempo.agile.rules.agreements import (
    AGREEMENT,
    GROUND_LABELS,
    SIGNED,
    TERM_LABELS,
    TOLD_LABELS,
    AgreementState,
    Term,
)
from contempo.agile.rules.agreements.terms import Terms, bands_of
from contempo.agile.rules.months import PLACE_LABELS
from contempo.core.audit import tracked
from contempo.core.choices import choices


def in_force_on(day: date, prefix: str = "") -> Q:
    """That an agreement holds on `day`: signed, begun, not over. `prefix` leads to it from another row."""
    named = {"state__in": sorted(SIGNED), "starts_on__lte": day}
    begun = Q(**{f"{prefix}{name}": wanted for name, wanted in named.items()})
    return begun & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day}))


def in_effect_on(day: date) -> Q:
    """That a verified ground counts on `day`."""
    return Q(verified_on__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


AGREEMENT_STATES = choices({state: look.label for state, look in AGREEMENT.looks.items()})


@tracked
class Agreement(models.Model):
    """One individual agreement on agile work (Law 81/2017, article 19), as far as it was written.

    A renewal or a revision is a new row that names the `previous` one. `step` is how far the wizard was filled.
    Personal data: the worker, the words. Kept five years from signing (Ministerial decree 149/2022); what was never
    signed twelve months after its end.
    """

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField(_("number"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="agreements", verbose_name=_("worker"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    directorate = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("directorate"))
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name=_("follows")
    )
    state = models.CharField(_("state"), max_length=20, choices=AGREEMENT_STATES, default=AgreementState.DRAFT.value)
    state_since = models.DateTimeField(_("in this state since"))
    step = models.CharField(max_length=20, blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    activities = models.TextField(_("activities done remotely"), blank=True)
    days_per_month = models.PositiveSmallIntegerField(_("agile days a month"), null=True, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("usual weekdays")
    )
    contact_bands = models.JSONField(_("contact bands"), default=list, blank=True)
    rest = models.TextField(_("rest and right to disconnect"), blank=True)
    tools = models.TextField(_("tools"), blank=True)
    tools_of_employer = models.BooleanField(_("tools given by the employer"), default=True)
    places = ArrayField(
        models.CharField(max_length=10, choices=choices(PLACE_LABELS)),
        default=list,
        blank=True,
        verbose_name=_("places"),
    )
    place_words = models.CharField(_("where, in words"), max_length=300, blank=True)
    seats = models.ManyToManyField(Seat, blank=True, related_name="+", verbose_name=_("near-working seats"))
    control = models.TextField(_("how the employer directs and checks the work"), blank=True)
    training = models.TextField(_("training"), blank=True)
    term = models.CharField(_("term"), max_length=6, choices=choices(TERM_LABELS), default=Term.FIXED.value)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=30)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signer_name = models.CharField(_("signed by"), max_length=120, blank=True)
    statement = models.TextField(_("statement signed"), blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=10, blank=True)
    justified_reason = models.TextField(_("justified reason"), blank=True)
    self_evaluation = models.JSONField(_("what the worker says of it"), default=dict, blank=True)
    evaluation = models.JSONField(_("what the manager says of it"), default=dict, blank=True)
    evaluated_at = models.DateTimeField(_("evaluated at"), null=True, blank=True)

    class Meta:
        verbose_name = _("individual agreement")
        verbose_name_plural = _("individual agreements")
        ordering = ["-state_since", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "number"], name="agile_agreement_number_once"),
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(state__in=["draft", "submitted", "changes_requested", "approved"]),
                name="agreement_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(starts_on__isnull=True) | Q(until__gt=F("starts_on")),
                name="agreement_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(F("employer"), F("state_since").desc(), F("id").desc(), name="agreement_by_date"),
            models.Index(F("employer"), F("state"), F("state_since").desc(), F("id").desc(), name="agreement_by_state"),
            models.Index(
                F("employer"),
                F("directorate"),
                F("state_since").desc(),
                F("id").desc(),
                name="agreement_by_directorate",
            ),
            models.Index(fields=["unit", "state"], name="agreement_by_unit"),
            models.Index(fields=["worker", "-starts_on"], name="agreement_of_worker"),
            models.Index(fields=["state", "until"], name="agreement_to_end"),
        ]
        triggers = AGREEMENT_TALLIES

    def __str__(self) -> str:
        return f"{self.number}"

    def terms(self) -> Terms:
        """What it says, as the rules read it. One SQL for the seats."""
        return Terms(
            activities=self.activities,
            objectives=self.objectives,
            days_per_month=self.days_per_month,
            weekdays=tuple(self.weekdays),
            contact_bands=bands_of(self.contact_bands),
            rest=self.rest,
            places=tuple(self.places),
            seats=tuple(sorted(seat.pk for seat in self.seats.all())) if self.pk else (),
            place_words=self.place_words,
            tools=self.tools,
            tools_of_employer=self.tools_of_employer,
            control=self.control,
            training=self.training,
            term=self.term,
            starts_on=self.starts_on,
            until=self.until,
            notice_days=self.notice_days,
        )


class AgreementMove(models.Model):
    """One change of state of an agreement, with its `terms` as they were when it was sent.

    Personal data: who made it, and the text. Kept as long as the agreement.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    transition = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=AGREEMENT_STATES)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    terms = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("step of an agreement")
        verbose_name_plural = _("steps of agreements")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.transition} {self.at:%Y-%m-%d %H:%M}"


@tracked
class AgreementWords(models.Model):
    """What an employer proposes for every new agreement, and what it tells the Ministry of itself."""

    employer = models.OneToOneField(Employer, models.PROTECT, related_name="agreement_words")
    objectives = models.TextField(_("objectives"), blank=True)
    contact_bands = models.JSONField(_("contact bands"), default=list, blank=True)
    rest = models.TextField(_("rest and right to disconnect"), blank=True)
    tools = models.TextField(_("tools"), blank=True)
    control = models.TextField(_("how the employer directs and checks the work"), blank=True)
    training = models.TextField(_("training"), blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=30)
    inail_position = models.CharField(_("INAIL position (PAT)"), max_length=10, blank=True)
    inail_rate = models.CharField(_("INAIL rate"), max_length=4, blank=True)

    class Meta:
        verbose_name = _("words for agreements")
        verbose_name_plural = _("words for agreements")

    def __str__(self) -> str:
        return str(self.employer)


@tracked
class Communication(models.Model):
    """What the Ministry of Labour is owed about an agreement, by when, and when it was told.

    Law 81/2017, article 23, paragraph 1; Ministerial decree 149/2022. Kept five years, with its agreement.
    """

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="communications")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="communications")
    kind = models.CharField(_("what"), max_length=10, choices=choices(TOLD_LABELS))
    happened_on = models.DateField(_("day"))
    due_on = models.DateField(_("to be told by"))
    exported_at = models.DateTimeField(_("exported at"), null=True, blank=True)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    protocol = models.CharField(_("receipt of the Ministry"), max_length=60, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("communication to the Ministry")
        verbose_name_plural = _("communications to the Ministry")
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "kind", "happened_on"], name="communication_once")]
        indexes = [
            models.Index(fields=["employer", "due_on", "id"], name="communication_by_day"),
            models.Index(fields=["employer", "due_on"], condition=Q(told_on__isnull=True), name="communication_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


@tracked
class SafetyNotice(models.Model):
    """The yearly written notice on the risks of agile work (Law 81/2017, article 22)."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        verbose_name = _("safety notice")
        verbose_name_plural = _("safety notices")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["employer", "year"], name="safety_notice_once")]

    def __str__(self) -> str:
        return f"{self.year}"


class Acknowledgement(models.Model):
    """That a worker, or a safety representative as such, has received a safety notice. Kept as long as the worker."""

    notice = models.ForeignKey(SafetyNotice, models.CASCADE, related_name="acknowledgements")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="acknowledgements")
    as_representative = models.BooleanField(_("as safety representative"), default=False)
    at = models.DateTimeField(_("acknowledged at"))

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["notice", "at"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "worker", "as_representative"], name="acknowledgement_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.worker_id}"


@tracked
class PriorityVerification(models.Model):
    """That a legal ground of priority was verified, by whom and when: never the document, never the illness.

    Personal data of a special category, kept to the least: erased a year after it ended.
    """

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="verifications")
    ground = models.CharField(_("ground"), max_length=20, choices=choices(GROUND_LABELS))
    verified_on = models.DateField(_("verified on"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("verified ground of priority")
        verbose_name_plural = _("verified grounds of priority")
        ordering = ["worker", "ground"]
        constraints = [models.UniqueConstraint(fields=["worker", "ground", "verified_on"], name="verification_once")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.ground}"


def owing_safety(notice: SafetyNotice) -> Q:
    """That a worker has still to acknowledge a notice: with an agreement in force, or as safety representative."""
    received = Acknowledgement.objects.filter(notice=notice)
    as_worker = Q(agile=True) & ~Q(pk__in=received.filter(as_representative=False).values("worker"))
    as_representative = Q(safety_representative=True) & ~Q(
        pk__in=received.filter(as_representative=True).values("worker")
    )
    return Q(employer_id=notice.employer_id, present=True) & (as_worker | as_representative)
