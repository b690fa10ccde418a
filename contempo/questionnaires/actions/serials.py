"""Places in the columns for responses that were completed, in random order."""

from django.db import connection

from contempo.core.action import action
from contempo.people.public import Actor

SERIALS_LOCK = 0x73657269
"""First key of the advisory lock under which places are given in a campaign."""

AT_ONCE = 50_000


@action
def give_serials(actor: Actor, *, campaign_id: int) -> int:
    """Give the next places of a campaign to completed responses without one, so many at a time; returns how many.

    Their order is random: the place of a response does not tell when it was given. Not for anonymous campaigns, whose
    responses are mixed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SERIALS_LOCK, campaign_id])
        cursor.execute(_PLACED, {"campaign": campaign_id, "most": AT_ONCE})
        return cursor.rowcount


_PLACED = """
WITH waiting AS (
    SELECT id FROM questionnaires_response
    WHERE campaign_id = %(campaign)s AND serial IS NULL AND state = 'completed'
    LIMIT %(most)s FOR UPDATE SKIP LOCKED
), last AS (
    SELECT coalesce(max(serial), -1) AS serial FROM questionnaires_response WHERE campaign_id = %(campaign)s
), placed AS (
    SELECT waiting.id, last.serial + row_number() OVER (ORDER BY random()) AS serial FROM waiting, last
)
UPDATE questionnaires_response AS response SET serial = placed.serial
FROM placed WHERE response.id = placed.id
"""
