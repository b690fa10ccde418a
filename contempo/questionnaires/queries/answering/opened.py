"""A questionnaire as its link opens it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language

from contempo.core.verdict import Verdict
from contempo.people.public import Actor
from contempo.questionnaires.access import (
    campaign_behind,
    has_secret,
    invitation_behind,
    responses_behind,
)
from contempo.questionnaires.models import Campaign, CampaignTally, Invitation, Response
from contempo.questionnaires.models.documents import document_of
from contempo.questionnaires.queries.opened import title_of
from contempo.questionnaires.rules.asking import Asked, asked
from contempo.questionnaires.rules.document import Document
from contempo.questionnaires.rules.doors import Door, answered_here, may_change, may_take, minutes
from contempo.questionnaires.rules.keeping import names_people
from contempo.questionnaires.rules.states import Channel, InvitationState, Mode, ResponseState, UnitKind

_LINKS = {
    "landing": "answer",
    "hand_on": "answer_hand_on",
    "not_concerned": "answer_not_concerned",
    "decline": "answer_decline",
    "units": "answer_units",
    "later": "answer_later",
    "summary": "answer_summary",
    "done": "answer_done",
    "copy": "answer_copy",
    "withdraw": "answer_withdraw",
    "organisations": "answer_organisations",
}


@dataclass(frozen=True)
class Answering:
    """What a door leads to at an instant: `response` is None before one has begun, or without its secret.

    `taken` says that somebody has begun by a link that was handed on, at an address of their own which this is not.
    """

    door: Door
    campaign: Campaign
    invitation: Invitation | None
    response: Response | None
    now: datetime
    taken: bool = False

    @property
    def language(self) -> str:
        """The language in which the questions are asked: that of the page, where the questionnaire has it."""
        wanted = (get_language() or "it")[:2]
        return wanted if wanted in self.document.languages else "it"

    @cached_property
    def document(self) -> Document:
        version = self.response.version if self.response else self.campaign.version
        return answered_here(document_of(version), self.campaign.mode)

    @cached_property
    def asked(self) -> Asked:
        return asked(self.document, self.response.answers if self.response else {})

    @property
    def title(self) -> str:
        return title_of(self.campaign)

    @property
    def intro(self) -> str:
        """Why one is asked, in the language of the reader; the Italian text where there is no other."""
        english = self.campaign.intro_en if (get_language() or "it").startswith("en") else ""
        return english or self.campaign.intro

    @property
    def minutes(self) -> int:
        return minutes(self.document)

    @property
    def takes(self) -> Verdict:
        """Whether answers are taken now."""
        return may_take(self.campaign.state, self.campaign.opens_at, self.campaign.closes_at, self.now)

    @property
    def soon(self) -> bool:
        return self.now < self.campaign.opens_at

    @property
    def sent(self) -> bool:
        """Whether the answers of this door were sent."""
        return self.response is not None and self.response.state != ResponseState.BEGUN

    @property
    def spent(self) -> bool:
        """Whether the invitation was answered, by a response this door does not open."""
        return self.invitation is not None and self.invitation.state == InvitationState.COMPLETED and not self.sent

    @property
    def may_change(self) -> Verdict:
        """Whether sent answers may be changed or taken back now."""
        return may_change(self.campaign.editable, self.takes)

    @property
    def anonymous(self) -> bool:
        return self.campaign.mode == Mode.ANONYMOUS

    @property
    def stays_known(self) -> bool:
        """Whether it stays known whose answers are whose when personal data are erased: those of organisations, with
        name."""
        return self.campaign.mode == Mode.IDENTIFIED and not names_people(UnitKind(self.campaign.unit_kind))

    @property
    def own_address(self) -> bool:
        """Whether the response is found again only by an address of its own, to be copied."""
        return has_secret(self.campaign, self.invitation)

    @property
    def speaks_for_units(self) -> bool:
        """Whether answers may speak for organisations: for which ones is then asked, where there are any to name."""
        return self.campaign.unit_kind == UnitKind.ORGANISATION and not self.anonymous

    @property
    def state(self) -> str:
        return self.invitation.state if self.invitation else ""

    @property
    def begun_elsewhere(self) -> bool:
        """Whether answers may have been begun by this link at an address of their own: nobody knows it."""
        return self.anonymous and self.response is None and self.invitation is not None

    def url(self, name: str, **parts: object) -> str:
        """The address of a page of answering, as `questionnaires:<name>` has it."""
        where = {"network": self.campaign.network.slug, "door": self.door, **parts}
        return reverse(f"questionnaires:{name}", kwargs=where)

    @cached_property
    def links(self) -> dict[str, str]:
        """The addresses of the other pages of this door, none for a form on paper."""
        names = (_LINKS if self.door.code or self.door.key else {}).items()
        return {name: self.url(address) for name, address in names}

    def page_url(self, number: int) -> str:
        """The address of the page at this place of the document, from 0."""
        return self.url("answer_page", page=number + 1)

    @property
    def resume_url(self) -> str:
        """Where one goes on: the first page not answered yet, else the summary."""
        reached = self.response.page if self.response else 0
        pages = self.asked.pages
        if self.sent or not pages:
            return self.url("answer_summary")
        later = next((one for one in pages if one.number >= reached), None)
        return self.page_url(later.number) if later else self.url("answer_summary")


def opened(actor: Actor, door: Door, now: datetime) -> Answering | None:
    """What a door of the actor's network leads to, None for a link that is none. Two SQL; one by a public or anonymous
    link without its secret.
    """
    campaign: Campaign | None
    invitation: Invitation | None = None
    if door.key:
        campaigns = Campaign.objects.select_related("version", "network", "organisation")
        campaign = campaign_behind(actor.network_id, door, campaigns.defer("version__document"))
    else:
        invitations = Invitation.objects.select_related(
            "campaign__version", "campaign__network", "campaign__organisation", "target"
        )
        invitation = invitation_behind(actor.network_id, door, invitations.defer("campaign__version__document"))
        campaign = invitation.campaign if invitation else None
    if campaign is None:
        return None
    responses = Response.objects.select_related("version").defer("version__document")
    found = responses_behind(campaign, invitation, door, responses)
    secret = has_secret(campaign, invitation)
    response = None if not door.secret and secret else found.first()
    taken = False
    if secret and response is None and invitation is not None and not campaign.anonymous:
        taken = Response.objects.filter(invitation=invitation, state=ResponseState.BEGUN.value).exists()
    return Answering(door, campaign, invitation, response, now, taken)


def is_full(campaign: Campaign) -> bool:
    """Whether the public link of a campaign has had the most answers it may have. One SQL, none without a limit."""
    if campaign.public_most is None:
        return False
    tally = CampaignTally.objects.filter(
        campaign=campaign, facet="response", key=f"{Channel.PUBLIC}|{ResponseState.COMPLETED}", measure="responses"
    )
    return (tally.values_list("count", flat=True).first() or 0) >= campaign.public_most
