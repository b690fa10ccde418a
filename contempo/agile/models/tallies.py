"""Figures of employers and months kept exact by the database."""

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _

from contempo.core import tallies as core


class EmployerTally(models.Model):
    """The sum of one `measure` for one `key` of a `facet` of an employer; what was never seen has no row.

    Keys join their parts with `|`, 0 standing for what is not known: `worker` counts by directorate, sex and year of
    birth, `activity` by directorate and result, `agreement` by directorate and state, `presence` by directorate and
    month (`2026-10`): the days of units that had to keep a least presence, and those `held`.
    """

    employer = models.ForeignKey("agile.Employer", models.CASCADE, related_name="+")
    facet = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    measure = models.CharField(max_length=20)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "facet", "key", "measure"], name="employer_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.key} {self.measure}: {self.count}"


class MonthTally(models.Model):
    """Days, or persons, of one `measure` in a month, by directorate, sex and year of birth as accounts have it: the
    earliest of an age class (0: not known). References are the triggers' own: a clearing writes many rows at once.

    Measures in days are those of the ledger (`grant`, `plan`, `return`, `use`, `donate`, `request`, `award`, `expire`,
    `asked`: what was asked of clearings, and `drawn`: what was got after them), and `declared`: days used whose way to
    work is known, with the `metres` and `grams` of CO₂ they spared; in persons `accounts`, `agreements`, `active`.
    """

    month = models.ForeignKey("agile.Month", models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    directorate = models.ForeignKey("agile.Unit", models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    sex = models.CharField(max_length=1)
    birth_year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=12)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "directorate", "sex", "birth_year", "measure"], name="month_tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.count}"


class UnitDay(models.Model):
    """How many people of a unit have planned, or worked, an agile day on a date; no row when nobody has."""

    unit = models.ForeignKey("agile.Unit", models.CASCADE, related_name="+")
    day = models.DateField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="unit_day_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}: {self.count}"


class PresenceDay(models.Model):
    """How a working day ended in a unit that had to keep a least presence: of `staff` people who work on that weekday
    `remote` worked elsewhere, and `least` had to be there. Written once, the night after; no personal data.
    """

    unit = models.ForeignKey("agile.Unit", models.CASCADE, related_name="+", verbose_name=_("unit"))
    directorate = models.ForeignKey("agile.Unit", models.CASCADE, related_name="+", verbose_name=_("directorate"))
    day = models.DateField(_("date"))
    staff = models.PositiveIntegerField(_("people of that day"))
    remote = models.PositiveIntegerField(_("working elsewhere"))
    least = models.PositiveIntegerField(_("least presence"))

    class Meta:
        verbose_name = _("day of presence")
        verbose_name_plural = _("days of presence")
        ordering = ["day", "unit"]
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="presence_day_once")]
        indexes = [models.Index(fields=["directorate", "day", "id"], name="presence_day_by_directorate")]
        triggers = core.tallied(
            "presence_day_tally",
            """
            SELECT unit.employer_id, 'presence' AS facet,
                presence.directorate_id || '|' || to_char(presence.day, 'YYYY-MM') AS key, part.measure,
                {sign} AS amount
            FROM {rows} AS presence JOIN agile_unit AS unit ON unit.id = presence.unit_id, LATERAL (VALUES
                ('days', true), ('held', staff - remote >= least)
            ) AS part (measure, counts)
            WHERE part.counts
            """,
            table="agile_employertally",
            by=("employer_id", "facet", "key", "measure"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}: {self.staff - self.remote} of {self.least}"


tallied = partial(core.tallied, table="agile_employertally", by=("employer_id", "facet", "key", "measure"))

WORKER_TALLIES = tallied(
    "worker_tally",
    """
    SELECT employer_id, 'worker' AS facet,
        directorate_id || '|' || sex || '|' || coalesce(birth_year, 0) AS key, part.measure, {sign} AS amount
    FROM {rows} AS worker, LATERAL (VALUES
        ('staff', true), ('eligible', eligible), ('agile', agile)
    ) AS part (measure, counts)
    WHERE present AND part.counts
    """,
)

ACTIVITY_TALLIES = tallied(
    "work_activity_tally",
    """
    SELECT employer_id, 'activity' AS facet, directorate_id || '|' || coalesce(nullif(result, ''), '0') AS key,
        'activities' AS measure, {sign} AS amount
    FROM {rows} AS activity
    WHERE until IS NULL
    """,
)

AGREEMENT_TALLIES = tallied(
    "agreement_tally",
    """
    SELECT employer_id, 'agreement' AS facet, directorate_id || '|' || state AS key,
        'agreements' AS measure, {sign} AS amount
    FROM {rows} AS agreement
    """,
)

ACCOUNT_TALLIES = core.tallied(
    "account_tally",
    """
    SELECT month_id, directorate_id, sex, birth_year, part.measure, {sign} AS amount
    FROM {rows} AS account, LATERAL (VALUES
        ('accounts', true), ('agreements', agreement), ('active', first_used_on IS NOT NULL)
    ) AS part (measure, counts)
    WHERE part.counts
    """,
    table="agile_monthtally",
    by=("month_id", "directorate_id", "sex", "birth_year", "measure"),
)

PLANNED_TALLIES = core.tallied(
    "planned_day_tally",
    """
    SELECT unit_id, day, {sign} AS amount
    FROM {rows} AS planned
    WHERE state IN ('planned', 'used')
    """,
    table="agile_unitday",
    by=("unit_id", "day"),
)

COMMUTING_TALLIES = core.tallied(
    "commuting_tally",
    """
    SELECT account.month_id, account.directorate_id, account.sex, account.birth_year, part.measure,
        {sign} * part.amount AS amount
    FROM {rows} AS planned JOIN agile_account AS account ON account.id = planned.account_id, LATERAL (VALUES
        ('declared', 1), ('metres', planned.metres_avoided), ('grams', planned.grams_avoided)
    ) AS part (measure, amount)
    WHERE planned.metres_avoided IS NOT NULL
    """,
    table="agile_monthtally",
    by=("month_id", "directorate_id", "sex", "birth_year", "measure"),
)
