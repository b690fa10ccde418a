"""Counts of organisations, memberships and requests, kept exact by the database."""

from functools import partial

from django.db import models

from contempo.core.tallies import tallied
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


_tallied = partial(tallied, table="network_tally", by=("network_id", "subject", "key"))


def _size_key() -> str:
    """SQL for the size class of a row with a headcount, from the bounds the rules give."""
    cases = (f"WHEN headcount >= {least} THEN '{size}'" for size, (least, _beyond) in reversed(SIZE_BOUNDS.items()))
    return f"CASE {' '.join(cases)} END"


ORGANISATION_TALLIES = _tallied(
    "organisation_tally",
    f"""
    SELECT network_id, 'organisations' AS subject, 'all' AS key, {{sign}} AS amount FROM {{rows}}
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
    SELECT network_id, 'joined' AS subject, to_char(since, 'YYYY-MM') AS key, {sign} AS amount FROM {rows}
    UNION ALL
    SELECT network_id, 'left', to_char(until, 'YYYY-MM'), {sign} FROM {rows} WHERE until IS NOT NULL
    """,
)

REQUEST_TALLIES = _tallied(
    "request_tally",
    """
    SELECT network_id, 'requests' AS subject, state AS key, {sign} AS amount FROM {rows} WHERE state <> 'draft'
    UNION ALL
    SELECT network_id, 'copies_to_confirm', 'all', {sign} FROM {rows}
    WHERE state = 'admitted' AND signed_copy IS NOT NULL
    """,
)
