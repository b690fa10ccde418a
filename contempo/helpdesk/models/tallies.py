"""Figures kept exact by the database, so that they cost the same with ten thousand questions and with a million.

Statement-level triggers adjust `DeskTally` after every insert, update and delete, bulk and hand-written SQL included. A
question counts in the month, by the calendar of Italy, in which it was received.
"""

import pgtrigger
from django.db import models


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


def _adjust(facts: str) -> str:
    """PL/pgSQL that moves the tallies by the difference between the new and the old rows of the statement.

    Rows are adjusted in sorted order, so that two transactions never wait for each other crosswise.
    """
    return f"""
        INSERT INTO helpdesk_desktally (network_id, month, measure, key, count)
        SELECT network_id, month, measure, key, sum(amount)
        FROM ({facts}) AS moved
        GROUP BY network_id, month, measure, key HAVING sum(amount) <> 0
        ORDER BY network_id, month, measure, key
        ON CONFLICT (network_id, measure, month, key) DO UPDATE SET count = helpdesk_desktally.count + EXCLUDED.count;
        RETURN NULL;
    """


def tallied(name: str, facts: str) -> list[pgtrigger.Trigger]:
    """Three statement triggers that keep `facts` summed; `{rows}` and `{sign}` stand for the row set and ±1.

    `facts` is a SELECT giving (network_id, month, measure, key, amount) for each fact of a row set.
    """
    old, new = facts.format(rows="old_rows", sign=-1), facts.format(rows="new_rows", sign=1)
    return [
        pgtrigger.Trigger(
            name=f"{name}_added",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func=_adjust(new),
        ),
        pgtrigger.Trigger(
            name=f"{name}_changed",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
            func=_adjust(f"{old} UNION ALL {new}"),
        ),
        pgtrigger.Trigger(
            name=f"{name}_removed",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            referencing=pgtrigger.Referencing(old="old_rows"),
            func=_adjust(old),
        ),
    ]


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
