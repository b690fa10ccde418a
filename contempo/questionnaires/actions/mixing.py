"""Mixing the responses of an anonymous campaign, so that nothing in the database tells in which order they came.

A row tells more than its columns: in which transaction it was written, where in the file of its table, before and
after which others. Whoever could read that of a response and of the invitation whose link was used would know who
answered. So responses are written anew, all at once and in random order, and so are the invitations. See
docs/algorithms/anonymity.md.
"""

from django.db import connection

from contempo.core.action import action
from contempo.people.public import Actor
from contempo.questionnaires.actions.serials import SERIALS_LOCK
from contempo.questionnaires.models import Campaign, ColumnPart, Invitation, Response
from contempo.questionnaires.models.responses import CHANGES_LOCK
from contempo.questionnaires.rules.anonymity import to_mix
from contempo.questionnaires.rules.states import CampaignState


@action
def mix(actor: Actor, *, campaign_id: int) -> int:
    """Give a place to the completed responses of an anonymous campaign that wait for one; returns how many.

    While answers are taken only when so many wait that it hides them (`rules.anonymity.to_mix`), together with all
    invitations that were answered. Once closed: every response and every invitation of the campaign, also those mixed
    before, because those mixed together would still be known to have come at about the same time.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    closed = campaign.state == CampaignState.CLOSED
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SERIALS_LOCK, campaign_id])
        mixed = ColumnPart.objects.filter(campaign=campaign)
        if not to_mix(*_standing(campaign_id), closed=closed, mixed=mixed.exists()):
            return 0
        # Who is answering has finished or has not begun: no row is written anew under somebody's hands.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHANGES_LOCK, campaign_id])
        waiting, _placed = _standing(campaign_id)
        for statement in _mixing(closed):
            cursor.execute(statement, {"campaign": campaign_id})
        mixed.delete()
    return waiting


def _standing(campaign_id: int) -> tuple[int, int]:
    """How many completed responses wait for a place, and how many have one."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [campaign_id])
        waiting, placed = cursor.fetchone()
    return waiting, placed


def _mixing(closed: bool) -> list[str]:
    """The statements that write responses and invitations anew, of all or of those that wait and were answered."""
    responses, invitations = Response._meta.db_table, Invitation._meta.db_table
    columns = [field.column for field in Response._meta.concrete_fields if field.column != "serial"]
    told = ", ".join(columns)
    which = "state <> 'begun'" if closed else "state = 'completed' AND serial IS NULL"
    place = "-1" if closed else f"(SELECT coalesce(max(serial), -1) FROM {responses} WHERE campaign_id = %(campaign)s)"
    asked = ", ".join(field.column for field in Invitation._meta.concrete_fields)
    answered = "true" if closed else "state = 'completed'"
    return [
        f"CREATE TEMP TABLE mixed_response ON COMMIT DROP AS SELECT {told}, {place} + row_number() OVER (ORDER BY "
        f"random()) AS serial FROM {responses} WHERE campaign_id = %(campaign)s AND {which}",
        f"DELETE FROM {responses} WHERE id IN (SELECT id FROM mixed_response)",
        f"INSERT INTO {responses} ({told}, serial) SELECT {told}, serial FROM mixed_response ORDER BY serial",
        f"CREATE TEMP TABLE mixed_invitation ON COMMIT DROP AS SELECT {asked} FROM {invitations} "
        f"WHERE campaign_id = %(campaign)s AND {answered}",
        f"DELETE FROM {invitations} WHERE id IN (SELECT id FROM mixed_invitation)",
        f"INSERT INTO {invitations} ({asked}) SELECT {asked} FROM mixed_invitation ORDER BY random()",
        "DROP TABLE mixed_response, mixed_invitation",
    ]


_STANDING = """
SELECT count(*) FILTER (WHERE serial IS NULL), count(*) FILTER (WHERE serial IS NOT NULL)
FROM questionnaires_response WHERE campaign_id = %s AND state = 'completed'
"""
