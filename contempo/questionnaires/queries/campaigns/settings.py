"""A campaign as who keeps it sets it up: what it says, where it stands, what may be done next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contempo.core.verdict import Verdict
from contempo.core.workflow import Look
from contempo.questionnaires.models import CampaignTally, Invitation, Target, Version
from contempo.questionnaires.queries.campaigns.choices import newer_versions
from contempo.questionnaires.queries.opened import OpenedCampaign
from contempo.questionnaires.rules.periods import may_open, may_reopen
from contempo.questionnaires.rules.populations import Asking, Population, population_called
from contempo.questionnaires.rules.states import CAMPAIGN, MODE_LABELS, UNIT_KIND_LABELS, CampaignState
from contempo.web.steps import Step


@dataclass(frozen=True)
class SettingsPage:
    """What the page of settings shows; `opening` says whether the campaign may open now, and if not why."""

    look: Look
    mode: str
    unit_kind: str
    version: Version
    newer: tuple[Version, ...]
    wave: str
    opening: Verdict
    reopening: Verdict
    units: int
    prepared: int
    population: str
    waits: bool
    may_schedule: bool


def settings_page(opened: OpenedCampaign, now: datetime) -> SettingsPage:
    """The settings of a campaign at `now`. Four SQL, one more for a wave."""
    campaign = opened.campaign
    sums = unit_sums(campaign.pk)
    invitations = Invitation.objects.filter(campaign=campaign)
    prepared = invitations.filter(state="prepared").count()
    kept = Population.read(campaign.population)
    source = population_called(kept.source)
    return SettingsPage(
        look=CAMPAIGN.looks[campaign.state],
        mode=_(MODE_LABELS[campaign.mode]),
        unit_kind=_(UNIT_KIND_LABELS[campaign.unit_kind]),
        version=campaign.version,
        newer=tuple(newer_versions(campaign)),
        wave=campaign.wave_of.title if campaign.wave_of else "",
        opening=may_open(
            has_public_link=campaign.public_link,
            units=sums,
            invitations=prepared,
            closes_at=campaign.closes_at,
            now=now,
        ),
        reopening=may_reopen(campaign.mode),
        units=sums,
        prepared=prepared,
        population=_(source.label) if source else "",
        waits=campaign.scheduled,
        may_schedule=campaign.opens_at > now,
    )


def unit_sums(campaign_id: int) -> int:
    """How many units a campaign has that are concerned, kept by triggers. One SQL."""
    rows = CampaignTally.objects.filter(campaign=campaign_id, facet="unit.kind", measure="eligible")
    return sum(rows.values_list("count", flat=True))


def steps_of(opened: OpenedCampaign, current: str) -> tuple[Step, ...]:
    """The steps in which a campaign in preparation is made; none once it has opened. One SQL."""
    campaign = opened.campaign
    if campaign.state != CampaignState.DRAFT:
        return ()
    asked = campaign.public_link or Target.objects.filter(campaign=campaign).exists()
    return (
        Step("what", _("What we ask"), opened.url("campaign_edit"), done=True),
        Step("who", _("Whom we ask"), opened.url("campaign_population"), done=asked),
        Step("how", _("When and how"), opened.url("campaign_run"), done=current in ("summary",) or asked),
        Step("summary", _("Check and open"), opened.url("campaign_settings"), done=False),
    )


def asking_of(opened: OpenedCampaign) -> Asking:
    """For whom units of a campaign are asked for."""
    return Asking(opened.campaign.network_id, opened.campaign.organisation_id)
