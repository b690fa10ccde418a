"""Who may see and do what with questionnaires."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.people.public import Actor, NetworkRole, OrganisationRole
from contempo.questionnaires.models import (
    Campaign,
    Delegate,
    Invitation,
    Practice,
    Questionnaire,
    Response,
)
from contempo.questionnaires.rules.doors import Door, digest, is_handed_on, needs_secret
from contempo.questionnaires.rules.links import is_genuine, key_of, make_code, read_code
from contempo.questionnaires.rules.reminders import REMINDED
from contempo.questionnaires.rules.states import (
    CampaignState,
    Channel,
    InvitationState,
    Mode,
    Origin,
    PracticeState,
    ResponseState,
    Who,
)

_READERS = (NetworkRole.COORDINATOR, NetworkRole.STEERING, NetworkRole.EVALUATOR, NetworkRole.OBSERVER)
_OF_DELEGATE = (OrganisationRole.REPRESENTATIVE, OrganisationRole.EDITOR, OrganisationRole.DELEGATE)


@dataclass(frozen=True)
class Part:
    """What an actor is in one campaign: `keeps` it; `reads` its figures; `delegates` are those they represent."""

    campaign: Campaign
    keeps: bool = False
    reads: bool = False
    delegates: tuple[int, ...] = ()

    @property
    def any(self) -> bool:
        return self.keeps or self.reads or bool(self.delegates)


def _coordinates(actor: Actor) -> bool:
    return actor.is_system or actor.has(NetworkRole.COORDINATOR)


def _acts_as(actor: Actor, *roles: OrganisationRole) -> list[int]:
    """The organisations for which `actor` holds any of `roles`."""
    return sorted(pk for pk, held in actor.organisation_roles if not held.isdisjoint(roles))


def may_make(actor: Actor, organisation_id: int | None) -> Verdict:
    """May `actor` make questionnaires and campaigns of the network, or of an organisation of it?

    Those of the network: its coordinators. Those of an organisation, for its own people: its human resources managers.
    """
    if actor.is_system or (organisation_id is None and _coordinates(actor)):
        return ALLOWED
    if organisation_id is not None and OrganisationRole.HR_MANAGER in actor.roles_for(organisation_id):
        return ALLOWED
    return because(N_("Only who coordinates the network, or the human resources of the organisation, may do this."))


def makes_for(actor: Actor) -> tuple[int | None, ...]:
    """For whom `actor` may make questionnaires: None is the network itself, else organisations of it."""
    kept = _acts_as(actor, OrganisationRole.HR_MANAGER)
    return (None, *kept) if _coordinates(actor) else tuple(kept)


def may_make_any(actor: Actor) -> Verdict:
    """May `actor` make questionnaires and campaigns at all?"""
    return ALLOWED if makes_for(actor) else may_make(actor, None)


def visible_questionnaires(actor: Actor, questionnaires: QuerySet[Questionnaire]) -> QuerySet[Questionnaire]:
    """Questionnaires of the network for who coordinates it, those of an organisation for its human resources."""
    mine = makes_for(actor)
    found = questionnaires.filter(network_id=actor.network_id)
    wanted = Q(organisation__in=[one for one in mine if one is not None])
    return found.filter(wanted | Q(organisation=None)) if None in mine else found.filter(wanted)


def keeps(actor: Actor, campaign: Campaign) -> bool:
    """Whether `actor` keeps a campaign: runs it, invites, settles, reads what its mode lets be read."""
    same = actor.is_system or actor.network_id == campaign.network_id
    return same and bool(may_make(actor, campaign.organisation_id))


def reads_network(actor: Actor) -> bool:
    """Whether the figures of the campaigns of the network are for `actor`."""
    return actor.is_system or actor.has(*_READERS)


def part_of(actor: Actor, campaign: Campaign) -> Part:
    """The part of `actor` in a campaign. At most one SQL."""
    if not actor.is_system and actor.network_id != campaign.network_id:
        return Part(campaign)
    own = keeps(actor, campaign)
    reads = own or (campaign.organisation_id is None and reads_network(actor))
    mine = _acts_as(actor, *_OF_DELEGATE)
    delegates = (
        tuple(Delegate.objects.filter(campaign=campaign, organisation__in=mine).values_list("pk", flat=True))
        if mine
        else ()
    )
    return Part(campaign, own, reads, delegates)


def whos(part: Part) -> frozenset[Who]:
    """The parts in the steps of a campaign and its invitations."""
    return frozenset(who for who, is_it in ((Who.KEEPER, part.keeps), (Who.DELEGATE, bool(part.delegates))) if is_it)


def may_keep(part: Part) -> Verdict:
    """May who has this part run the campaign?"""
    if part.keeps:
        return ALLOWED
    return because(N_("Only who keeps the campaign may do this."))


def may_read_figures(part: Part) -> Verdict:
    """May who has this part read rates and results? Everybody once they were made public."""
    if part.reads or (part.campaign.results_public and part.campaign.state == CampaignState.CLOSED):
        return ALLOWED
    return because(N_("The figures of this campaign are for who keeps it and for the bodies of the network."))


def may_read_results(part: Part) -> Verdict:
    """May who has this part read what was answered? Of an anonymous campaign nobody before it is closed: who looked
    before and after an answer would know it. Of a survey of the past that left only aggregates, nobody: they have a
    page of their own, and mix with nothing.
    """
    if part.campaign.origin == Origin.AGGREGATES:
        return because(N_("Of this survey only aggregates are left: they have a page of their own."))
    if part.campaign.mode == Mode.ANONYMOUS and part.campaign.state != CampaignState.CLOSED:
        return because(N_("The answers of an anonymous campaign are read once it is closed."))
    return may_read_figures(part)


def may_read_responses(part: Part) -> Verdict:
    """May who has this part read single responses? Only where answers are with name, and who keeps the campaign."""
    if part.campaign.mode != Mode.IDENTIFIED and part.campaign.origin == Origin.HERE:
        return because(N_("In this campaign nobody reads single responses: only the figures."))
    return may_keep(part)


def may_take_data(part: Part) -> Verdict:
    """May who has this part take the whole data set away, without what names a respondent unless it is with name?"""
    if part.campaign.mode == Mode.ANONYMOUS and part.campaign.state != CampaignState.CLOSED:
        return because(N_("The answers of an anonymous campaign are read once it is closed."))
    return may_keep(part)


def may_read_texts(part: Part) -> Verdict:
    """May who has this part read and sort what was written freely? Who keeps the campaign, when results may be read."""
    return may_take_data(part)


def sorted_texts(part: Part, responses: QuerySet[Response]) -> QuerySet[Response]:
    """The completed responses whose texts may be read and given codes."""
    found = responses.filter(campaign=part.campaign, state=ResponseState.COMPLETED.value)
    return found if may_read_texts(part) else found.none()


def may_enter_paper(part: Part) -> Verdict:
    """May who has this part type in forms filled in on paper? While the campaign takes answers."""
    if part.keeps and (part.campaign.state != CampaignState.OPEN or part.campaign.origin != Origin.HERE):
        return because(N_("Paper forms are entered while the campaign takes answers."))
    return may_keep(part)


def may_follow(part: Part) -> Verdict:
    """May who has this part see invitations: all of them, or those of the delegate they represent?"""
    if part.keeps or part.delegates:
        return ALLOWED
    return because(N_("The invitations are for who keeps the campaign and for its delegates."))


def may_open_board(part: Part) -> Verdict:
    """May who has this part open the board: the figures, or the own part of a delegate?"""
    return may_read_figures(part) or may_follow(part)


def visible_invitations(part: Part, invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """All invitations for who keeps the campaign, a delegate's own ones for who represents it."""
    found = invitations.filter(campaign=part.campaign)
    return found if part.keeps else found.filter(delegate__in=part.delegates)


