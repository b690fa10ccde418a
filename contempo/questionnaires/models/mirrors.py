"""What units repeat of their invitations, so that they are counted and listed by it."""

from typing import Any

import pgtrigger

_rows: Any = pgtrigger.Referencing

_LATEST = """
    UPDATE questionnaires_target AS target
    SET channel = coalesce(latest.channel, ''), delegate_id = latest.delegate_id
    FROM (
        SELECT touched.target_id, invitation.channel, invitation.delegate_id
        FROM ({touched}) AS touched LEFT JOIN LATERAL (
            SELECT channel, delegate_id FROM questionnaires_invitation
            WHERE target_id = touched.target_id AND state <> 'replaced' ORDER BY id DESC LIMIT 1
        ) AS invitation ON true
    ) AS latest
    WHERE target.id = latest.target_id
        AND (target.channel, target.delegate_id) IS DISTINCT FROM (coalesce(latest.channel, ''), latest.delegate_id);
    RETURN NULL;
"""

# What only moves from a state to another, as at every sending, touches no unit.
_MOVED = """
    SELECT unnest(ARRAY[old_rows.target_id, new_rows.target_id]) AS target_id
    FROM old_rows JOIN new_rows USING (id)
    WHERE (old_rows.target_id, old_rows.channel, old_rows.delegate_id, old_rows.state = 'replaced') IS DISTINCT FROM
        (new_rows.target_id, new_rows.channel, new_rows.delegate_id, new_rows.state = 'replaced')
"""


def _mirror(name: str, operation: Any, touched: str, **referencing: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=_rows(**referencing),
        func=_LATEST.format(touched=touched),
    )


INVITED_BY = [
    _mirror("invited_by_added", pgtrigger.Insert, "SELECT DISTINCT target_id FROM new_rows", new="new_rows"),
    _mirror("invited_by_moved", pgtrigger.Update, _MOVED, old="old_rows", new="new_rows"),
    _mirror("invited_by_removed", pgtrigger.Delete, "SELECT DISTINCT target_id FROM old_rows", old="old_rows"),
]
"""Triggers of invitations: a unit has the `channel` and `delegate` of its last invitation that was not passed on."""
