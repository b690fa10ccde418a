"""The public link of a campaign, to be shown and printed."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from contempo.questionnaires.models import CampaignTally
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.states import CampaignState, Channel, ResponseState


@dataclass(frozen=True)
class SharedLink:
    """The address anybody may answer by, its QR code as a drawing, how many answers came by it and how many may."""

    url: str
    drawing: SafeString
    answers: int
    most: int | None
    open: bool


def shared_link(opened: OpenedCampaign) -> SharedLink | None:
    """The public link of a campaign; None when it has none. One SQL."""
    campaign = opened.campaign
    if not campaign.public_link:
        return None
    url = f"{settings.SITE_URL}/{campaign.network.slug}/r/p/{campaign.public_key}/"
    key = f"{Channel.PUBLIC}|{ResponseState.COMPLETED}"
    tally = CampaignTally.objects.filter(campaign=campaign, facet="response", key=key).values_list("count", flat=True)
    return SharedLink(
        url=url,
        drawing=mark_safe(drawing(url)),
        answers=tally.first() or 0,
        most=campaign.public_most,
        open=campaign.state == CampaignState.OPEN,
    )


def drawing(address: str) -> str:
    """A QR code as an SVG drawing: black on white, with its quiet zone, error correction M (ISO/IEC 18004)."""
    return str(segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, light="#fff", omitsize=True))
