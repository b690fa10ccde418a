"""Who may see and do what with questionnaires."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.people.public import Actor, NetworkRole, OrganisationRole
from contempo.questionnaires.models import Campaign, Delegate, Invitation, Practice, Questionnaire, Response
from contempo.questionnaires.rules.states import CampaignState, Mode, Origin, PracticeState, Who

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


def part_of(actor: Actor, campaign: Campaign) -> Part:
    """The part of `actor` in a campaign. At most one SQL."""
    if not actor.is_system and actor.network_id != campaign.network_id:
        return Part(campaign)
    own = keeps(actor, campaign)
    reads = own or (campaign.organisation_id is None and actor.has(*_READERS))
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
    before and after an answer would know it.
    """
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


def may_follow(part: Part) -> Verdict:
    """May who has this part see invitations: all of them, or those of the delegate they represent?"""
    if part.keeps or part.delegates:
        return ALLOWED
    return because(N_("The invitations are for who keeps the campaign and for its delegates."))


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
