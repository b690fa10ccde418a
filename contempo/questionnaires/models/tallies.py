"""Figures of campaigns kept exact by the database."""

from functools import partial

from django.db import models

from contempo.core import tallies as core


class CampaignTally(models.Model):
    """The sum of one `measure` for one `key` of a `facet` of a campaign; what was never seen has no row.

    Facets of `invitation`: `channel`, `kind`, `size`, `municipality`, `delegate`, each with the key `<value>|<state>`,
    and of those half answered `<value>|partial`. Facets of `unit`: `kind`, `size`, `municipality`, `stratum`,
    `channel`, `delegate`, with the key `<value>` and the measures `units`, `eligible`, `covered`. Facet `response`: the
    key is `<channel>|<state>`. Facet `day`: the key is `<channel>|<date>` (of Rome) of completed responses that have
    one. Facet `coverage`: the key is the state. Values that are not known are empty. A facet is written
    `invitation.kind`.
    """

    campaign = models.ForeignKey("questionnaires.Campaign", models.CASCADE, related_name="+", db_constraint=False)
    facet = models.CharField(max_length=30)
    key = models.CharField(max_length=80)
    measure = models.CharField(max_length=20)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "facet", "key", "measure"], name="campaign_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.key} {self.measure}: {self.count}"


_tallied = partial(core.tallied, table="questionnaires_campaigntally", by=("campaign_id", "facet", "key", "measure"))

INVITATION_TALLIES = _tallied(
    "invitation_tally",
    """
    SELECT campaign_id, 'invitation.' || part.name AS facet,
        coalesce(part.value, '') || '|' || standing.state AS key, 'invitations' AS measure, {sign} AS amount
    FROM {rows} AS invitation, LATERAL (VALUES
        ('channel', channel), ('kind', kind), ('size', size), ('municipality', municipality_id::text),
        ('delegate', delegate_id::text)
    ) AS part (name, value), LATERAL (VALUES
        (state, true), ('partial', partial AND state = 'begun')
    ) AS standing (state, counts)
    WHERE standing.counts
    """,
)

UNIT_TALLIES = _tallied(
    "target_tally",
    """
    SELECT campaign_id, 'unit.' || part.name AS facet, coalesce(part.value, '') AS key, standing.measure,
        {sign} AS amount
    FROM {rows} AS target, LATERAL (VALUES
        ('kind', kind), ('size', size), ('municipality', municipality_id::text), ('stratum', stratum),
        ('channel', channel), ('delegate', delegate_id::text)
    ) AS part (name, value), LATERAL (VALUES
        ('units', true), ('eligible', eligible), ('covered', eligible AND covered)
    ) AS standing (measure, counts)
    WHERE standing.counts
    """,
)

RESPONSE_TALLIES = _tallied(
    "response_tally",
    """
    SELECT campaign_id, part.facet, channel || '|' || part.value AS key, 'responses' AS measure, {sign} AS amount
    FROM {rows} AS response, LATERAL (VALUES
        ('response', state),
        ('day', CASE WHEN state = 'completed' THEN (completed_at AT TIME ZONE 'Europe/Rome')::date::text END)
    ) AS part (facet, value)
    WHERE part.value IS NOT NULL
    """,
)

COVERAGE_TALLIES = _tallied(
    "coverage_tally",
    """
    SELECT target.campaign_id, 'coverage' AS facet, coverage.state AS key, 'coverages' AS measure, {sign} AS amount
    FROM {rows} AS coverage JOIN questionnaires_target AS target ON target.id = coverage.target_id
    """,
)
