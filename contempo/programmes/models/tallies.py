"""Figures of plans kept exact by the database: activities and claims by state, expenses by each pair of what reports
divide by.
"""

from functools import partial
from itertools import combinations

from django.db import models

from contempo.core import tallies as core

FACETS = {
    "alliance": "coalesce(alliance_id, 0)::text",
    "line": "line_id::text",
    "month": "to_char(paid_on, 'YYYY-MM')",
    "partner": "organisation_id::text",
    "source": "source_id::text",
}
"""What expenses are divided by, in alphabetical order, and the SQL of the key."""


class PlanTally(models.Model):
    """The sum of one `measure` for one `key` of a `facet` of a plan; what was never seen has no row.

    The key of a pair of facets (`line|source`) is that of both (`3|7`). Amounts are in cents.
    """

    plan = models.ForeignKey("programmes.Plan", models.CASCADE, related_name="+")
    facet = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    measure = models.CharField(max_length=20)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "facet", "key", "measure"], name="plan_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.key} {self.measure}: {self.count}"


tallied = partial(core.tallied, table="programmes_plantally", by=("plan_id", "facet", "key", "measure"))

ACTIVITY_TALLIES = tallied(
    "activity_tally",
    """
    SELECT plan_id, fact.facet, fact.key, 'activities' AS measure, {sign} AS amount
    FROM {rows} AS activity, LATERAL (VALUES
        ('state', state),
        ('alliance|state', coalesce(alliance_id, 0) || '|' || state)
    ) AS fact (facet, key)
    """,
)

CLAIM_TALLIES = tallied(
    "claim_tally",
    """
    SELECT plan_id, fact.facet, fact.key, 'claims' AS measure, {sign} AS amount
    FROM {rows} AS claim, LATERAL (VALUES
        ('state', state),
        ('alliance|state', coalesce(alliance_id, 0) || '|' || state)
    ) AS fact (facet, key)
    """,
)

_SINGLE = [f"('{facet}', {key})" for facet, key in FACETS.items()]
_PAIRS = [f"('{one}|{other}', {FACETS[one]} || '|' || {FACETS[other]})" for one, other in combinations(FACETS, 2)]

EXPENSE_TALLIES = tallied(
    "expense_tally",
    f"""
    SELECT plan_id, fact.facet, fact.key, part.measure, {{sign}} * part.amount AS amount
    FROM {{rows}} AS expense,
    LATERAL (VALUES {", ".join(["('all', '')", *_SINGLE, *_PAIRS])}) AS fact (facet, key),
    LATERAL (VALUES
        ('expenses', 1),
        ('claimed', claimed_cents),
        ('waiting', CASE WHEN accepted_cents IS NULL THEN claimed_cents ELSE 0 END),
        ('accepted', coalesce(accepted_cents, 0)),
        ('refused', CASE WHEN accepted_cents IS NULL THEN 0 ELSE claimed_cents - accepted_cents END),
        ('paid', paid_cents)
    ) AS part (measure, amount)
    WHERE stage <> 'draft' AND part.amount <> 0
    """,
)
"""An expense counts once its claim is sent: `claimed` is then `waiting` until the control ends, `accepted` or
`refused`."""

OWED_TALLIES = tallied(
    "owed_tally",
    f"""
    SELECT plan_id, 'alliance|partner|source' AS facet,
        {FACETS["alliance"]} || '|' || {FACETS["partner"]} || '|' || {FACETS["source"]} AS key,
        'owed' AS measure, {{sign}} * accepted_cents AS amount
    FROM {{rows}} AS expense
    WHERE stage IN ('accepted', 'accepted_in_part') AND accepted_cents <> 0
    """,
)
"""What was accepted and is not settled yet, by alliance, partner and source: only funds are owed to partners."""
