"""The board of a campaign, beside the bare SQL of its sums."""

from bench.browsers import browser
from bench.limits import SURVEY_BOARD
from bench.measure import Page, Statement
from bench.questionnaires.rows import SLUG, Place

_SUMS = "SELECT facet, key, measure, count FROM questionnaires_campaigntally WHERE campaign_id = %s"
_CAMPAIGN = "SELECT * FROM questionnaires_campaign WHERE network_id = %s AND number = %s"


def pages(place: Place) -> tuple[Page, ...]:
    """The page that is opened most."""
    campaign = place.campaign
    known = Statement(_CAMPAIGN, [campaign.network_id, campaign.number])
    sums = Statement(_SUMS, [campaign.pk])
    address = f"/{SLUG}/questionari/{campaign.number}/"
    return (Page(SURVEY_BOARD, address, browser(place.coordinator), "Campagna di prova", (known, sums)),)
