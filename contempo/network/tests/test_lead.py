"""The lead organisation of a network: a member, named by the agency."""

import pytest

from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.membership import end_membership, name_lead
from contempo.network.models import Network
from contempo.network.tests.factories import REASON, OrganisationFactory

pytestmark = pytest.mark.django_db


def lead_of(network):
    return Network.objects.get(id=network.id).lead


def test_the_agency_names_a_member_as_lead_and_every_page_says_it(world, client):
    client.force_login(world.marta)
    client.post(f"/milano/agenzia/soggetti/{world.comune.id}/capofila/")
    assert lead_of(world.milano) == world.comune
    assert "L’ente capofila è Comune di Milano." in client.get("/milano/").content.decode()


def test_who_is_no_member_does_not_lead(world):
    other = OrganisationFactory(network=world.milano)
    with pytest.raises(Refusal):
        name_lead(world.actor(world.marta), organisation_id=other.id)
    assert lead_of(world.milano) is None


@pytest.mark.parametrize("name", ["chiara", "elena", "renato", "sara", "davide"])
def test_nobody_else_names_it(world, name):
    with pytest.raises(NotPermitted):
        name_lead(world.actor(getattr(world, name)), organisation_id=world.comune.id)


def test_the_lead_stays_a_member_until_another_leads(world):
    marta = world.actor(world.marta)
    name_lead(marta, organisation_id=world.comune.id)
    with pytest.raises(Refusal):
        end_membership(marta, organisation_id=world.comune.id, reason=REASON)
    name_lead(marta, organisation_id=world.member().id)
    end_membership(marta, organisation_id=world.comune.id, reason=REASON)
    assert lead_of(world.milano).member_since is not None


def test_a_namesake_of_the_lead_may_still_be_named(world, client):
    name_lead(world.actor(world.marta), organisation_id=world.comune.id)
    namesake = world.member(name=world.comune.name, slug="omonimo")
    client.force_login(world.marta)
    assert "Nominala capofila" in client.get(f"/milano/agenzia/soggetti/{namesake.id}/").content.decode()
    assert "Nominala capofila" not in client.get(f"/milano/agenzia/soggetti/{world.comune.id}/").content.decode()
