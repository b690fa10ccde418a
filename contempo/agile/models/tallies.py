"""Figures of employers and months kept exact by the database."""

from functools import partial

from django.db import models

from contempo.core import tallies as core


class EmployerTally(models.Model):
    """The sum of one `measure` for one `key` of a `facet` of an employer; what was never seen has no row.

    Keys join their parts with `|`, 0 standing for what is not known: `worker` counts by directorate, sex and year of
    birth, `activity` by directorate and result, `agreement` by directorate and state.
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
    """Days, or persons, of one `measure` in a month, by directorate, sex and year of birth (0: not known).

    Measures in days are those of the ledger (`grant`, `plan`, `return`, `use`, `donate`, `request`, `award`, `expire`,
    and `asked`: what was asked of clearings); in persons `accounts`, `agreements`, `active`.
    """

    month = models.ForeignKey("agile.Month", models.CASCADE, related_name="+")
    directorate = models.ForeignKey("agile.Unit", models.CASCADE, related_name="+")
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
