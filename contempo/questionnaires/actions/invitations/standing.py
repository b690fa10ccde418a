"""What who keeps a campaign notes on invitations: that they came back, that somebody refused, that it is no concern."""

from collections.abc import Collection

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_follow, part_of, visible_invitations, whos
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.models import Campaign, Invitation, Target
from contempo.questionnaires.rules.states import INVITATION, CampaignState, InvitationState

NO_INVITATION = N_("This invitation is no longer there.")
CLOSED = N_("The campaign is closed: its invitations stay as they are.")
NOTED = ("bounce", "refuse", "exclude")
"""The steps that who keeps the campaign takes on behalf of who was invited; a delegate notes only what came back."""


@action
def note_step(actor: Actor, *, invitation_id: int, step: str, reason: str = "") -> Invitation:
    """Note one of the steps `NOTED` on an invitation, with the reason that was given."""
    invitation = hold_invitation(actor, invitation_id)
    if step not in NOTED:
        raise Refusal(NO_INVITATION)
    part = part_of(actor, invitation.campaign)
    invitation.state = INVITATION.move(invitation.state, step, whos(part))
    invitation.reason, invitation.asked_at = reason.strip()[:1000], None
    invitation.changed_at = clock.now()
    invitation.save(update_fields=["state", "reason", "asked_at", "changed_at"])
    if step == "exclude":
        _not_concerned([invitation])
    return invitation


@action
def exclude_invitations(actor: Actor, *, campaign_id: int, chosen: Collection[int], reason: str = "") -> int:
    """Note of several invitations that the campaign is no concern of theirs; how many. Those that answered stay."""
    campaign = hold_campaign(actor, campaign_id)
    _require_running(campaign)
    sources = [step.sources for step in INVITATION.transitions if step.name == "exclude"]
    rows = Invitation.objects.select_for_update(no_key=True).filter(
        campaign=campaign, pk__in=chosen, state__in=[state for one in sources for state in one]
    )
    found = list(rows)
    for invitation in found:
        invitation.state, invitation.reason = InvitationState.NOT_ELIGIBLE.value, reason.strip()[:1000]
        invitation.asked_at, invitation.changed_at = None, clock.now()
    Invitation.objects.bulk_update(found, ["state", "reason", "asked_at", "changed_at"], batch_size=1000)
    _not_concerned(found)
    if not found:
        raise Refusal(N_("Nobody left to take out: those that answered stay."))
    return len(found)


def hold_invitation(actor: Actor, invitation_id: int) -> Invitation:
    """An invitation that the actor follows, locked, of a campaign that is not closed. Three SQL."""
    invitations = Invitation.objects.select_for_update(of=("self",), no_key=True)
    found = invitations.select_related("campaign__network", "campaign__organisation", "target", "delegate")
    invitation = found.filter(pk=invitation_id, campaign__network_id=actor.network_id).first()
    if invitation is None:
        raise Refusal(NO_INVITATION)
    part = part_of(actor, invitation.campaign)
    require(may_follow(part))
    if not visible_invitations(part, Invitation.objects.filter(pk=invitation_id)).exists():
        raise Refusal(NO_INVITATION)
    _require_running(invitation.campaign)
    return invitation


def _require_running(campaign: Campaign) -> None:
    if campaign.state == CampaignState.CLOSED:
        raise Refusal(CLOSED)


def _not_concerned(invitations: Collection[Invitation]) -> None:
    """The units of these invitations do not count as missing, unless an answer covers them or somebody else of theirs
    was invited."""
    keys = [one.target_id for one in invitations if one.target_id is not None]
    others = Invitation.objects.filter(target__in=keys).exclude(
        state__in=[InvitationState.NOT_ELIGIBLE.value, InvitationState.REPLACED.value]
    )
    Target.objects.filter(pk__in=keys, covered=False).exclude(pk__in=others.values("target")).update(eligible=False)
