"""Who sees what and who may do what in the network, person by person."""

import pytest

from contempo.network import access
from contempo.network.access import (
    digest,
    holds_secret,
    may_edit_draft,
    may_edit_organisation,
    may_hand_in_copy,
    may_read_queue,
    may_run_agency,
    may_run_installation,
    may_see_contacts,
    own_requests,
    visible_organisations,
    visible_requests,
    who_in,
)
from contempo.network.actions.accession.drafts import begin_draft
from contempo.network.models import AccessionRequest, Organisation
from contempo.network.rules.accession import Standing, State, Who
from contempo.network.tests.factories import OrganisationFactory, give
from contempo.people.public import SYSTEM, VISITOR, Actor, NetworkRole, OrganisationRole

pytestmark = pytest.mark.django_db

READERS = {"marta", "giulio", "elena", "renato"}
AGENCY = {"marta", "giulio"}


def names(world, allows):
    """Who of the cast is allowed."""
    return {name for name, actor in world.everybody.items() if allows(actor)}


def test_the_agency_is_run_by_the_coordinators_of_the_network(world):
    assert names(world, may_run_agency) == AGENCY


def test_the_queue_is_read_by_coordinators_observers_and_steering_group(world):
    assert names(world, may_read_queue) == READERS


@pytest.mark.parametrize("role", [NetworkRole.EVALUATOR, NetworkRole.EXPERT])
def test_experts_and_evaluators_do_not_read_the_queue(world, role):
    give(world.sara, role, world.milano)
    assert not may_read_queue(world.actor(world.sara))


def test_a_role_in_one_network_is_none_in_another(world):
    for name in READERS:
        assert not may_read_queue(world.actor(getattr(world, name), world.bergamo))
    assert may_read_queue(world.actor(world.davide, world.bergamo))


def test_the_installation_is_run_by_nobody_who_signs_in(world):
    assert names(world, may_run_installation) == set()
    assert may_run_installation(SYSTEM)


def test_every_refusal_gives_a_reason(world):
    nobody = world.actor(world.sara)
    request = world.request(State.SUBMITTED)
    for verdict in (
        may_run_agency(nobody),
        may_read_queue(nobody),
        may_run_installation(nobody),
        may_see_contacts(nobody, world.comune.id),
        may_edit_organisation(nobody, world.comune.id),
        may_edit_draft(nobody, request, holds_secret=False),
        may_hand_in_copy(nobody, request),
        access.may_act_as_agency(nobody, request),
        access.may_read_documents(nobody),
    ):
        assert not verdict
        assert verdict.reason


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT}))
def test_a_sent_request_is_seen_by_its_applicant_and_by_who_reads_the_queue(world, state):
    world.request(state)
    everything = AccessionRequest.objects.all()
    assert names(world, lambda actor: visible_requests(actor, everything).exists()) == READERS | {"ivo"}
    assert names(world, lambda actor: own_requests(actor, everything).exists()) == {"ivo"}


def test_a_draft_is_seen_by_its_applicant_alone(world):
    world.draft()
    assert names(world, lambda actor: visible_requests(actor, AccessionRequest.objects.all()).exists()) == {"ivo"}


def test_a_draft_without_an_account_is_seen_by_nobody(world):
    begin_draft(world.actor(None), language="it")
    everything = AccessionRequest.objects.all()
    assert names(world, lambda actor: visible_requests(actor, everything).exists()) == set()
    for platform in (SYSTEM, Actor(network_id=world.milano.id, is_system=True)):
        assert not visible_requests(platform, everything).exists()
        assert not own_requests(platform, everything).exists()


def test_who_speaks_for_an_organisation_sees_the_requests_made_in_its_name(world):
    known = OrganisationFactory(network=world.milano)
    give(world.sara, OrganisationRole.DELEGATE, world.milano, known.id)
    give(world.omar, OrganisationRole.EDITOR, world.milano, known.id)
    world.request(tax_code=known.tax_code)
    seen = names(world, lambda actor: visible_requests(actor, AccessionRequest.objects.all()).exists())
    assert seen == READERS | {"ivo", "sara"}


def test_the_requests_of_milan_are_not_seen_from_bergamo(world):
    world.request()
    for who in (world.davide, world.ivo, world.marta):
        actor = world.actor(who, world.bergamo)
        assert not visible_requests(actor, AccessionRequest.objects.all()).exists()


def test_the_whole_record_is_seen_by_who_reads_the_queue_and_by_who_acts_for_the_organisation(world):
    theirs = {"chiara", "teresa", "omar", "paolo"}
    milan = Organisation.objects.filter(id=world.comune.id)
    assert names(world, lambda actor: visible_organisations(actor, milan).exists()) == READERS | theirs
    other = Organisation.objects.filter(id=OrganisationFactory(network=world.milano).id)
    assert names(world, lambda actor: visible_organisations(actor, other).exists()) == READERS


