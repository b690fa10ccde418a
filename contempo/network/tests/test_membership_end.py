"""A membership ends, however it began: by the agency or by who represents the organisation, with a reason."""

import pytest

from contempo.core.verdict import NotPermitted, Refusal
from contempo.network.actions.membership import end_membership
from contempo.network.models import AccessionRequest, Membership, Organisation
from contempo.network.rules.accession import State
from contempo.network.tests.factories import REASON
from contempo.people.models import Notification

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notification.objects.filter(person=person).values_list("title", flat=True))


def test_the_agency_ends_a_membership_that_began_without_a_request(world):
    end_membership(world.actor(world.marta), organisation_id=world.comune.id, reason=REASON)
    assert Organisation.objects.get(id=world.comune.id).member_since is None
    assert Membership.objects.get(organisation=world.comune).end_reason == REASON
    assert told(world.chiara) == ["L’adesione è terminata: Comune di Milano"]
    assert told(world.giulio) == []


def test_who_represents_the_organisation_leaves_and_the_agency_is_told(world):
    end_membership(world.actor(world.chiara), organisation_id=world.comune.id, reason=REASON)
    assert Organisation.objects.get(id=world.comune.id).member_since is None
    assert told(world.marta) == told(world.giulio) == ["L’adesione è terminata: Comune di Milano"]


def test_the_request_a_membership_came_from_ends_with_it(world):
    request = world.request(State.SIGNED)
    end_membership(world.actor(world.marta), organisation_id=request.organisation_id, reason=REASON)
    assert AccessionRequest.objects.get(id=request.id).state == State.CEASED
    assert Membership.objects.get(organisation=request.organisation_id).end_reason == REASON


@pytest.mark.parametrize("name", ["teresa", "omar", "paolo", "elena", "renato", "sara", "davide"])
def test_nobody_else_ends_it(world, name):
    with pytest.raises(NotPermitted):
        end_membership(world.actor(getattr(world, name)), organisation_id=world.comune.id, reason=REASON)


def test_without_a_reason_nothing_changes(world):
    with pytest.raises(Refusal) as refused:
        end_membership(world.actor(world.marta), organisation_id=world.comune.id, reason="no")
    assert refused.value.field == "reason"
    assert Organisation.objects.get(id=world.comune.id).member_since is not None


def test_it_does_not_end_twice(world):
    end_membership(world.actor(world.marta), organisation_id=world.comune.id, reason=REASON)
    with pytest.raises(Refusal):
        end_membership(world.actor(world.marta), organisation_id=world.comune.id, reason=REASON)


def test_the_page_asks_for_the_reason_and_keeps_what_was_typed(world, client):
    client.force_login(world.chiara)
    path = f"/milano/organizzazione/{world.comune.id}/lascia/"
    assert "Chiudi l’adesione" in client.get(path).content.decode()
    page = client.post(path, {"reason": "poco"}).content.decode()
    assert "poco" in page
    assert Organisation.objects.get(id=world.comune.id).member_since is not None
    assert client.post(path, {"reason": REASON}).status_code == 302
    assert Organisation.objects.get(id=world.comune.id).member_since is None
