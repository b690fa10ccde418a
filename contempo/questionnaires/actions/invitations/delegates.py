"""Who hands invitations on: getting a list of units or a set of bare links, one by one or by municipality."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from contempo.core import clock
from contempo.core.action import action
from contempo.core.outbox import queue_mail
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.network.public import municipalities_of_network, organisation_links
from contempo.people.public import Actor, Button, letter
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.actions.invitations.preparing import (
    BATCH,
    addresses_taken,
    invitation_for,
    require_running,
    uninvited,
)
from contempo.questionnaires.models import Campaign, Delegate, Invitation, Target
from contempo.questionnaires.rules.states import CampaignState, Channel, InvitationState

MOST_TOKENS = 5000
NO_DELEGATE = N_("This delegate is no longer there.")
NOTHING = N_("Nothing to hand over: these units have invitations already.")
_HANDED_OVER = (InvitationState.PREPARED.value, InvitationState.SENT.value, InvitationState.BOUNCED.value)


@action
def add_delegate(
    actor: Actor, *, campaign_id: int, organisation_id: int, channel: str, email: str = "", note: str = ""
) -> Delegate:
    """Let an organisation of the network hand on invitations of a campaign, as a delegate or as a municipality."""
    campaign = hold_campaign(actor, campaign_id)
    require_running(campaign)
    if campaign.organisation_id is not None and organisation_id != campaign.organisation_id:
        raise Refusal(
            N_("The addresses of an employer’s staff stay with the employer: others hand nothing on."),
            field="organisation",
        )
    if not organisation_links(campaign.network_id, [organisation_id]):
        raise Refusal(N_("Choose an organisation of the network."), field="organisation")
    if Delegate.objects.filter(campaign=campaign, organisation=organisation_id).exists():
        raise Refusal(N_("This organisation is a delegate of the campaign already."), field="organisation")
    return Delegate.objects.create(
        campaign=campaign, organisation_id=organisation_id, channel=_channel(channel), email=email, note=note
    )


@action
def change_delegate(actor: Actor, *, delegate_id: int, email: str, note: str) -> Delegate:
    """Change the address and the note of a delegate."""
    delegate = _held(actor, delegate_id)
    delegate.email, delegate.note = email, note
    delegate.save(update_fields=["email", "note"])
    return delegate


@action
def give_units(actor: Actor, *, delegate_id: int, municipality: str = "", kind: str = "") -> int:
    """Give a delegate the units that nobody invited yet, of a municipality or a kind where one is named; how many."""
    delegate = _held(actor, delegate_id)
    units = uninvited(delegate.campaign)
    if municipality:
        units = units.filter(municipality=municipality)
    if kind:
        units = units.filter(kind=kind)
    if not (given := _give(delegate, list(units.order_by("search_name", "pk")))):
        raise Refusal(NOTHING)
    return given


@action
def hand_to_delegate(actor: Actor, *, campaign_id: int, delegate_id: int, chosen: Collection[int]) -> int:
    """Let a delegate hand on invitations that nobody opened yet, instead of whoever did so far; how many.

    Not one passed on with answers: they were begun by a link without a secret, which who hands it on must not have.
    """
    delegate = _held(actor, delegate_id)
    rows = Invitation.objects.filter(campaign=campaign_id, pk__in=chosen, state__in=_HANDED_OVER, responses=None)
    moved = rows.filter(campaign=delegate.campaign).update(
        delegate=delegate, channel=delegate.channel, asked_at=None, changed_at=clock.now()
    )
    if not moved:
        raise Refusal(N_("Only invitations that nobody has opened can be handed on by others."))
    return moved


@action
def make_tokens(actor: Actor, *, delegate_id: int, count: int) -> int:
    """Give a delegate so many bare links, which it hands to whom it knows. Refusal beside `count` for too many."""
    delegate = _held(actor, delegate_id)
    if not 0 < count <= MOST_TOKENS:
        raise Refusal(N_("Write a number from 1 to %(most)s."), field="count", most=MOST_TOKENS)
    Invitation.objects.bulk_create(
        (
            Invitation(campaign_id=delegate.campaign_id, delegate=delegate, channel=delegate.channel)
            for _each in range(count)
        ),
        batch_size=BATCH,
    )
    return count


@action
def give_by_municipality(actor: Actor, *, campaign_id: int) -> tuple[int, int]:
    """Let every municipality of the network hand on the invitations of the units on its territory that nobody invited
    yet; how many municipalities, how many units. Refusal when there are none.
    """
    campaign = hold_campaign(actor, campaign_id)
    require_running(campaign)
    if campaign.organisation_id is not None:
        raise Refusal(N_("The addresses of an employer’s staff stay with the employer: others hand nothing on."))
    units = defaultdict(list)
    for unit in uninvited(campaign).exclude(municipality=None).order_by("search_name", "pk"):
        units[unit.municipality_id].append(unit)
    known = {one.organisation_id: one for one in Delegate.objects.filter(campaign=campaign)}
    given = involved = 0
    for body in municipalities_of_network(campaign.network_id):
        own = [unit for unit in units.get(body.municipality_id or "", ()) if unit.organisation_id != body.id]
        if not own:
            continue
        delegate = known.get(body.id) or Delegate.objects.create(
            campaign=campaign, organisation_id=body.id, channel=Channel.MUNICIPALITY.value, email=body.email
        )
        units.pop(body.municipality_id)
        given += _give(delegate, own)
        involved += 1
    if not given:
        raise Refusal(
            N_("No municipality of the network has units on its territory that still wait for an invitation.")
        )
    return involved, given


@action
def hand_list(actor: Actor, *, delegate_id: int) -> Delegate:
    """Hand a delegate its list: its invitations count as sent from now on, and it is told where to find them.

    Only while the campaign takes answers: links handed on earlier would open nothing. Refusal for an empty list.
    """
    delegate = _held(actor, delegate_id)
    if delegate.campaign.state != CampaignState.OPEN:
        raise Refusal(N_("Lists are handed over while the campaign takes answers: open it first."))
    own = Invitation.objects.filter(delegate=delegate)
    if not own.exists():
        raise Refusal(N_("The list is empty: give this delegate some units or links first."))
    now = clock.now()
    own.filter(state=InvitationState.PREPARED.value).update(
        state=InvitationState.SENT.value, sent_at=now, changed_at=now
    )
    delegate.told_at = now
    delegate.save(update_fields=["told_at"])
    _tell(delegate)
    return delegate


@action
def remove_delegate(actor: Actor, *, delegate_id: int) -> None:
    """Take a delegate away, with the invitations it did not hand on yet. Refusal once any of its links was used."""
    delegate = _held(actor, delegate_id)
    own = Invitation.objects.filter(delegate=delegate)
    if own.exclude(state=InvitationState.PREPARED.value).exists():
        raise Refusal(N_("Its invitations have gone out: this delegate stays."))
    own.delete()
    delegate.delete()


def _give(delegate: Delegate, units: Sequence[Target]) -> int:
    taken = addresses_taken(delegate.campaign, [unit.email for unit in units])
    made = []
    for unit in units:
        free = unit.email not in taken
        taken.add(unit.email)
        made.append(invitation_for(unit, channel=Channel(delegate.channel), delegate=delegate, address=free))
    Invitation.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def _tell(delegate: Delegate) -> None:
    if not delegate.email:
        return
    campaign: Campaign = delegate.campaign
    with translation.override("it"):
        facts = {"title": campaign.title, "who": campaign.network.name, "email": delegate.email}
        path = reverse("questionnaires:delegate", args=[campaign.network.slug, campaign.number, delegate.pk])
        text, html = letter(
            greeting=gettext("Hello,"),
            paragraphs=[
                gettext("%(who)s asks you to hand on the links of the questionnaire “%(title)s”.") % facts,
                gettext(
                    "You find the list, the links and letters ready to print on Contempo. You see who has answered, "
                    "never the answers."
                ),
            ],
            button=Button(gettext("Open the list"), f"{settings.SITE_URL}{path}"),
            footer=[gettext("This message was sent by %(who)s to %(email)s.") % facts],
        )
        queue_mail(
            kind="questionnaires.delegate",
            to=delegate.email,
            subject=gettext("Links to hand on: %(title)s") % facts,
            text=text,
            html=html,
            network_id=campaign.network_id,
        )


def _held(actor: Actor, delegate_id: int) -> Delegate:
    delegate = Delegate.objects.filter(pk=delegate_id, campaign__network_id=actor.network_id).first()
    if delegate is None:
        raise Refusal(NO_DELEGATE)
    delegate.campaign = hold_campaign(actor, delegate.campaign_id)
    require_running(delegate.campaign)
    return delegate


def _channel(channel: str) -> str:
    return channel if channel == Channel.MUNICIPALITY else Channel.DELEGATE.value
