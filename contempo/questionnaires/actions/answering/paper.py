"""Forms filled in on paper, typed in by who keeps the campaign."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contempo.core import clock
from contempo.core.action import action
from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.access import may_enter_paper, part_of
from contempo.questionnaires.actions.answering.beginning import (
    attributes_of,
    move_invitation,
    new_response,
    wants_after_all,
)
from contempo.questionnaires.actions.answering.holding import drop_half_done
from contempo.questionnaires.actions.coverage import cover_own
from contempo.questionnaires.models import Campaign, Invitation, Response
from contempo.questionnaires.models.documents import document_of
from contempo.questionnaires.rules.answers import Wrong, check_page
from contempo.questionnaires.rules.asking import is_missing
from contempo.questionnaires.rules.doors import answered_here, file_keys
from contempo.questionnaires.rules.states import INVITATION, Channel, InvitationState, ResponseState, Who

_NUMBERED = N_("A form with this number has been entered already: look at the number again.")
NO_FORM = N_("No form with this number has been entered.")


@dataclass(frozen=True)
class Entered:
    """A paper form: entered as `response`, or not because of `wrongs`. `left_out` are the keys of what was written in
    questions that the path of the form leaves out.
    """

    response: Response | None
    wrongs: tuple[Wrong, ...] = ()
    left_out: tuple[str, ...] = ()


@action
def enter_paper(
    actor: Actor, *, campaign_id: int, paper: str, invitation_id: int | None, values: Mapping[str, Any], language: str
) -> Entered:
    """Enter one paper form, with its number (once in a campaign) and the invitation it answers, if it names one.

    What is empty stays missing, also where it is due: on paper people leave things out. Who entered it is kept. Refusal
    beside `paper` or `invitation`, and where the campaign takes no answers.
    """
    campaign = Campaign.objects.select_related("version", "network").filter(pk=campaign_id).first()
    if campaign is None:
        raise NotPermitted(N_("Only who keeps the campaign may do this."))
    require(may_enter_paper(part_of(actor, campaign)))
    _require_free(campaign, paper)
    invitation = _invitation(campaign, invitation_id)
    checked = _checked(campaign, values, language)
    if checked.wrongs or checked.response is None:
        return checked
    response = checked.response
    response.channel, response.language = Channel.PAPER.value, language
    response.paper, response.entered_by_id = paper, actor.person_id
    response.state = ResponseState.COMPLETED.value
    if not campaign.anonymous:
        response.begun_at = response.saved_at = response.completed_at = clock.now()
    if invitation is not None:
        _spend(invitation, campaign)
    _tie(response, invitation)
    response.save(force_insert=True)
    _cover(response)
    return checked


@action
def correct_paper(
    actor: Actor,
    *,
    campaign_id: int,
    former: str,
    paper: str,
    invitation_id: int | None,
    values: Mapping[str, Any],
    language: str,
) -> Entered:
    """Enter a paper form again, whole, in the place of what was entered from the form numbered `former`.

    Without `invitation_id` it stays the answer to the invitation it was; with another one the former invitation waits
    again. What is wrong changes nothing. Refusal as in `enter_paper`, and when no form has the number `former`.
    """
    campaign = Campaign.objects.select_related("version", "network").filter(pk=campaign_id).first()
    if campaign is None:
        raise NotPermitted(N_("Only who keeps the campaign may do this."))
    require(may_enter_paper(part_of(actor, campaign)))
    forms = Response.objects.filter(campaign=campaign, channel=Channel.PAPER.value).exclude(paper="")
    known = forms.filter(paper=former).first()
    if known is None:
        raise Refusal(NO_FORM, field="paper")
    if paper != former:
        _require_free(campaign, paper)
    held = Invitation.objects.select_related("target").select_for_update(of=("self",), no_key=True)
    old = held.filter(pk=known.invitation_id).first()
    new = old if invitation_id is None or (old and old.pk == invitation_id) else _invitation(campaign, invitation_id)
    checked = _checked(campaign, values, language)
    if checked.wrongs or checked.response is None:
        return checked
    response = Response.objects.select_for_update(of=("self",)).get(pk=known.pk)
    response.campaign, response.version = campaign, campaign.version
    response.answers, response.unasked = checked.response.answers, checked.response.unasked
    response.paper, response.entered_by_id = paper, actor.person_id
    if not campaign.anonymous:
        response.saved_at = clock.now()
    if new is not None and new is not old:
        _spend(new, campaign)
        if old is not None:
            old.state, old.changed_at = INVITATION.move(old.state, "release", (Who.KEEPER,)), clock.now()
            old.save(update_fields=["state", "changed_at"])
    _tie(response, new)
    response.save()
    _cover(response)
    return Entered(response, left_out=checked.left_out)


def _require_free(campaign: Campaign, paper: str) -> None:
    if Response.objects.filter(campaign=campaign, paper=paper).exists():
        raise Refusal(_NUMBERED, field="paper")


def _spend(invitation: Invitation, campaign: Campaign) -> None:
    """What was begun on the web and never sent gives way to the form on paper."""
    # A form on paper says more than what was clicked before.
    wants_after_all(invitation, anonymous=campaign.anonymous)
    move_invitation(invitation, "complete", anonymous=campaign.anonymous, partial=False)
    drop_half_done(invitation)


def _tie(response: Response, invitation: Invitation | None) -> None:
    """Let a response be that of an invitation, not in an anonymous campaign."""
    if response.campaign.anonymous:
        return
    response.invitation = invitation
    response.delegate_id = invitation.delegate_id if invitation else None
    response.attributes = attributes_of(invitation.target) if invitation and invitation.target else {}


def _cover(response: Response) -> None:
    own = cover_own(response)
    if own is not None and not response.attributes:
        response.attributes = attributes_of(own)
        response.save(update_fields=["attributes"])


def _invitation(campaign: Campaign, invitation_id: int | None) -> Invitation | None:
    """The invitation a form answers, locked. Refusal when it has an answer already, or is none of the campaign."""
    if invitation_id is None:
        return None
    invitations = Invitation.objects.select_related("target").select_for_update(of=("self",), no_key=True)
    found = invitations.filter(pk=invitation_id, campaign=campaign).first()
    if found is None:
        raise Refusal(N_("No invitation of this campaign is called so."), field="invitation")
    if found.state == InvitationState.COMPLETED:
        raise Refusal(N_("This invitation has been answered already."), field="invitation")
    if found.state == InvitationState.REPLACED:
        raise Refusal(N_("This invitation was passed to another contact: choose that one."), field="invitation")
    return found


def _checked(campaign: Campaign, values: Mapping[str, Any], language: str) -> Entered:
    """The response of a form as far as its answers go, not saved; or what is wrong."""
    document = answered_here(document_of(campaign.version), campaign.mode)
    answers: dict[str, Any] = {}
    unasked: tuple[str, ...] = ()
    wrongs: list[Wrong] = []
    for page in document.pages:
        checked = check_page(document, page, values, answers, required=False, language=language)
        answers, unasked = checked.answers, checked.unasked
        wrongs.extend(checked.wrongs)
    if wrongs:
        return Entered(None, tuple(wrongs))
    if not answers:
        return Entered(None, (Wrong("", N_("The form is empty: nothing was entered.")),))
    response = new_response(campaign, None, language=language)
    response.answers = answers
    # Files do not come on paper: they are not asked there.
    response.unasked = sorted({*unasked, *file_keys(document_of(campaign.version))})
    left = tuple(key for key in unasked if not _is_blank(values.get(key)))
    return Entered(response, left_out=left)


def _is_blank(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_is_blank(one) for one in value.values())
    if isinstance(value, list | tuple):
        return all(_is_blank(one) for one in value)
    return is_missing(value.strip() if isinstance(value, str) else value)
