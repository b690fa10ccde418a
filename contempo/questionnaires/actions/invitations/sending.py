"""Writing the letters that were asked for, in batches: each batch is committed, so that nothing is lost by a stop."""

from datetime import timedelta

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import given_up, publish
from contempo.core.verdict import require
from contempo.people.public import Actor
from contempo.questionnaires.access import may_run_installation
from contempo.questionnaires.actions.invitations.letters import KIND, send
from contempo.questionnaires.events import InvitationsAsked
from contempo.questionnaires.models import Campaign, Invitation, Sending
from contempo.questionnaires.rules.reminders import REMINDED
from contempo.questionnaires.rules.states import INVITATION, CampaignState, InvitationState, Who

BATCH = 100
_FIRST = (InvitationState.PREPARED.value, InvitationState.BOUNCED.value)
_LOOKED_BACK = timedelta(days=2)
_REMINDED = tuple(state.value for state in REMINDED)


@action
def write_letters(actor: Actor, *, campaign_id: int) -> int:
    """Write the next letters that were asked for; how many. While there were any, what follows is asked for too.

    Who answered, said no or was replaced since is not written to, nor reminded whose unit was covered since.
    """
    require(may_run_installation(actor))
    waiting = Invitation.objects.filter(campaign=campaign_id, asked_at__isnull=False)
    waiting = waiting.select_related("target").select_for_update(of=("self",), no_key=True, skip_locked=True)
    rows = list(waiting.order_by("pk")[:BATCH])
    if not rows:
        return 0
    campaign = Campaign.objects.select_related("network", "organisation").get(pk=campaign_id)
    written = [_write(campaign, row) for row in rows] if campaign.state == CampaignState.OPEN else []
    Sending.objects.bulk_create(one for one in written if one is not None)
    for row in rows:
        row.asked_at = None
    Invitation.objects.bulk_update(rows, ["state", "sent_at", "reminded_at", "reminders", "changed_at", "asked_at"])
    publish(InvitationsAsked(campaign_id=campaign_id), network_id=campaign.network_id)
    return len(rows)


def _write(campaign: Campaign, invitation: Invitation) -> Sending | None:
    """Write one letter and note it on the invitation, not saved; None for who is not written to any more."""
    if not invitation.email:
        return None
    now = clock.now()
    if invitation.state in _FIRST:
        invitation.state = INVITATION.move(invitation.state, "send", (Who.CLOCK,))
        invitation.sent_at, invitation.changed_at = now, now
        reminder = 0
    elif invitation.state in _REMINDED and not (invitation.target and invitation.target.covered):
        invitation.reminders += 1
        invitation.reminded_at = now
        reminder = invitation.reminders
    else:
        return None
    message_id = send(campaign, invitation, reminder=reminder)
    return Sending(invitation=invitation, reminder=reminder, at=now, address=invitation.email, message_id=message_id)


@action
def note_bounced(actor: Actor, *, message_ids: list[str], why: str) -> int:
    """Note that letters have come back for good; how many were of invitations.

    The invitation is `bounced` unless it was opened since, or another address has taken the place of that one.
    """
    require(may_run_installation(actor))
    sendings = Sending.objects.select_for_update(of=("self",)).filter(message_id__in=message_ids, bounced_at=None)
    found = list(sendings.select_related("invitation__campaign"))
    for sending in found:
        sending.bounced_at, sending.why = clock.now(), " ".join(why.split())[:300]
        _bounce(Invitation.objects.select_for_update(no_key=True).get(pk=sending.invitation_id), sending)
    Sending.objects.bulk_update(found, ["bounced_at", "why"])
    return len(found)


@action
def note_refused_letters(actor: Actor) -> int:
    """Note the letters that the mail server itself refused for good; how many."""
    noted = 0
    for message_id, why in given_up(KIND, since=clock.now() - _LOOKED_BACK).items():
        noted += note_bounced(actor, message_ids=[message_id], why=why)
    return noted


def _bounce(invitation: Invitation, sending: Sending) -> None:
    if invitation.email != sending.address or invitation.state != InvitationState.SENT:
        return
    invitation.state = INVITATION.move(invitation.state, "bounce", (Who.CLOCK,))
    invitation.reason, invitation.changed_at, invitation.asked_at = sending.why, clock.now(), None
    invitation.save(update_fields=["state", "reason", "changed_at", "asked_at"])
