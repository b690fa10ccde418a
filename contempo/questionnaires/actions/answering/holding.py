"""What an address of answering holds, locked for a change."""

from dataclasses import dataclass

from django.db.models import QuerySet

from contempo.core.verdict import Refusal, Verdict
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import campaign_behind, invitation_behind, responses_behind
from contempo.questionnaires.actions.erasing import discard_files
from contempo.questionnaires.models import AnswerFile, Campaign, Invitation, Response
from contempo.questionnaires.models.documents import document_of
from contempo.questionnaires.rules.document import Document
from contempo.questionnaires.rules.doors import Door, answered_here
from contempo.questionnaires.rules.states import ResponseState

NO_LINK = N_("This link is not valid any more: ask who sent it for another one.")
NOT_BEGUN = N_("These answers are not there any more: open the questionnaire again from its link.")


@dataclass
class Held:
    """A campaign by the door somebody came in; `invitation` is None for a public link, `response` before it begins."""

    door: Door
    campaign: Campaign
    invitation: Invitation | None
    response: Response | None = None


def hold_way(actor: Actor, door: Door, *, lock: bool) -> Held:
    """The campaign a door leads to, with its invitation, locked if wanted. One SQL. Refusal for an unknown link."""
    if door.key:
        campaigns = Campaign.objects.select_related("version", "network").defer("version__document")
        campaign = campaign_behind(actor.network_id, door, campaigns)
        if campaign is None:
            raise Refusal(NO_LINK)
        return Held(door, campaign, None)
    invitations = Invitation.objects.select_related("campaign__version", "campaign__network", "target")
    invitations = invitations.defer("campaign__version__document")
    if lock:
        invitations = invitations.select_for_update(of=("self",), no_key=True)
    # Asked again: an anonymous campaign that was mixed meanwhile has the same row anew (`actions.mixing`).
    invitation = invitation_behind(actor.network_id, door, invitations)
    if invitation is None and lock:
        invitation = invitation_behind(actor.network_id, door, invitations.all())
    if invitation is None:
        raise Refusal(NO_LINK)
    return Held(door, invitation.campaign, invitation)


def hold_response(held: Held) -> Response:
    """The response of a door, locked. One SQL. Refusal when there is none."""
    responses = Response.objects.select_for_update(of=("self",)).select_related("version").defer("version__document")
    behind = responses_behind(held.campaign, held.invitation, held.door, responses)
    found = behind.first() or behind.first()  # again: mixing may have written it anew meanwhile
    if found is None:
        raise Refusal(NOT_BEGUN)
    found.campaign = held.campaign
    if found.invitation_id is not None and held.invitation is not None:
        found.invitation = held.invitation
    held.response = found
    return found


def half_done(invitation: Invitation) -> QuerySet[Response]:
    """What was begun by an invitation and never sent; of an anonymous campaign nobody knows it."""
    return Response.objects.filter(invitation=invitation, state=ResponseState.BEGUN.value)


def drop_half_done(invitation: Invitation) -> None:
    """Discard what was begun by an invitation and never sent, its files too, unseen."""
    attached = AnswerFile.objects.filter(response__in=half_done(invitation))
    stored = list(attached.values_list("file_id", flat=True))
    half_done(invitation).delete()
    discard_files(stored)


def asks(response: Response) -> Document:
    """What a response is asked, in the version it was begun with."""
    return answered_here(document_of(response.version), response.campaign.mode)


def insist(verdict: Verdict) -> None:
    """Raise a Refusal with the reason of a verdict unless it allows: a page of answering tells it, it is no 403."""
    if not verdict:
        raise Refusal(verdict.reason, field=None, **verdict.params)