def test_the_registry_of_milan_is_not_seen_from_bergamo(world):
    assert not visible_organisations(world.actor(world.davide, world.bergamo), Organisation.objects.all()).exists()
    assert not visible_organisations(VISITOR, Organisation.objects.all()).exists()


def test_contacts_are_for_the_agency_and_for_the_organisation(world):
    theirs = {"chiara", "teresa", "omar", "paolo"}
    assert names(world, lambda actor: may_see_contacts(actor, world.comune.id)) == AGENCY | theirs


def test_the_record_is_changed_by_the_agency_the_representative_and_the_editor(world):
    assert names(world, lambda actor: may_edit_organisation(actor, world.comune.id)) == AGENCY | {"chiara", "omar"}


def parts(world, request):
    return {name: set(who_in(actor, request)) for name, actor in world.everybody.items() if who_in(actor, request)}


def test_in_a_draft_the_agency_has_no_part(world):
    assert parts(world, world.draft()) == {"ivo": {Who.APPLICANT}}


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.ADMITTED, State.SIGNED, State.CEASED}))
def test_in_a_sent_request_there_are_an_applicant_and_the_agency(world, state):
    agency = {name: {Who.AGENCY} for name in AGENCY}
    assert parts(world, world.request(state)) == {"ivo": {Who.APPLICANT}, **agency}


def test_the_representative_who_applied_signs_from_the_admission_on(world):
    assert parts(world, world.request(State.ADMITTED))["ivo"] == {Who.APPLICANT, Who.REPRESENTATIVE}


def test_a_delegate_who_applied_does_not(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Rosa Ticozzi")
    assert parts(world, request)["ivo"] == {Who.APPLICANT}


def test_a_role_in_the_organisation_is_a_part_in_its_request(world):
    request = world.request(State.SIGNED)
    for who, role in (
        (world.sara, OrganisationRole.REPRESENTATIVE),
        (world.teresa, OrganisationRole.DELEGATE),
        (world.omar, OrganisationRole.EDITOR),
        (world.paolo, OrganisationRole.HR_MANAGER),
    ):
        give(who, role, world.milano, request.organisation_id)
    held = parts(world, request)
    assert held["sara"] == {Who.APPLICANT, Who.REPRESENTATIVE}
    assert held["teresa"] == {Who.APPLICANT}
    assert held.keys() == {"ivo", "sara", "teresa"} | AGENCY


def test_a_role_in_an_organisation_not_yet_recognised_is_none(world):
    request = world.request(State.SUBMITTED)
    assert request.organisation is None
    assert "chiara" not in parts(world, request)


def test_coordinators_are_not_the_agency_in_a_request_of_their_own(world):
    assert parts(world, world.request(applicant=world.marta)) == {"marta": {Who.APPLICANT}, "giulio": {Who.AGENCY}}


@pytest.mark.parametrize("role", OrganisationRole)
def test_nor_in_that_of_an_organisation_they_have_a_role_in(world, role):
    request = world.request(State.SIGNED)
    give(world.marta, role, world.milano, request.organisation_id)
    assert Who.AGENCY not in parts(world, request).get("marta", set())
    assert not access.may_act_as_agency(world.actor(world.marta), request)


def test_nobody_has_a_part_from_another_network(world):
    request = world.request(State.ADMITTED)
    for who in (world.ivo, world.marta, world.davide):
        assert who_in(world.actor(who, world.bergamo), request) == frozenset()


def test_the_platform_itself_is_nobodys_applicant(world):
    request, _secret = begin_draft(world.actor(None), language="it")
    for actor in (SYSTEM, VISITOR, Actor(network_id=world.milano.id, is_system=True)):
        assert who_in(actor, request) == frozenset()


def test_a_secret_opens_the_one_draft_it_was_made_for(world):
    first, secret = begin_draft(world.actor(None), language="it")
    second, _other = begin_draft(world.actor(None), language="it")
    assert holds_secret(first, secret)
    assert not holds_secret(second, secret)
    for wrong in ("", secret.lower(), secret + " ", digest(secret)):
        assert not holds_secret(first, wrong)


def test_without_a_secret_stored_no_secret_opens_it(world):
    request, _secret = begin_draft(world.actor(None), language="it")
    request.secret_digest = ""
    assert not holds_secret(request, "")


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.CHANGES_ASKED}))
def test_answers_are_changed_in_a_draft_and_when_changes_are_asked(world, state):
    assert not may_edit_draft(world.actor(world.ivo), world.request(state), holds_secret=True)


@pytest.mark.parametrize("state", [State.DRAFT, State.CHANGES_ASKED])
def test_by_the_applicant_alone_whoever_else_holds_the_secret(world, state):
    request = world.request(state)
    assert names(world, lambda actor: may_edit_draft(actor, request, holds_secret=True)) == {"ivo"}
