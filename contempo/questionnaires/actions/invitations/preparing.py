"""Invitations made from the units of a campaign, and taken away while nobody saw them."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet

from contempo.core.action import action
from contempo.core.verdict import Refusal
from contempo.core.words import N_
from contempo.people.public import Actor
from contempo.questionnaires.actions.holding import hold_campaign
from contempo.questionnaires.models import Campaign, Delegate, Invitation, Target
from contempo.questionnaires.rules.states import CampaignState, Channel, InvitationState

BATCH = 2000
CLOSED = N_("The campaign is closed: nobody is invited any more.")


@action
def prepare_invitations(actor: Actor, *, campaign_id: int) -> tuple[int, int]:
    """Make an invitation by e-mail for every unit that has none and an address; how many, and how many were left out
    because their address has another invitation of the campaign already.
    """
    campaign = hold_campaign(actor, campaign_id)
    require_running(campaign)
    units = list(uninvited(campaign).exclude(email="").order_by("search_name", "pk"))
    taken = set(
        Invitation.objects.filter(campaign=campaign)
        .exclude(email="")
        .exclude(state=InvitationState.REPLACED.value)
        .values_list("email", flat=True)
    )
    made, doubled = [], 0
    for unit in units:
        if unit.email in taken:
            doubled += 1
            continue
        taken.add(unit.email)
        made.append(invitation_for(unit, channel=Channel.EMAIL))
    Invitation.objects.bulk_create(made, batch_size=BATCH)
    return len(made), doubled


@action
def drop_invitations(actor: Actor, *, campaign_id: int, chosen: Collection[int]) -> int:
    """Take away invitations that were prepared and never sent; how many."""
    campaign = hold_campaign(actor, campaign_id)
    rows = Invitation.objects.filter(campaign=campaign, pk__in=chosen, state=InvitationState.PREPARED.value)
    deleted, _by_model = rows.filter(asked_at=None, replaced=None).delete()
    return deleted


def uninvited(campaign: Campaign) -> QuerySet[Target]:
    """The units of a campaign that are concerned, not covered by an answer, and that nobody invited."""
    living = Invitation.objects.filter(target=OuterRef("pk")).exclude(state=InvitationState.REPLACED.value)
    return Target.objects.filter(campaign=campaign, eligible=True, covered=False).exclude(Exists(living))


def invitation_for(
    unit: Target, *, channel: Channel, delegate: Delegate | None = None, address: bool = True
) -> Invitation:
    """The invitation of a unit, not saved; without its `address` when another one has it."""
    return Invitation(
        campaign_id=unit.campaign_id,
        target=unit,
        delegate=delegate,
        channel=channel.value,
        name=unit.contact,
        email=unit.email if address else "",
        search_name=unit.search_name,
        language=unit.language,
        kind=unit.kind,
        size=unit.size,
        municipality_id=unit.municipality_id,
    )


def require_running(campaign: Campaign) -> None:
    """Refuse when nobody is invited any more."""
    if campaign.state == CampaignState.CLOSED:
        raise Refusal(CLOSED)


def addresses_taken(campaign: Campaign, addresses: Iterable[str]) -> set[str]:
    """Those of `addresses` that an invitation of the campaign has. One SQL."""
    rows = Invitation.objects.filter(campaign=campaign, email__in=[one for one in addresses if one])
    return set(rows.exclude(state=InvitationState.REPLACED.value).values_list("email", flat=True))
