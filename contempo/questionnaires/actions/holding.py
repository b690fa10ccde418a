"""A campaign locked for a change by who keeps it."""

from django.db import connection
from django.db.models import Max

from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import Part, keeps, may_keep
from contempo.questionnaires.models import Campaign

NO_CAMPAIGN = N_("This campaign is no longer there.")
_NUMBERS_LOCK = 0x71756361


def hold_campaign(actor: Actor, campaign_id: int) -> Campaign:
    """The campaign, locked. One SQL. Raises `NotPermitted` for who does not keep it, `Refusal` when there is none."""
    campaigns = Campaign.objects.select_for_update(of=("self",), no_key=True)
    campaign = (
        campaigns.select_related("network", "organisation", "version")
        .defer("version__document")
        .filter(pk=campaign_id)
        .first()
    )
    if campaign is None or not (actor.is_system or campaign.network_id == actor.network_id):
        raise Refusal(NO_CAMPAIGN)
    require(may_keep(Part(campaign, keeps=keeps(actor, campaign))))
    return campaign


def next_number(network_id: int) -> int:
    """The next number of a campaign of a network; nobody else gets it before this transaction ends. Two SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_NUMBERS_LOCK, network_id])
    last = Campaign.objects.filter(network_id=network_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
