"""Sending answers, taking them back, and a copy by mail."""

from django.core.cache import cache
from django.utils.translation import gettext

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import queue_mail
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor, Button, letter
from contempo.questionnaires.actions.answering.beginning import (
    attributes_of,
    check_room,
    move_invitation,
    wants_after_all,
)
from contempo.questionnaires.actions.answering.holding import Held, asks, hold_response, hold_way, insist
from contempo.questionnaires.actions.coverage import cover_others, cover_own, uncover
from contempo.questionnaires.models import Campaign, Response, Target
from contempo.questionnaires.rules.answers import Known, still_wrong
from contempo.questionnaires.rules.asking import asked
from contempo.questionnaires.rules.doors import Door, may_change, may_take
from contempo.questionnaires.rules.states import InvitationState, Mode, ResponseState

COPIES = 3
"""Confirmation letters for one response; more would let a link be used to write to strangers."""

_INCOMPLETE = N_("Some answers are still missing, or not right: they are listed below.")


@action
def send(actor: Actor, *, door: Door, language: str) -> Response:
    """Send the answers: the response is completed, the invitation spent, the units covered. Sent twice changes nothing.

    Refusal when the campaign has closed, something required is missing or wrong, the invitation was spent by other
    answers, or the public link has had the most it may have.
    """
    held, response = _held(actor, door)
    campaign = held.campaign
    if response.state != ResponseState.BEGUN and not campaign.editable:
        return response
    insist(may_take(campaign.state, campaign.opens_at, campaign.closes_at, clock.now()))
    document = asks(response)
    if still_wrong(document, response.answers, language=language, known=Known()):
        raise Refusal(_INCOMPLETE)
    whole = asked(document, response.answers)
    response.answers = whole.answers
    response.language = language
    if response.state == ResponseState.BEGUN:
        _complete(held, response)
    response.save(update_fields=["answers", "language", "state", "completed_at", "saved_at", "attributes"])
    _cover(held, response)
    return response


def _held(actor: Actor, door: Door) -> tuple[Held, Response]:
    """What a door holds, locked: the invitation first. That of an anonymous campaign only to be spent: a lock stays
    written in its row, and who changes answers that are mixed must not leave it there.
    """
    held = hold_way(actor, door, lock=False)
    if not held.campaign.anonymous:
        held = hold_way(actor, door, lock=True)
        return held, hold_response(held)
    response = hold_response(held)
    if response.state == ResponseState.BEGUN and held.invitation is not None:
        held = hold_way(actor, door, lock=True)
        held.response = response
    return held, response


def _complete(held: Held, response: Response) -> None:
    campaign, invitation = held.campaign, held.invitation
    if invitation is None:
        _keep_room(campaign)
    elif invitation.state == InvitationState.COMPLETED:
        raise Refusal(N_("The answers of this invitation have been sent already: these ones cannot be sent too."))
    else:
        wants_after_all(invitation, anonymous=campaign.anonymous)
        move_invitation(invitation, "complete", anonymous=campaign.anonymous, partial=False)
    response.state = ResponseState.COMPLETED.value
    if not campaign.anonymous:
        response.completed_at = response.saved_at = clock.now()


def _keep_room(campaign: Campaign) -> None:
    """Where the answers of a public link are counted, one is sent at a time, so that the last place is taken once."""
    if campaign.public_most is not None:
        Campaign.objects.select_for_update(no_key=True).only("pk").get(pk=campaign.pk)
        check_room(campaign)


def _cover(held: Held, response: Response) -> None:
    """Let the response speak for its own unit and for the others it named."""
    if held.campaign.anonymous:
        return
    named = list(response.speaks_for)
    targets = {one.pk: one for one in Target.objects.filter(campaign=held.campaign, pk__in=named)} if named else {}
    chosen = targets.get(named[0]) if named and (held.invitation is None or held.invitation.target_id is None) else None
    own = cover_own(response, chosen)
    if own is not None and not response.attributes:
        response.attributes = attributes_of(own)
        response.save(update_fields=["attributes"])
    cover_others(response, [one for one in targets.values() if own is None or one.pk != own.pk])


@action
def withdraw(actor: Actor, *, door: Door) -> None:
    """Take sent answers back: they count no more, are half done again, and may be sent again until the campaign closes.
    In an anonymous campaign they are erased: half done, beside an invitation that is open again, they would be known.

    Refusal where answers cannot be changed, or none were sent.
    """
    held = hold_way(actor, door, lock=True)
    response = hold_response(held)
    campaign = held.campaign
    if response.state == ResponseState.BEGUN:
        raise Refusal(N_("These answers have not been sent: there is nothing to take back."))
    takes = may_take(campaign.state, campaign.opens_at, campaign.closes_at, clock.now())
    insist(may_change(campaign.editable, takes))
    if held.invitation is not None and held.invitation.state == InvitationState.COMPLETED:
        move_invitation(held.invitation, "withdraw", anonymous=campaign.anonymous)
    if campaign.anonymous:
        response.delete()
        return
    uncover(response)
    response.state, response.completed_at, response.serial = ResponseState.BEGUN.value, None, None
    response.save(update_fields=["state", "completed_at", "serial"])


@action
def mail_copy(actor: Actor, *, door: Door, email: str, link: str) -> None:
    """Mail the respondent that their answers arrived, with the address where the copy is; never in an anonymous
    campaign. The answers themselves are not in the letter: letters are kept, and pass through other hands.
    """
    held = hold_way(actor, door, lock=False)
    response = hold_response(held)
    campaign = held.campaign
    if campaign.mode == Mode.ANONYMOUS:
        raise Refusal(N_("Of an anonymous questionnaire no letter is sent: download the copy instead."))
    if response.state == ResponseState.BEGUN:
        raise Refusal(N_("Send the answers first: then you can have a copy."))
    _count_copy(response)
    response.confirm_to = email
    response.save(update_fields=["confirm_to"])
    until = gettext("There you can read and download them, and change them until the questionnaire closes.")
    text, html = letter(
        greeting=gettext("Hello,"),
        paragraphs=[
            gettext("your answers to “%(title)s” have arrived: thank you.") % {"title": campaign.title},
            until if campaign.editable else gettext("There you can read and download them."),
        ],
        button=Button(gettext("See my answers"), link),
        footer=[gettext("You receive this because your address was written on the page of the questionnaire.")],
    )
    queue_mail(
        kind="questionnaires.copy",
        to=email,
        subject=gettext("Your answers have arrived: %(title)s") % {"title": campaign.title},
        text=text,
        html=html,
        network_id=campaign.network_id,
        reply_to=campaign.network.contact_email,
    )


def _count_copy(response: Response) -> None:
    key = f"questionnaires.copy:{response.pk}"
    count = cache.get(key, 0) + 1
    if count > COPIES:
        raise Refusal(N_("We have mailed this copy already. You can also download it."), field="email")
    cache.set(key, count, timeout=24 * 60 * 60)
