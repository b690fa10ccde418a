"""Counts kept exact by the database, so that a figure costs the same with ten rows and with a hundred thousand.

Statement-level triggers adjust `Tally` after every insert, update and delete, bulk and hand-written SQL included.
"""

import pgtrigger
from django.db import models

from contempo.network.rules.organisations import SIZE_BOUNDS


class Tally(models.Model):
    """How many rows of one `subject` have `key` in a network; a key never seen has no row and counts zero."""

    network = models.ForeignKey("network.Network", on_delete=models.CASCADE, related_name="tallies")
    subject = models.CharField(max_length=30)
    key = models.CharField(max_length=40)
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("network", "subject", "key"), name="tally_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}: {self.count}"


def _adjust(keys: str) -> str:
    """PL/pgSQL that moves the tallies by the difference between the new and the old rows of the statement.

    `keys` is a SELECT giving (network_id, subject, key) for each counted fact of a row set named `rows`. Keys are
    adjusted in sorted order, so that two transactions never wait for each other crosswise.
    """
    return f"""
        INSERT INTO network_tally (network_id, subject, key, count)
        SELECT network_id, subject, key, sum(sign)
        FROM ({keys}) AS moved
        GROUP BY network_id, subject, key HAVING sum(sign) <> 0
        ORDER BY network_id, subject, key
        ON CONFLICT (network_id, subject, key) DO UPDATE SET count = network_tally.count + EXCLUDED.count;
        RETURN NULL;
    """


def _tallied(name: str, facts: str) -> list[pgtrigger.Trigger]:
    """Three statement triggers that keep `facts` counted; `{{rows}}` and `{{sign}}` stand for the row set and ±1."""
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


def _size_key() -> str:
    """SQL for the size class of a row with a headcount, from the bounds the rules give."""
    cases = (f"WHEN headcount >= {least} THEN '{size}'" for size, (least, _beyond) in reversed(SIZE_BOUNDS.items()))
    return f"CASE {' '.join(cases)} END"


ORGANISATION_TALLIES = _tallied(
    "organisation_tally",
    f"""
    SELECT network_id, 'organisations' AS subject, 'all' AS key, {{sign}} AS sign FROM {{rows}}
    UNION ALL
    SELECT network_id, 'organisations_by_kind', kind, {{sign}} FROM {{rows}}
    UNION ALL
    SELECT network_id, 'organisations_by_municipality', municipality_id, {{sign}} FROM {{rows}}
    WHERE municipality_id IS NOT NULL
    UNION ALL
    SELECT network_id, 'organisations_by_priority', priority, {{sign}}
    FROM {{rows}}, LATERAL (SELECT DISTINCT unnest(priorities)) AS chosen (priority)
    UNION ALL
    SELECT network_id, 'organisations_by_size', {_size_key()}, {{sign}} FROM {{rows}} WHERE headcount IS NOT NULL
    UNION ALL
    SELECT network_id, 'members', 'all', {{sign}} FROM {{rows}} WHERE member_since IS NOT NULL
    UNION ALL
    SELECT network_id, 'members_by_kind', kind, {{sign}} FROM {{rows}} WHERE member_since IS NOT NULL
    UNION ALL
    SELECT network_id, 'members_by_municipality', municipality_id, {{sign}} FROM {{rows}}
    WHERE member_since IS NOT NULL AND municipality_id IS NOT NULL
    UNION ALL
    SELECT network_id, 'members_by_priority', priority, {{sign}}
    FROM {{rows}}, LATERAL (SELECT DISTINCT unnest(priorities)) AS chosen (priority)
    WHERE member_since IS NOT NULL
    """,
)

MEMBERSHIP_TALLIES = _tallied(
    "membership_tally",
    """
    SELECT network_id, 'joined' AS subject, to_char(since, 'YYYY-MM') AS key, {sign} AS sign FROM {rows}
    UNION ALL
    SELECT network_id, 'left', to_char(until, 'YYYY-MM'), {sign} FROM {rows} WHERE until IS NOT NULL
    """,
)

REQUEST_TALLIES = _tallied(
    "request_tally",
    """
    SELECT network_id, 'requests' AS subject, state AS key, {sign} AS sign FROM {rows} WHERE state <> 'draft'
    UNION ALL
    SELECT network_id, 'copies_to_confirm', 'all', {sign} FROM {rows}
    WHERE state = 'admitted' AND signed_copy IS NOT NULL
    """,
)
