"""Who may see and do what in the network context."""

import hashlib
import hmac

from django.db.models import Q, QuerySet

from contempo.core.verdict import ALLOWED, Verdict, because
from contempo.core.words import N_
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.rules.accession import EDITABLE, Standing, State, Who
from contempo.people.public import Actor, NetworkRole, OrganisationRole

READERS = (NetworkRole.COORDINATOR, NetworkRole.STEERING, NetworkRole.OBSERVER)
"""Network roles that read the whole registry and the queue of requests; only coordinators act on them."""

_SPEAKERS = frozenset({OrganisationRole.REPRESENTATIVE, OrganisationRole.DELEGATE})
_WRITERS = frozenset({OrganisationRole.REPRESENTATIVE, OrganisationRole.EDITOR})


def who_in(actor: Actor, request: AccessionRequest) -> frozenset[Who]:
    """The parts of `actor` in a request; empty for whoever has none in it.

    From admission to signature the applicant who is the legal representative signs as such: the role in the
    organisation comes with the membership. Coordinators with a part of their own, or a role in the organisation, are
    not the agency in its request (law 241/1990, article 6-bis).
    """
    if actor.person_id is None or actor.network_id != request.network_id:
        return frozenset()
    roles = actor.roles_for(request.organisation_id) if request.organisation_id else frozenset()
    parts = set()
    if request.applicant_id == actor.person_id:
        parts.add(Who.APPLICANT)
        if request.state == State.ADMITTED and request.standing == Standing.REPRESENTATIVE:
            parts.add(Who.REPRESENTATIVE)
    if roles & _SPEAKERS:
        parts.add(Who.APPLICANT)
    if OrganisationRole.REPRESENTATIVE in roles:
        parts.add(Who.REPRESENTATIVE)
    if actor.has(NetworkRole.COORDINATOR) and request.state != State.DRAFT and not parts and not roles:
        parts.add(Who.AGENCY)
    return frozenset(parts)


def visible_requests(actor: Actor, requests: QuerySet[AccessionRequest]) -> QuerySet[AccessionRequest]:
    """Requests that `actor` may open: the sent ones for who reads the network, one's own for everybody else."""
    if actor.person_id is None or actor.network_id is None:
        return requests.none()
    visible = _own_requests(actor)
    if actor.has(*READERS):
        visible |= ~Q(state=State.DRAFT)
    return requests.filter(visible, network_id=actor.network_id)


def own_requests(actor: Actor, requests: QuerySet[AccessionRequest]) -> QuerySet[AccessionRequest]:
    """Requests that `actor` sent or begun, and those of the organisations the actor speaks for."""
    if actor.person_id is None or actor.network_id is None:
        return requests.none()
    return requests.filter(_own_requests(actor), network_id=actor.network_id)


def _own_requests(actor: Actor) -> Q:
    own = Q(applicant_id=actor.person_id)
    if speaks_for := [number for number, roles in actor.organisation_roles if roles & _SPEAKERS]:
        own |= Q(organisation_id__in=speaks_for)
    return own


def may_read_queue(actor: Actor) -> Verdict:
    """May `actor` read the agency's queue and registry?"""
    if actor.has(*READERS):
        return ALLOWED
    return because(N_("Only the agency, the steering group and the observers of the network may read this."))


def may_run_agency(actor: Actor) -> Verdict:
    """May `actor` act for the agency of the network?"""
    if actor.has(NetworkRole.COORDINATOR):
        return ALLOWED
    return because(N_("Only the coordinators of the network may do this."))


def may_run_installation(actor: Actor) -> Verdict:
    """May `actor` do what belongs to no network: open one, remind and erase when it is time?"""
    if actor.is_system:
        return ALLOWED
    return because(N_("Only whoever runs the installation may do this."))


def may_act_as_agency(actor: Actor, request: AccessionRequest) -> Verdict:
    """May `actor` act for the agency in this request: decide, remind, read and write its internal notes?"""
    if Who.AGENCY in who_in(actor, request):
        return ALLOWED
    if verdict := may_run_agency(actor):
        return because(N_("You have a part in this request: another coordinator examines it."))
    return verdict


def may_hand_in_copy(actor: Actor, request: AccessionRequest) -> Verdict:
    """May `actor` hand in the signed agreement, once the request is admitted?"""
    if who_in(actor, request) - {Who.AGENCY}:
        return ALLOWED
    return because(N_("Only the organisation hands in its signed copy."))


def digest(secret: str) -> str:
    """SHA-256 of a draft's secret, the only form in which it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def holds_secret(request: AccessionRequest, secret: str) -> bool:
    """Whether `secret` opens this draft."""
    return bool(request.secret_digest) and hmac.compare_digest(request.secret_digest, digest(secret))


def may_edit_draft(actor: Actor, request: AccessionRequest, holds_secret: bool) -> Verdict:
    """May `actor` read and change the answers of a request?

    A draft begun without an account belongs to whoever holds its secret, until a person claims it; from then on, and
    when changes were asked, to the applicant alone.
    """
    if request.state not in EDITABLE:
        return because(N_("The request has been sent: its answers cannot be changed now."))
    if request.applicant_id is None:
        return ALLOWED if holds_secret else because(N_("This draft belongs to somebody else."))
    if Who.APPLICANT in who_in(actor, request):
        return ALLOWED
    return because(N_("This draft belongs to somebody else."))


def visible_organisations(actor: Actor, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Organisations whose whole record `actor` may open: the registry for its readers, one's own for the others."""
    if actor.person_id is None or actor.network_id is None:
        return organisations.none()
    organisations = organisations.filter(network_id=actor.network_id)
    if actor.has(*READERS):
        return organisations
    return organisations.filter(id__in=[number for number, _roles in actor.organisation_roles])


def may_see_contacts(actor: Actor, organisation_id: int) -> Verdict:
    """May `actor` see the people to speak to in an organisation?"""
    if actor.has(NetworkRole.COORDINATOR) or actor.roles_for(organisation_id):
        return ALLOWED
    return because(N_("Contacts are for the agency and for the organisation itself."))


def may_end_membership(actor: Actor, organisation_id: int) -> Verdict:
    """May `actor` end the membership of an organisation? The agency may, and who represents the organisation."""
    if actor.has(NetworkRole.COORDINATOR) or OrganisationRole.REPRESENTATIVE in actor.roles_for(organisation_id):
        return ALLOWED
    return because(N_("Only the agency or the legal representative of the organisation may end its membership."))


def may_edit_organisation(actor: Actor, organisation_id: int) -> Verdict:
    """May `actor` change the record of an organisation and what it shows to the public?"""
    if actor.has(NetworkRole.COORDINATOR) or actor.roles_for(organisation_id) & _WRITERS:
        return ALLOWED
    return because(N_("Only the agency, the legal representative or an editor of the organisation may change it."))


def may_read_documents(actor: Actor) -> Verdict:
    """May `actor`, who takes no part in a request, open the files handed in with it?"""
    return may_run_agency(actor)
