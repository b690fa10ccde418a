"""Contacts that change while a campaign runs."""

from dataclasses import dataclass

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import publish
from contempo.core.text import normalise
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import has_secret, may_read_responses, part_of, whos
from contempo.questionnaires.actions.invitations.standing import hold_invitation
from contempo.questionnaires.events import InvitationsAsked
from contempo.questionnaires.models import Invitation, Response, Target
from contempo.questionnaires.rules.links import GENERATIONS
from contempo.questionnaires.rules.states import INVITATION, CampaignState, Channel, InvitationState

SAME_ADDRESS = N_("This address is invited already: it has a link of its own.")
BEGUN = N_("Somebody has begun to answer by this link, and it stays theirs: let another person answer instead.")
_DONE = (InvitationState.COMPLETED.value, InvitationState.REPLACED.value)


@dataclass(frozen=True)
class Contact:
    """Whom to write to. `language` is that of the letters."""

    name: str
    email: str
    language: str = "it"


@action
def correct_contact(actor: Actor, *, invitation_id: int, contact: Contact, write: bool) -> Invitation:
    """Correct the contact of an invitation: the same person, whose address was wrong.

    With another address the link sent before opens nothing any more, and the new one is of the same kind. `write` asks
    for the letter at once. Refusal beside `email` when that address is invited already, and when somebody has begun:
    the new link would open their answers to whoever is named here, also to who names themselves, or close them to who
    wrote them. Only who reads the answers of the campaign with their names anyway may give a new link to what was begun
    by a letter.
    """
    invitation = hold_invitation(actor, invitation_id)
    if invitation.state in _DONE:
        INVITATION.move(invitation.state, "replace", whos(part_of(actor, invitation.campaign)))
    if contact.email.lower() != invitation.email.lower():
        _require_free(invitation, contact.email)
        _require_unbegun(actor, invitation)
        if invitation.generation >= GENERATIONS:
            raise Refusal(N_("This address was changed too often: pass the invitation to another contact."))
        invitation.generation += 1
        invitation.reason = "" if invitation.state == InvitationState.BOUNCED else invitation.reason
    invitation.name, invitation.email, invitation.language = contact.name, contact.email, contact.language
    invitation.changed_at = clock.now()
    _maybe_write(invitation, write=write and _writable(invitation))
    invitation.save()
    _keep_with_unit(invitation)
    return invitation


@action
def replace_contact(actor: Actor, *, invitation_id: int, contact: Contact, write: bool) -> Invitation:
    """Pass an invitation to another person of the same unit: a new invitation, the old one `replaced` by it, its story
    kept. Answers half given by the former person stay theirs and are not shown to the new one.
    """
    old = hold_invitation(actor, invitation_id)
    state = INVITATION.move(old.state, "replace", whos(part_of(actor, old.campaign)))
    if contact.email:
        _require_free(old, contact.email)
    by_mail = bool(contact.email) and old.channel in (Channel.EMAIL.value, Channel.PAPER.value)
    new = Invitation(
        campaign=old.campaign,
        target=old.target,
        delegate=old.delegate,
        channel=Channel.EMAIL.value if by_mail else old.channel,
        name=contact.name,
        email=contact.email,
        search_name=old.search_name if old.target_id else normalise(contact.name)[:200],
        language=contact.language,
        kind=old.kind,
        size=old.size,
        municipality_id=old.municipality_id,
        changed_at=clock.now(),
    )
    if not by_mail:
        new.state, new.sent_at = InvitationState.SENT.value, clock.now()
    old.state, old.asked_at, old.changed_at = state, None, clock.now()
    old.save(update_fields=["state", "asked_at", "changed_at"])
    _maybe_write(new, write=write and by_mail and old.campaign.state == CampaignState.OPEN)
    new.save(force_insert=True)
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    if new.target_id is not None:
        Target.objects.filter(pk=new.target_id).update(eligible=True)
    _keep_with_unit(new)
    return new


def _require_free(invitation: Invitation, email: str) -> None:
    others = Invitation.objects.filter(campaign=invitation.campaign_id, email__iexact=email)
    if others.exclude(pk=invitation.pk).exclude(state=InvitationState.REPLACED.value).exists():
        raise Refusal(SAME_ADDRESS, field="email")


def _require_unbegun(actor: Actor, invitation: Invitation) -> None:
    """Refuse when a new link would open what was answered by the old one to somebody else, or shut it."""
    reads = may_read_responses(part_of(actor, invitation.campaign))
    if reads and not has_secret(invitation.campaign, invitation):
        return
    if Response.objects.filter(invitation=invitation).exists():
        raise Refusal(BEGUN, field="email")


def _writable(invitation: Invitation) -> bool:
    return invitation.campaign.state == CampaignState.OPEN and invitation.state in (
        InvitationState.PREPARED,
        InvitationState.SENT,
        InvitationState.BOUNCED,
        InvitationState.OPENED,
        InvitationState.BEGUN,
    )


def _maybe_write(invitation: Invitation, *, write: bool) -> None:
    """Ask for the letter; one that was sent to a wrong address is sent anew, not as a reminder."""
    if not write or not invitation.email:
        return
    invitation.channel = Channel.EMAIL.value if invitation.channel == Channel.PAPER else invitation.channel
    if invitation.state == InvitationState.SENT:
        invitation.state = InvitationState.PREPARED.value
    invitation.asked_at = clock.now()
    publish(InvitationsAsked(campaign_id=invitation.campaign_id), network_id=invitation.campaign.network_id)


def _keep_with_unit(invitation: Invitation) -> None:
    """The unit remembers whom to ask, for invitations made later from it."""
    if invitation.target_id is not None and invitation.email:
        Target.objects.filter(pk=invitation.target_id).update(
            contact=invitation.name, email=invitation.email, language=invitation.language
        )
