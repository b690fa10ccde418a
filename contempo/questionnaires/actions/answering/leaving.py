"""Not answering: not the right person, no wish to, somebody else should."""

from dataclasses import dataclass

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.text import normalise
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import has_secret
from contempo.questionnaires.actions.answering.beginning import move_invitation
from contempo.questionnaires.actions.answering.holding import hold_way, insist
from contempo.questionnaires.events import InvitationsAsked
from contempo.questionnaires.models import Campaign, Invitation, Response, Target
from contempo.questionnaires.rules.doors import Door, may_take
from contempo.questionnaires.rules.states import Channel, InvitationState, ResponseState

MOST_REASON = 1000


@action
def say_not_concerned(actor: Actor, *, door: Door) -> None:
    """Say that the questionnaire is none of one's concern: no reminder comes, the unit does not count as missing."""
    held = _held(actor, door)
    if held.invitation.state == InvitationState.NOT_ELIGIBLE:
        return
    move_invitation(held.invitation, "exclude", anonymous=held.campaign.anonymous)
    if held.invitation.target_id is not None:
        Target.objects.filter(pk=held.invitation.target_id, covered=False).update(eligible=False)


@action
def decline(actor: Actor, *, door: Door, reason: str) -> None:
    """Say that one does not want to answer, with the reason if one likes: no reminder comes."""
    held = _held(actor, door)
    if held.invitation.state == InvitationState.REFUSED:
        return
    move_invitation(held.invitation, "refuse", anonymous=held.campaign.anonymous, reason=reason.strip()[:MOST_REASON])


@action
def hand_on(actor: Actor, *, door: Door, name: str, email: str, with_answers: bool = False) -> None:
    """Pass the questionnaire on to another person, who gets a letter with a link of their own; this link is spent.

    `with_answers` leaves them what was answered so far too, as who wrote it wishes: only where the new link is written
    to them alone. Not in an anonymous campaign, which does not know whose answers they are, nor where a delegate hands
    the links on and would have the new one too: what has a secret of its own stays with who has that. Refusal beside
    `email` when this address is invited already.
    """
    held = _held(actor, door)
    old, campaign = held.invitation, held.campaign
    if Invitation.objects.filter(campaign=campaign, email__iexact=email).exclude(state="replaced").exists():
        raise Refusal(N_("This address is invited already: it has a link of its own."), field="email")
    move_invitation(old, "replace", anonymous=campaign.anonymous)
    new = Invitation.objects.create(
        campaign=campaign,
        target_id=old.target_id,
        delegate_id=old.delegate_id,
        channel=old.channel if old.channel == Channel.DELEGATE else Channel.EMAIL.value,
        state=InvitationState.PREPARED.value,
        name=name,
        email=email,
        search_name=old.search_name or normalise(name)[:200],
        language=old.language,
        kind=old.kind,
        size=old.size,
        municipality_id=old.municipality_id,
        changed_at=clock.now(),
        asked_at=clock.now(),
    )
    Invitation.objects.filter(pk=old.pk).update(replaced_by=new)
    if with_answers and not has_secret(campaign, old):
        Response.objects.filter(invitation=old, state=ResponseState.BEGUN.value).update(invitation=new)
    publish(InvitationsAsked(campaign_id=campaign.pk), network_id=campaign.network_id)


@dataclass
class _Leaving:
    campaign: Campaign
    invitation: Invitation


def _held(actor: Actor, door: Door) -> _Leaving:
    """The invitation of a door, locked, of a campaign that takes answers."""
    held = hold_way(actor, door, lock=True)
    if held.invitation is None:
        raise Refusal(N_("A public link is nobody’s: there is nothing to decline."))
    insist(may_take(held.campaign.state, held.campaign.opens_at, held.campaign.closes_at, clock.now()))
    return _Leaving(held.campaign, held.invitation)