def visible_delegates(part: Part, delegates: QuerySet[Delegate]) -> QuerySet[Delegate]:
    """All delegates for who keeps the campaign, else those one represents."""
    found = delegates.filter(campaign=part.campaign)
    return found if part.keeps else found.filter(pk__in=part.delegates)


def visible_responses(part: Part, responses: QuerySet[Response]) -> QuerySet[Response]:
    """Single responses, where they may be read at all."""
    found = responses.filter(campaign=part.campaign)
    return found if may_read_responses(part) else found.none()


def visible_campaigns(actor: Actor, campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Campaigns one keeps, reads or is a delegate of; for everybody those open to all or with public results."""
    found = campaigns.filter(network_id=actor.network_id)
    if actor.is_system:
        return campaigns
    shown = Q(results_public=True, state=CampaignState.CLOSED.value) | Q(
        public_link=True, state=CampaignState.OPEN.value
    )
    if actor.has(*_READERS):
        shown |= Q(organisation=None)
    if kept := _acts_as(actor, OrganisationRole.HR_MANAGER):
        shown |= Q(organisation__in=kept)
    if mine := _acts_as(actor, *_OF_DELEGATE):
        shown |= Q(pk__in=Delegate.objects.filter(organisation__in=mine).values("campaign"))
    return found.filter(shown)


def visible_practices(actor: Actor, practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """Good practices in the library for everybody; the others for who coordinates the network."""
    found = practices.filter(campaign__network_id=actor.network_id)
    return found if _coordinates(actor) else found.filter(state=PracticeState.PUBLISHED.value)


def may_keep_practices(actor: Actor) -> Verdict:
    """May `actor` propose good practices to the library of the network?"""
    return ALLOWED if _coordinates(actor) else because(N_("Only who coordinates the network may do this."))


def may_share(part: Part) -> Verdict:
    """May who has this part propose to the library what a campaign tells? Who keeps it, where it is the network's."""
    if part.campaign.organisation_id is not None:
        return because(N_("The library tells practices found in campaigns of the network."))
    return may_read_results(part) if part.keeps else may_keep(part)


def may_read_needs(actor: Actor) -> Verdict:
    """May `actor` read the needs told in the campaigns of the network, as figures?"""
    if actor.is_system or actor.has(*_READERS):
        return ALLOWED
    return because(N_("Needs are read by the bodies of the network."))


def may_bring_past(actor: Actor) -> Verdict:
    """May `actor` bring the data of past surveys of the network?"""
    return ALLOWED if _coordinates(actor) else because(N_("Only who coordinates the network may do this."))


def readable_as_figures(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Those of the campaigns of a network whose answers its bodies may read as figures: anonymous ones once they are
    closed, those of an organisation once it made their results public.
    """
    closed = Q(state=CampaignState.CLOSED.value)
    found = campaigns.exclude(origin=Origin.AGGREGATES.value)
    readable = ~Q(mode=Mode.ANONYMOUS.value) | closed
    return found.filter(readable).filter(Q(organisation=None) | (closed & Q(results_public=True)))


def invitation_behind(network_id: int | None, door: Door, invitations: QuerySet[Invitation]) -> Invitation | None:
    """The invitation whose link somebody holds, None for a link that is none of ours or was replaced. One SQL.

    `invitations` comes with its campaign.
    """
    if (claim := read_code(door.code)) is None:
        return None
    found = invitations.filter(pk=claim.number, campaign__network_id=network_id).first()
    if found is None:
        return None
    key = key_of(settings.SECRET_KEY)
    genuine = is_genuine(key, claim, campaign=found.campaign_id, generation=found.generation)
    return found if genuine else None


def campaign_behind(network_id: int | None, door: Door, campaigns: QuerySet[Campaign]) -> Campaign | None:
    """The campaign whose public link somebody holds. One SQL."""
    return campaigns.filter(network_id=network_id, public_key=door.key, public_link=True).first() if door.key else None


def responses_behind(
    campaign: Campaign, invitation: Invitation | None, door: Door, responses: QuerySet[Response]
) -> QuerySet[Response]:
    """The response that a door opens: that of the invitation, or the one whose secret it holds. A secret opens only
    what was begun by the same invitation, or public link, except in an anonymous campaign, which does not know it.
    """
    if not has_secret(campaign, invitation):
        return responses.filter(invitation=invitation).order_by("state")
    if not door.secret:
        return responses.none()
    found = responses.filter(campaign=campaign, key_hash=digest(door.secret))
    return found if campaign.anonymous else found.filter(invitation=invitation)


def has_secret(campaign: Campaign, invitation: Invitation | None) -> bool:
    """Whether what is answered by an invitation, or by a public link (None), is found again only by its own secret."""
    if invitation is None:
        return needs_secret(campaign.mode, invited=False)
    handed_on = is_handed_on(invitation.channel, invitation.delegate_id)
    return needs_secret(campaign.mode, invited=True, handed_on=handed_on)


def code_of(invitation: Invitation) -> str:
    """The code of the link of an invitation: who has it may answer."""
    key = key_of(settings.SECRET_KEY)
    return make_code(key, campaign=invitation.campaign_id, number=invitation.pk, generation=invitation.generation)


def may_run_installation(actor: Actor) -> Verdict:
    """May `actor` do what belongs to no network: write letters that are due, note those that came back?"""
    return ALLOWED if actor.is_system else because(N_("Only whoever runs the installation may do this."))


_UNBEGUN = (
    InvitationState.PREPARED.value,
    InvitationState.SENT.value,
    InvitationState.BOUNCED.value,
    InvitationState.OPENED.value,
)


def may_see_link(part: Part, invitation: Invitation) -> Verdict:
    """May who has this part have the link of an invitation, to hand it on?

    Where answers are read with their name, who keeps the campaign has them all once it has opened: until then its mode
    may change. Elsewhere only links that a delegate hands on, by it or by who keeps the campaign, while nobody began.
    Whoever keeps a copy of those finds no answers by them: `has_secret`. One that was passed on holds no more.
    """
    if invitation.state == InvitationState.REPLACED:
        return because(N_("This questionnaire was passed to another person: this link holds no more."))
    if part.keeps and part.campaign.mode == Mode.IDENTIFIED and part.campaign.state != CampaignState.DRAFT:
        return ALLOWED
    handed = invitation.delegate_id is not None and (part.keeps or invitation.delegate_id in part.delegates)
    if handed and invitation.state in _UNBEGUN:
        return ALLOWED
    return because(N_("The link is of who got it: nobody else sees it."))


def remindable(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Those of `invitations` whom reminders may reach: invited, not done, and nobody answered for their unit yet, be it
    a colleague or a union of municipalities. Preview and sending both ask here.
    """
    return _waiting(invitations).exclude(target__covered=True)


def handed_on(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Those of `invitations` that a delegate handed on and that wait: it is reminded, not who has them."""
    return remindable(invitations).exclude(delegate=None).exclude(channel=Channel.EMAIL.value)


def covered_by_others(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Those of `invitations` that wait for an answer and are reminded no more: another one speaks for their unit."""
    return _waiting(invitations).filter(target__covered=True)


def _waiting(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return invitations.filter(state__in=[state.value for state in REMINDED])


def kept_campaigns(actor: Actor, campaigns: QuerySet[Campaign]) -> QuerySet[Campaign] | None:
    """The campaigns `actor` keeps in the network; None for who keeps none."""
    mine = makes_for(actor)
    if not mine:
        return None
    wanted = Q(organisation__in=[one for one in mine if one is not None])
    return campaigns.filter(wanted | Q(organisation=None) if None in mine else wanted, network_id=actor.network_id)


def represented(actor: Actor) -> list[int]:
    """The organisations whose invitations `actor` hands on where they are delegates."""
    return _acts_as(actor, *_OF_DELEGATE)


def may_read_aggregates(part: Part) -> Verdict:
    """May who has this part read the aggregates of a survey of the past? Whoever may read its figures."""
    if part.campaign.origin != Origin.AGGREGATES:
        return because(N_("The answers of this campaign are here: it has results, not aggregates."))
    return may_read_figures(part)


def may_keep_past(part: Part) -> Verdict:
    """May who has this part bring the data of a survey of the past?"""
    if part.campaign.origin == Origin.HERE:
        return because(N_("This campaign is answered here: no data of the past are brought."))
    return may_keep(part)
