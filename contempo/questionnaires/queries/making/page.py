"""The page of one questionnaire: its versions, the campaigns that use it, who may change it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.questionnaires.access import visible_campaigns
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.queries.making.listed import VERSION_LOOKS
from contempo.questionnaires.queries.making.opened import OpenedForm
from contempo.questionnaires.queries.making.wording import counted
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.rules.document import read
from contempo.questionnaires.rules.states import CAMPAIGN, CampaignState, VersionState


@dataclass(frozen=True)
class CampaignLine:
    """A campaign that asks the questionnaire."""

    title: str
    look: Look
    version: int
    opens_at: datetime
    closes_at: datetime
    url: str


@dataclass(frozen=True)
class VersionLine:
    """A version: how many questions it asks; `published_by` is empty where nobody is known."""

    number: int
    look: Look
    questions: int
    pages: int
    note: str
    changed_at: datetime
    published_at: datetime | None
    published_by: str
    digest: str
    url: str
    campaigns: int


@dataclass(frozen=True)
class FormPage:
    """A questionnaire as its page shows it."""

    versions: tuple[VersionLine, ...]
    campaigns: tuple[CampaignLine, ...]
    keeper: str
    who: str


def form_page(actor: Actor, opened: OpenedForm) -> FormPage:
    """The page of a questionnaire. One SQL more than it was opened with."""
    rows = visible_campaigns(actor, Campaign.objects.filter(questionnaire=opened.form).select_related("version"))
    campaigns = tuple(_campaign(opened, campaign) for campaign in rows.order_by("-opens_at", "-number"))
    organisation = opened.form.organisation
    return FormPage(
        versions=tuple(_versions(opened, campaigns)),
        campaigns=campaigns,
        keeper=organisation.name if organisation else _("The network"),
        who=_("The human resources of the organisation.") if organisation else _("Who coordinates the network."),
    )


def _campaign(opened: OpenedForm, campaign: Campaign) -> CampaignLine:
    where = {"network": opened.form.network.slug, "campaign": campaign.number}
    return CampaignLine(
        title=title_of(campaign),
        look=CAMPAIGN.looks[CampaignState(campaign.state)],
        version=campaign.version.number,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        url=reverse("questionnaires:campaign", kwargs=where),
    )


def _versions(opened: OpenedForm, campaigns: tuple[CampaignLine, ...]) -> list[VersionLine]:
    found = []
    for version in opened.versions:
        document = read(version.document)
        found.append(
            VersionLine(
                number=version.number,
                look=VERSION_LOOKS[VersionState(version.state)],
                questions=counted(document),
                pages=len(document.pages),
                note=version.note,
                changed_at=version.changed_at,
                published_at=version.published_at,
                published_by=version.published_by.full_name if version.published_by else "",
                digest=version.digest,
                url=opened.url("form_version", version=version.number),
                campaigns=sum(1 for campaign in campaigns if campaign.version == version.number),
            )
        )
    return found
