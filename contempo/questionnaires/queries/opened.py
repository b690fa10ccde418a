"""One campaign as its pages open it, with the pages it has for its reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.core.verdict import Verdict
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import (
    Part,
    may_enter_paper,
    may_follow,
    may_keep,
    may_keep_past,
    may_open_board,
    may_read_aggregates,
    may_read_results,
    may_share,
    part_of,
)
from contempo.questionnaires.models import Campaign
from contempo.questionnaires.rules.states import Origin
from contempo.web.tabs import Tab


@dataclass(frozen=True)
class OpenedCampaign:
    """A campaign with the part its reader has in it; `tabs` are the pages they may open, `pages` their addresses."""

    campaign: Campaign
    part: Part
    tabs: tuple[Tab, ...]
    pages: Mapping[str, str]

    @property
    def title(self) -> str:
        """The title in the language of the reader."""
        return title_of(self.campaign)

    def url(self, name: str, **parts: object) -> str:
        """The address of a page of this campaign; `parts` are the further ones of the address."""
        where = {"network": self.campaign.network.slug, "campaign": self.campaign.number, **parts}
        return reverse(f"questionnaires:{name}", kwargs=where)


def title_of(campaign: Campaign) -> str:
    """The title of a campaign in the language of the reader; the Italian one where there is no other."""
    english = campaign.title_en if (get_language() or "it").startswith("en") else ""
    return english or campaign.title


PAGES: tuple[tuple[str, str, Callable[[Part], Verdict]], ...] = (
    ("campaign", N_("Board"), may_open_board),
    ("invitations", N_("Invitations"), may_follow),
    ("delegates", N_("Delegates"), may_follow),
    ("paper", N_("Paper forms"), may_enter_paper),
    ("coverage", N_("Coverage"), may_keep),
    ("results", N_("Results"), may_read_results),
    ("aggregates", N_("Aggregates"), may_read_aggregates),
    ("campaign_practices", N_("Good practices"), may_share),
    ("past_one", N_("Data of the past"), may_keep_past),
    ("campaign_population", N_("Whom we ask"), may_keep),
    ("campaign_settings", N_("Settings"), may_keep),
)
"""Name of the address, message id of the label, whether who has the part may open it; in the order of the tabs."""

_ASKED_HERE = frozenset({"campaign", "invitations", "delegates", "coverage", "campaign_population"})
"""The pages that a survey of the past has not: nobody was invited here."""


def opened(actor: Actor, number: int, *, current: str = "") -> OpenedCampaign | None:
    """The campaign `number` of the actor's network, None when there is none. `current` names the page shown. Two SQL.

    Everybody may ask: what each page shows is decided by its own `may_…`.
    """
    campaigns = Campaign.objects.select_related("network", "organisation", "questionnaire", "version")
    campaign = campaigns.filter(network_id=actor.network_id, number=number).first()
    if campaign is None:
        return None
    part = part_of(actor, campaign)
    where = {"network": campaign.network.slug, "campaign": number}
    out = frozenset() if campaign.origin == Origin.HERE else _ASKED_HERE
    names = [name for name, _label, may in PAGES if name not in out and may(part)]
    pages = {name: reverse(f"questionnaires:{name}", kwargs=where) for name in names}
    tabs = tuple(Tab(_(label), pages[name], current=current == name) for name, label, _may in PAGES if name in pages)
    return OpenedCampaign(campaign, part, tabs, pages)
