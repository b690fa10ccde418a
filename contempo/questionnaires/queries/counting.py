"""The answers that figures of other contexts are made of: completed, counted, of campaigns that may be read."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from contempo.questionnaires.access import readable_as_figures
from contempo.questionnaires.models import Campaign, Coverage, Response
from contempo.questionnaires.rules.states import CampaignState, CoverageState, ResponseState


def counted_responses(campaigns: QuerySet[Campaign], begin: datetime, end: datetime) -> "QuerySet[Any]":
    """The counted responses of `campaigns` completed from `begin` to `end` (excluded), with `answered_at`.

    A response without a time, of an anonymous campaign or an imported one, is of the moment its campaign closed. One
    that speaks for units counts where it is counted for one at least (`rules.coverage.in_figures`).
    """
    speaks = Coverage.objects.filter(response=OuterRef("pk"))
    found = Response.objects.filter(campaign__in=campaigns, state=ResponseState.COMPLETED.value)
    found = found.filter(~Exists(speaks) | Exists(speaks.filter(state=CoverageState.COUNTED.value)))
    return found.alias(
        answered_at=Coalesce(F("completed_at"), F("campaign__closed_at"), F("campaign__closes_at"))
    ).filter(answered_at__gte=begin, answered_at__lt=end)


def campaigns_read(network_id: int) -> QuerySet[Campaign]:
    """The campaigns of a network whose answers may be read as figures by its bodies."""
    rows = Campaign.objects.filter(~Q(state=CampaignState.DRAFT.value), network_id=network_id)
    return readable_as_figures(rows)
