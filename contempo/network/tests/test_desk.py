"""What awaits a person in the network, as it stands on their desk."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils.translation import override

from contempo.core.clock import ROME, now
from contempo.network.actions.accession.drafts import upload_signed_copy
from contempo.network.queries.desk import cards
from contempo.network.rules.accession import Standing, State
from contempo.network.tests.factories import give, pdf
from contempo.people.public import OrganisationRole

pytestmark = pytest.mark.django_db


def desk(world, who):
    """The cards of somebody that wait for a decision of theirs, in English."""
    with override("en"):
        return [card for card in cards(world.actor(who), now()) if card.kind == "decide"]


def ways(world, who):
    return {card.url for card in desk(world, who)}


def url(name, request):
    return reverse(f"network:{name}", args=["milano", request.key])


def test_who_left_a_draft_finds_it(world):
    request = world.request(State.DRAFT)
    assert ways(world, world.ivo) == {url("go_on", request)}


def test_who_was_asked_for_changes_finds_the_request(world):
    request = world.request(State.CHANGES_ASKED)
    assert ways(world, world.ivo) == {url("request", request)}


def test_the_representative_who_applied_finds_the_signature(world):
    request = world.request(State.ADMITTED)
    assert ways(world, world.ivo) == {url("sign", request)}


def test_a_delegate_finds_where_to_hand_in_the_signed_copy(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Rosa Ticozzi")
    assert ways(world, world.ivo) == {url("signed_copy", request)}


def test_a_representative_named_meanwhile_finds_the_signature_too(world):
    request = world.request(State.ADMITTED, standing=Standing.DELEGATE, representative_name="Sara Moretti")
    give(world.sara, OrganisationRole.REPRESENTATIVE, world.milano, request.organisation_id)
    assert url("sign", request) in ways(world, world.sara)


def test_while_the_agency_checks_the_copy_nothing_waits_for_the_applicant(world):
    request = world.request(State.ADMITTED)
    upload_signed_copy(world.actor(world.ivo), request_id=request.id, upload=pdf())
    assert ways(world, world.ivo) == set()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_EXAMINATION, State.REFUSED, State.WITHDRAWN])
def test_nor_while_the_request_is_with_the_agency_or_has_ended(world, state):
    world.request(state)
    assert ways(world, world.ivo) == set()


def test_the_agency_finds_what_to_decide_with_the_day_it_is_due(world, at):
    at("2026-11-20T10:00")
    request = world.request(State.SUBMITTED)
    (card,) = desk(world, world.marta)
    assert card.url == reverse("network:examine", args=["milano", request.number])
    assert card.due_at == datetime(2026, 12, 20, 23, 59, tzinfo=ROME)


def test_who_has_no_part_in_anything_has_an_empty_desk(world):
    world.request(State.SUBMITTED)
    assert ways(world, world.sara) == set()
    assert list(cards(world.actor(None), now())) == []
