"""Two networks with one thing of every kind in each, and a person for every role held in the first of them."""

from dataclasses import dataclass, field

from contempo.core import files
from contempo.network.actions.accession.decisions import admit
from contempo.network.actions.accession.drafts import begin_draft, submit
from contempo.network.actions.organisations import begin_membership
from contempo.network.models import AccessionRequest, AgreementVersion, Network
from contempo.network.tests.factories import (
    AgreementFactory,
    NetworkFactory,
    OrganisationFactory,
    application,
    pdf,
    place,
)
from contempo.norms.tests.factories import NormFactory
from contempo.people.models import Invitation, Notification, Person, RoleGrant
from contempo.people.public import NetworkRole, OrganisationRole, actor_for, notify
from contempo.people.tests.factories import RoleGrantFactory, person
from tests.access.agile import agile_parts
from tests.access.catalogue import catalogue_parts
from tests.access.desk import desk_parts
from tests.access.programmes import plan_parts
from tests.access.questionnaires import survey_parts
from tests.access.questions import question_parts
from tests.access.working import working_parts

NETWORK_ROLES = {
    "observer": NetworkRole.OBSERVER,
    "steering": NetworkRole.STEERING,
    "evaluator": NetworkRole.EVALUATOR,
    "expert": NetworkRole.EXPERT,
    "coordinator": NetworkRole.COORDINATOR,
}
ORGANISATION_ROLES = {
    "representative": OrganisationRole.REPRESENTATIVE,
    "delegate": OrganisationRole.DELEGATE,
    "editor": OrganisationRole.EDITOR,
    "hr_manager": OrganisationRole.HR_MANAGER,
}
STAFF = ("worker", "head", "safety")
ROLES = ("visitor", "nobody", "applicant", *ORGANISATION_ROLES, *NETWORK_ROLES, *STAFF)


@dataclass(frozen=True)
class Place:
    """A network, its cast, and what its addresses are about."""

    network: Network
    cast: dict[str, Person]
    parts: dict[str, dict[str, object]] = field(default_factory=dict)


def make_place(slug: str) -> Place:
    """A network called `slug` with a member, a request in each state the matrix asks about, an invitation and so on."""
    network = NetworkFactory(slug=slug, short_name=slug.capitalize())
    agreement = AgreementFactory(network=network)
    cast = {name: person(name.replace("_", ""), slug) for name in ROLES if name != "visitor"}
    for name, role in NETWORK_ROLES.items():
        RoleGrantFactory(person=cast[name], role=role, network_id=network.id)
    found = Place(network, cast)
    _add_organisation(found, agreement)
    _add_requests(found)
    _add_people(found)
    found.parts.update(desk_parts(network, cast))
    found.parts.update(working_parts(network, cast))
    found.parts.update(question_parts(network, cast))
    found.parts.update(catalogue_parts(network, cast, found.parts["asked"]))
    found.parts.update(
        plan_parts(
            network,
            organisation_id=found.parts["organisation"]["organisation_id"],
            cast=cast,
        )
    )
    found.parts.update(agile_parts(found.parts["organisation"]["organisation_id"], cast))
    found.parts.update(survey_parts(network, found.parts["organisation"]["organisation_id"], cast))
    found.parts["norm"] = {"slug": NormFactory(network=network, slug=f"legge-{slug}").slug}
    return found


def _add_organisation(found: Place, agreement: AgreementVersion) -> None:
    place()
    organisation = OrganisationFactory(network=found.network, name=f"Forno {found.network.slug}")
    coordinator = actor_for(found.cast["coordinator"], found.network.id)
    begin_membership(
        coordinator, organisation_id=organisation.id, since=agreement.in_force_from, agreement_id=agreement.id
    )
    for name, role in ORGANISATION_ROLES.items():
        RoleGrantFactory(
            person=found.cast[name], role=role, network_id=found.network.id, organisation_id=organisation.id
        )
    found.parts["member"] = {"slug": organisation.slug}
    found.parts["organisation"] = {"organisation_id": organisation.id}
    found.parts["agreement"] = {"number": 1}


def _add_requests(found: Place) -> None:
    he = actor_for(found.cast["applicant"], found.network.id)
    draft, _secret = begin_draft(he, language="it")
    found.parts["draft"] = {"key": draft.key}
    found.parts["step"] = {"key": draft.key, "step": "organizzazione"}
    found.parts["resume"] = {"key": draft.key, "secret": "not-the-secret"}
    for state in ("submitted", "admitted"):
        request, _secret = begin_draft(he, language="it")
        attachment = files.accept(
            pdf(),
            network_id=found.network.id,
            owner_kind="accession",
            owner_id=request.id,
            purpose="document",
            person_id=he.person_id,
        )
        submit(he, request_id=request.id, application=application(name=f"Forno {state} {found.network.slug}"))
        if state == "admitted":
            admit(actor_for(found.cast["coordinator"], found.network.id), request_id=request.id)
        request = AccessionRequest.objects.get(id=request.id)
        found.parts[f"mine_{state}"] = {"key": request.key}
        found.parts[f"mine_{state}_document"] = {"key": request.key, "attachment": attachment.key}
        found.parts[f"{state}"] = {"number": request.number}
        found.parts[f"{state}_document"] = {"number": request.number, "attachment": attachment.key}


def _add_people(found: Place) -> None:
    coordinator = found.cast["coordinator"]
    grant = RoleGrant.objects.get(person=found.cast["expert"], network_id=found.network.id)
    found.parts["grant"] = {"grant_id": grant.id}
    found.parts["invitation"] = {"invitation_id": _invitation(found, coordinator).id}
    found.parts["token"] = {"token": "not-a-token"}
    notify(
        [coordinator.id],
        kind="accession.agency",
        network_id=found.network.id,
        title="Una richiesta",
        text="Da esaminare.",
        url=f"/{found.network.slug}/",
    )
    mine = Notification.objects.filter(person=coordinator, network_id=found.network.id).latest("id")
    found.parts["notification"] = {"notification_id": mine.id}


def _invitation(found: Place, coordinator: Person) -> Invitation:
    return Invitation.objects.create(
        email=f"invitata.{found.network.slug}@example.org",
        role=NetworkRole.EXPERT,
        network_id=found.network.id,
        token_hash=f"hash-{found.network.slug}",
        invited_by=coordinator,
        invited_at=coordinator.joined_at,
        expires_at=coordinator.joined_at.replace(year=2099),
    )
