"""Opening, closing and opening campaigns again: by who keeps them, and by the clock."""

from datetime import datetime

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.actions.invitations.asking import ask_prepared
from contempo.questionnaires.events import CampaignClosed
from contempo.questionnaires.models import Campaign, Invitation, Target
from contempo.questionnaires.rules.periods import may_open, may_reopen
from contempo.questionnaires.rules.states import CAMPAIGN, CampaignState, Origin, Who

NOT_BY_ITSELF = N_("The opening is past: open the campaign now, or choose another period.")


@action
def open_campaign(actor: Actor, *, campaign_id: int) -> Campaign:
    """Take answers from now on. Refusal while nobody could answer."""
    campaign = hold_campaign(actor, campaign_id)
    _open(campaign, Who.KEEPER)
    return campaign


@action
def schedule_opening(actor: Actor, *, campaign_id: int, scheduled: bool) -> Campaign:
    """Let a campaign in preparation open by itself when its period begins, and write its letters then; or no more."""
    campaign = hold_campaign(actor, campaign_id)
    CAMPAIGN.move(campaign.state, "open", (Who.KEEPER,))
    if scheduled:
        _require_open(campaign)
        if campaign.opens_at <= clock.now():
            raise Refusal(NOT_BY_ITSELF)
    campaign.scheduled = scheduled
    campaign.save(update_fields=["scheduled"])
    return campaign


@action
def close_campaign(actor: Actor, *, campaign_id: int) -> Campaign:
    """Take no more answers: letters that were not written yet are not written."""
    campaign = hold_campaign(actor, campaign_id)
    _close(campaign, Who.KEEPER)
    return campaign


@action
def reopen_campaign(actor: Actor, *, campaign_id: int, closes_at: datetime) -> Campaign:
    """Take answers again until `closes_at`. Refusal for an anonymous campaign, or a closing that is past."""
    campaign = hold_campaign(actor, campaign_id)
    state = CAMPAIGN.move(campaign.state, "reopen", (Who.KEEPER,))
    require(may_reopen(campaign.mode))
    if campaign.origin != Origin.HERE:
        raise Refusal(N_("A survey of the past takes no answers any more."))
    if closes_at <= clock.now():
        raise Refusal(N_("The closing must be in the future."), field="closes_at")
    campaign.state, campaign.closes_at, campaign.closed_at = state, closes_at, None
    campaign.save(update_fields=["state", "closes_at", "closed_at"])
    return campaign


@action
def open_on_time(actor: Actor, *, campaign_id: int) -> bool:
    """Open a scheduled campaign whose period has begun, and ask for its letters; whether it was opened.

    One that nobody could answer any more stays in preparation, and opens by itself no longer.
    """
    campaign = hold_campaign(actor, campaign_id)
    if campaign.state != CampaignState.DRAFT or not campaign.scheduled or campaign.opens_at > clock.now():
        return False
    try:
        _open(campaign, Who.CLOCK)
    except Refusal:
        campaign.scheduled = False
        campaign.save(update_fields=["scheduled"])
        return False
    ask_prepared(campaign)
    return True


@action
def close_on_time(actor: Actor, *, campaign_id: int) -> bool:
    """Close a campaign whose period is over; whether it was closed now."""
    campaign = hold_campaign(actor, campaign_id)
    if campaign.state != CampaignState.OPEN or campaign.closes_at > clock.now():
        return False
    _close(campaign, Who.CLOCK)
    return True


def due_campaigns(now: datetime) -> tuple[list[int], list[int]]:
    """The campaigns to open and to close by now. Two SQL."""
    drafts = Campaign.objects.filter(state=CampaignState.DRAFT.value, scheduled=True, opens_at__lte=now)
    over = Campaign.objects.filter(state=CampaignState.OPEN.value, closes_at__lte=now)
    return list(drafts.values_list("pk", flat=True)), list(over.values_list("pk", flat=True))


def _open(campaign: Campaign, who: Who) -> None:
    state = CAMPAIGN.move(campaign.state, "open", (who,))
    _require_open(campaign)
    now = clock.now()
    campaign.state, campaign.opened_at, campaign.scheduled = state, now, False
    campaign.opens_at = min(campaign.opens_at, now)
    campaign.save(update_fields=["state", "opened_at", "opens_at", "scheduled"])


def _require_open(campaign: Campaign) -> None:
    verdict = may_open(
        has_public_link=campaign.public_link,
        units=int(Target.objects.filter(campaign=campaign, eligible=True).exists()),
        invitations=int(Invitation.objects.filter(campaign=campaign).exists()),
        closes_at=campaign.closes_at,
        now=clock.now(),
    )
    if not verdict:
        raise Refusal(verdict.reason)


def _close(campaign: Campaign, who: Who) -> None:
    campaign.state = CAMPAIGN.move(campaign.state, "close", (who,))
    campaign.closed_at = clock.now()
    campaign.save(update_fields=["state", "closed_at"])
    Invitation.objects.filter(campaign=campaign, asked_at__isnull=False).update(asked_at=None)
    publish(CampaignClosed(campaign_id=campaign.pk), network_id=campaign.network_id)
