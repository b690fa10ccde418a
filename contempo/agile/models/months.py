"""Rules an employer sets for its months, the months, their pools and accounts, and what was asked of the bank."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contempo.agile.models.structure import Employer, Seat, Unit, Worker
from contempo.agile.models.tallies import ACCOUNT_TALLIES, COMMUTING_TALLIES, PLANNED_TALLIES
from contempo.agile.rules.months import (
    DAY_STATE_LABELS,
    MONTH,
    PLACE_LABELS,
    REASON_LABELS,
    DayState,
    MonthState,
    Place,
    RequestState,
)
from contempo.core.audit import tracked
from contempo.core.choices import choices

MONTH_STATES = choices({state: look.label for state, look in MONTH.looks.items()})


@tracked
class Policy(models.Model):
    """The rules of an employer from a month on, as published: `document` is what `rules.policy` reads."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="policies")
    number = models.PositiveSmallIntegerField(_("number"))
    first_month = models.DateField(_("from the month of"))
    document = models.JSONField(_("rules"))
    note = models.TextField(_("why they changed"), blank=True)
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
        verbose_name = _("rules of the month")
        verbose_name_plural = _("rules of the month")
        ordering = ["employer", "number"]
        constraints = [models.UniqueConstraint(fields=["employer", "number"], name="policy_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


@tracked
class PresenceRule(models.Model):
    """The least presence of one unit on one weekday (every weekday when empty), in per cent of its staff of that
    day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="presence_rules", verbose_name=_("unit"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    minimum_percent = models.PositiveSmallIntegerField(_("least presence, in per cent"))

    class Meta:
        verbose_name = _("least presence")
        verbose_name_plural = _("least presences")
        ordering = ["unit", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "weekday"], nulls_distinct=False, name="presence_rule_once"),
            models.CheckConstraint(condition=Q(minimum_percent__lte=100), name="presence_rule_percent"),
            models.CheckConstraint(condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="presence_rule_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.weekday}: {self.minimum_percent}"


@tracked(exclude=["seed", "salt"])
class Month(models.Model):
    """One month of an employer: `first_day` names it. What may be done when stands in its instants, `[)`.

    `seed` breaks ties and is published with the result, `seed_hash` (SHA-256) when the month opens. `salt` makes the
    pseudonyms of the published file and stays secret; its hash is published too, so that neither can be chosen later.
    """

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="months")
    first_day = models.DateField(_("month"))
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+", verbose_name=_("rules"))
    state = models.CharField(_("state"), max_length=10, choices=MONTH_STATES, default=MonthState.DRAFT.value)
    plan_from = models.DateTimeField(_("planning from"))
    plan_until = models.DateTimeField(_("planning until"))
    bank_from = models.DateTimeField(_("donations and requests from"))
    donate_until = models.DateTimeField(_("donations until"))
    request_until = models.DateTimeField(_("requests until"))
    clear_at = models.DateTimeField(_("clearing at"))
    publish_at = models.DateTimeField(_("result published at"))
    appeal_until = models.DateTimeField(_("appeals until"))
    seed_hash = models.CharField(max_length=64)
    salt_hash = models.CharField(max_length=64)
    seed = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=32)
    settled_at = models.DateTimeField(_("presence settled at"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("month")
        verbose_name_plural = _("months")
        ordering = ["employer", "-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "first_day"], name="month_once"),
            models.CheckConstraint(
                condition=Q(plan_from__lt=F("plan_until"))
                & Q(bank_from__lt=F("donate_until"), donate_until__lte=F("clear_at"))
                & Q(bank_from__lt=F("request_until"), request_until__lte=F("clear_at"))
                & Q(clear_at__lte=F("publish_at"), publish_at__lt=F("appeal_until")),
                name="month_windows_in_order",
            ),
        ]
        indexes = [models.Index(fields=["state", "clear_at"], name="month_due")]

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"


class Pool(models.Model):
    """The days of a directorate in a month (of all of them when the directorate is empty) that no worker holds.

    `budget` is what it began with, `formula` how that was computed; `free` is kept by the ledger.
    """

    month = models.ForeignKey(Month, models.CASCADE, related_name="pools")
    directorate = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("directorate")
    )
    budget = models.PositiveIntegerField(_("budget of days"), default=0)
    free = models.IntegerField(_("free days"), default=0)
    formula = models.JSONField(_("how it was computed"), default=dict)

    class Meta:
        verbose_name = _("pool of days")
        verbose_name_plural = _("pools of days")
        ordering = ["month", "directorate"]
        constraints = [
            models.UniqueConstraint(fields=["month", "directorate"], nulls_distinct=False, name="pool_once"),
            models.CheckConstraint(condition=Q(free__gte=0), name="agile_pool_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.month_id} {self.directorate_id}: {self.free}"


class Account(models.Model):
    """The account of an eligible worker in a month: what the ledger moves. Its facts are those of the opening.

    `entitled` are the days of the category and pattern, `carried` those kept from the month before, `enjoyed` those got
    from the bank in the calendar year before this month, `cap` the most agile days the worker can have in the month.
    Without an `agreement` in force nothing is granted, and the days stay with the directorate until one is signed.
    Personal data under a `pseudonym`; kept five years after the month.
    """

    month = models.ForeignKey(Month, models.CASCADE, related_name="accounts")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="accounts", verbose_name=_("worker"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    directorate = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("directorate"))
    sex = models.CharField(max_length=1)
    birth_year = models.PositiveSmallIntegerField(default=0)
    agreement = models.BooleanField(_("agreement in force"), default=False)
    entitled = models.PositiveSmallIntegerField(_("days of the month"), default=0)
    carried = models.PositiveSmallIntegerField(_("days carried over"), default=0)
    enjoyed = models.PositiveSmallIntegerField(_("days got from the bank this year"), default=0)
    cap = models.PositiveSmallIntegerField(_("most agile days"), default=0)
    pseudonym = models.BigIntegerField()
    first_used_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["month", "id"]
        constraints = [
            models.UniqueConstraint(fields=["month", "worker"], name="account_of_worker_once"),
            models.UniqueConstraint(fields=["month", "pseudonym"], name="account_pseudonym_once"),
        ]
        indexes = [
            models.Index(fields=["month", "directorate", "id"], name="account_by_directorate"),
            models.Index(fields=["month", "unit", "id"], name="account_by_unit"),
        ]
        triggers = ACCOUNT_TALLIES

    def __str__(self) -> str:
        return f"{self.month_id} {self.worker_id}"


class Request(models.Model):
    """What a worker asks of the bank for a month: one request each, changed until its window closes.

    The reason is a category, without words: what it rests on is verified elsewhere. Kept five years after the month.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="request")
    month = models.ForeignKey(Month, models.CASCADE, related_name="requests")
    reason = models.CharField(_("reason"), max_length=12, choices=choices(REASON_LABELS))
    klass = models.PositiveSmallIntegerField(_("class"))
    days = models.PositiveSmallIntegerField(_("days asked"))
    state = models.CharField(_("state"), max_length=10, default=RequestState.OPEN.value)
    created_at = models.DateTimeField(_("asked at"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("request to the bank")
        verbose_name_plural = _("requests to the bank")
        ordering = ["month", "klass", "id"]
        indexes = [models.Index(fields=["month", "klass", "id"], name="request_by_class")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.days}"


class PlannedDay(models.Model):
    """A date a worker plans to work elsewhere, and what became of it.

    `ranking` has the numbers a day was kept or displaced by, a displaced one its `alternatives`. One beyond the limit
    is asked as an exception: `exception_asked` are the worker's words, `exception_reason` those of who decided.
    Personal data: where the worker is, and the words. Kept five years after the month.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="days")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="planned_days", verbose_name=_("worker"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    day = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=10, choices=choices(PLACE_LABELS), default=Place.HOME.value)
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("near-working seat")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=choices(DAY_STATE_LABELS), default=DayState.PLANNED.value
    )
    alternatives = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("other dates with room"))
    ranking = models.JSONField(_("why it was kept or displaced"), default=dict, blank=True)
    exception_asked = models.CharField(_("why an exception is asked"), max_length=300, blank=True)
    exception_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    exception_reason = models.CharField(_("why it was decided so"), max_length=300, blank=True)
    metres_avoided = models.PositiveIntegerField(_("metres of way to work avoided"), null=True, blank=True)
    grams_avoided = models.PositiveIntegerField(_("grams of CO₂ avoided"), null=True, blank=True)
    planned_at = models.DateTimeField(_("planned at"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("planned day")
        verbose_name_plural = _("planned days")
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "day"], condition=Q(state__in=["planned", "asked", "used"]), name="planned_day_once"
            ),
            models.CheckConstraint(
                condition=Q(place="seat", seat__isnull=False) | (~Q(place="seat") & Q(seat__isnull=True)),
                name="planned_day_seat",
            ),
            models.CheckConstraint(
                condition=Q(metres_avoided__isnull=True, grams_avoided__isnull=True)
                | Q(metres_avoided__isnull=False, grams_avoided__isnull=False, state="used"),
                name="planned_day_avoided",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "day"], name="planned_day_of_unit"),
            models.Index(fields=["account", "day"], name="planned_day_of_account"),
            models.Index(fields=["worker", "day"], name="planned_day_of_worker"),
            models.Index(fields=["day"], condition=Q(state__in=["planned", "asked"]), name="planned_day_to_use"),
            models.Index(fields=["unit", "day"], condition=Q(state="asked"), name="planned_day_asked"),
        ]
        triggers = [*PLANNED_TALLIES, *COMMUTING_TALLIES]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.day}"


class Feed(models.Model):
    """A secret address of a calendar feed: one's own days, or the presences of a unit. Kept until it is revoked."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="feeds", verbose_name=_("worker"))
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("presences of")
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.unit_id or ''}"
