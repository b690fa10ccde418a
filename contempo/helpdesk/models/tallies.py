"""Figures kept exact by the database, so that they cost the same with ten thousand questions and with a million.

A question counts in the month, by the calendar of Italy, in which it was received.
"""

from functools import partial

from django.db import models

from contempo.core import tallies as core


class DeskTally(models.Model):
    """The sum of one `measure` for one `key` in a month (`YYYY-MM`) of a network; what was never seen has no row."""

    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    month = models.CharField(max_length=7)
    measure = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "measure", "month", "key"], name="desk_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.measure} {self.key}: {self.count}"


tallied = partial(core.tallied, table="helpdesk_desktally", by=("network_id", "measure", "month", "key"))
"""Triggers that keep facts summed; a fact is (network_id, month, measure, key, amount)."""

MONTH = "to_char({column} AT TIME ZONE 'Europe/Rome', 'YYYY-MM')"
"""SQL for the month, by the calendar of Italy, of a column with an instant."""

QUESTION_TALLIES = tallied(
    "question_tally",
    f"""
    SELECT network_id, {MONTH.format(column="received_at")} AS month, fact.measure, fact.key,
        {{sign}} * fact.amount AS amount
    FROM {{rows}} AS question, LATERAL (VALUES
        ('received', 'all', 1),
        ('state', state, 1),
        ('topic', topic, 1),
        ('capacity', capacity, 1),
        ('channel', channel, 1),
        ('language', language, 1),
        ('municipality', coalesce(municipality_id, ''), 1),
        ('sector', sector, 1),
        ('holder', coalesce(holder_id::text, ''), 1),
        ('within', CASE WHEN within THEN 'yes' ELSE 'no' END, CASE WHEN within IS NULL THEN 0 ELSE 1 END),
        ('answered', CASE WHEN minutes_to_answer IS NULL THEN 'no' ELSE 'yes' END, 1),
        ('minutes', minutes_to_answer::text, CASE WHEN minutes_to_answer IS NULL THEN 0 ELSE 1 END),
        ('pauses', 'questions', CASE WHEN pauses > 0 THEN 1 ELSE 0 END),
        ('pauses', 'pauses', pauses),
        ('pauses', 'minutes', paused_minutes),
        ('reopened', 'questions', CASE WHEN reopenings > 0 THEN 1 ELSE 0 END),
        ('reopened', 'times', reopenings),
        ('rating', rating::text, CASE WHEN rating IS NULL THEN 0 ELSE 1 END)
    ) AS fact (measure, key, amount)
    WHERE fact.amount <> 0
    """,
)
