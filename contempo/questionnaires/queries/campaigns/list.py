"""The uploaded list of a campaign in the shape of files: its units, and what is wrong with the rows of one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse

from contempo.core.imports import About, Finding, Row, Values
from contempo.core.verdict import Verdict, because
from contempo.core.words import N_
from contempo.network.public import place_labels, places_by_name
from contempo.people.public import Actor
from contempo.questionnaires.access import Part, keeps, may_keep
from contempo.questionnaires.models import Campaign, Target
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.rules.populations import UPLOADED, Population, list_code, target_key
from contempo.questionnaires.rules.states import CampaignState

NO_CAMPAIGN = N_("This campaign is no longer there.")
CLOSED = N_("The campaign is closed: whom it asked stays as it was.")
OTHER_SOURCE = N_("This campaign takes its units elsewhere: choose the uploaded list first.")
NO_PLACE = N_("No Italian municipality, or several, have this name: add the province in brackets.")
SAME_EMAIL = N_("Another row has this address: one of the two will get no invitation by e-mail.")


def about_campaign(actor: Actor, campaign_id: int) -> About | None:
    """The campaign a list is about; None when the actor's network has none of this number. One SQL."""
    campaign = Campaign.objects.select_related("network").filter(pk=campaign_id, network_id=actor.network_id).first()
    if campaign is None:
        return None
    url = reverse("questionnaires:campaign_population", args=[campaign.network.slug, campaign.number])
    return About(title_of(campaign), url)


def may_load(actor: Actor, campaign_id: int) -> Verdict:
    """May `actor` load the list of a campaign? One SQL."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        return because(NO_CAMPAIGN)
    if not (verdict := may_keep(Part(campaign, keeps=keeps(actor, campaign)))):
        return verdict
    if campaign.state == CampaignState.CLOSED:
        return because(CLOSED)
    return verdict if Population.read(campaign.population).source == UPLOADED else because(OTHER_SOURCE)


def units_in_files(campaign_id: int, identities: Sequence[Any] | None) -> Iterator[Values]:
    """The units of a campaign as files have them. Two SQL; rows asked for by code are locked."""
    rows = Target.objects.filter(campaign=campaign_id, key__startswith="row:", eligible=True).order_by("key")
    if identities is not None:
        rows = rows.select_for_update(no_key=True, of=("self",)).filter(
            key__in=[target_key(str(code)) for (code,) in identities]
        )
    found = list(rows)
    labels = place_labels({row.municipality_id for row in found if row.municipality_id})
    for row in found:
        yield {
            "code": list_code(row.key),
            "name": row.name,
            "contact": row.contact or None,
            "email": row.email or None,
            "kind": row.kind or None,
            "size": row.size or None,
            "municipality": labels.get(row.municipality_id or "") or None,
            "group": row.stratum or None,
            "language": row.language,
        }


def check_units(campaign_id: int, rows: Sequence[Row]) -> Iterable[Finding]:
    """What is wrong with units of a file: municipalities nobody knows, addresses that two rows have. One SQL."""
    places = places_by_name({str(row.values["municipality"]) for row in rows if row.values["municipality"]})
    seen: dict[str, int] = {}
    for row in rows:
        place, email = row.values["municipality"], row.values["email"]
        if place and str(place) not in places:
            yield Finding(row.line, NO_PLACE, "municipality")
        if email and seen.setdefault(str(email), row.line) != row.line:
            yield Finding(row.line, SAME_EMAIL, "email")
