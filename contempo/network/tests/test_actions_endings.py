"""How a request is taken back and a membership ends."""

from datetime import date

import pytest
from django.db.models import F

from contempo.core.testing import published
from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.accession.decisions import (
    cease,
    withdraw,
)
from contempo.network.events import MembershipEnded
from contempo.network.models import AccessionRequest, Membership, Organisation
from contempo.network.rules.accession import OPEN_STATES, State
from contempo.network.tests.factories import (
    REASON,
    OrganisationFactory,
    give,
)
from contempo.people.models import RoleGrant
from contempo.people.public import OrganisationRole

pytestmark = pytest.mark.django_db


def row(request):
    return AccessionRequest.objects.get(id=request.id)


def roles_of(person, organisation_id):
    return set(
        RoleGrant.objects.filter(person=person, organisation_id=organisation_id, until=None).values_list(
            "role", flat=True
        )
    )


@pytest.mark.parametrize("state", OPEN_STATES)
def test_a_request_is_taken_back_at_any_time_before_the_signature(world, state):
    request = world.request(state)
    withdraw(world.actor(world.ivo), request_id=request.id)
    assert (row(request).state, row(request).due_on) == (State.WITHDRAWN, None)


def test_a_withdrawal_after_the_admission_leaves_no_role_and_no_member(world):
    request = world.request(State.ADMITTED)
    withdraw(world.actor(world.ivo), request_id=request.id)
    assert roles_of(world.ivo, request.organisation_id) == set()
    assert Organisation.objects.get(id=request.organisation_id).member_since is None
    with pytest.raises(Refusal):
        world.sign(request.id)


def test_who_speaks_for_an_organisation_takes_back_a_request_made_in_its_name(world):
    known = OrganisationFactory(network=world.milano)
    give(world.sara, OrganisationRole.REPRESENTATIVE, world.milano, known.id)
    request = world.request(State.SUBMITTED, tax_code=known.tax_code)
    withdraw(world.actor(world.sara), request_id=request.id, reason="Non l'abbiamo mandata noi.")
    assert row(request).state == State.WITHDRAWN


@pytest.mark.parametrize("name", ["a visitor", "sara", "marta", "chiara"])
def test_nobody_else_takes_a_request_back(world, name):
    request = world.request(State.SUBMITTED)
    with pytest.raises(NotPermitted):
        withdraw(world.everybody[name], request_id=request.id)


def test_a_membership_that_ends_leaves_its_roles(world, at):
    at("2026-11-20T10:00")
    request = world.request(State.SIGNED)
    at("2026-12-31T10:00")
    cease(world.actor(world.marta), request_id=request.id, reason=REASON)
    organisation = Organisation.objects.get(id=request.organisation_id)
    membership = Membership.objects.get(organisation=organisation)
    assert (membership.since, membership.until) == (date(2026, 11, 20), date(2026, 12, 31))
    assert organisation.member_since is None
    assert roles_of(world.ivo, organisation.id) == {OrganisationRole.REPRESENTATIVE}
    assert published(MembershipEnded) == [MembershipEnded(organisation_id=organisation.id)]


def test_the_legal_representative_may_end_the_membership(world):
    request = world.request(State.SIGNED)
    cease(world.actor(world.ivo), request_id=request.id, reason="Chiudiamo l'attività.")
    assert row(request).state == State.CEASED


def test_a_delegate_may_not(world):
    request = world.request(State.SIGNED)
    give(world.sara, OrganisationRole.DELEGATE, world.milano, request.organisation_id)
    with pytest.raises(NotPermitted):
        cease(world.actor(world.sara), request_id=request.id, reason=REASON)


def test_an_applicant_whose_role_has_ended_does_not_end_the_membership(world):
    request = world.request(State.SIGNED)
    RoleGrant.objects.filter(person=world.ivo).update(until=F("since"))
    with pytest.raises(NotPermitted):
        cease(world.actor(world.ivo), request_id=request.id, reason=REASON)


def test_who_left_may_join_again_and_keeps_one_page(world):
    left = world.request(State.CEASED)
    again = world.request(State.SIGNED, tax_code=left.tax_code)
    assert again.organisation == left.organisation
    assert Membership.objects.filter(organisation=left.organisation).count() == 2
    assert Organisation.objects.get(id=left.organisation_id).member_since
