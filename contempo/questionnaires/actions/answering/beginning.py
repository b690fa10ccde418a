"""Coming in by a link, and beginning to answer."""

import base64
import secrets

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import has_secret, responses_behind
from contempo.questionnaires.actions.answering.holding import Held, drop_half_done, half_done, hold_way, insist
from contempo.questionnaires.models import Campaign, CampaignTally, Invitation, Response, Target
from contempo.questionnaires.rules.doors import Door, digest, may_begin, may_take
from contempo.questionnaires.rules.states import (
    INVITATION,
    CampaignState,
    Channel,
    InvitationState,
    ResponseState,
    Who,
)

BEGUN_BY_ANOTHER = N_(
    "Somebody has begun by this link already: go on from the address you kept, or begin again from the start."
)
_UNOPENED = (InvitationState.PREPARED.value, InvitationState.SENT.value, InvitationState.BOUNCED.value)


@action
def note_opened(actor: Actor, *, door: Door) -> None:
    """Note that the link of an invitation was opened. Not in an anonymous campaign: see `begin`."""
    if hold_way(actor, door, lock=False).campaign.anonymous:
        return
    held = hold_way(actor, door, lock=True)
    if held.invitation and held.invitation.state in _UNOPENED and held.campaign.state == CampaignState.OPEN:
        move_invitation(held.invitation, "open", anonymous=False)


@action
def begin(actor: Actor, *, door: Door, language: str, anew: bool = False) -> Door:
    """Begin to answer, or go on where one is; returns the door by which the response is found again.

    By a public link, by one that a delegate handed on, and in an anonymous campaign, that is a door with a new secret,
    of which only a digest is kept. Where somebody has begun by a link handed on, `anew` discards what is half done,
    unseen: there is one response for an invitation, and who holds the bare link may be another than who wrote it.

    In an anonymous campaign the invitation is neither changed nor locked: a lock is written into its row, and would
    tell for as long as the answers are half done in which transaction they began. Refusal when the campaign takes no
    answers, the invitation is spent or was passed on, the public link has had the most answers it may have, or somebody
    has begun by a link handed on and `anew` was not said.
    """
    held = hold_way(actor, door, lock=False)
    if not held.campaign.anonymous:
        held = hold_way(actor, door, lock=True)
    campaign, invitation = held.campaign, held.invitation
    insist(may_take(campaign.state, campaign.opens_at, campaign.closes_at, clock.now()))
    if invitation is not None:
        insist(may_begin(invitation.state))
    else:
        check_room(campaign)
    if invitation is not None and not has_secret(campaign, invitation):
        if not Response.objects.filter(invitation=invitation).exists():
            _begin(held, language, b"")
        wants_after_all(invitation, anonymous=False)
        return door.outside
    if invitation is not None and not campaign.anonymous:
        if not anew and responses_behind(campaign, invitation, door, Response.objects.all()).exists():
            wants_after_all(invitation, anonymous=False)
            return door
        if not anew and half_done(invitation).exists():
            raise Refusal(BEGUN_BY_ANOTHER)
        drop_half_done(invitation)
    secret = base64.b32encode(secrets.token_bytes(20)).decode("ascii").lower()
    _begin(held, language, digest(secret))
    return Door(door.code, door.key, secret)


def _begin(held: Held, language: str, key_hash: bytes) -> Response:
    # The invitation before the response, as everywhere: their sums are rows that all who answer lock in this order.
    if held.invitation is not None and not held.campaign.anonymous:
        wants_after_all(held.invitation, anonymous=False)
        if held.invitation.state != InvitationState.BEGUN:
            move_invitation(held.invitation, "begin", anonymous=False)
    response = new_response(held.campaign, held.invitation, language=language)
    response.key_hash = key_hash or None
    response.save(force_insert=True)
    return response


def wants_after_all(invitation: Invitation, *, anonymous: bool) -> None:
    """Take back, for who answers all the same, that they did not want to or were not concerned."""
    if invitation.state == InvitationState.NOT_ELIGIBLE and invitation.target_id is not None:
        Target.objects.filter(pk=invitation.target_id).update(eligible=True)
    if invitation.state in (InvitationState.REFUSED, InvitationState.NOT_ELIGIBLE):
        move_invitation(invitation, "begin", anonymous=anonymous)


def new_response(campaign: Campaign, invitation: Invitation | None, *, language: str) -> Response:
    """A response as it begins, not saved; in an anonymous campaign without anything that ties it to an invitation."""
    response = Response(
        campaign=campaign,
        version=campaign.version,
        channel=invitation.channel if invitation else Channel.PUBLIC.value,
        state=ResponseState.BEGUN.value,
        language=language,
    )
    if campaign.anonymous:
        return response
    response.invitation = invitation
    response.delegate_id = invitation.delegate_id if invitation else None
    response.attributes = attributes_of(invitation.target) if invitation and invitation.target else {}
    response.begun_at = response.saved_at = clock.now()
    return response


def attributes_of(target: Target) -> dict[str, str]:
    """What the columns of a response tell of the unit it is for."""
    known = {
        "kind": target.kind,
        "size": target.size,
        "sector": target.sector,
        "municipality": target.municipality_id or "",
        "stratum": target.stratum,
    }
    return {name: value for name, value in known.items() if value}


def move_invitation(invitation: Invitation, step: str, *, anonymous: bool, **facts: object) -> None:
    """Move a locked invitation as its respondent does; `facts` are further fields. No time in an anonymous campaign."""
    invitation.state = INVITATION.move(invitation.state, step, (Who.RESPONDENT,))
    told = invitation.state in (InvitationState.REFUSED, InvitationState.NOT_ELIGIBLE, InvitationState.REPLACED)
    invitation.changed_at = clock.now() if told or not anonymous else None
    for name, value in facts.items():
        setattr(invitation, name, value)
    invitation.save(update_fields=["state", "changed_at", *facts])


def check_room(campaign: Campaign) -> None:
    """Refuse when the public link of a campaign has had the most answers it may have. One SQL, none without a limit."""
    if campaign.public_most is None:
        return
    tally = CampaignTally.objects.filter(
        campaign=campaign, facet="response", key=f"{Channel.PUBLIC}|{ResponseState.COMPLETED}", measure="responses"
    )
    if (tally.values_list("count", flat=True).first() or 0) >= campaign.public_most:
        raise Refusal(N_("All the answers this questionnaire waited for have come: thank you all the same."))
